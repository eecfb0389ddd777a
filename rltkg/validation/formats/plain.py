"""A report as JSON: our own model, field by field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rltkg.validation.report import Severity

if TYPE_CHECKING:
    from rltkg.validation.report import Finding, ValidationReport

FORM = "rltkg validation report 1"


def document(report: ValidationReport, fail_on: Severity) -> bytes:
    """Return `report` as an indented JSON object, UTF-8; `passed` is seen from `fail_on`.

    `shapes` tells how many nodes each shape looked at, `idle_shapes` how many shapes looked at none. Empty fields of a
    finding are left out. Terms are written as N-Triples writes them.
    """
    looked_at = {shape.strip("<>"): count for shape, count in sorted(report.focus_nodes.items()) if count}
    content = {
        "form": FORM,
        "passed": not report.fails(fail_on),
        "counts": {severity.word: report.count(severity) for severity in reversed(Severity)},
        "engine": {"name": report.engine, "version": report.version},
        "files": list(report.files),
        "triples": report.triples,
        "nodes": report.nodes,
        "shapes": looked_at,
        "idle_shapes": len(report.focus_nodes) - len(looked_at),
        "checks": list(report.checks),
        "findings": [_finding(finding) for finding in report],
    }
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode(errors="replace")


def _finding(finding: Finding) -> dict[str, Any]:
    place, offer = finding.location, finding.suggestion
    fields: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "message": finding.message,
        "file": place.file if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
        "pointer": place.pointer if place else "",
        "sheet": place.sheet if place else "",
        "cell": place.cell if place else "",
        "focus": finding.focus,
        "label": finding.label,
        "path": finding.path,
        "value": finding.value,
        "component": finding.component,
        "shape": finding.shape,
        "suggestion": {"original": offer.original, "replacement": offer.replacement, "safe": offer.safe}
        if offer
        else None,
    }
    return {name: value for name, value in fields.items() if value}
