"""Limits, tried within bounds: how many rows and triples an answer may have, how long a question may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.doctor.findings import ASK, BEWARE, LOAD, NO, SPARQL, UNTRIED, VERIFY, YES, Finding
from rltkg.doctor.probe import FORM, N_TRIPLES, Probe, Seen
from rltkg.endpoint.answers import RESULTS, TRIPLES
from rltkg.endpoint.troubles import line

if TYPE_CHECKING:
    from collections.abc import Iterator

# More than the commonest cap (10,000), in two lists whose product costs no server more than a few seconds.
LISTS = (120, 100)
MANY = LISTS[0] * LISTS[1]
LONG = 100_000  # characters of a query, in lines
_TELLING = {
    "x-sparql-maxrows": "rows of an answer", "x-sql-state": "state", "x-sql-message": "message",
    "x-sparql-anytime": "partial", "x-ratelimit-limit": "requests", "ratelimit": "requests", "retry-after": "pause",
}  # fmt: skip
_RAISE = "have ResultSetMaxRows raised (Virtuoso), or the limit of whatever stands before it"


def limits(probe: Probe) -> Iterator[Finding]:
    """Give the findings about limits, the slowest question last."""
    yield _long(probe)
    lists = " ".join(
        f"VALUES ?{name} {{ {' '.join(f'<https://example.org/{name}{number}>' for number in range(size))} }}"
        for name, size in zip("ab", LISTS, strict=True)
    )
    seen = probe.query(f"SELECT ?a ?b {{ {lists} }}", by=FORM)
    yield _rows(probe, seen)
    triples = f"CONSTRUCT {{ ?a <https://example.org/p> ?b }} WHERE {{ {lists} }}"
    yield _triples(probe, probe.query(triples, by=FORM, accept=N_TRIPLES))
    told = f"{MANY:,} rows took {seen.seconds:.1f} s; this side waits {probe.target.timeout:g} s (`timeout`)"
    yield Finding("limits", "time", YES, f"{told}; servers do not tell theirs")


def told_by(headers: dict[str, str]) -> str:
    """Return the limits that a server tells in the headers of an answer."""
    return "; ".join(f"{name}: {line(headers[name])}" for name in _TELLING if headers.get(name))


def _long(probe: Probe) -> Finding:
    text = "ASK { }\n" + ("#" * 79 + "\n") * (LONG // 80)
    seen = probe.query(text, by=FORM)
    if probe.rows(seen) is True:
        return Finding("limits", "request size", YES, f"a query of {LONG:,} characters is taken")
    short = probe.rows(probe.query(text[: LONG // 10], by=FORM)) is True
    most = f"one of {LONG // 10:,} is" if short else f"nor one of {LONG // 10:,}"
    return Finding(
        "limits", "request size", BEWARE if short else NO,
        f"a query of {LONG:,} characters is not taken ({line(seen.brief)}), {most}", (ASK, SPARQL),
        "have the limit of requests raised",
    )  # fmt: skip


def _rows(probe: Probe, seen: Seen) -> Finding:
    tells = told_by(dict(seen.headers))
    rows = probe.rows(seen._replace(error=None)) if tells else probe.rows(seen)
    if isinstance(rows, list) and len(rows) == MANY and not tells:
        return Finding("limits", "rows", YES, f"an answer of {MANY:,} rows comes whole")
    if tells:
        return Finding(
            "limits", "rows", BEWARE, f"an answer of {MANY:,} rows is cut, and the server says so ({tells})", (SPARQL,),
            f"ask for less at once (LIMIT and OFFSET); {_RAISE}",
        )  # fmt: skip
    if isinstance(rows, list) and rows:
        few = len(rows) < MANY // 10
        return Finding(
            "limits", "rows", BEWARE, f"an answer of {MANY:,} rows is cut to {len(rows):,} without a word",
            (ASK, SPARQL) if few else (SPARQL,), f"believe no answer of {len(rows):,} rows or more; {_RAISE}",
        )  # fmt: skip
    return _unanswered("rows", seen, RESULTS, (SPARQL,))


def _triples(probe: Probe, seen: Seen) -> Finding:
    tells = told_by(dict(seen.headers))
    count = probe.count(seen._replace(error=None)) if tells else probe.count(seen)
    if count == MANY and not tells:
        return Finding("limits", "triples", YES, f"an answer of {MANY:,} triples comes whole")
    if count:
        said = f"and the server says so ({tells})" if tells else "without a word"
        return Finding(
            "limits", "triples", BEWARE, f"an answer of {MANY:,} triples is cut to {count:,}, {said}",
            (SPARQL, LOAD, VERIFY),
            f"load and verify then read in pieces, which is slow; believe no CONSTRUCT of that length; {_RAISE}",
        )  # fmt: skip
    return _unanswered("triples", seen, TRIPLES, (SPARQL, LOAD, VERIFY))


def _unanswered(what: str, seen: Seen, due: tuple[str, ...], verbs: tuple[str, ...]) -> Finding:
    told = line(seen.brief) if seen.error else f"no {what} that can be read"
    if seen.status == 0 or (not seen.error and seen.kind not in due):
        return Finding("limits", what, UNTRIED, f"not known: {told}")
    return Finding(
        "limits", what, BEWARE, f"an answer of {MANY:,} {what} is refused ({told})", verbs, "ask for less at once"
    )
