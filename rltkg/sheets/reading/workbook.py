"""An XLSX workbook as sheets of cells."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rltkg.errors import UnavailableError
from rltkg.sheets.reading.characters import wrong
from rltkg.sheets.reading.grid import LONGEST, Book, Cell, Sheet, Sort, UnreadableError, fault
from rltkg.sheets.reading.package import examine
from rltkg.sheets.reading.structure import hidden_or_merged
from rltkg.validation.report import Location

if TYPE_CHECKING:
    from typing import Any

BESIDE = ("read me", "lists")  # sheets of a template that hold no data
_NOTE = "The cell has a note, which would be lost; put it into a column (curator note), or delete it."
_EXACT = 10**15  # from here on a spreadsheet no longer keeps every digit


def read_workbook(content: bytes, name: str) -> Book:
    """Return the sheets of the workbook `content`, called `name`, but for those that a template has beside its data.

    What a cell holds that cannot be taken as it is (a formula, an error, a part of a merged cell, ...) is a finding of
    the book. Raises UnreadableError where it cannot be opened, UnavailableError without openpyxl.
    """
    try:
        import openpyxl
    except ImportError as error:
        raise UnavailableError("XLSX needs openpyxl, which is not installed: pip install openpyxl") from error
    place = Location(name)
    examine(content, place)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, which hold no data
            opened = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    except Exception as error:  # openpyxl raises whatever the damage leads to
        told = str(error).splitlines()[0] if str(error) else type(error).__name__
        message = f"The workbook is damaged ({told.rstrip('.')}); open it in a spreadsheet program and save it again."
        raise UnreadableError.of("book-format", message, place) from error
    book = Book()
    for sheet in opened.worksheets:
        if sheet.title.strip().casefold() not in BESIDE:
            _Reader(sheet, name, book).read()
    for chart in opened.chartsheets:
        message = "This sheet holds a chart and no rows; delete it."
        book.findings.append(fault("unknown-sheet", message, Location(name, sheet=chart.title)))
    return book


class _Reader:
    """Reads one sheet; `source` is openpyxl's, which has no types."""

    def __init__(self, source: Any, file: str, book: Book) -> None:  # noqa: ANN401
        self.source = source
        self.sheet = Sheet(file, source.title)
        self.book = book

    def read(self) -> None:
        # The cells that there are; by its public way openpyxl makes all those between them, too.
        held: dict[tuple[int, int], Any] = self.source._cells  # noqa: SLF001
        filled = [(row, column) for (row, column), cell in held.items() if _filled(cell.value)]
        if not filled:
            return
        for where in sorted(filled):
            self.sheet.rows.setdefault(where[0], []).append(self._cell(held[where], *where))
        comments = self.sheet.comments
        for row, cells in self.sheet.rows.items():
            if row not in comments:
                for cell in cells:
                    self._judge(held[row, cell.column], cell)
        data = {where for where in filled if where[0] not in comments}
        self.book.findings += hidden_or_merged(self.source, self.sheet, data)
        for (row, column), cell in held.items():
            if cell.comment is not None and row > 1 and row not in comments:
                self._refuse(Cell(row, column, ""), "cell-note", _NOTE)
        self.book.sheets.append(self.sheet)

    def _cell(self, source: Any, row: int, column: int) -> Cell:  # noqa: ANN401
        if source.data_type == "f":
            return Cell(row, column, "")
        return Cell(row, column, *_value(source.value, source.data_type, source.number_format))

    def _judge(self, source: Any, cell: Cell) -> None:  # noqa: ANN401
        """Find what of a cell cannot be taken as it is."""
        if source.data_type == "f":
            value = source.value
            formula = value if isinstance(value, str) else f"={getattr(value, 'text', None) or ''}".replace("==", "=")
            told = formula if len(formula) <= 30 else f"{formula[:27]}..."  # noqa: PLR2004
            self._refuse(cell, "formula", f"The cell holds the formula {told}; put its value in its place.")
        if cell.sort == Sort.TEXT:
            for each in wrong(cell.text):
                self._refuse(cell, *each)
        if len(cell.text) > LONGEST:
            self._refuse(cell, "cell-too-long", f"The cell holds over {LONGEST:,} characters; shorten it.")
        if source.font is not None and source.font.strike:
            message = "The cell is struck out, and nobody can tell whether it holds; delete it, or remove the line."
            self._refuse(cell, "struck-out", message)
        if (target := _target(source.hyperlink)) and _plain(target) != _plain(cell.text):
            message = (
                f"The cell links to {target}, which it does not show, so it would be lost; write it, or unlink it."
            )
            self._refuse(cell, "cell-link", message)

    def _refuse(self, cell: Cell, rule: str, message: str) -> None:
        self.book.findings.append(self.sheet.at(cell, rule, message))


def _target(link: Any) -> str:  # noqa: ANN401
    """Return the address to which a cell links, "" for none or a place in the book itself."""
    if link is None or not link.target:
        return ""
    return f"{link.target}#{link.location}" if link.location else str(link.target)


def _plain(address: str) -> str:
    """Return an address without what spreadsheet programs change when they make a link of it."""
    return unquote(address.removeprefix("mailto:")).rstrip("/").casefold()


def _filled(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip(" "))


def _value(value: object, sort: str, form: str) -> tuple[str, Sort]:
    """Return the value of a cell as text, and its sort."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if sort == "b":
        found = ("true" if value else "false"), Sort.TRUTH
    elif isinstance(value, str):
        found = value, Sort.TEXT
    elif isinstance(value, int | float):
        found = _number(value), Sort.PERCENTAGE if "%" in form else Sort.NUMBER
    elif isinstance(value, date) and not isinstance(value, datetime):
        found = value.isoformat(), Sort.DAY
    else:  # a day with a time, a time, or a length of time
        found = str(value), Sort.MOMENT
    return found


def _number(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        value = int(value)
    return str(value) if isinstance(value, int) else format(Decimal(repr(value)), "f")
