"""The triples behind a description, in three formats."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg.results.triples import GRAPH_FORMATS

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

BASE = "https://w3id.org/rltkg/"
FORMATS = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def read(content: bytes, form: str) -> pyoxigraph.Dataset:
    """Return the canonical graph that `content` holds."""
    held = pyoxigraph.Dataset(
        pyoxigraph.Quad(each.subject, each.predicate, each.object)
        for each in pyoxigraph.parse(content, format=FORMATS[form])
    )
    held.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return held


@pytest.mark.parametrize("ident", ["nice-lymphoma-2016-omits-rlt", "nice", "rlt:Position", "gov:reference-44"])
def test_the_formats_hold_the_same_triples_and_the_same_bytes_each_time(graph: KnowledgeGraph, ident: str) -> None:
    held = {form: read(graph.describe(ident).serialize(form), form) for form in GRAPH_FORMATS}

    assert len(held["nt"]) > 5
    assert set(held["nt"]) == set(held["ttl"]) == set(held["jsonld"])
    for form in GRAPH_FORMATS:
        assert graph.describe(ident).serialize(form) == graph.describe(ident, everything=True).serialize(form)


def test_a_statement_comes_with_its_passages_only(graph: KnowledgeGraph) -> None:
    subjects = {
        str(quad.subject)[1:-1] for quad in read(graph.describe("nice-lymphoma-2016-omits-rlt").serialize("nt"), "nt")
    }

    assert subjects == {
        BASE + "gov/nice-lymphoma-2016-omits-rlt",
        BASE + "gov/passage-2-summary-nice-lymphoma",
        BASE + "gov/passage-2-2-nice-lymphoma-silent",
    }


def test_a_thing_comes_with_the_statements_that_name_it(graph: KnowledgeGraph) -> None:
    """As counted in SPARQL: its own triples, those of the statements, those of their passages."""
    count = f"""SELECT (COUNT(*) AS ?n) WHERE {{ {{ SELECT DISTINCT ?s ?p ?o WHERE {{
      {{ BIND(<{BASE}thing/nice> AS ?s) }} UNION {{ ?s ?by <{BASE}thing/nice> ; <{BASE}ontology/text> ?text }}
      UNION {{ ?x ?by <{BASE}thing/nice> ; <{BASE}ontology/passage> ?s }} ?s ?p ?o }} }} }}"""
    total = int(json.loads(graph.store.select(count))["results"]["bindings"][0]["n"]["value"])

    assert len(graph.describe("nice").serialize("nt").splitlines()) == total > 100


def test_a_class_expression_comes_whole(graph: KnowledgeGraph) -> None:
    text = graph.describe("rlt:Position").serialize("ttl").decode()

    assert "owl:equivalentClass _:" in text
    assert "owl:hasValue code:topic-rlt" in text
    assert "rdf:first rlt:DocumentContent" in text
    assert "rdf:rest ()" in text or "rdf:rest rdf:nil" in text
    assert "rlt:DocumentContent a owl:Class" not in text


def test_another_format_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(ValueError, match="'xml' is no format of a graph; choose from ttl, nt, jsonld"):
        graph.describe("nice").serialize("xml")
