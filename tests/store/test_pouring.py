"""The forms in which a store gives its results: bytes at once, or as they come."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg.errors import InputError, UnavailableError
from rltkg.store import Store
from rltkg.store.unopened import UnopenedStore

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph
    from rltkg.corpus import Release

LYMPHOMA = "<https://w3id.org/rltkg/thing/lymphoma>"
GOV = "<https://w3id.org/rltkg/graph/gov>"


class Plain(Store):
    """A store that knows only how to answer at once."""

    def select(self, text: str) -> bytes:
        """Return the text itself."""
        return b"rows of " + text.encode()

    def construct(self, text: str) -> bytes:
        """Return the text itself."""
        return b"graph of " + text.encode()


def poured(store: Store, text: str, *, graph: bool, union: bool = True) -> bytes:
    """Return what `store` writes for `text`."""
    sink = io.BytesIO()
    store.pour(text, sink, graph=graph, union=union)
    return sink.getvalue()


def test_a_graph_comes_as_n_triples(graph: KnowledgeGraph, release: Release) -> None:
    payload = graph.store.construct(f"CONSTRUCT WHERE {{ {LYMPHOMA} ?p ?o }}")
    label = pyoxigraph.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    triples = [quad.triple for quad in pyoxigraph.parse(input=payload, format=pyoxigraph.RdfFormat.N_TRIPLES)]

    assert {triple.subject.value for triple in triples} == {LYMPHOMA.strip("<>")}
    assert [triple.object for triple in triples if triple.predicate == label] == [
        pyoxigraph.Literal("lymphoma", language="en")
    ]
    assert sorted(graph.store.construct(f"DESCRIBE {LYMPHOMA}").splitlines()) == sorted(payload.splitlines())
    assert sorted(UnopenedStore(release).construct(f"DESCRIBE {LYMPHOMA}").splitlines()) == sorted(payload.splitlines())


def test_a_form_is_not_taken_for_another(graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="only CONSTRUCT and DESCRIBE do"):
        graph.store.construct("ASK { }")
    with pytest.raises(InputError, match="only SELECT and ASK give rows"):
        graph.store.select("CONSTRUCT WHERE { ?s ?p ?o }")
    with pytest.raises(InputError, match="another form"):
        poured(graph.store, "ASK { }", graph=True)
    with pytest.raises(InputError, match="is not SPARQL: error at 1:"):
        poured(graph.store, "ASK", graph=False)
    with pytest.raises(InputError, match="custom function <http://e/f> is not supported"):
        poured(graph.store, "SELECT (<http://e/f>(1) AS ?x) { }", graph=False)


def test_what_is_poured_is_what_is_given_at_once(graph: KnowledgeGraph) -> None:
    select = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 5000"
    construct = "CONSTRUCT WHERE { ?s ?p ?o }"

    assert poured(graph.store, select, graph=False) == graph.store.select(select)
    assert sorted(poured(graph.store, construct, graph=True)) == sorted(graph.store.construct(construct))


def test_the_union_is_asked_or_the_graphs_that_are_named(graph: KnowledgeGraph) -> None:
    """With the union, this engine passes over FROM without a word."""
    text = f"SELECT (COUNT(*) AS ?n) FROM {GOV} {{ ?s ?p ?o }}"  # noqa: S608 - SPARQL, of our own making
    inside = graph.store.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {GOV} {{ ?s ?p ?o }} }}")

    assert poured(graph.store, text, graph=False, union=False) == inside
    assert poured(graph.store, text, graph=False) != inside


def test_a_store_that_answers_at_once_can_be_poured() -> None:
    assert poured(Plain(), "a", graph=False) == b"rows of a"
    assert poured(Plain(), "a", graph=True) == b"graph of a"
    with pytest.raises(UnavailableError, match="leave FROM out"):
        poured(Plain(), "a", graph=True, union=False)
