"""The addresses for updates and whole graphs, and who may do what there: looked at, without changing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.doctor.findings import BEWARE, LOAD, NO, UNTRIED, VERIFY, YES, Finding
from rltkg.doctor.probe import N_TRIPLES, Probe, Seen
from rltkg.endpoint.addresses import origin, told
from rltkg.endpoint.answers import TRIPLES
from rltkg.endpoint.troubles import RefusedError, line
from rltkg.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg.endpoint.targets import Target

_WHO, _NOT_YOU, _NOTHING, _GONE = 401, 403, 404, 410
# A graph that nobody has.
ABSENT = "https://w3id.org/rltkg/graph/scratch-that-is-not-there"
_ASK_FOR = "ask whoever runs it for the right to write, or for an address that takes it"


def credentials(target: Target) -> Iterator[Finding]:
    """Give the finding about the secrets that the target names: whether they are at hand."""
    given = target.credentials
    if given is None:
        yield Finding("rights", "credentials", YES, "none in the target; netrc is asked where the server wants some")
        return
    where = "netrc" if given.netrc is not None else given.token or f"{given.user} and {given.password}"
    try:
        given.secrets(origin(target.query)[1])
    except UnavailableError as error:
        yield Finding("rights", "credentials", NO, str(error), (LOAD, VERIFY), "set it, and look again")
        return
    yield Finding("rights", "credentials", YES, f"{given.scheme}, from {where}")


def addresses(probe: Probe, *, write: bool) -> Iterator[Finding]:
    """Give the findings about the two addresses; `write` tells that writing will be tried afterwards."""
    target = probe.target
    if target.update is None:
        yield Finding(
            "rights", "update address", NO, "nobody knows where updates go: neither the target nor the dialect tells",
            (LOAD,), "name it as `update` of a target of the configuration file",
        )  # fmt: skip
    else:
        yield _update(probe.get(target.update, whole=False), target.update, write=write)
    if target.graph_store is None:
        yield Finding(
            "graph store", "graph store address", BEWARE,
            "none is known: load sends updates and verify asks queries in its place, which is slower",
            (LOAD, VERIFY), "name it as `graph_store` of the target, if the server has one",
        )  # fmt: skip
    else:
        yield _graph_store(probe, target.graph_store)


def _update(seen: Seen, address: str, *, write: bool) -> Finding:
    """Judge by a GET, which updates never go by: it shows whether somebody is there and who is let in."""
    where = told(address)
    if isinstance(seen.error, RefusedError) and seen.status not in (_WHO, _NOT_YOU, _NOTHING, _GONE):
        # Most servers answer a GET there so: 400 (no update in it) or 405 (only by POST).
        return _there(f"{where} is there ({seen.status})", write=write)
    if seen.error is None:
        return _there(f"{where} lets us in", write=write)
    return Finding("rights", "update address", NO, refusal(seen, where), (LOAD,), remedy(seen))


def _there(what: str, *, write: bool) -> Finding:
    if write:
        return Finding("rights", "update address", YES, what)
    told = f"{what}; whether it takes updates is only known by trying: --write"
    return Finding("rights", "update address", UNTRIED, told, (LOAD,))


def fetched(probe: Probe, graph: str) -> Iterator[Finding]:
    """Give the finding about fetching a `graph` that is there, by the graph store protocol."""
    address = probe.target.graph_store
    if address is None:
        return
    seen = probe.get(address, accept=N_TRIPLES, graph=graph, whole=False)
    if seen.error is None and seen.kind in TRIPLES:
        yield Finding("graph store", "GET", YES, f"a graph comes in {seen.kind}")
        return
    said = refusal(seen, told(address)) if seen.error else f"a graph comes in {line(seen.kind) or 'no format'}"
    yield Finding("graph store", "GET", NO, said, (LOAD, VERIFY), remedy(seen) or "mend `graph_store` of the target")


def _graph_store(probe: Probe, address: str) -> Finding:
    """Judge by asking for a graph that is not there."""
    seen = probe.get(address, accept=N_TRIPLES, graph=ABSENT, whole=False)
    where = told(address)
    if seen.error is None or seen.status in (_NOTHING, _GONE):
        # A server without a graph store answers 404 too; the graphs of the release, or --write, tell more.
        return Finding("graph store", "graph store address", YES, f"{where} answers for a graph that is not there")
    return Finding(
        "graph store", "graph store address", NO, refusal(seen, where), (LOAD, VERIFY),
        remedy(seen) if seen.status in (_WHO, _NOT_YOU) else "mend `graph_store` of the target",
    )  # fmt: skip


def refusal(seen: Seen, where: str) -> str:
    """Say what a refusal means, in plain words."""
    if seen.status == _WHO:
        return seen.fault
    if seen.status == _NOT_YOU:
        return f"{where} forbids it ({line(seen.brief)}): it is read-only, or this user lacks the right"
    if seen.status in (_NOTHING, _GONE):
        return f"there is nothing at {where} ({seen.status})"
    return seen.fault


def remedy(seen: Seen) -> str:
    """Return what mends a refusal."""
    if seen.status == _WHO:
        return "give the target credentials that it takes"
    if seen.status == _NOT_YOU:
        return _ASK_FOR
    return "mend `update` of the target" if seen.status in (_NOTHING, _GONE) else ""


def rights(probe: Probe, found: list[Finding], *, write: bool) -> Finding:
    """Return the finding that says in one line who may do what, by the findings so far."""
    lacking = [each for each in found if each.state == NO and each.area in ("rights", "graph store", "writing")]
    who = probe.target.credentials
    asked = f"with the credentials of {probe.target.name}" if who else "without credentials"
    names = dict.fromkeys(each.name for each in lacking)
    if lacking:
        return Finding("rights", "rights", BEWARE, f"{asked}: reading; not {', '.join(names)}")
    if write:
        return Finding("rights", "rights", YES, f"{asked}: reading and writing")
    return Finding("rights", "rights", UNTRIED, f"{asked}: reading; writing was not tried")
