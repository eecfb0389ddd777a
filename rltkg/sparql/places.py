"""Where in a text something stands, and an error that shows it there."""

from __future__ import annotations

from rltkg.errors import InputError

WIDEST = 100
_INDENT = "    "


def place(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column, both from 1 and in characters, of the character at `offset`."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def offset_of(text: str, line: int, column: int) -> int:
    """Return the offset of a line and column, both from 1; the nearest one where the text has no such place."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1 or len(text)
    end = text.find("\n", start)
    return min(start + column - 1, len(text) if end < 0 else end)


def pointed(text: str, offset: int) -> str:
    """Return the line of `offset` and, below it, a caret under the character; a long line is cut around it."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    first = max(start, offset - WIDEST // 2)
    last = min(end, first + WIDEST)
    before, after = ("..." if first > start else ""), ("..." if last < end else "")
    shown = "".join(each if each.isprintable() else " " for each in text[first:last].rstrip("\r"))
    caret = " " * (len(before) + offset - first) + "^"
    return f"{_INDENT}{before}{shown}{after}\n{_INDENT}{caret}"


def mistake(text: str, offset: int, what: str) -> InputError:
    """Return the error that says `what` is wrong at `offset`, with line, column and the line itself."""
    line, column = place(text, offset)
    return InputError(f"The query, line {line}, column {column}: {what}\n{pointed(text, offset)}")
