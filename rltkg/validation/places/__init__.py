"""Places: where in a file each of its triples is written, since no parser tells."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat

from rltkg.validation.places.jsonld import pointers
from rltkg.validation.places.turtle import Spot, lines, spots
from rltkg.validation.report import Location

if TYPE_CHECKING:
    from collections.abc import Iterable

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

    @cached_property
    def _spots(self) -> dict[tuple[str, ...], tuple[int, int]]:
        """File and index of each triple, of the first of each subject and predicate, and of each subject."""
        found: dict[tuple[str, ...], tuple[int, int]] = {}
        for number, (_, _, _, quads) in enumerate(self._files):
            for index, quad in enumerate(quads):
                triple = (str(quad.subject), quad.predicate.value, str(quad.object))
                for size in (3, 2, 1):
                    found.setdefault(triple[:size], (number, index))
        return found

    def __contains__(self, subject: str) -> bool:
        """Say whether `subject`, a term as N-Triples writes it, is the subject of a triple of the files."""
        return (subject,) in self._spots

    def of(self, subject: str, predicate: str = "", value: str = "") -> Location | None:
        """Return the place of the value of a triple, of the first value of a property, or of a subject.

        `subject` and `value` are terms as N-Triples writes them, `predicate` is an IRI. Where the triple or property is
        not written in the files, it is the place of the subject; None where that stands in none of them.
        """
        index = self._spots.get((subject, predicate, value)) or self._spots.get((subject, predicate))
        if index:
            return self._at(*index, subject, whole=False)
        found = self._spots.get((subject,))
        return self._at(*found, subject, whole=True) if found else None

    def naming(self, node: str) -> Location | None:
        """Return the place where a triple first names `node` as its object; None where none does."""
        for number, (_, _, _, quads) in enumerate(self._files):
            for index, quad in enumerate(quads):
                if str(quad.object) == node:
                    return self._at(number, index, str(quad.subject), whole=False)
        return None

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
        for place, character in enumerate(text):
            if character == "\n":
                self._starts.append(place + 1)
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
