"""CSV text as records: which delimiter, which fields, and where each begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = ",;\t"
NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}
_TOLD = re.compile(r"sep=([,;\t])(?:\r\n|\r|\n)", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its text without quotes, the offset at which it begins, and what is wrong with it.

    `fault` is a rule and a message, or nothing.
    """

    text: str
    start: int
    fault: tuple[str, str] | None = None


def dialect(text: str) -> tuple[str, int]:
    """Return the delimiter of `text`, and the offset at which its records begin.

    A first line `sep=;`, which Excel writes and reads, tells it; else it is what stands most often in the first line
    outside quotes, a comma where nothing does.
    """
    if told := _TOLD.match(text):
        return told[1], told.end()
    first = _QUOTED.sub("", text[: _first_end(text)])
    counts = {each: first.count(each) for each in DELIMITERS}
    return max(DELIMITERS, key=lambda each: (counts[each], -DELIMITERS.index(each))), 0


def records(text: str, delimiter: str, start: int = 0) -> Iterator[list[Field]]:
    """Give the fields of each record, line by line; a line without characters is a record with one empty field.

    A quoted field may hold line ends. A quote that is not closed, or not at the end of its field, is a fault of the
    field, which is then taken to end with its line, so that the lines after it are read all the same.
    """
    plain = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    place, size = start, len(text)
    held: list[Field] = []
    while place < size or held:
        field, place = _field(text, place, plain)
        held.append(field)
        if text.startswith(delimiter, place) and place < size:
            place += 1
            continue
        yield held
        held = []
        end = _END.match(text, place)
        place = end.end() if end else size


def _field(text: str, place: int, plain: re.Pattern[str]) -> tuple[Field, int]:
    """Return the field that begins at `place`, and where it ends."""
    if not text.startswith('"', place):
        found = plain.match(text, place)
        end = found.end() if found else place
        value = text[place:end]
        if '"' not in value:
            return Field(value, place), end
        message = (
            "A quotation mark stands inside a cell that does not begin with one; write it twice, and quote the cell."
        )
        return Field(value, place, ("stray-quote", message)), end
    if quoted := _QUOTED.match(text, place):
        after = plain.match(text, quoted.end())
        if after and not after[0]:
            return Field(quoted[0][1:-1].replace('""', '"'), place), quoted.end()
        if not _END.search(quoted[0]):
            end = after.end() if after else quoted.end()
            message = "Text follows the quotation mark that ends the cell; write quotation marks inside a cell twice."
            return Field(text[place:end], place, ("stray-quote", message)), end
    line = _END.search(text, place)
    end = line.start() if line else len(text)
    message = "The quotation mark that begins here is never closed; close it (inside a cell write it twice)."
    return Field(text[place + 1 : end], place, ("unbalanced-quote", message)), end


def _first_end(text: str) -> int:
    """Return where the first record ends."""
    quoted = False
    for found in re.finditer('"|\r|\n', text):
        if found[0] == '"':
            quoted = not quoted
        elif not quoted:
            return found.start()
    return len(text)
