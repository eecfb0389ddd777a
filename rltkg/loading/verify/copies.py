"""Finds copies: a graph of ours that lies in the store once more, under a name that is not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.endpoint.record import GRAPH
from rltkg.loading.verify.rewriting import is_loose

if TYPE_CHECKING:
    from collections.abc import Collection

    from rltkg.loading.prepared import PreparedGraph
    from rltkg.loading.verify.sources import Source

_SAMPLES = 5
_SHARED = "SELECT (COUNT(*) AS ?n) {{ GRAPH <{ours}> {{ ?s ?p ?o }} GRAPH <{other}> {{ ?s ?p ?o }} }}"


def copies(graph: PreparedGraph, source: Source, known: Collection[str]) -> dict[str, int]:
    """Return the graphs besides those `known` that hold all of `graph` too, each with its number of triples.

    Only graphs that hold a few triples of `graph`, taken from all over it, are looked at. Blank nodes do not count.
    """
    sampled = _sampled(graph)
    found: set[str] | None = None
    for line in sampled:
        holders = source.graphs_with(line) - {*known, GRAPH}
        found = holders if found is None else found & holders
        if not found:
            return {}
    ground = sum(not is_loose(line) for line in graph.lines()) if found else 0
    return {
        each: source.count(each)
        for each in sorted(found or ())
        if source.number(_SHARED.format(ours=graph.graph, other=each), [graph.graph, each]) >= ground
    }


def _sampled(graph: PreparedGraph) -> list[bytes]:
    """Return a few lines from all over the graph, without what a store may write in another form."""
    step = max(graph.digest.triples // _SAMPLES, 1)
    taken: list[bytes] = []
    due = 0
    for number, line in enumerate(graph.lines()):
        if number >= due and not is_loose(line) and b"^^<" not in line:
            taken.append(line)
            due += step
    return taken
