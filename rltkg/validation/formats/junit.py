"""A report as the XML of test reports, which build servers show.

Form: https://github.com/testmoapp/junitxml, the common denominator of the tools that read it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

if TYPE_CHECKING:
    from rltkg.validation.report import Finding, Severity, ValidationReport

# What XML 1.0 cannot hold, however it is escaped.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def suites(report: ValidationReport, fail_on: Severity) -> bytes:
    """Return one suite a file and one case a rule that found something, in UTF-8; a file without findings has one case.

    A finding less grave than `fail_on` stands in the output of its case, which passes.
    """
    by_file: dict[str, dict[str, list[Finding]]] = {name: {} for name in report.files}
    for finding in report:
        name = finding.location.file if finding.location else "the shapes and the shipped graph"
        by_file.setdefault(name, defaultdict(list)).setdefault(finding.rule, []).append(finding)
    failed = sum(_fails(found, fail_on) for rules in by_file.values() for found in rules.values())
    cases = sum(max(len(rules), 1) for rules in by_file.values())
    root = Element("testsuites", name="rltkg validate", tests=str(cases), failures=str(failed), errors="0")
    for name, rules in by_file.items():
        failures = sum(_fails(found, fail_on) for found in rules.values())
        suite = SubElement(
            root, "testsuite", name=_fit(name), tests=str(max(len(rules), 1)), failures=str(failures), errors="0"
        )
        if not rules:
            SubElement(suite, "testcase", name="conforms", classname=_fit(name))
        for rule, found in rules.items():
            case = SubElement(suite, "testcase", name=_fit(rule), classname=_fit(name))
            text = "\n".join(f"{each.location or name}: {each.severity.word}: {each.message}" for each in found)
            if _fails(found, fail_on):
                SubElement(case, "failure", message=_fit(found[0].message), type=found[0].severity.word).text = _fit(
                    text
                )
            else:
                SubElement(case, "system-out").text = _fit(text)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _fails(found: list[Finding], fail_on: Severity) -> bool:
    return any(finding.severity >= fail_on for finding in found)


def _fit(text: str) -> str:
    return _UNFIT.sub("\ufffd", text)
