"""A report for people: grouped by file, a place and a message each, as a good compiler prints."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

from rltkg.results.labels import last_part
from rltkg.results.text import plain
from rltkg.validation.report import Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.validation.report import Finding, ValidationReport

_MARKS = {Severity.VIOLATION: "31", Severity.WARNING: "33", Severity.INFO: "36"}  # red, yellow, cyan
_WIDEST = 60  # characters of a value
_NARROWEST = 20  # characters of a message on a narrow terminal
_NOWHERE = "the shapes and the shipped graph"
_XSD = "^^<http://www.w3.org/2001/XMLSchema#"


def text(report: ValidationReport, width: int = 120, *, colour: bool = False) -> str:
    """Return `report` in lines of at most `width` characters; `colour` marks gravity for a terminal.

    A finding is `line:column severity message` (in sheets `sheet!cell`), the node that it is about, and `[rule]`.
    """
    return "\n".join([*listed(report.findings, width, colour=colour), summary(report), ""])


def listed(findings: Iterable[Finding], width: int = 120, *, colour: bool = False) -> list[str]:
    """Return `findings` in lines, by file, with a blank line after each file."""
    lines: list[str] = []
    for name, group in groupby(findings, key=lambda found: found.location.file if found.location else _NOWHERE):
        shown = plain(name)
        lines.append(f"\033[1m{shown}\033[0m" if colour else shown)
        for finding in group:
            lines += _lines(finding, width, colour=colour)
        lines.append("")
    return lines


def summary(report: ValidationReport) -> str:
    """Return one sentence: how many findings of which gravity, and what was looked at."""
    counts = [(report.count(severity), severity.word) for severity in reversed(Severity)]
    told = ", ".join(
        f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts if count and word != "info"
    )
    info = report.count(Severity.INFO)
    told = ", ".join(filter(None, (told, f"{info:,} info" if info else ""))) or "Nothing to mend"
    used = sum(map(bool, report.focus_nodes.values()))
    return (
        f"{told}: {_many(len(report.files), 'file')}, {_many(report.triples, 'triple')}; "
        f"{_many(report.nodes, 'node')} judged by {used:,} of {_many(len(report.focus_nodes), 'shape')} "
        f"({report.engine} {report.version}) and {_many(len(report.checks), 'check')}"
    )


def _many(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _lines(finding: Finding, width: int, *, colour: bool) -> list[str]:
    place = finding.location or Location("")
    where = place.in_book or (f"{place.line}:{place.column}" if place.line else place.pointer or "-")
    word = finding.severity.word
    shown = f"\033[{_MARKS[finding.severity]}m{word}\033[0m" if colour else word
    head = f"  {where}  {word}  "
    body = _wrapped(finding.message, width - len(head)) or [""]
    lines = [f"  {where}  {shown}  {body[0]}", *(" " * len(head) + line for line in body[1:])]
    about = finding.label or finding.focus
    if finding.path:
        step = last_part(finding.path) if "<" not in finding.path else finding.path
        about = f"{about}, {step}" if about else step
    if finding.value and finding.value != finding.focus:
        about += f" = {_value(finding.value)}"
    tail = f"{about}  [{finding.rule}]" if about else f"[{finding.rule}]"
    return [*lines, *(" " * len(head) + line for line in _wrapped(tail, width - len(head)))]


def _wrapped(told: str, width: int) -> list[str]:
    return textwrap.wrap(plain(told), max(width, _NARROWEST), break_on_hyphens=False)


def _value(term: str) -> str:
    text = last_part(term[1:-1]) if term.startswith("<") else term
    if _XSD in text:
        text = text.replace(_XSD, "^^xsd:").removesuffix(">")
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 3]}..."
