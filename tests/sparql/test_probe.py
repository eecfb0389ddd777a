"""Small questions: counted up to a limit, and left open where they take too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.sparql.probe import Probe

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_rows_triples_and_truths_are_counted(graph: KnowledgeGraph) -> None:
    probe = Probe(graph.store, 60)

    assert probe.count(f"SELECT ?l {{ <https://w3id.org/rltkg/thing/lymphoma> {LABEL} ?l }}", 10) == 1
    assert probe.count(f"SELECT * {{ ?s {LABEL} ?l }}", 10) == 11
    assert probe.count(f"CONSTRUCT WHERE {{ ?s {LABEL} ?l }}", 10, graph=True) == 11
    assert probe.count(f"CONSTRUCT {{ ?s {LABEL} 1 }} WHERE {{ VALUES ?s {{ <a:a> <a:b> }} }}", 10, graph=True) == 2
    assert probe.count("ASK { }", 10) == 1
    assert probe.count("ASK { FILTER(false) }", 10) == 0
    assert probe.rows("SELECT ?x { VALUES ?x { 1 2 3 } }", 2) == probe.rows("SELECT ?x { VALUES ?x { 1 2 } }", 2)


def test_what_is_no_query_stays_open(graph: KnowledgeGraph) -> None:
    probe = Probe(graph.store, 60)

    assert probe.count("SELECT", 10) is None
    assert probe.rows("SELECT", 10) is None
    assert not probe.late


def test_one_question_takes_no_more_than_its_share(graph: KnowledgeGraph) -> None:
    probe = Probe(graph.store, 1.5)

    assert probe.count(LONG, 10) is None
    assert not probe.late
    assert probe.count("ASK { }", 10) == 1


def test_nothing_is_asked_when_the_time_is_over(graph: KnowledgeGraph) -> None:
    probe = Probe(graph.store, 0)

    assert probe.late
    assert probe.count("ASK { }", 10) is None
