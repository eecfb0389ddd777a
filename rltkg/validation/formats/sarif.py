"""A report as SARIF 2.1.0, which code hosts and editors read.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rltkg import __version__
from rltkg.validation.report import Severity, message_of

if TYPE_CHECKING:
    from rltkg.validation.report import Finding, Location, ValidationReport

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def log(report: ValidationReport) -> bytes:
    """Return `report` as one run of a SARIF log, UTF-8. Columns are counted in Unicode characters."""
    rules = sorted({finding.rule for finding in report})
    places = {rule: index for index, rule in enumerate(rules)}
    first = {finding.rule: finding for finding in reversed(report.findings)}
    driver = {
        "name": "rltkg",
        "version": __version__,
        "informationUri": "https://w3id.org/rltkg",
        "rules": [_rule(first[rule]) for rule in rules],
    }
    run = {
        "tool": {"driver": driver, "extensions": [{"name": report.engine, "version": report.version}]},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(name)}} for name in report.files],
        "results": [_result(finding, places[finding.rule]) for finding in report],
    }
    content = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode(errors="replace")


def _rule(finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {"id": finding.rule, "defaultConfiguration": {"level": _LEVELS[finding.severity]}}
    if finding.shape:  # the message of a shape is the same for all that it finds
        told["shortDescription"] = {"text": finding.message}
    return told


def _result(finding: Finding, index: int) -> dict[str, Any]:
    about = {
        "focusNode": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "component": finding.component,
        "shape": finding.shape,
        "suggestion": finding.suggestion.replacement if finding.suggestion else "",
    }
    told: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": message_of(finding)},
        "properties": {name: value for name, value in about.items() if value},
    }
    if finding.location:
        told["locations"] = [_location(finding.location, finding)]
    return told


def _location(place: Location, finding: Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": place.column}
    told: dict[str, Any] = {"physicalLocation": physical}
    name = place.pointer or place.in_book or finding.label
    if name:
        told["logicalLocations"] = [{"name": name}]
    return told


def _uri(name: str) -> str:
    """Return a file name as a URI reference, relative where the name is."""
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), errors="surrogateescape")
