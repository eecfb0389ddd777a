"""The report as JSON: every field of the model, under names that stay."""

from __future__ import annotations

import json

from rltkg.validation.formats import serialize
from rltkg.validation.report import Severity
from tests.validation.formats.reports import MY, NASTY, RLT, SHAPE, empty, full, hostile


def test_the_whole() -> None:
    content = json.loads(serialize(full(), "json"))

    assert content.pop("findings")
    assert content == {
        "form": "rltkg validation report 1",
        "passed": False,
        "counts": {"violation": 4, "warning": 1, "info": 1},
        "engine": {"name": "pyshacl", "version": "0.40.1"},
        "files": ["a/my file.ttl", "b.jsonld", "c.ttl", "d.ttl"],
        "triples": 1234,
        "nodes": 5,
        "shapes": {SHAPE + "passage": 3, SHAPE + "status-event": 1},
        "idle_shapes": 1,
        "checks": ["hierarchy_cycle"],
    }


def test_a_finding_with_all_that_it_may_have_and_one_with_little() -> None:
    findings = json.loads(serialize(full(), "json"))["findings"]

    assert len(findings) == 6
    assert findings[1] == {
        "rule": "unknown-property",
        "severity": "violation",
        "message": "The graph has no property 'autority'; did you mean authority?",
        "file": "a/my file.ttl",
        "line": 21,
        "column": 18,
        "focus": f"<{MY}licence>",
        "label": "Licence of a sample",
        "path": RLT + "autority",
        "suggestion": {"original": RLT + "autority", "replacement": RLT + "authority", "safe": False},
    }
    assert findings[2]["value"] == '"2024"^^<http://www.w3.org/2001/XMLSchema#short>'
    assert findings[2]["component"] == "http://www.w3.org/ns/shacl#DatatypeConstraintComponent"
    assert findings[2]["shape"] == SHAPE + "value-of-event-year"
    assert findings[3]["pointer"] == "/@graph/3"
    assert findings[5] == {"rule": "shapes-missing", "severity": "violation", "message": "There is no shapes file."}


def test_passed_is_seen_from_what_shall_fail() -> None:
    only_info = full().findings[3:4]
    report = empty().__class__(only_info, ("d.ttl",), "pyshacl", "0.40.1")

    assert json.loads(serialize(report, "json"))["passed"] is True
    assert json.loads(serialize(report, "json", fail_on=Severity.INFO))["passed"] is False


def test_hostile_texts_come_back_as_they_were() -> None:
    (finding,) = json.loads(serialize(hostile(), "json"))["findings"]

    assert finding["label"] == NASTY
    assert finding["file"] == f"{NASTY}?.ttl"
