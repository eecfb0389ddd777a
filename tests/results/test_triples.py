"""The graph that a query gives: a set, in an order, in three formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg.errors import UnavailableError
from rltkg.results.triples import GRAPH_FORMATS, Triples

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

PAYLOAD = b"""\
<https://w3id.org/rltkg/thing/b> <http://www.w3.org/2000/01/rdf-schema#label> "b, \\"x\\"\\n"@en .
<https://w3id.org/rltkg/thing/a> <http://example.org/p> "5"^^<http://www.w3.org/2001/XMLSchema#integer> .
<https://w3id.org/rltkg/thing/b> <http://www.w3.org/2000/01/rdf-schema#label> "b, \\"x\\"\\n"@en .
"""


@pytest.fixture
def triples() -> Triples:
    """Return two triples, one of them given twice."""
    return Triples("CONSTRUCT ...", PAYLOAD, "1.2.3")


def test_a_triple_stands_once_and_in_order(triples: Triples) -> None:
    assert len(triples) == 2
    assert [str(triple.subject)[-2] for triple in triples] == ["a", "b"]
    assert list(triples)[0].object == pyoxigraph.Literal(5)  # noqa: RUF015 - iteration is what is tested
    assert (triples.text, triples.release, triples.remarks) == ("CONSTRUCT ...", "1.2.3", [])
    assert repr(triples) == "<Triples: 2, release 1.2.3>"


def test_turtle_has_the_prefixes_that_it_uses(triples: Triples) -> None:
    text = triples.serialize("ttl").decode()

    assert "thing:b rdfs:label " in text
    assert "<http://example.org/p>" in text
    assert {line.split()[1] for line in text.splitlines() if line.startswith("@prefix")} == {"thing:", "rdfs:", "xsd:"}


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_every_format_holds_the_graph(triples: Triples, form: str) -> None:
    formats = {"ttl": "TURTLE", "nt": "N_TRIPLES", "jsonld": "JSON_LD"}
    content = triples.serialize(form)
    again = pyoxigraph.parse(input=content, format=getattr(pyoxigraph.RdfFormat, formats[form]))

    assert {quad.triple for quad in again} == set(triples)


def test_n_triples_are_the_engines_own_lines(triples: Triples) -> None:
    assert triples.serialize("nt").splitlines() == sorted(set(PAYLOAD.splitlines()))
    assert json.loads(triples.serialize("jsonld"))[0]["@id"] == "https://w3id.org/rltkg/thing/a"


def test_another_format_is_refused(triples: Triples) -> None:
    with pytest.raises(ValueError, match="'csv' is no format of a graph; choose from ttl, nt, jsonld"):
        triples.serialize("csv")


def test_an_empty_graph_is_one() -> None:
    empty = Triples("", b"", "1.2.3")

    assert len(empty) == 0
    assert empty.serialize("nt") == b""
    assert len(empty.to_rdflib()) == 0


def test_rdflib_gets_the_same_triples_and_our_prefixes(graph: KnowledgeGraph) -> None:
    found = graph.sparql("DESCRIBE thing:lymphoma")
    assert isinstance(found, Triples)
    again = found.to_rdflib()

    assert len(again) == len(found) > 5
    assert ("rlt", "https://w3id.org/rltkg/ontology/") in [(prefix, str(iri)) for prefix, iri in again.namespaces()]


def test_rdflib_that_is_missing_is_told_with_the_mend(triples: Triples, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rdflib", None)

    with pytest.raises(UnavailableError, match=r"pip install rdflib"):
        triples.to_rdflib()
