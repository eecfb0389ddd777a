"""A sheet of text of some width: heads, paragraphs, and rows with a name at the left."""

from __future__ import annotations

import textwrap

from rltkg.results.text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

NARROWEST = 40


class Sheet:
    """Collects lines of at most `width` characters, where words allow; control characters are taken out."""

    def __init__(self, width: int, *, bold: bool = False) -> None:
        self._width = max(width, NARROWEST)
        self._column = min(22, self._width // 3)
        self._bold = bold
        self._lines: list[str] = []

    def gap(self) -> None:
        """Leave one line empty, unless one is."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def head(self, text: str) -> None:
        """Add a head after an empty line."""
        self.gap()
        start = len(self._lines)
        self.text(text)
        if self._bold:
            self._lines[start:] = [f"\033[1m{line}\033[0m" for line in self._lines[start:]]

    def text(self, text: str, indent: int = 0) -> None:
        """Add a paragraph, all of it moved in by `indent` characters; nothing for an empty one."""
        self._wrap(text, " " * indent, " " * indent)

    def row(self, name: str, values: Iterable[str]) -> None:
        """Add each of `values` in the right column, the first with `name` at the left; nothing for none."""
        rest = " " * (self._column + 4)
        for place, value in enumerate(values):
            self._wrap(value, rest if place else f"  {name}".ljust(self._column + 2) + "  ", rest)

    def __str__(self) -> str:
        return "\n".join(self._lines).rstrip("\n")

    def _wrap(self, text: str, first: str, rest: str) -> None:
        # Most texts have no control characters, and plain() looks at each one.
        shown = text if text.isprintable() else plain(text)
        self._lines += textwrap.wrap(
            shown, self._width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False,
            break_long_words=False,
        )  # fmt: skip
