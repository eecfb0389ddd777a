"""Reading sheets: an XLSX workbook or a CSV file as cells with their places, before anybody asks what they mean.

Nothing is guessed and nothing repaired: what a person did not write, or cannot see, is a finding at its cell.
"""

from __future__ import annotations

from pathlib import PurePath

from rltkg.errors import InputError
from rltkg.sheets.reading.grid import LARGEST, Book, Cell, Sheet, Sort, UnreadableError
from rltkg.validation.report import Location

__all__ = ["SUFFIXES", "Book", "Cell", "Sheet", "Sort", "UnreadableError", "read_sheets", "refused_suffix"]

SUFFIXES = (".xlsx", ".csv")
_SAVE = "save it as an Excel workbook (.xlsx) or as CSV UTF-8 (.csv)"
_OTHERS = {
    ".xlsm": "a workbook with macros, which nothing here may run",
    ".xltm": "a template with macros, which nothing here may run",
    ".xltx": "a template",
    ".xls": "the format of old spreadsheet programs",
    ".xlsb": "a binary workbook",
    ".ods": "an OpenDocument sheet",
    ".numbers": "a Numbers document",
    ".tsv": "a tab-separated file",
}


def read_sheets(content: bytes, name: str, *, encoding: str | None = None) -> Book:
    """Return the sheets of the file `content` called `name`, which ends in .xlsx or .csv.

    `encoding` is that of a CSV file without a byte order mark. Raises UnreadableError (an InputError) where the file is
    none that can be read safely, InputError for another suffix or an unknown encoding.
    """
    suffix = PurePath(name).suffix.lower()
    if len(content) > LARGEST:
        message = f"The file is {len(content) / 2**20:,.0f} MB long; {LARGEST // 2**20} MB are read: split it."
        raise UnreadableError.of("book-too-large", message, Location(name))
    if suffix == ".xlsx":
        from rltkg.sheets.reading.workbook import read_workbook

        return read_workbook(content, name)
    if suffix == ".csv":
        from rltkg.sheets.reading.delimited import read_delimited

        return read_delimited(content, name, encoding)
    raise InputError(refused_suffix(name) or f"{name} is no sheet; {_SAVE}")


def refused_suffix(name: str) -> str | None:
    """Return what to say of a file called `name` that is a sheet, but of a format that is not read; None for others."""
    what = _OTHERS.get(PurePath(name).suffix.lower())
    return f"{name} is {what}; {_SAVE}" if what else None
