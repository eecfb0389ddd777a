"""What a sheet holds, cell by cell, before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from rltkg.errors import InputError
from rltkg.sheets.kinds import COMMENT
from rltkg.sheets.reading.characters import is_error
from rltkg.validation.report import Finding, Location, Severity

MOST_CELLS = 1_000_000  # of a book
LARGEST = 64 * 1024 * 1024  # bytes of a file
LONGEST = 100_000  # characters of a cell


class Sort(StrEnum):
    """What the value of a cell is to the program that wrote it; in CSV all is text."""

    TEXT = "text"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    DAY = "date"
    MOMENT = "date with a time of day"
    TRUTH = "true or false"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something: its place, its value as text, and what sort of value that is.

    `row` and `column` count from 1. A number has the shortest form that tells it, without an exponent; a day is an ISO
    date. `line` and `character` are the place in a file of text, from 1, and 0 in a workbook.
    """

    row: int
    column: int
    text: str
    sort: Sort = Sort.TEXT
    line: int = 0
    character: int = 0


@dataclass(slots=True)
class Sheet:
    """One sheet: the file in which it stands, its name (of a CSV file: "" ), and its rows with their numbers.

    A row holds its filled cells from left to right; a row without any is left out.
    """

    file: str
    name: str
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    kind: str = ""  # the name of the kind, where the file tells it and not the sheet

    def place(self, cell: Cell) -> Location:
        """Return the place of `cell`."""
        return Location(self.file, cell.line, cell.character, sheet=self.name, cell=name_of(cell.row, cell.column))

    @property
    def comments(self) -> set[int]:
        """The numbers of the rows that are for people and no data: their first cell begins with a hash."""
        return {row for row, cells in self.rows.items() if _is_comment(cells[0])}

    def at(self, cell: Cell, rule: str, message: str) -> Finding:
        """Return the finding that `cell` breaks `rule`."""
        return fault(rule, message, self.place(cell))


@dataclass(slots=True)
class Book:
    """The sheets of a workbook, or the one of a CSV file, and what is wrong with cells whatever they mean.

    `broken` names the cells (file, sheet, cell) among the findings whose value is not to be understood any further.
    """

    sheets: list[Sheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def broken(self) -> set[tuple[str, str, str]]:
        """The cells of which something is said already: file, sheet and name of the cell."""
        places = [finding.location for finding in self.findings if finding.location]
        return {(place.file, place.sheet, place.cell) for place in places if place.cell}


class UnreadableError(InputError):
    """A file is no sheet, or none that can be read safely: `finding` says what is wrong and where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.location}: {finding.message}")
        self.finding = finding

    @classmethod
    def of(cls, rule: str, message: str, place: Location) -> UnreadableError:
        """Return the error for a file that breaks `rule`."""
        return cls(fault(rule, message, place))


def _is_comment(first: Cell) -> bool:
    return first.column == 1 and first.text.startswith(COMMENT) and not is_error(first.text)


def fault(rule: str, message: str, place: Location) -> Finding:
    """Return a finding that must be mended before the sheet can be read."""
    return Finding(rule, Severity.VIOLATION, message, location=place)


def name_of(row: int, column: int) -> str:
    """Return the name that spreadsheets give a cell, such as C7."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """Return the letters of a column that counts from 1, such as AB for 28."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
