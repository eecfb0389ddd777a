"""From the report of an engine to our findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from rltkg.validation.report import Finding, Severity
from rltkg.validation.shapes.nodes import RDF, by_subject, members
from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rltkg.validation.shapes import Shapes
    from rltkg.validation.shapes.nodes import Nodes

_STEPS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_SEVERITIES = {SH + "Violation": Severity.VIOLATION, SH + "Warning": Severity.WARNING, SH + "Info": Severity.INFO}


def findings(report: bytes, shapes: Shapes) -> list[Finding]:
    """Return the results of a SHACL validation `report` (Turtle or N-Triples, UTF-8) as findings without places.

    The message is that of the shape, in English where it has several, else that of the engine. Results that stand below
    another one (sh:detail) are passed over.
    """
    nodes = by_subject(parse(report, format=RdfFormat.TURTLE))
    held = shapes.nodes
    top = {str(node) for properties in nodes.values() for node in properties.get(SH + "result", [])}
    return [_finding(nodes[result], nodes, held) for result in sorted(top)]


def _finding(result: Mapping[str, list[NamedNode | BlankNode | Literal]], nodes: Nodes, shapes: Nodes) -> Finding:
    def one(name: str) -> str:
        return next((str(term) for term in result.get(SH + name, ())), "")

    source = next(iter(result.get(SH + "sourceShape", ())), None)
    held = shapes.get(str(source), {}) if isinstance(source, NamedNode) else {}
    # pyshifty leaves a path that is no plain predicate hanging in the air; the shape itself has it.
    paths = held.get(SH + "path") or result.get(SH + "resultPath", [])
    path = path_text(paths[0], shapes if held.get(SH + "path") else nodes) if paths else ""
    told = held.get(SH + "message") or result.get(SH + "resultMessage", [])
    messages = sorted(
        (term for term in told if isinstance(term, Literal)), key=lambda term: term.language not in {"en", None}
    )
    severity = next((term.value for term in result.get(SH + "resultSeverity", ()) if isinstance(term, NamedNode)), "")
    component = one("sourceConstraintComponent").strip("<>")
    return Finding(
        rule=_last(source.value) if isinstance(source, NamedNode) else _last(component),
        severity=_SEVERITIES.get(severity, Severity.VIOLATION),
        message=messages[0].value if messages else "",
        focus=one("focusNode"),
        path=path,
        value=one("value"),
        component=component,
        shape=source.value if isinstance(source, NamedNode) else "",
    )


def path_text(node: NamedNode | BlankNode | Literal, nodes: Nodes) -> str:
    """Return a SHACL path as SPARQL writes it; a plain predicate as its bare IRI."""
    return node.value if isinstance(node, NamedNode) else _path(node, nodes)


def _path(node: NamedNode | BlankNode | Literal, nodes: Nodes) -> str:
    if isinstance(node, NamedNode):
        return str(node)
    properties = nodes.get(str(node), {})
    if RDF + "first" in properties:
        return "/".join(_nested(each, nodes) for each in members(node, nodes))
    if inverse := properties.get(SH + "inversePath"):
        return f"^{_nested(inverse[0], nodes)}"
    if alternatives := properties.get(SH + "alternativePath"):
        return "|".join(_nested(each, nodes) for each in members(alternatives[0], nodes))
    for name, mark in _STEPS.items():
        if step := properties.get(SH + name):
            return f"{_nested(step[0], nodes)}{mark}"
    return ""


def _nested(node: NamedNode | BlankNode | Literal, nodes: Nodes) -> str:
    text = _path(node, nodes)
    return text if isinstance(node, NamedNode) else f"({text})"


def _last(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
