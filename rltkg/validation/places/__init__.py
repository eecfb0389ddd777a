"""Places: where in a file each of its triples is written, since no parser tells."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat

from rltkg.validation.places.jsonld import pointers
from rltkg.validation.places.turtle import Spot, lines, spots
from rltkg.validation.report import Location

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    File = tuple[str, RdfFormat, str, list[Quad]]


def place_at(name: str, text: str, offset: int) -> Location:
    """Return the place of the character at `offset` of the `text` of the file `name`."""
    before = text[:offset]
    return Location(name, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


class Places:
    """Tells where triples and subjects stand in some files.

    A file is its name, its format, its text, and its triples in the order in which the parser gives them. Nothing is
    scanned before somebody asks.
    """

    def __init__(self, files: Iterable[File]) -> None:
        self._files = list(files)
        self._read: dict[int, _Text] = {}
        self._asked: Collection[str] | None = None

    def about(self, nodes: Collection[str]) -> None:
        """Look from now on only for places of `nodes`: an index of all takes more memory than the files themselves."""
        self._asked = nodes
        self.__dict__.pop("_index", None)

    @cached_property
    def _index(self) -> tuple[dict[tuple[str, ...], tuple[int, int]], dict[str, tuple[int, int]]]:
        """Return the first file and triple of each subject, subject and predicate, triple; and of each object."""
        found: dict[tuple[str, ...], tuple[int, int]] = {}
        named: dict[str, tuple[int, int]] = {}
        asked = self._asked
        for number, (_, _, _, quads) in enumerate(self._files):
            for index, quad in enumerate(quads):
                subject, value = str(quad.subject), str(quad.object)
                if asked is None or subject in asked:
                    for key in ((subject,), (subject, quad.predicate.value), (subject, quad.predicate.value, value)):
                        found.setdefault(key, (number, index))
                if asked is None or value in asked:
                    named.setdefault(value, (number, index))
        return found, named

    def __contains__(self, subject: str) -> bool:
        """Say whether `subject`, a term as N-Triples writes it, is the subject of a triple of the files."""
        return (subject,) in self._index[0]

    def of(self, subject: str, predicate: str = "", value: str = "") -> Location | None:
        """Return the place of the value of a triple, of the first value of a property, or of a subject.

        `subject` and `value` are terms as N-Triples writes them, `predicate` is an IRI. Where the triple or property is
        not written in the files, it is the place of the subject; None where that stands in none of them.
        """
        spots = self._index[0]
        index = spots.get((subject, predicate, value)) or spots.get((subject, predicate))
        if index:
            return self._at(*index, subject, whole=False)
        found = spots.get((subject,))
        return self._at(*found, subject, whole=True) if found else None

    def naming(self, node: str) -> Location | None:
        """Return the place where a triple first names `node` as its object; None where none does."""
        found = self._index[1].get(node)
        if not found:
            return None
        number, index = found
        return self._at(number, index, str(self._files[number][3][index].subject), whole=False)

    def _at(self, number: int, index: int, subject: str, *, whole: bool) -> Location:
        name, form, text, quads = self._files[number]
        if number not in self._read:
            self._read[number] = _Text(form, text, quads)
        return self._read[number].location(name, index, subject, whole=whole)


class _Text:
    """One text with the spots of its triples."""

    def __init__(self, form: RdfFormat, text: str, quads: list[Quad]) -> None:
        self._starts = [0]
        self._spots: list[Spot] = []
        self._pointers: dict[str, str] = {}
        if form == RdfFormat.JSON_LD:
            self._pointers = pointers(text)
            return
        self._starts += [mark.end() for mark in re.finditer("\n", text)]
        found = lines(text) if form in {RdfFormat.N_TRIPLES, RdfFormat.N_QUADS} else spots(text)
        # A text that the scanner follows otherwise than the parser has no places rather than wrong ones.
        self._spots = found if len(found) == len(quads) else []

    def location(self, name: str, index: int, subject: str, *, whole: bool) -> Location:
        if not self._spots:
            return Location(name, pointer=self._pointers.get(subject, ""))
        spot = self._spots[index]
        offset = spot.subject if whole else spot.object
        line = bisect_right(self._starts, offset)
        return Location(name, line, offset - self._starts[line - 1] + 1)
