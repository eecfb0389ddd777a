"""Characters that no text of ours holds, and that a person does not see in a cell."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rltkg.nearest import sayable

if TYPE_CHECKING:
    from collections.abc import Iterator

# Letters, marks, digits, punctuation and symbols, and the plain blank; all else is invisible or no character at all.
_VISIBLE = frozenset("LMNPS")
_BREAK = re.compile("[\r\n\v\f\u0085\u2028\u2029]")
_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")
# What the two or three bytes of a character in UTF-8 look like to a program that takes them for Windows-1252.
_UNDONE = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}")
_BAD_BYTE = re.compile("[\udc80-\udcff]")
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA"}


def is_error(text: str) -> bool:
    """Say whether `text` is what a spreadsheet shows in the place of a value that it could not work out."""
    return text in _ERRORS or (text.startswith("#") and text.endswith("!") and text[1:-1].isupper())


def wrong(text: str) -> Iterator[tuple[str, str]]:
    """Find what is wrong with the characters of the `text` of a cell: a rule and a message each, one a rule.

    A byte that could not be decoded stands in `text` as a lone surrogate and is passed over here.
    """
    if is_error(text):
        yield "error-value", f"The cell shows the error {text}; write the value that should stand here."
        return
    if text.isascii() and text.isprintable():
        if found := _ESCAPE.search(text):
            yield "invisible-character", f"{found[0]} stands for a character that is not seen; take it out."
        return
    if found := _BREAK.search(text):
        number = text.count("\n", 0, found.start()) + 1
        yield "line-break", f"The cell holds more than one line (the {_nth(number)} ends in a break); write it as one."
    odd = [(place, each) for place, each in enumerate(text) if not _plain(each)]
    if odd:
        place, each = odd[0]
        more = f", and {len(odd) - 1} more such" if len(odd) > 1 else ""
        mend = "type a plain blank" if unicodedata.category(each) == "Zs" else "take it out"
        message = f"Character {place + 1} is {_called(each)}, which is not seen{more}; {mend}."
        yield "invisible-character", message
    if "\ufffd" in text:
        yield "lost-character", "A character was lost here (\ufffd) when the file was saved; type it again."
    for found in _UNDONE.finditer(text):
        if meant := _meant(found[0]):
            message = f"{sayable(found[0])} looks like {meant!r} read in the wrong encoding; type it again."
            yield "garbled-character", message
            break
    if not unicodedata.is_normalized("NFC", text) and not _BAD_BYTE.search(text):
        first = next(a for a, b in zip(text, unicodedata.normalize("NFC", text), strict=False) if a != b)
        message = f"A character with {first!r} is written in parts, which no search finds; type it again as one."
        yield "decomposed-character", message


def _plain(each: str) -> bool:
    return (
        each == " "
        or unicodedata.category(each)[0] in _VISIBLE
        or bool(_BREAK.match(each))
        or bool(_BAD_BYTE.match(each))
    )


def _called(each: str) -> str:
    """Return what a character that cannot be shown is called."""
    number = f"U+{ord(each):04X}"
    name = unicodedata.name(each, "a control character" if unicodedata.category(each) == "Cc" else "")
    return f"{number} {name.lower()}".strip()


def _meant(garbled: str) -> str | None:
    """Return the character that `garbled` is in UTF-8 where it is read as Windows-1252; None where it is none."""
    raw = bytearray()
    for each in garbled:
        try:
            raw += each.encode("cp1252")
        except UnicodeEncodeError:
            if ord(each) > 0xFF:  # noqa: PLR2004 - the last character of Latin-1
                return None
            raw.append(ord(each))  # Windows leaves five bytes as they are
    for end in range(len(raw), 1, -1):
        try:
            return raw[:end].decode("utf-8")
        except UnicodeDecodeError:
            continue
    return None


def _nth(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
