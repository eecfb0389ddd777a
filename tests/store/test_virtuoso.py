"""What Virtuoso (7.2.5.1 of Debian) does in its own way, each with the proof that it still does.

Where such a test fails, the server has become better: then what goes round it can go.
"""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from rltkg.canned.elsewhere import WRONG
from rltkg.canned.run import bind
from rltkg.endpoint.troubles import RefusedError
from rltkg.results.answer import Answer
from tests.canned.golden import by_pyoxigraph, cases, frozen
from tests.store.lists import unordered

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph
    from tests.canned.golden import Rows
    from tests.servers.base import Server

GOV = "https://w3id.org/rltkg/graph/gov"
NICE = "https://w3id.org/rltkg/thing/nice"
# Of each query that it gets wrong, parameters with which it does, quickly.
PROOFS: dict[str, dict[str, object]] = {
    "changes_since": {"since": "2022", "indication": "prostate cancer", "as_at": "now"},
    "document_facts": {},
    "statements": {"kind": "DocumentContent", "as_at": "now"},
    "timeline": {"thing": "lutetium-177lu-vipivotide-tetraxetan", "as_at": "2026-11-21"},
    "status_of": {"thing": "ibritumomab-tiuxetan", "place": "EU", "as_at": "2026-11-21"},
}


def raw(server: Server, text: str, graphs: list[str]) -> Any:  # noqa: ANN401 - whatever JSON it gives
    """Return what the server answers, as it answers it."""
    asked = [("query", text), *(("default-graph-uri", graph) for graph in graphs)]
    request = urllib.request.Request(  # noqa: S310 - it is this machine
        f"{server.target.query}?{urllib.parse.urlencode(asked)}", headers={"Accept": "application/sparql-results+json"}
    )
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
        return json.loads(answer.read())


def as_it_answers(graph: KnowledgeGraph, ident: str, parameters: dict[str, object]) -> tuple[Rows, Rows]:
    """Return the rows that the server gives for a canned query, and those that are right."""
    query = graph.catalogue[ident]
    text = query.text(bind(query, parameters, graph.store))
    return by_pyoxigraph(Answer(text, graph.store.select(text), graph.store, "")), by_pyoxigraph(
        graph.ask(ident, **parameters)
    )


def test_every_query_that_it_gets_wrong_has_a_proof() -> None:
    assert set(WRONG) == {"virtuoso"}
    assert sorted(WRONG["virtuoso"]) == sorted(PROOFS)


@pytest.mark.parametrize("ident", sorted(PROOFS))
def test_it_still_gets_this_query_wrong(ident: str, on_virtuoso: KnowledgeGraph) -> None:
    given, right = as_it_answers(on_virtuoso, ident, PROOFS[ident])

    assert unordered(given) != unordered(right)


@pytest.mark.parametrize("ident", sorted(PROOFS))
def test_the_answer_that_is_given_instead_is_right_and_says_so(
    ident: str, on_virtuoso: KnowledgeGraph, graph: KnowledgeGraph
) -> None:
    given, right = on_virtuoso.ask(ident, **PROOFS[ident]), graph.ask(ident, **PROOFS[ident])

    assert given.rows == right.rows
    assert len(given) > 0
    told = f"{ident} was answered in memory, from the graphs of the endpoint, since virtuoso gives wrong rows for it."
    assert given.remarks == [*right.remarks, told]


def test_it_still_sorts_lists_in_cells_as_text(on_virtuoso: KnowledgeGraph) -> None:
    query, parameters = cases()["references_in_several_sections"]
    given, _ = as_it_answers(on_virtuoso, query, parameters)

    assert given != frozen("references_in_several_sections")
    assert unordered(given) == unordered(frozen("references_in_several_sections"))


def test_it_still_gives_1_for_true(virtuoso_with_release: Server, on_virtuoso: KnowledgeGraph) -> None:
    computed = raw(virtuoso_with_release, "SELECT (1 = 1 AS ?truth) { }", [GOV])
    given = raw(virtuoso_with_release, "SELECT ?truth { VALUES ?truth { true false } }", [GOV])

    # What a query computes is a number, and nobody could tell what it was; what has a type is given back as it should.
    assert computed["results"]["bindings"][0]["truth"]["datatype"].endswith("#integer")
    assert [row["truth"]["value"] for row in given["results"]["bindings"]] == ["1", "0"]
    answer = on_virtuoso.sparql("SELECT ?truth { VALUES ?truth { true false } }")
    assert isinstance(answer, Answer)
    assert answer.named_rows() == [{"truth": "true"}, {"truth": "false"}]


def test_it_still_answers_ask_with_rows(virtuoso_with_release: Server, on_virtuoso: KnowledgeGraph) -> None:
    given = raw(virtuoso_with_release, "ASK { <http://e/nothing> ?p ?o }", [GOV])

    assert "boolean" not in given
    assert on_virtuoso.sparql("ASK { <http://e/nothing> ?p ?o }") is False
    assert on_virtuoso.sparql("ASK { ?s ?p ?o }") is True


def test_it_still_names_blank_nodes_as_nothing_else_does(
    virtuoso_with_release: Server, on_virtuoso: KnowledgeGraph
) -> None:
    text = "SELECT ?s { ?s a <http://www.w3.org/2002/07/owl#Restriction> } LIMIT 3"
    ontology = "https://w3id.org/rltkg/graph/ontology"
    given = raw(virtuoso_with_release, text, [ontology])["results"]["bindings"]

    assert len(given) == 3
    assert all(row["s"]["value"].startswith("nodeID://") for row in given)
    answer = on_virtuoso.sparql(text)
    assert isinstance(answer, Answer)
    assert len(answer.rows) == 3


def test_it_still_gives_iris_of_values_in_a_union_as_text(
    virtuoso_with_release: Server, on_virtuoso: KnowledgeGraph
) -> None:
    query, parameters = cases()["documents_by_actor.nice_as_at_now"]
    found = on_virtuoso.catalogue[query]
    text = found.text(bind(found, parameters, on_virtuoso.store))
    given = raw(virtuoso_with_release, text, on_virtuoso.store.graphs)["results"]["bindings"]

    assert {(row["actor"]["type"], row["actor"]["value"]) for row in given} == {("literal", NICE)}
    assert {term.value for term, *_ in on_virtuoso.ask(query, **parameters)} == {NICE}  # type: ignore[union-attr]
    assert not any(str(term).startswith('"') for term, *_ in on_virtuoso.ask(query, **parameters))


def test_it_still_refuses_a_closure_with_two_free_ends(on_virtuoso: KnowledgeGraph) -> None:
    with pytest.raises(RefusedError, match="transitive"):
        on_virtuoso.sparql("SELECT * { ?a rlt:narrowerThan* ?b }")


def test_it_still_joins_what_is_unbound_to_text(virtuoso_with_release: Server) -> None:
    unbound = "VALUES ?x { 1 } OPTIONAL { ?x <http://e/p> ?unbound }"
    text = f'SELECT ?x (COALESCE(CONCAT(?unbound, "!"), "nothing") AS ?y) {{ {unbound} }}'
    given = raw(virtuoso_with_release, text, [GOV])["results"]["bindings"]

    assert given[0]["y"]["value"] == "!"
