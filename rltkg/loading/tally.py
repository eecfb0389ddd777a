"""Counts what passes by: triples, statements by property, things by class."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


class Tally:
    """How many triples there are, and how many of each property and of each class.

    `properties` and `classes` are keyed by the term as N-Triples writes it, in bytes; classes that are blank nodes do
    not count.
    """

    __slots__ = ("classes", "properties", "triples")

    def __init__(self) -> None:
        self.triples = 0
        self.properties: Counter[bytes] = Counter()
        self.classes: Counter[bytes] = Counter()

    def counting(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Give `lines` of N-Triples as they are, each counted."""
        properties, classes = self.properties, self.classes
        for line in lines:
            _, name, rest = line.split(b" ", 2)
            properties[name] += 1
            if name == _TYPE and rest.startswith(b"<"):
                classes[rest[: rest.index(b">") + 1]] += 1
            yield line
        self.triples = properties.total()
