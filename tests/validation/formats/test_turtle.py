"""The report as SHACL has it: valid by shapes for reports, with as many results as there are findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from rltkg.validation.formats import serialize
from tests.validation.formats.reports import MY, empty, full, hostile

if TYPE_CHECKING:
    from rltkg.validation.report import ValidationReport

REPORTS = {"full": full, "empty": empty, "hostile": hostile}
# Section 3.6 of https://www.w3.org/TR/shacl/: what a report and a result must have.
SHAPES = """
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass sh:ValidationReport ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
    sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ,
        [ sh:path sh:result ; sh:class sh:ValidationResult ] .
[] a sh:NodeShape ; sh:targetClass sh:ValidationResult ; sh:targetObjectsOf sh:result ;
    sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] ,
        [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:in ( sh:Violation sh:Warning sh:Info ) ] ,
        [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
        [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
        [ sh:path sh:value ; sh:maxCount 1 ] ,
        [ sh:path sh:sourceShape ; sh:maxCount 1 ] ,
        [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:uniqueLang true ] ,
        [ sh:path [ sh:inversePath sh:result ] ; sh:minCount 1 ; sh:maxCount 1 ] .
"""


def graph(report: ValidationReport) -> rdflib.Graph:
    """Return the graph, as a parser that is not ours reads it."""
    return rdflib.Graph().parse(data=serialize(report, "ttl"), format="turtle")


@pytest.mark.parametrize("name", REPORTS)
def test_valid_by_shapes_for_reports(name: str) -> None:
    conforms, _, told = pyshacl.validate(graph(REPORTS[name]()), shacl_graph=rdflib.Graph().parse(data=SHAPES))

    assert conforms, told


def test_the_shapes_can_fail() -> None:
    broken = graph(full())
    broken.remove((None, SH.sourceConstraintComponent, None))
    conforms, _, told = pyshacl.validate(broken, shacl_graph=rdflib.Graph().parse(data=SHAPES))

    assert not conforms
    assert "Results (6)" in told


@pytest.mark.parametrize(("name", "results"), [("full", 6), ("empty", 0), ("hostile", 1)])
def test_one_report_and_a_result_for_each_finding(name: str, results: int) -> None:
    found = graph(REPORTS[name]())
    (node,) = found.subjects(RDF.type, SH.ValidationReport)

    assert len(set(found.objects(node, SH.result))) == results
    assert list(found.objects(node, SH.conforms)) == [rdflib.Literal(results == 0)]


def test_a_result_is_what_the_finding_says() -> None:
    found = graph(full())
    (result,) = found.subjects(SH.sourceConstraintComponent, SH.DatatypeConstraintComponent)
    (other,) = found.subjects(
        SH.sourceConstraintComponent, rdflib.URIRef("https://w3id.org/rltkg/rule/unknown-property")
    )

    assert found.value(result, SH.focusNode) == rdflib.URIRef(MY + "licence")
    assert found.value(result, SH.resultSeverity) == SH.Warning
    assert found.value(result, SH.resultPath) == rdflib.URIRef("https://w3id.org/rltkg/ontology/eventYear")
    assert str(found.value(result, SH.value)) == "2024"
    assert found.value(result, SH.sourceShape) == rdflib.URIRef("https://w3id.org/rltkg/shape/value-of-event-year")
    assert found.value(other, SH.sourceShape) is None
    assert str(found.value(other, SH.resultMessage)).endswith("did you mean authority?")


def test_a_blank_node_of_the_data_is_not_taken_for_a_result() -> None:
    """The focus node of the hostile report is called as we would call the first result."""
    found = graph(hostile())
    (result,) = found.subjects(RDF.type, SH.ValidationResult)

    assert found.value(result, SH.focusNode) != result
    assert isinstance(found.value(result, SH.focusNode), rdflib.BNode)
