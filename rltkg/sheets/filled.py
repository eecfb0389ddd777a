"""A filled sheet: of which kind it is, which row is its header, what each column means, which rows hold data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rltkg.nearest import nearest, sayable
from rltkg.results.names import folded
from rltkg.sheets.kinds import ID
from rltkg.sheets.reading.grid import fault, letters
from rltkg.validation.report import Location

if TYPE_CHECKING:
    from rltkg.sheets.columns import Heading
    from rltkg.sheets.kinds import Kind, Kinds
    from rltkg.sheets.reading import Cell, Sheet
    from rltkg.validation.report import Finding


@dataclass(slots=True)
class Filled:
    """The rows of a sheet below its header: `columns` tells what each column means, by its number.

    `ids` is the number of the column of ids, 0 where there is none; `comments` counts the rows that are for people.
    `unnamed` are the numbers of the rows with a cell below no known column.
    """

    sheet: Sheet
    kind: Kind
    columns: dict[int, Heading] = field(default_factory=dict)
    ids: int = 0
    rows: list[list[Cell]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    comments: int = 0
    unnamed: set[int] = field(default_factory=set)


def filled_of(
    sheet: Sheet, kinds: Kinds, broken: set[tuple[str, str, str]], called: str = ""
) -> Filled | Finding | None:
    """Return what `sheet` holds as a filled sheet of the kind `called`, else of that which its name tells.

    Of the cells named in `broken` something is said already. A finding where it is of no kind; None where it has no row
    but for people.
    """
    name = called or sheet.kind or sheet.name
    comments = sheet.comments
    rows = [cells for row, cells in sheet.rows.items() if row not in comments]
    if not rows:
        return None
    kind = kinds.get(name)
    if kind is None:
        near = nearest(name, [each.name for each in kinds])
        what = f"The name of the file tells no kind ({sayable(name)})" if sheet.kind else f"{sayable(name)} is no kind"
        mend = "name it as position.csv is named" if sheet.kind else "rename the sheet, or delete it"
        message = f"{what}, so its rows would be lost: {near} Else {mend}."
        rule = "unknown-kind" if sheet.kind else "unknown-sheet"
        return fault(rule, message, Location(sheet.file, sheet=sheet.name))
    filled = Filled(sheet, kind, comments=len(comments))
    _Header(filled, rows[0], broken).read()
    for cells in rows[1:]:
        filled.rows.append([cell for cell in cells if _has_column(cell, filled, rows[0])])
    return filled


class _Header:
    def __init__(self, filled: Filled, cells: list[Cell], broken: set[tuple[str, str, str]]) -> None:
        self.filled = filled
        self.cells = cells
        self.broken = broken

    def read(self) -> None:
        filled, sheet, kind = self.filled, self.filled.sheet, self.filled.kind
        if not any(folded(cell.text) == ID or self._heading(cell) for cell in self.cells):
            message = (
                f"The first row of {kind.name!r} names none of its columns, so nothing below is understood; write the "
                f"names there, as `rltkg new {kind.name}` does."
            )
            filled.findings.append(sheet.at(self.cells[0], "no-header", message))
            return
        seen: dict[str, Cell] = {}
        for cell in self.cells:
            heading = self._heading(cell)
            name = ID if folded(cell.text) == ID else str(heading or "")
            if name and name in seen:
                first = sheet.place(seen[name]).cell
                mend = "put both into one"
                if heading and heading.column.is_text and heading.column.many:
                    mend = f"call this one '{heading.column.header} 2'"
                message = f"The column {name!r} stands twice (first in {first}); {mend}."
                filled.findings.append(sheet.at(cell, "duplicate-column", message))
            elif name == ID:
                filled.ids = cell.column
            elif heading:
                filled.columns[cell.column] = heading
            elif _key(cell, sheet) not in self.broken:
                filled.findings.append(sheet.at(cell, "unknown-column", self._unknown(cell)))
            seen.setdefault(name, cell)

    def _heading(self, cell: Cell) -> Heading | None:
        text = " ".join(cell.text.split())
        return self.filled.kind.heading(text) or self.filled.kind.heading(text.lower())

    def _unknown(self, cell: Cell) -> str:
        kind = self.filled.kind
        for predicate, value in kind.preset:
            words = predicate.rsplit("/", 1)[-1]
            if folded(cell.text).replace(" ", "") == words.lower():
                told = value.rsplit("/", 1)[-1]
                return (
                    f"Each {kind.name} has {words} {told} already; take the column out, or use the kind {kind.base!r}."
                )
        near = nearest(" ".join(cell.text.split()), [ID, *kind.by_header])
        return f"{kind.name!r} has no column {sayable(cell.text)}, so what stands below would be lost; {near}"


def _has_column(cell: Cell, filled: Filled, header: list[Cell]) -> bool:
    """Say whether a cell stands below a header; if none stands there, it is a finding of `filled`."""
    if cell.column in filled.columns or cell.column == filled.ids:
        return True
    filled.unnamed.add(cell.row)
    if any(each.column == cell.column for each in header):
        return False
    last = header[-1].column
    if cell.column > last:
        message = f"The cell stands beyond the last column with a name ({letters(last)}); name its column, or empty it."
        filled.findings.append(filled.sheet.at(cell, "beyond-header", message))
    else:
        message = f"Column {letters(cell.column)} has no name in its first row; write one, or empty the cell."
        filled.findings.append(filled.sheet.at(cell, "blank-header", message))
    return False


def _key(cell: Cell, sheet: Sheet) -> tuple[str, str, str]:
    place = sheet.place(cell)
    return (place.file, place.sheet, place.cell)
