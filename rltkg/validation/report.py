"""What a validation found: one model, whatever engine or rule found it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum
from string import ascii_uppercase, digits
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Severity(IntEnum):
    """How grave a finding is: what must, should or could be otherwise (SHACL's Violation, Warning, Info)."""

    INFO = 1
    WARNING = 2
    VIOLATION = 3

    @property
    def word(self) -> str:
        """The word that people type and read: violation, warning or info."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Severity:
        """Return the severity called `word`; KeyError for another word."""
        return cls[word.upper()]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: lines and columns count from 1, columns in characters; 0 where there are none.

    `pointer` is a JSON pointer (RFC 6901), for JSON-LD, which has no lines. `sheet` and `cell` (such as C7) are a place
    in a book; a CSV file has lines and cells, and no sheet.
    """

    file: str
    line: int = 0
    column: int = 0
    pointer: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        if self.pointer:
            return f"{self.file}#{self.pointer}"
        if self.in_book:
            return f"{self.file}, {self.in_book}"
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    @property
    def in_book(self) -> str:
        """The place in a book as spreadsheets write it: `position!C7`, or `C7 (line 9)` in CSV; "" where it is none."""
        line = f" (line {self.line})" if self.cell and self.line not in {0, self._row} else ""
        return "!".join(filter(None, (self.sheet, self.cell))) + line

    @property
    def order(self) -> tuple[object, ...]:
        """What places are sorted by: row and column of a cell count as numbers."""
        letters = self.cell.rstrip(digits)
        return (self.file, self.sheet, self.line, self._row, self.column, len(letters), letters, self.pointer)

    @property
    def _row(self) -> int:
        return int(self.cell.lstrip(ascii_uppercase) or 0)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A repair: `replacement` for what stands at the location as `original`, and the words to offer it in.

    `safe` says that nothing else can be meant, so that nobody need be asked before it is made.
    """

    original: str
    replacement: str
    words: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful.

    `rule` is the stable id of the rule: the local name of a shape, the name of a check, or one of the rules of this
    package. `focus` and `value` are RDF terms as N-Triples writes them, `path` a predicate IRI or a property path as
    SPARQL writes it, `component` and `shape` IRIs; "" where there is none. `label` names the focus node for people.
    """

    rule: str
    severity: Severity
    message: str
    focus: str = ""
    path: str = ""
    value: str = ""
    component: str = ""
    shape: str = ""
    label: str = ""
    location: Location | None = None
    suggestion: Suggestion | None = None

    @property
    def key(self) -> tuple[str, str, str, str, str]:
        """What makes two findings of two engines the same: focus node, path, value, component, shape."""
        return (self.focus, self.path, self.value, self.component, self.shape)

    def at(self, location: Location | None, *, label: str = "", suggestion: Suggestion | None = None) -> Finding:
        """Return the same finding with a place, and with a label and a suggestion where these are given."""
        return replace(self, location=location, label=label or self.label, suggestion=suggestion or self.suggestion)


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What `validate` found, gravest first within each file.

    `files` were checked, `engine` and its `version` did the shapes; `focus_nodes` tells how many nodes each shape
    looked at (shape IRI to count) and `triples` how many triples the files hold, so that a report without findings
    also says what it rests on.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    engine: str
    version: str
    triples: int = 0
    nodes: int = 0
    focus_nodes: dict[str, int] = field(default_factory=dict)
    checks: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """Return how many findings have just this severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def fails(self, on: Severity = Severity.VIOLATION) -> bool:
        """Say whether a finding is as grave as `on`, or graver."""
        return any(finding.severity >= on for finding in self.findings)

    @property
    def conforms(self) -> bool:
        """Whether there is no finding at all, as SHACL has it."""
        return not self.findings

    def serialize(self, form: str, *, fail_on: Severity = Severity.VIOLATION) -> bytes:
        """Return the report in the format `form` (text, json, sarif, github, junit or ttl), in UTF-8.

        `fail_on` tells which findings count as failures. Raises ValueError for another format.
        """
        from rltkg.validation.formats import serialize

        return serialize(self, form, fail_on=fail_on)

    def __str__(self) -> str:
        """Return the report as text, as the command prints it."""
        return self.serialize("text").decode().rstrip()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)


def message_of(finding: Finding) -> str:
    """Return the message, with the cell before it: what shows lines alone shows no cells."""
    place = finding.location.in_book if finding.location else ""
    return f"{place}: {finding.message}" if place else finding.message


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return `findings` without repetitions, in the order of file, line, column, gravity, rule and focus node."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda found: (
                (found.location or Location("\uffff")).order,
                -found.severity,
                found.rule,
                found.key,
                found.message,
            ),
        )
    )
