"""A large text cut into statements, so that the scanner reads only those whose places are asked for.

Statements without brackets are told apart by a single regular expression each, many times as fast as token by token. A
text with any other statement is read as a whole.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from rltkg.validation.places.turtle import BLANK, IRI, NAME, NUMBER, STRING, TAG, Spot, lines, spots

if TYPE_CHECKING:
    from collections.abc import Iterator

# Every part is atomic: what it has taken is never tried otherwise, so that the time grows with the text and no faster.
_GAP = rf"(?:\s++|{BLANK})*+"
_NAMED = f"(?>{IRI}|{NAME})"
_OBJECT = f"(?>{STRING}(?:{_GAP}{TAG})?+|{IRI}|{NUMBER}|{NAME})"
_OBJECTS = f"{_GAP}{_OBJECT}(?>{_GAP},{_GAP}{_OBJECT})*+"
_STATEMENT = re.compile(
    rf"""{_GAP}(?>
        @(?:prefix\b{_GAP}{NAME}|base\b){_GAP}{IRI}{_GAP}\.
      | (?i:prefix\b{_GAP}{NAME}|base\b){_GAP}{IRI}
      | {_NAMED}{_GAP}{_NAMED}{_OBJECTS}(?>(?>{_GAP};)++{_GAP}{_NAMED}{_OBJECTS})*+(?>{_GAP};)*+{_GAP}(?P<end>\.)
    )""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_GAPS = re.compile(_GAP, re.VERBOSE | re.DOTALL | re.ASCII)
# What may hold a comma or a semicolon that parts nothing.
_OPAQUE = re.compile(rf"{STRING}|{IRI}|\#[^\n\r]*+|\\.", re.VERBOSE | re.DOTALL)
_LINE = re.compile(r"[^\n\r]+")


class Pieces:
    """The statements of a text: where each begins, and which is its first triple."""

    def __init__(self, text: str, found: Iterator[tuple[int, int]]) -> None:
        """Take of each statement its offset in `text` and the number of its triples."""
        self._text = text
        self._starts = array("q")
        self._firsts = array("q")
        self.triples = 0
        for start, count in found:
            self._starts.append(start)
            self._firsts.append(self.triples)
            self.triples += count
        self._starts.append(len(text))
        self._spots = lru_cache(1000)(self._read)

    def __getitem__(self, index: int) -> Spot | None:
        """Return the place of the triple with this index; None where the scanner counts otherwise."""
        piece = bisect_right(self._firsts, index) - 1
        first, start = self._firsts[piece], self._starts[piece]
        following = self._firsts[piece + 1] if piece + 1 < len(self._firsts) else self.triples
        found = self._spots(piece)
        return Spot(*(start + offset for offset in found[index - first])) if len(found) == following - first else None

    def _read(self, piece: int) -> list[Spot]:
        return self._reader(self._text[self._starts[piece] : self._starts[piece + 1]])

    _reader = staticmethod(spots)


class _Lines(Pieces):
    _reader = staticmethod(lines)


def pieces(text: str, form: RdfFormat) -> Pieces | None:
    """Return the statements of a text in Turtle, N-Triples or N-Quads; None where it must be read as a whole."""
    if form in {RdfFormat.N_TRIPLES, RdfFormat.N_QUADS}:
        return _Lines(
            text, ((line.start(), 1) for line in _LINE.finditer(text) if line[0].lstrip()[:1] not in {"", "#"})
        )
    try:
        return Pieces(text, _statements(text)) if form == RdfFormat.TURTLE else None
    except ValueError:
        return None


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """Give the offset of each statement and the number of its triples; ValueError at one with brackets."""
    place = 0
    while found := _STATEMENT.match(text, place):
        if found["end"]:
            plain = _OPAQUE.sub("", found[0])
            # As many objects as commas and semicolons part, but for semicolons behind which nothing stands.
            idle = sum(part.strip() in {"", "."} for part in plain.split(";")[1:]) if ";" in plain else 0
            yield place, 1 + plain.count(",") + plain.count(";") - idle
        place = found.end()
    if _GAPS.fullmatch(text, place) is None:
        raise ValueError(place)
