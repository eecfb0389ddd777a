"""A good book of sheets, which tests break: its cells, and the same as a workbook and as CSV files."""

from __future__ import annotations

import csv
import io
import pickle
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils import get_column_letter

from rltkg.corpus import shipped
from rltkg.sheets.files import book_of
from rltkg.sheets.kinds import kinds
from rltkg.sheets.known import Known
from rltkg.sheets.rows import Rows, rows_of

if TYPE_CHECKING:
    from pathlib import Path

Grid = list[list[Any]]
PAGE = "page of the agency of Norland"
FAULTS = 80  # rows of positions, measurements and events that a test may break, one each


def good() -> dict[str, Grid]:
    """Return the sheets of a book in which nothing is wrong: a header and rows each, by the name of the sheet."""
    statement = ["text", "stated in", "passage", "topic", "modality", "polarity", "indication scope", "jurisdiction"]
    said = [PAGE, "passage-agency", "RLT; guidelines", "asserted", "affirmed", "unspecified", "Norland"]
    position = ["label", "content of", "coverage", "covered topic", *statement, "entered on", "holds from year"]
    extra = ["not stated", "time words", "curator note", "checked on", "exact match"]
    measurement = ["label", "quantity", "statistic", "unit", "value", *statement, "entered on"]
    event = [
        "label",
        "concerns",
        "step",
        "authority",
        "event year",
        "time precision",
        "event month",
        *statement,
        "entered on",
    ]
    sheets: dict[str, Grid] = {
        "web-page": [
            ["id", "label", "title", "web page"],
            ["page-agency", PAGE, "Licences", "https://example.org/licences"],
            ["page-second", "second page of the agency", "More", "https://example.org/more"],
        ],
        "passage": [["id", "in document"], ["passage-agency", PAGE]],
        "place": [
            ["id", "label", "place kind"],
            ["norland", "Norland", "country"],
            ["sudland", "Sudland", "country"],
        ],
        "actor": [["id", "label", "actor kind"], ["agency", "agency of Norland", "public authority"]],
        "guideline": [
            ["id", "label", "title", "web page"],
            [None, "guideline of Norland", "Treating NETs", "https://example.org/guideline"],
        ],
        "position": [["id", *position, *extra]],
        "measurement": [["id", *measurement]],
        "status-event": [["id", *event]],
    }
    for number in range(FAULTS):
        sheets["position"].append(_position(number, said))
        sheets["measurement"].append(_measurement(number, said))
        sheets["status-event"].append(_event(number, said))
    return sheets


def _position(number: int, said: list[str]) -> list[Any]:
    text = f"The guideline of Norland includes the therapy, says number {number}."
    what = [f"position-{number}", f"position {number} of Norland", "guideline of Norland", "included", "RLT", text]
    return [*what, *said, "2026-11-21", 2016, None, None, None, None, None]


def _measurement(number: int, said: list[str]) -> list[Any]:
    what = [f"measurement-{number}", f"networks {number} of Norland", "specialist centres", "count", "networks", 12]
    return [*what, f"There are 12 networks in Norland, says number {number}.", *said, "2026-11-21"]


def _event(number: int, said: list[str]) -> list[Any]:
    what = [f"event-{number}", f"licence {number} of Norland", "Lutathera", "licensed", "agency", 2018, "year", None]
    return [*what, f"Lutathera was licensed in Norland in 2018, says number {number}.", *said, "2026-11-21"]


def workbook(sheets: dict[str, Grid]) -> openpyxl.Workbook:
    """Return `sheets` as an open workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """Return an open workbook as a file."""
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def delimited(rows: Grid, delimiter: str = ",") -> str:
    """Return one sheet as CSV text."""
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter).writerows(rows)
    return held.getvalue()


def column_of(rows: Grid, header: str) -> int:
    """Return the number of the column that `header` heads, from 1."""
    return rows[0].index(header) + 1


def cell_of(rows: Grid, header: str, row: int) -> str:
    """Return the name of a cell, such as C7."""
    return f"{get_column_letter(column_of(rows, header))}{row}"


def understood(*files: tuple[str, bytes], **options: Any) -> Rows:  # noqa: ANN401
    """Return what the sheets in `files` (names and contents) say beside the shipped release."""
    known = pickle.loads(_release())  # noqa: S301 - our own, and quicker than reading the release each time
    return rows_of([book_of(content, name) for name, content in files], kinds(), known, **options)


@cache
def _release() -> bytes:
    return pickle.dumps(Known.of(shipped()))


def written(folder: Path, sheets: dict[str, Grid] | None = None, name: str = "book.xlsx") -> Path:
    """Write a book, the good one by default, into `folder`."""
    file = folder / name
    file.write_bytes(saved(workbook(sheets or good())))
    return file


def few(sheets: dict[str, Grid], rows: int = 2) -> dict[str, Grid]:
    """Return the same book with at most so many rows of data a sheet, for what takes time by row."""
    return {name: grid[: rows + 1] if len(grid) > FAULTS else grid for name, grid in sheets.items()}
