"""A CSV file as a sheet of cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import PurePath
from typing import TYPE_CHECKING

from rltkg.sheets.reading.characters import wrong
from rltkg.sheets.reading.encoding import Decoded
from rltkg.sheets.reading.grid import LONGEST, MOST_CELLS, Book, Cell, Sheet, UnreadableError
from rltkg.sheets.reading.text import NAMES, dialect, records
from rltkg.validation.report import Location

if TYPE_CHECKING:
    from rltkg.sheets.reading.text import Field

_BLOCK = 16
_END = re.compile("\r\n|\r|\n")
_LONE = re.compile("\r(?!\n)")


def read_delimited(content: bytes, name: str, encoding: str | None = None) -> Book:
    """Return the one sheet of the CSV file `content`, called `name`, whose delimiter its first line tells.

    `encoding` is that of a file without a byte order mark (default: UTF-8). A name such as `uk.position.csv` says that
    the kind is position. What a cell holds that cannot be taken as it is, is a finding of the book. Raises
    UnreadableError where it is no text, InputError for an encoding that there is not.
    """
    place = Location(name)
    decoded = Decoded(content, place, encoding)
    book = Book()
    sheet = Sheet(name, "", kind=PurePath(name).stem.rpartition(".")[2])
    _Reader(decoded, sheet, book).read()
    if sheet.rows:
        book.sheets.append(sheet)
    return book


class _Reader:
    def __init__(self, decoded: Decoded, sheet: Sheet, book: Book) -> None:
        self.decoded = decoded
        self.sheet = sheet
        self.book = book
        self.text = decoded.text
        self.starts = [0, *(end.end() for end in _END.finditer(self.text))]
        # Where a text has other ends of lines, one of these is hardly meant as one.
        self.odd_ends = {end.start() for end in _LONE.finditer(self.text)} if "\n" in self.text else set()

    def read(self) -> None:
        delimiter, start = dialect(self.text)
        held: list[list[Field]] = []
        count = 0
        for row, fields in enumerate(records(self.text, delimiter, start), 1):
            count += len(fields)
            if count > MOST_CELLS:
                message = f"The file has over {MOST_CELLS:,} cells; split it."
                raise UnreadableError.of("book-too-large", message, Location(self.sheet.file))
            held.append(fields)
            cells = [self._cell(row, column, field) for column, field in enumerate(fields, 1)]
            if filled := [cell for cell, field in zip(cells, fields, strict=True) if _filled(field)]:
                self.sheet.rows[row] = filled
        data = sorted(set(self.sheet.rows) - self.sheet.comments)
        widths = [len(fields) for fields in held]
        for row in data:
            short = 0 if _cut_by_excel(row, widths) else widths[data[0] - 1]
            self._record(row, held[row - 1], short, delimiter)

    def _record(self, row: int, fields: list[Field], width: int, delimiter: str) -> None:
        """Find what is wrong with the cells of a row of data, which should be `width` cells wide, or wider."""
        for column, field in enumerate(fields, 1):
            if _filled(field):
                for each in self._wrong(field):
                    self._refuse(row, column, field, *each)
        last = fields[-1]
        if last.start + len(last.text) in self.odd_ends:
            message = "The line ends otherwise than others do (a lone carriage return); write one end of line for all."
            self._refuse(row, len(fields), last, "line-end", message)
        if len(fields) < width:
            message = (
                f"The row ends after {len(fields)} of {width} cells, so a part of it may be lost; write the empty "
                f"ones too (a {NAMES[delimiter]} each)."
            )
            self._refuse(row, len(fields), last, "short-row", message)

    def _wrong(self, field: Field) -> list[tuple[str, str]]:
        text = field.text
        if field.fault:
            return [field.fault]
        if len(text) > LONGEST:
            return [("cell-too-long", f"The cell holds over {LONGEST:,} characters; shorten it.")]
        bad = self.decoded.wrong(text, field.start)
        found = [bad] if bad else []
        if text.startswith("="):
            told = text if len(text) <= 30 else f"{text[:27]}..."  # noqa: PLR2004
            return [*found, ("formula", f"The cell holds the formula {told}; put its value in its place.")]
        return [*found, *wrong(text)]

    def _refuse(self, row: int, column: int, field: Field, rule: str, message: str) -> None:
        self.book.findings.append(self.sheet.at(self._cell(row, column, field), rule, message))

    def _cell(self, row: int, column: int, field: Field) -> Cell:
        line = bisect_right(self.starts, field.start)
        return Cell(row, column, field.text, line=line, character=field.start - self.starts[line - 1] + 1)


def _cut_by_excel(row: int, widths: list[int]) -> bool:
    """Say whether Excel may have left out the empty cells at the end of a row: it does so by blocks of 16 rows.

    Source: Microsoft, "Column delimiters are missing in an Excel spreadsheet that is saved as text" (KB 77295). The
    first block has the header, so that its rows are as wide as it is.
    """
    block = (row - 1) // _BLOCK
    return block > 0 and len(set(widths[block * _BLOCK : (block + 1) * _BLOCK])) == 1


def _filled(field: Field) -> bool:
    return bool(field.text.strip(" ")) or field.fault is not None
