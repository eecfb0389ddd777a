"""Terms that the graph does not have, and what may be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.sparql.probe import Probe
from rltkg.sparql.reading import read
from rltkg.sparql.terms import Terms, short

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph


def unknown(text: str, graph: KnowledgeGraph, *, foreign: bool = False) -> list[str]:
    """Return what is said of the unknown terms of `text`."""
    terms = Terms(Probe(graph.store, 10), graph.store.graphs)
    return [what for _, what in terms.unknown(read(text, graph.store.graphs), foreign=foreign)]


@pytest.mark.parametrize(
    ("term", "meant"),
    [
        ("rlt:Guidline", "rlt:Guideline"),
        ("rlt:guideline", "rlt:Guideline"),
        ("rlt:publicationyear", "rlt:publicationYear"),
        ("rlt:Coverag", "rlt:Coverage"),
        ("code:coverage-omited", "code:coverage-omitted"),
        ("thing:lymphona", "thing:lymphoma"),
        ("rlt:lymphoma", "thing:lymphoma"),
        ("rdfs:lable", "rdfs:label"),
        ("<https://w3id.org/rltkg/thing/lymphona>", "thing:lymphoma"),
    ],
)
def test_a_misspelt_term_is_told_with_what_is_meant(term: str, meant: str, graph: KnowledgeGraph) -> None:
    (what,) = unknown(f"ASK {{ ?s ?p {term} }}", graph)

    assert what.startswith(f"{term} is not in the graph; did you mean ")
    assert meant in what.removesuffix("?").split()


def test_a_term_that_is_like_no_other_is_told_alone(graph: KnowledgeGraph) -> None:
    assert unknown("ASK { ?s ?p thing:zzzzzz }", graph) == ["thing:zzzzzz is not in the graph"]


def test_each_unknown_term_is_told_once(graph: KnowledgeGraph) -> None:
    assert len(unknown("ASK { ?s rlt:zzzzzz ?o . ?o rlt:zzzzzz thing:qqqqqq }", graph)) == 2


def test_terms_in_any_place_of_a_triple_are_known_and_so_are_graphs(graph: KnowledgeGraph) -> None:
    text = """SELECT * FROM graph:gov { GRAPH graph:gov { thing:lymphoma a rlt:Indication ; rdfs:label ?l }
      FILTER(xsd:integer(?l) = "5"^^xsd:nonsense || DATATYPE(?l) = rdf:langString || "thing:none" = ?l)
      VALUES ?c { code:coverage-omitted } }"""

    assert unknown(text, graph) == []


def test_terms_of_others_are_looked_at_only_on_wish(graph: KnowledgeGraph) -> None:
    text = 'PREFIX e: <http://e/> ASK { ?s e:p <http://e/o> , "1"^^e:type FILTER(e:function(?s)) }'

    assert unknown(text, graph) == []
    assert unknown(text, graph, foreign=True) == ["e:p is not in the graph", "<http://e/o> is not in the graph"]


def test_iris_are_shortened() -> None:
    assert short("https://w3id.org/rltkg/thing/lymphoma") == "thing:lymphoma"
    assert short("http://www.w3.org/2000/01/rdf-schema#label") == "rdfs:label"
    assert short("http://example.org/a") == "<http://example.org/a>"
    assert short("https://w3id.org/rltkg/thing/") == "<https://w3id.org/rltkg/thing/>"
