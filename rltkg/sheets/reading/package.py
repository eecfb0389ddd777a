"""Whether a file is a workbook that can be opened without harm, before a library opens it.

An XLSX file is a ZIP archive of XML. Refused are archives that unpack to far more than they are, document type
declarations (which can name files and multiply entities), macros, and ranges so large that the library, which visits
each of their cells, would never end.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.parsers import expat

from rltkg.sheets.reading.grid import MOST_CELLS, UnreadableError

if TYPE_CHECKING:
    from rltkg.validation.report import Location

MOST_PARTS = 5_000
MOST_UNPACKED = 512 * 1024 * 1024  # bytes of all parts
MOST_TIMES = 200  # how much larger a part may be than it is packed, where it is large at all
SMALL = 4 * 1024 * 1024  # bytes
DEEPEST = 64  # elements inside each other
MOST_SHEETS = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "save it as an Excel workbook (.xlsx)"
_RANGES = {"mergeCell", "hyperlink", "comment"}
_ROWS, _COLUMNS = 1_048_576, 16_384


def examine(content: bytes, place: Location) -> None:
    """Raise UnreadableError, with what to do about it, where `content` is no workbook that is safe to open."""
    if content.startswith(_OLE):
        message = f"This is an old .xls file or has a password, and neither can be read; {_SAVE}, without a password."
        raise UnreadableError.of("book-format", message, place)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _Package(archive, place).examine()
    except UnreadableError:
        raise
    except Exception as error:  # a damaged archive makes zipfile and zlib raise a dozen different errors
        message = f"This is no XLSX workbook, or a damaged one ({_reason(error)}); open it and {_SAVE} again."
        raise UnreadableError.of("book-format", message, place) from error


class _Package:
    def __init__(self, archive: zipfile.ZipFile, place: Location) -> None:
        self.archive = archive
        self.place = place
        self.cells = self.depth = 0

    def refuse(self, rule: str, message: str) -> UnreadableError:
        return UnreadableError.of(rule, message, self.place)

    def examine(self) -> None:
        parts = self.archive.infolist()
        self._sizes(parts)
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            other = "an OpenDocument sheet" if "content.xml" in names else "no XLSX workbook"
            raise self.refuse("book-format", f"This is {other}; {_SAVE}.")
        kinds = self.archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
        if any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroEnabled" in kinds:
            raise self.refuse("book-macros", f"The workbook holds macros, which nothing here may run; {_SAVE}.")
        if sum(name.startswith("xl/worksheets/") and name.endswith(".xml") for name in names) > MOST_SHEETS:
            raise self.refuse("book-too-large", f"The workbook has over {MOST_SHEETS} sheets; split it.")
        if b"purl.oclc.org/ooxml" in self.archive.read("xl/workbook.xml"):
            raise self.refuse("book-format", f"This is a Strict Open XML workbook, which few programs read; {_SAVE}.")
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                self._xml(part)

    def _sizes(self, parts: list[zipfile.ZipInfo]) -> None:
        if len(parts) > MOST_PARTS:
            raise self.refuse("book-too-large", f"The workbook has over {MOST_PARTS:,} parts; split it.")
        if any(part.flag_bits & 1 for part in parts):
            raise self.refuse("book-format", f"The workbook has a password; {_SAVE}, without one.")
        # The library never unpacks more than the directory of the archive tells.
        whole = sum(part.file_size for part in parts)
        bombs = [
            part.filename
            for part in parts
            if part.file_size > SMALL and part.file_size > MOST_TIMES * max(part.compress_size, 1)
        ]
        if whole > MOST_UNPACKED or bombs:
            told = f"{bombs[0]!r} alone is packed over {MOST_TIMES} times" if bombs else f"{whole / 2**20:,.0f} MB"
            message = (
                f"The workbook unpacks to far more than it is ({told}), as no real one does; split it, or {_SAVE}."
            )
            raise self.refuse("book-too-large", message)

    def _xml(self, part: zipfile.ZipInfo) -> None:
        """Read one part without building anything of it."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self.depth = 0
        with self.archive.open(part) as file:
            parser.ParseFile(file)

    def _doctype(self, *_: object) -> None:
        message = f"The workbook declares a document type inside, as no spreadsheet program does; {_SAVE} again."
        raise self.refuse("book-doctype", message)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refuse(
                "book-too-large", f"The XML of the workbook is nested over {DEEPEST} deep; {_SAVE} again."
            )
        local = name.rpartition(":")[2]
        if local == "c":
            self.cells += 1
        elif local in _RANGES:
            self.cells += _area(attributes.get("ref", ""))
        elif local == "row" and not attributes.get("r", "1").isdecimal():
            raise self.refuse("book-format", f"A row of the workbook has no proper number; {_SAVE} again.")
        if self.cells > MOST_CELLS:
            message = f"The workbook has over {MOST_CELLS:,} cells, merged ones and those of links included; split it."
            raise self.refuse("book-too-large", message)

    def _end(self, _name: str) -> None:
        self.depth -= 1


def _area(reference: str) -> int:
    """Return how many cells a reference such as A1:C7 covers; more than any book may have where it is not clear."""
    from openpyxl.utils.cell import range_boundaries

    try:
        bounds = range_boundaries(reference)
    except (ValueError, TypeError):
        return MOST_CELLS + 1
    left, top, right, bottom = (bound or limit for bound, limit in zip(bounds, (1, 1, _COLUMNS, _ROWS), strict=True))
    return max(right - left + 1, 1) * max(bottom - top + 1, 1)


def _reason(error: Exception) -> str:
    return (str(error) or type(error).__name__).rstrip(".")
