"""The first question: whether an endpoint answers at all, what it calls itself, and which dialect fits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from rltkg.doctor.findings import BEWARE, LOAD, VERIFY, YES, Finding
from rltkg.doctor.probe import FORM, Probe, Seen
from rltkg.endpoint.addresses import told
from rltkg.endpoint.answers import RESULTS
from rltkg.endpoint.dialects import DIALECTS, GENERIC, of_server
from rltkg.endpoint.troubles import line, not_results
from rltkg.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg.endpoint.targets import Target

QUESTION = "ASK { }"
_ENDS = ("/query", "/sparql")
_TELLING = ("server", "x-powered-by")
# A format of answers that `rltkg` does not read, but an endpoint all the same.
_XML = "application/sparql-results+xml"
_WHO, _NO_GET, _REFUSED = 401, (405, 501), 4


def reached(probe: Probe) -> Seen:
    """Return the answer to the first question, by GET, else by POST.

    Raises UnavailableError where no endpoint answers; it names an address nearby where one does.
    """
    first = probe.query(QUESTION)
    seen = first
    if first.status in _NO_GET:
        seen = probe.query(QUESTION, by=FORM)
    if seen.error is None and (isinstance(probe.rows(seen), bool) or seen.kind == _XML):
        return seen
    error = first.error or not_results(first.kind, told(probe.target.query), "SPARQL JSON results")
    if first.error is None and first.kind in RESULTS:
        error = UnavailableError(
            f"{told(probe.target.query)} answers in {first.kind}, but with no SPARQL results; check that it is the "
            "address of an endpoint"
        )
    if (first.status // 100 == _REFUSED and first.status != _WHO) or (not first.error and first.kind not in RESULTS):
        near = _near(probe)
        if near:
            raise UnavailableError(f"{error}. An endpoint answers at {near}: `rltkg doctor {near}`") from error
    raise error


def product(seen: Seen) -> str:
    """Return what the server calls itself; "" where it does not."""
    return "; ".join(line(seen.headers[name]) for name in _TELLING if seen.headers.get(name))


def fitting(seen: Seen, target: Target) -> str:
    """Return the dialect that fits: what the server calls itself, else what its address looks like."""
    known = of_server(seen.headers.get("server"))
    if known:
        return known.name
    called = product(seen).lower()
    named = next((name for name in DIALECTS if name != GENERIC and name in called), "")
    parts = urlsplit(target.query)
    if not named and "/repositories/" in parts.path:
        named = "rdf4j"
    if not named and ".neptune." in (parts.hostname or ""):
        named = "neptune"
    return named or target.dialect


def introduced(seen: Seen, target: Target, fits: str) -> Iterator[Finding]:
    """Give the findings about the server itself."""
    called = product(seen)
    yield Finding("server", "answers", YES, f"{called or 'it does not tell what it is'} ({seen.seconds:.2f} s)")
    title = DIALECTS[fits].title + ("" if DIALECTS[fits].tested or fits == GENERIC else ", which is not tested")
    if target.dialect not in (GENERIC, fits):
        yield Finding(
            "server", "dialect", BEWARE,
            f"the target says {target.dialect}, and the server looks like {fits} ({title})",
            (LOAD, VERIFY), f'write `dialect = "{fits}"` into the target',
        )  # fmt: skip
    else:
        yield Finding("server", "dialect", YES, f"{fits} ({title})")


def _near(probe: Probe) -> str:
    """Return an address on the same server at which an endpoint answers; "" where none of a few does."""
    parts = urlsplit(probe.target.query)
    start = parts.path.rstrip("/")
    paths = dict.fromkeys([start + end for end in _ENDS] + list(_ENDS))
    for path in paths:
        if path != parts.path:
            address = urlunsplit(parts._replace(path=path, query=""))
            seen = probe.query(QUESTION, address=address, seconds=5.0)
            if isinstance(probe.rows(seen), bool):
                return address
    return ""
