"""What of a sheet nobody sees, or sees as one cell where there are several."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from rltkg.sheets.reading.grid import fault, letters, name_of
from rltkg.validation.report import Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from rltkg.sheets.reading.grid import Sheet
    from rltkg.validation.report import Finding

Filled = set[tuple[int, int]]  # rows and columns of the cells that hold data, or the header


def hidden_or_merged(source: Any, sheet: Sheet, filled: Filled) -> Iterator[Finding]:  # noqa: ANN401
    """Find what hides the `filled` cells of a sheet, or merges them; `source` is the sheet as openpyxl has it."""
    if source.sheet_state != "visible":
        yield _at(sheet, "hidden-sheet", "The sheet is hidden, so nobody sees what it adds; show it, or delete it.")
    if filled:
        yield from _merged(source, sheet, sorted({row for row, _ in filled}))
        yield from _hidden_rows(source, sheet, filled)
        yield from _hidden_columns(source, sheet, filled)


def _merged(source: Any, sheet: Sheet, rows: list[int]) -> Iterator[Finding]:  # noqa: ANN401
    for merged in source.merged_cells.ranges:
        place = bisect_left(rows, merged.min_row)
        if place < len(rows) and rows[place] <= merged.max_row:
            message = f"The cells {merged.coord} are merged, and which of them holds the value is open; unmerge them."
            yield _at(sheet, "merged-cells", message, name_of(merged.min_row, merged.min_col))


def _hidden_rows(source: Any, sheet: Sheet, filled: Filled) -> Iterator[Finding]:  # noqa: ANN401
    first: dict[int, int] = {}  # the first filled column of each row
    for row, column in sorted(filled):
        first.setdefault(row, column)
    for row, dimension in source.row_dimensions.items():
        if row in first and (dimension.hidden or dimension.height == 0):
            message = f"Row {row} is hidden (by a filter, perhaps); show it, or delete it."
            yield _at(sheet, "hidden-row", message, name_of(row, first[row]))


def _hidden_columns(source: Any, sheet: Sheet, filled: Filled) -> Iterator[Finding]:  # noqa: ANN401
    head = min(row for row, _ in filled)
    columns = {column for row, column in filled if row > head}
    for dimension in source.column_dimensions.values():
        # A column that is folded away has a button beside it, which tells that it is there.
        if (dimension.hidden or dimension.width == 0) and not dimension.outlineLevel:
            bounds = range(dimension.min or 0, (dimension.max or 0) + 1)
            for column in sorted(each for each in columns if each in bounds):
                message = f"Column {letters(column)} is hidden, but holds something; show it, or empty it."
                yield _at(sheet, "hidden-column", message, name_of(head, column))


def _at(sheet: Sheet, rule: str, message: str, cell: str = "") -> Finding:
    return fault(rule, message, Location(sheet.file, sheet=sheet.name, cell=cell))
