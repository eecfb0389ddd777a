"""The SPARQL protocol and what comes back by it: forms of requests, forms of queries, media types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.doctor.findings import ASK, BEWARE, LOAD, NO, SPARQL, VERBS, VERIFY, YES, Finding
from rltkg.doctor.probe import DIRECT, FORM, GET, N_TRIPLES, Probe, Seen
from rltkg.endpoint.answers import RESULTS, TRIPLES
from rltkg.endpoint.troubles import line

if TYPE_CHECKING:
    from collections.abc import Iterator

SELECT = "SELECT (2 AS ?n) WHERE { }"
FALSE = "ASK { FILTER(false) }"
CONSTRUCT = "CONSTRUCT { <https://example.org/s> <https://example.org/p> 1 } WHERE { }"
# Over a graph that is not there, so that it costs nothing, whatever the server holds.
CLOSURE = "ASK { ?a <https://example.org/none>+ ?b }"
NOWHERE = "https://example.org/no-such-graph"
TRUTH = "SELECT (1 = 1 AS ?n) WHERE { }"
_NEED = {GET: VERBS, FORM: (ASK, SPARQL), DIRECT: ()}
_USE = {GET: "queries", FORM: "queries of more than 2,000 characters", DIRECT: "no query of rltkg"}
_RESULTS = {
    "JSON": RESULTS[0], "XML": "application/sparql-results+xml", "CSV": "text/csv", "TSV": "text/tab-separated-values",
}  # fmt: skip
_GRAPHS = {
    "N-Triples": N_TRIPLES, "Turtle": "text/turtle", "RDF/XML": "application/rdf+xml",
    "JSON-LD": "application/ld+json",
}  # fmt: skip


def protocol(probe: Probe) -> Iterator[Finding]:
    """Give the findings about requests and forms of queries."""
    for by in (GET, FORM, DIRECT):
        # Virtuoso 7.2.5 never answers the last one, so that is not waited for.
        seen = probe.query(SELECT, by=by, seconds=2.0 if by == DIRECT else None)
        good = _value(probe, seen) == ("2", "integer")
        state = YES if good else NO if _NEED[by] else BEWARE
        told = f"for {_USE[by]}" if good else f"for {_USE[by]}: {_said(probe, seen)}"
        yield Finding("protocol", f"SELECT by {by}", state, told, () if good else _NEED[by], "" if good else _FORMS)
    truths = probe.holds("ASK { }"), probe.holds(FALSE)
    good = truths == (True, False)
    told = "true and false are told apart" if good else f"true comes as {truths[0]}, false as {truths[1]}"
    yield Finding("protocol", "ASK", YES if good else NO, told, () if good else VERBS, "" if good else _ANOTHER)
    seen = probe.query(CONSTRUCT, accept=N_TRIPLES)
    good = probe.count(seen) == 1
    told = f"one triple, in {seen.kind}" if good else _said(probe, seen)
    yield Finding(
        "protocol", "CONSTRUCT", YES if good else NO, told, () if good else (SPARQL, LOAD, VERIFY),
        "" if good else _ANOTHER,
    )  # fmt: skip
    yield _closure(probe)
    yield _truth(probe)


def formats(probe: Probe) -> Iterator[Finding]:
    """Give the findings about media types: of results, and of graphs."""
    for name, query, table, due, verbs in (
        ("results", SELECT, _RESULTS, RESULTS, VERBS),
        ("graphs", CONSTRUCT, _GRAPHS, TRIPLES, (SPARQL, LOAD, VERIFY)),
    ):
        shown, needed = [], False
        for form, accept in table.items():
            seen = probe.query(query, accept=accept)
            kind = "" if seen.error else seen.kind
            good = kind == accept or (accept in due and kind in due)
            needed = needed or (good and accept in due)
            shown.append(form if kind == accept else f"{form} as {line(kind)}" if kind else f"no {form}")
        told = ", ".join(shown)
        lacks = next(iter(table))
        remedy = "" if needed else f"have it answer in {lacks}, which is all that rltkg reads"
        yield Finding("media types", name, YES if needed else NO, told, () if needed else verbs, remedy)


def _closure(probe: Probe) -> Finding:
    seen = probe.query(CLOSURE, default=[NOWHERE], named=[NOWHERE])
    if isinstance(probe.rows(seen), bool):
        return Finding("protocol", "paths", YES, "a path of any length may have two free ends")
    return Finding(
        "protocol", "paths", BEWARE, f"a path of any length with two free ends fails ({line(seen.brief)})", (SPARQL,),
        "bind one end of such a path in queries of your own",
    )  # fmt: skip


def _truth(probe: Probe) -> Finding:
    found = _value(probe, probe.query(TRUTH))
    if found == ("true", "boolean"):
        return Finding("protocol", "computed truth", YES, "what a query computes comes as true or false")
    shown = f"{found[0]} (xsd:{found[1]})" if found else "nothing"
    return Finding(
        "protocol", "computed truth", BEWARE, f"a truth that a query computes comes as {shown}", (SPARQL,),
        'in queries of your own, compute a word: IF(..., "yes", "no")',
    )  # fmt: skip


def _value(probe: Probe, seen: Seen) -> tuple[str, str] | None:
    """Return value and XSD datatype of ?n in the only row; None where there is no such row."""
    rows = probe.rows(seen)
    if not isinstance(rows, list) or len(rows) != 1 or "n" not in rows[0]:
        return None
    return rows[0]["n"]["value"], rows[0]["n"].get("datatype", "").rpartition("#")[2]


def _said(probe: Probe, seen: Seen) -> str:
    """Say what came back in place of what was due."""
    if seen.error:
        return line(seen.brief)
    if seen.kind not in (*RESULTS, *TRIPLES):
        return f"it answers in {line(seen.kind)}" if seen.kind else "it answers without saying in what format"
    rows = probe.rows(seen)
    return f"it answers {line(str(rows))}" if rows is not None else f"what it answers in {seen.kind} cannot be read"


_FORMS = "ask whoever runs it (a gateway before it may let only some requests through)"
_ANOTHER = "it keeps not to SPARQL 1.1 there; take another store"
