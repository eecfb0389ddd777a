"""A report as the SHACL validation report (https://www.w3.org/TR/shacl/#validation-report), in Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg.validation.report import Finding, Severity, ValidationReport

RULES = "https://w3id.org/rltkg/rule/"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFIXES = {
    "sh": SH,
    "rlt": "https://w3id.org/rltkg/ontology/",
    "shape": "https://w3id.org/rltkg/shape/",
    "rule": RULES,
}


def graph(report: ValidationReport, fail_on: Severity) -> bytes:
    """Return `report` as a graph in Turtle, UTF-8; it conforms where nothing is as grave as `fail_on`.

    Rules beside the shapes stand as components of this project (`rule:undefined-iri`). A property path that is no plain
    predicate is left out, since it is a structure of the shape.
    """
    node = BlankNode("report")
    conforms = Literal(not report.fails(fail_on))
    triples = [Triple(node, _TYPE, _sh("ValidationReport")), Triple(node, _sh("conforms"), conforms)]
    for number, finding in enumerate(report):
        result = BlankNode(f"result{number}")
        triples.append(Triple(node, _sh("result"), result))
        triples += [Triple(result, predicate, value) for predicate, value in _properties(finding)]
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def _properties(finding: Finding) -> Iterator[tuple[NamedNode, NamedNode | BlankNode | Literal]]:
    yield _TYPE, _sh("ValidationResult")
    yield _sh("resultSeverity"), _sh(finding.severity.word.capitalize())
    yield _sh("resultMessage"), Literal(finding.message, language="en")
    yield _sh("sourceConstraintComponent"), NamedNode(finding.component or RULES + finding.rule)
    if finding.shape:
        yield _sh("sourceShape"), NamedNode(finding.shape)
    if finding.focus:
        yield _sh("focusNode"), _term(finding.focus)
    if finding.path and not set("<>^()|*+? ") & set(finding.path):
        yield _sh("resultPath"), NamedNode(finding.path)
    if finding.value:
        yield _sh("value"), _term(finding.value)


def _term(text: str) -> NamedNode | BlankNode | Literal:
    quad = next(iter(parse(f"<urn:s> <urn:p> {text} .", format=RdfFormat.N_TRIPLES)))
    term: NamedNode | BlankNode | Literal = quad.object
    return term


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)
