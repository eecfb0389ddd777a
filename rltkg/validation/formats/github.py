"""A report as workflow commands, which GitHub shows on the lines of a pull request.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions (setting an error message).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.results.text import plain
from rltkg.validation.formats.text import summary
from rltkg.validation.report import Severity, message_of

if TYPE_CHECKING:
    from rltkg.validation.report import Finding, ValidationReport

_COMMANDS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def commands(report: ValidationReport) -> bytes:
    """Return one command a finding, and the summary as a plain line, in UTF-8."""
    return "".join(f"{line}\n" for line in [*map(_command, report), summary(report)]).encode(errors="replace")


def _command(finding: Finding) -> str:
    place = finding.location
    told = {"title": f"{finding.label or 'rltkg'} [{finding.rule}]"}
    if place:
        told["file"] = place.file
    if place and place.line:
        told |= {"line": str(place.line), "col": str(place.column)}
    fields = ",".join(f"{name}={_field(value)}" for name, value in told.items())
    return f"::{_COMMANDS[finding.severity]} {fields}::{_data(message_of(finding))}"


def _data(text: str) -> str:
    """Escape a message: what a contributor wrote must never become a command of its own."""
    return plain(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _field(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
