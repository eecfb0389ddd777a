"""A report as the SHACL validation report (https://www.w3.org/TR/shacl/#validation-report), in Turtle."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg.validation.report import Finding, ValidationReport

RULES = "https://w3id.org/rltkg/rule/"
_RELEASE = "https://w3id.org/rltkg"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFIXES = {
    "sh": SH,
    "rlt": "https://w3id.org/rltkg/ontology/",
    "shape": "https://w3id.org/rltkg/shape/",
    "rule": RULES,
}


def graph(report: ValidationReport) -> bytes:
    """Return `report` as a graph in Turtle, UTF-8; as SHACL has it, it conforms where there is no finding at all.

    Rules beside the shapes stand as components of this project (`rule:undefined-iri`). What is about a file rather than
    a node has the file as its focus node. A property path that is no plain predicate is left out, since it is a
    structure of the shape.
    """
    taken = {text for finding in report for text in (finding.focus, finding.value) if text.startswith("_:")}
    fresh = (node for node in (BlankNode(f"r{number}") for number in count()) if str(node) not in taken)
    node = next(fresh)
    results = [next(fresh) for _ in report]
    triples = [
        Triple(node, _TYPE, _sh("ValidationReport")),
        Triple(node, _sh("conforms"), Literal(report.conforms)),
        *(Triple(node, _sh("result"), result) for result in results),
    ]
    for result, finding in zip(results, report, strict=True):
        triples += [Triple(result, predicate, value) for predicate, value in _properties(finding)]
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def _properties(finding: Finding) -> Iterator[tuple[NamedNode, NamedNode | BlankNode | Literal]]:
    yield _TYPE, _sh("ValidationResult")
    yield _sh("resultSeverity"), _sh(finding.severity.word.capitalize())
    yield _sh("focusNode"), _term(finding.focus) if finding.focus else _place(finding)
    if finding.path and "<" not in finding.path:
        yield _sh("resultPath"), NamedNode(finding.path)
    if finding.value:
        yield _sh("value"), _term(finding.value)
    yield _sh("sourceConstraintComponent"), NamedNode(finding.component or RULES + finding.rule)
    if finding.shape:
        yield _sh("sourceShape"), NamedNode(finding.shape)
    yield _sh("resultMessage"), Literal(finding.message, language="en")


def _place(finding: Finding) -> NamedNode:
    """Return what a finding is about that is about no node: a shape, a file, or the release."""
    if finding.shape:
        return NamedNode(finding.shape)
    if finding.location:
        place = finding.location.in_book
        return NamedNode(Path(finding.location.file).absolute().as_uri() + (f"#{quote(place)}" if place else ""))
    return NamedNode(_RELEASE)


def _term(text: str) -> NamedNode | BlankNode | Literal:
    quad = next(iter(parse(f"<urn:s> <urn:p> {text} .", format=RdfFormat.N_TRIPLES)))
    term: NamedNode | BlankNode | Literal = quad.object
    return term


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)
