"""Answers over a few triples that a test writes down."""

from __future__ import annotations

import pyoxigraph

from rltkg.results import Answer
from rltkg.store import EmbeddedStore

PREFIXES = """
@prefix : <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def answer_over(turtle: str, query: str) -> Answer:
    """Return the answer of a store that holds just `turtle` to the free `query`."""
    engine = pyoxigraph.Store()
    engine.load(
        input=PREFIXES + turtle,
        format=pyoxigraph.RdfFormat.TURTLE,
        to_graph=pyoxigraph.NamedNode("http://example.org/g"),
    )
    store = EmbeddedStore(engine)
    return Answer(query, store.select(query), store, "test")


def values_of(*literals: str) -> Answer:
    """Return an answer with the one column `value` and a row for each of `literals` (Turtle)."""
    triples = " ".join(f":row{number:03} :value {literal} ." for number, literal in enumerate(literals))
    return answer_over(triples, "SELECT ?value WHERE { ?row <http://example.org/value> ?value } ORDER BY ?row")
