"""The report as the XML of test reports: it parses, its numbers add up, and nothing breaks it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from rltkg.validation.formats import serialize
from rltkg.validation.report import Severity, ValidationReport
from tests.validation.formats.reports import empty, full, hostile


def parsed(report: ValidationReport, fail_on: Severity = Severity.VIOLATION) -> ET.Element:
    """Return the root of the XML."""
    return ET.fromstring(serialize(report, "junit", fail_on=fail_on))  # noqa: S314 - our own


@pytest.mark.parametrize(("fail_on", "failures"), [(Severity.VIOLATION, 4), (Severity.WARNING, 5), (Severity.INFO, 6)])
def test_numbers_add_up(fail_on: Severity, failures: int) -> None:
    root = parsed(full(), fail_on)
    suites = root.findall("testsuite")

    assert root.get("failures") == str(failures)
    assert root.get("tests") == "7"
    assert len(root.findall(".//failure")) == failures
    assert [(suite.get("name"), suite.get("tests")) for suite in suites] == [
        ("a/my file.ttl", "3"),
        ("b.jsonld", "1"),
        ("c.ttl", "1"),
        ("d.ttl", "1"),
        ("the shapes and the shipped graph", "1"),
    ]
    for suite in suites:
        assert suite.get("tests") == str(len(suite.findall("testcase")))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))


def test_what_fails_and_what_is_only_told() -> None:
    cases = {case.get("name"): case for case in parsed(full()).iter("testcase")}
    failure = cases["unknown-property"].find("failure")
    told = cases["value-of-event-year"].find("system-out")

    assert failure is not None
    assert failure.get("type") == "violation"
    assert failure.text == (
        "a/my file.ttl:21:18: violation: The graph has no property 'autority'; did you mean authority?"
    )
    assert told is not None
    assert told.text == "a/my file.ttl:23:19: warning: Write the year as a whole number."
    assert list(cases["conforms"]) == []


def test_several_findings_of_one_rule_are_one_case() -> None:
    twice = full().findings[0], full().findings[0].at(None)
    root = parsed(ValidationReport((twice[0], twice[0]), ("a/my file.ttl",), "pyshacl", "0.40.1"))
    (failure,) = root.iter("failure")

    assert root.get("tests") == "1"
    assert str(failure.text).count("a/my file.ttl:9:1") == 2


def test_a_file_without_findings_passes() -> None:
    root = parsed(empty())

    assert (root.get("tests"), root.get("failures")) == ("1", "0")


def test_control_characters_do_not_break_it() -> None:
    (failure,) = parsed(hostile()).iter("failure")

    assert "\N{REPLACEMENT CHARACTER}" in str(failure.text)
    assert '"q" <&>' in str(failure.text)
