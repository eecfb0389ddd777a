"""Every catalogue query gives the same values in memory, on disk and on servers; so do the other ways to ask."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from rltkg.results.answer import Answer
from rltkg.results.triples import Triples
from tests.canned.golden import by_pyoxigraph, cases, frozen
from tests.store.lists import unordered

if TYPE_CHECKING:
    from collections.abc import Callable

    from rltkg import KnowledgeGraph

STORES = ("on_disk", "on_oxigraph", "on_virtuoso")
RLT = "https://w3id.org/rltkg/ontology/"
QUERIES = (
    "SELECT ?g ?year { ?g rlt:publicationYear ?year } ORDER BY ?year ?g",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s a rlt:Position } }",
    "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c LIMIT 20",
    "SELECT ?s FROM <https://w3id.org/rltkg/graph/gov> { ?s a rlt:Position } ORDER BY ?s",
    "SELECT (COUNT(*) AS ?n) FROM NAMED <https://w3id.org/rltkg/graph/gov> { ?s ?p ?o }",
    'SELECT ?x { ?x rdfs:label "nobody is called so"@en }',
    "ASK { ?s rlt:publicationYear 2016 }",
    "ASK { ?s rlt:publicationYear 1066 }",
    "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a rlt:Indication ; rdfs:label ?l }",
)  # fmt: skip


@pytest.fixture(params=STORES)
def elsewhere(request: pytest.FixtureRequest) -> KnowledgeGraph:
    """Return the release in one store after the other."""
    found: KnowledgeGraph = request.getfixturevalue(request.param)
    return found


def two_of_each() -> list[str]:
    """Return the cases that the slowest store is asked: the first of each query, and its first with parameters."""
    if os.environ.get("RLTKG_PROVE"):
        return sorted(cases())
    found: dict[tuple[str, bool], str] = {}
    for name, (query, parameters) in cases().items():
        found.setdefault((query, bool(parameters)), name)
    return sorted(found.values())


@pytest.mark.parametrize("name", sorted(cases()))
@pytest.mark.parametrize("place", ["on_disk", "on_oxigraph"])
def test_answer_is_the_frozen_one(name: str, place: str, graph: KnowledgeGraph, request: pytest.FixtureRequest) -> None:
    query, parameters = cases()[name]
    answer = request.getfixturevalue(place).ask(query, **parameters)

    assert sum(frozen(name).values()) > 0
    assert by_pyoxigraph(answer) == frozen(name)
    assert answer.rows == graph.ask(query, **parameters).rows


@pytest.mark.parametrize("name", two_of_each())
def test_answer_of_virtuoso_is_the_frozen_one(name: str, on_virtuoso: KnowledgeGraph) -> None:
    query, parameters = cases()[name]
    answer = on_virtuoso.ask(query, **parameters)

    assert sum(frozen(name).values()) > 0
    # It sorts the members of a list in a cell as text: test_virtuoso.py proves that it still does.
    assert unordered(by_pyoxigraph(answer)) == unordered(frozen(name))


def test_every_query_is_asked(graph: KnowledgeGraph) -> None:
    asked = {query.id for query in graph.catalogue}

    assert {query for query, _ in cases().values()} == asked
    assert {cases()[name][0] for name in two_of_each()} == asked
    assert len(cases()) >= 64
    assert len(two_of_each()) >= 39


@pytest.mark.parametrize("text", QUERIES)
def test_free_queries_give_the_same(text: str, elsewhere: KnowledgeGraph, graph: KnowledgeGraph) -> None:
    here, there = graph.sparql(text), elsewhere.sparql(text)

    if isinstance(here, bool):
        assert there is here
    elif isinstance(here, Triples):
        assert isinstance(there, Triples)
        assert set(there.serialize("nt").splitlines()) == set(here.serialize("nt").splitlines())
        assert len(here) > 10
    else:
        assert isinstance(there, Answer)
        assert there.columns == here.columns
        assert there.rows == here.rows
        assert bool(there.empty_because) == bool(here.empty_because) == (not here.rows)


@pytest.mark.parametrize(
    ("what", "mend"),
    [
        ("SELECT ?s { ?s ?p ?o }", lambda answer: answer.cut_because),
        ("CONSTRUCT WHERE { ?s ?p ?o }", lambda answer: answer.cut_because),
    ],
)
def test_free_queries_are_cut_alike(
    what: str, mend: Callable[[object], str], elsewhere: KnowledgeGraph, graph: KnowledgeGraph
) -> None:
    here, there = graph.sparql(what, max_rows=7), elsewhere.sparql(what, max_rows=7)

    assert not isinstance(there, bool)
    assert len(there) == 7
    assert mend(here) == mend(there) is not None


def test_names_are_found_alike(elsewhere: KnowledgeGraph, graph: KnowledgeGraph) -> None:
    for words in ("lymphoma guidelines", "Lutathera", "lymphome"):
        here, there = graph.find(words, limit=10), elsewhere.find(words, limit=10)

        assert there.rows == here.rows
        assert there.totals == here.totals
        assert there.remarks == here.remarks


@pytest.mark.parametrize("thing", ["nice-lymphoma-guideline-2016", "Lutathera", "gov:reference-43", "rlt:Position"])
def test_things_are_described_alike(thing: str, elsewhere: KnowledgeGraph, graph: KnowledgeGraph) -> None:
    assert elsewhere.describe(thing).to_dict() == graph.describe(thing).to_dict()
    assert elsewhere.describe(thing).to_text(100) == graph.describe(thing).to_text(100)


def test_a_graph_that_is_not_ours_is_in_no_answer(on_oxigraph: KnowledgeGraph, on_virtuoso: KnowledgeGraph) -> None:
    for each in (on_oxigraph, on_virtuoso):
        endpoint = each.store.endpoint  # type: ignore[attr-defined]
        endpoint.put_graph("http://e/foreign", b"<http://e/1> <http://e/p> <http://e/2> .\n")
        try:
            assert each.sparql("ASK { <http://e/1> ?p ?o }") is False
            assert each.sparql("ASK { GRAPH ?g { <http://e/1> ?p ?o } }") is False
            assert "http://e/foreign" not in each.store.graphs
        finally:
            endpoint.delete_graph("http://e/foreign")
