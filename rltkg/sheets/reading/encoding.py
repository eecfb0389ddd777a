"""The bytes of a CSV file as text: what their encoding is, and which of them belong to no text."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from rltkg.errors import InputError
from rltkg.nearest import nearest, sayable
from rltkg.sheets.reading.grid import UnreadableError

if TYPE_CHECKING:
    from rltkg.validation.report import Location

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
USUAL = ["utf-8", "utf-16", "windows-1252", "windows-1250", "iso-8859-1", "iso-8859-15", "mac-roman"]
_MANY = 20  # one zero in so many characters
_BAD = re.compile("[\udc80-\udcff]")
_SAVE = "save it as UTF-8 (Excel: `CSV UTF-8`)"


class Decoded:
    """The text of a file; a byte that its encoding does not know stands in it as U+DC80 and on, one character each."""

    def __init__(self, content: bytes, place: Location, encoding: str | None = None) -> None:
        """Decode `content` as its byte order mark says, else as `encoding` (default: UTF-8).

        Raises UnreadableError where it is no text, InputError for an encoding that there is not.
        """
        mark, told = next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", ""))
        self.encoding = told or _known(encoding)
        self._offset = len(mark)
        self._wide = self.encoding.startswith(("utf-16", "utf-32"))
        # Wide encodings cannot hold back a byte; what is no character in them shows as one that was lost.
        self.text = content[len(mark) :].decode(self.encoding, "replace" if self._wide else "surrogateescape")
        if self.text.count("\0") * _MANY > len(self.text):
            message = f"The file is full of zero bytes, so it is UTF-16 without its mark, or no text; {_SAVE}."
            raise UnreadableError.of("encoding", message, place)
        others = _BAD.sub("", self.text) if self.encoding == "utf-8" else ""
        self._mixed = not others.isascii()
        self._counted = (0, self._offset)  # characters, and the bytes that they take

    def wrong(self, text: str, start: int) -> tuple[str, str] | None:
        """Find a byte in `text`, which begins at `start`, that could not be decoded: a rule and a message."""
        found = _BAD.search(text)
        if not found:
            return None
        byte = ord(found[0]) - 0xDC00
        number = self._byte(start + found.start()) + 1
        bad = len(_BAD.findall(text))
        more = f" ({bad} bytes of the cell are like it)" if bad > 1 else ""
        meant = bytes([byte]).decode("cp1252", "replace")
        if self.encoding != "utf-8":
            message = f"Byte {number:,} of the file, 0x{byte:02X}, is none of {self.encoding}{more}; {_SAVE}."
            return "encoding", message
        guess = f"in Windows-1252 it is {meant!r}" if meant != "\ufffd" else "nor of Windows-1252"
        if self._mixed:
            message = (
                f"Byte {number:,} of the file, 0x{byte:02X}, is not UTF-8 ({guess}), while other cells are{more}; "
                "the file mixes two encodings: type the text of this cell again."
            )
            return "mixed-encodings", message
        message = (
            f"Byte {number:,} of the file, 0x{byte:02X}, is not UTF-8 ({guess}){more}; {_SAVE}, or tell its encoding."
        )
        return "encoding", message

    def _byte(self, place: int) -> int:
        """Return how many bytes stand before the character at `place`; fast where places are asked for in order."""
        characters, count = self._counted if self._counted[0] <= place else (0, self._offset)
        count += len(self.text[characters:place].encode(self.encoding, "surrogateescape"))
        self._counted = (place, count)
        return count


def _known(encoding: str | None) -> str:
    """Return the name of `encoding`, UTF-8 for none. Raises InputError where it is none of text."""
    if encoding is None:
        return "utf-8"
    try:
        found = codecs.lookup(encoding)
        "".encode(found.name)  # such as base64, which is none of text
    except (LookupError, ValueError) as error:
        raise InputError(f"There is no encoding {sayable(encoding)}; {nearest(encoding, USUAL)}") from error
    return "utf-8" if found.name == "utf-8-sig" else found.name
