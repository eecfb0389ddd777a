"""Reports of a validation in the forms that people and tools read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.validation.report import Severity

if TYPE_CHECKING:
    from rltkg.validation.report import ValidationReport

FORMATS = ("text", "json", "sarif", "github", "junit", "ttl")


def serialize(report: ValidationReport, form: str, *, fail_on: Severity = Severity.VIOLATION) -> bytes:
    """Return `report` in the format `form`, in UTF-8; `fail_on` tells which findings count as failures.

    `text` is grouped by file, for people; `json` is our own model; `sarif` is SARIF 2.1.0, `github` workflow commands
    that annotate a pull request, `junit` the XML of test reports, `ttl` the SHACL validation report. A character of a
    file name that is no character (of a name that is not UTF-8) becomes a question mark. Raises ValueError for another
    format.
    """
    if form == "text":
        from rltkg.validation.formats.text import text

        return text(report).encode(errors="replace")
    if form == "json":
        from rltkg.validation.formats.plain import document

        return document(report, fail_on)
    if form == "sarif":
        from rltkg.validation.formats.sarif import log

        return log(report)
    if form == "github":
        from rltkg.validation.formats.github import commands

        return commands(report)
    if form == "junit":
        from rltkg.validation.formats.junit import suites

        return suites(report, fail_on)
    if form == "ttl":
        from rltkg.validation.formats.shacl import graph

        return graph(report)
    raise ValueError(f"{form!r} is no format of a report; choose from {', '.join(FORMATS)}")
