"""Where queries look: which graphs a plain query sees, and whether those that a request names are the ones it sees."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rltkg.corpus import shipped
from rltkg.doctor.findings import ASK, BEWARE, NO, SPARQL, UNTRIED, YES, Finding
from rltkg.doctor.probe import FORM, GET, Probe
from rltkg.doctor.protocol import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FILTER = "FILTER(isIRI(?s) && isIRI(?o))"
_ANY = f"SELECT ?g ?s ?p ?o {{ GRAPH ?g {{ ?s ?p ?o {_FILTER} }} }} LIMIT 1"
_OF = f"SELECT ?s ?p ?o {{ GRAPH <%s> {{ ?s ?p ?o {_FILTER} }} }} LIMIT 1"


class Sample(NamedTuple):
    """One triple that lies in a named `graph`: IRIs only, as SPARQL writes them."""

    graph: str
    triple: str


def samples(probe: Probe) -> list[Sample]:
    """Return a triple of each of up to two graphs that are there: of the release, else of any graph."""
    found = list(islice(_ours(probe), 2))
    if found:
        return found
    rows = probe.rows(probe.query(_ANY))
    return [_sample(rows[0]["g"]["value"], rows[0])] if isinstance(rows, list) and rows and "g" in rows[0] else []


def scope(probe: Probe, known: Sequence[Sample]) -> Iterator[Finding]:
    """Give the findings about the graphs that queries see, by triples that are `known` to be there."""
    if not known:
        told = "no triple is there that could show it; --write puts some there"
        for name in ("default graph", "default-graph-uri", "named-graph-uri"):
            yield Finding("graphs", name, UNTRIED, told)
        return
    first = known[0]
    yield _plain(probe, first)
    for by in (GET, FORM):
        yield _by_default(probe, known, by)
    inside = f"ASK {{ GRAPH <{first.graph}> {{ {first.triple} }} }}"
    yield _judged(
        "named-graph-uri",
        seen=probe.holds(inside, default=[first.graph], named=[first.graph]),
        hidden=probe.holds("ASK { GRAPH ?g { ?s ?p ?o } }", default=[NOWHERE], named=[NOWHERE]),
    )


def _ours(probe: Probe) -> Iterator[Sample]:
    for graph in shipped().graphs[:4]:
        rows = probe.rows(probe.query(_OF % graph, default=[graph], named=[graph]))
        if isinstance(rows, list) and rows:
            yield _sample(graph, rows[0])


def _sample(graph: str, row: dict[str, dict[str, str]]) -> Sample:
    return Sample(graph, " ".join(f"<{row[name]['value']}>" for name in "spo"))


def _plain(probe: Probe, sample: Sample) -> Finding:
    found = probe.holds(f"ASK {{ {sample.triple} }}")
    told = {
        True: "a plain query sees all named graphs, also those of others; other clients should name ours",
        False: "a plain query sees no named graph; other clients must name ours, or have the union switched on",
        None: "a plain query gets no answer",
    }[found]
    return Finding("graphs", "default graph", YES if found is not None else BEWARE, f"{told} (rltkg names them)")


def _by_default(probe: Probe, known: Sequence[Sample], by: str) -> Finding:
    """Judge default-graph-uri, once and several times: what is in the graphs is seen, and nothing else."""
    graphs = [each.graph for each in known]
    question = f"ASK {{ {' . '.join(each.triple for each in known)} }}"
    name = "default-graph-uri" if by == GET else "default-graph-uri by POST"
    return _judged(
        name,
        seen=probe.holds(question, by=by, default=graphs, named=graphs),
        hidden=probe.holds("ASK { ?s ?p ?o }", by=by, default=[NOWHERE], named=[NOWHERE]),
        several=len(known) > 1,
    )


def _judged(name: str, *, seen: bool | None, hidden: bool | None, several: bool = False) -> Finding:
    """Return the finding: `seen` is what it should see, `hidden` what it should not."""
    if seen is True and hidden is False:
        told = "several are seen together, and nothing else" if several else "what it names is seen, and nothing else"
        return Finding("graphs", name, YES, told)
    if seen is True:
        return Finding(
            "graphs", name, BEWARE, "it is ignored: a query sees more than it names", (ASK, SPARQL),
            "answers are right only while nothing but the release is in the store",
        )  # fmt: skip
    told = "a query that names graphs gets no answer" if seen is None else "what it names is not seen"
    return Finding(
        "graphs", name, NO, told, (ASK, SPARQL),
        "it does not do what the SPARQL protocol says; take another store, or another way to serve this one",
    )  # fmt: skip
