"""Places: where in a file each of its triples is written, since no parser tells."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat

from rltkg.validation.places.jsonld import pointers
from rltkg.validation.places.pieces import Pieces, pieces
from rltkg.validation.places.turtle import Spot, spots
from rltkg.validation.report import Location

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    File = tuple[str, RdfFormat | None, str, list[Quad]]


def place_at(name: str, text: str, offset: int) -> Location:
    """Return the place of the character at `offset` of the `text` of the file `name`."""
    before = text[:offset]
    return Location(name, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


class Places:
    """Tells where triples and subjects stand in some files.

    A file is its name, its format, its text, and its triples in the order in which the parser gives them. Nothing is
    scanned before somebody asks. A file without a format holds sheets: `cells` has the place of each of its triples, by
    its name, and `empty` that of the empty cell of a subject and a predicate.
    """

    def __init__(
        self,
        files: Iterable[File],
        cells: Mapping[str, list[Location]] | None = None,
        empty: Mapping[tuple[str, str], Location] | None = None,
    ) -> None:
        self._files = list(files)
        self._cells = cells or {}
        self._empty = empty or {}
        self._read: dict[int, _Text] = {}
        self._terms: set[NamedNode | BlankNode] | None = None

    def about(self, nodes: Collection[str]) -> None:
        """Look from now on only for places of `nodes`: an index of all takes more memory than the files themselves."""
        self._terms = {_term(node) for node in nodes if node.startswith(("<", "_:"))}
        for name in ("_index", "_named"):
            self.__dict__.pop(name, None)

    @cached_property
    def _index(self) -> dict[tuple[str, ...], tuple[int, int]]:
        """Return the first file and triple of each subject, subject and predicate, triple."""
        found: dict[tuple[str, ...], tuple[int, int]] = {}
        for number, (_, _, _, quads) in enumerate(self._files):
            for index, quad in enumerate(quads):
                if self._terms is None or quad.subject in self._terms:
                    subject, predicate = str(quad.subject), quad.predicate.value
                    for key in ((subject,), (subject, predicate), (subject, predicate, str(quad.object))):
                        found.setdefault(key, (number, index))
        return found

    @cached_property
    def _named(self) -> dict[str, tuple[int, int]]:
        """Return the first file and triple whose object is a node."""
        found: dict[str, tuple[int, int]] = {}
        for number, (_, _, _, quads) in enumerate(self._files):
            for index, quad in enumerate(quads):
                if self._terms is None or quad.object in self._terms:
                    found.setdefault(str(quad.object), (number, index))
        return found

    def __contains__(self, subject: str) -> bool:
        """Say whether `subject`, a term as N-Triples writes it, is the subject of a triple of the files."""
        return (subject,) in self._index

    def of(self, subject: str, predicate: str = "", value: str = "") -> Location | None:
        """Return the place of the value of a triple, of the first value of a property, or of a subject.

        `subject` and `value` are terms as N-Triples writes them, `predicate` is an IRI. Where the triple or property is
        not written in the files, it is the place of the subject, or of the cell that is empty; None where the subject
        stands in none of them.
        """
        spots = self._index
        index = spots.get((subject, predicate, value)) or spots.get((subject, predicate))
        if index:
            return self._at(*index, subject, whole=False)
        if (subject, predicate) in self._empty:
            return self._empty[subject, predicate]
        found = spots.get((subject,))
        return self._at(*found, subject, whole=True) if found else None

    def naming(self, node: str) -> Location | None:
        """Return the place where a triple first names `node` as its object; None where none does."""
        found = self._named.get(node)
        if not found:
            return None
        number, index = found
        return self._at(number, index, str(self._files[number][3][index].subject), whole=False)

    def _at(self, number: int, index: int, subject: str, *, whole: bool) -> Location:
        name, form, text, quads = self._files[number]
        if form is None:
            return self._cells[name][index]
        if number not in self._read:
            self._read[number] = _Text(form, text, quads)
        return self._read[number].location(name, index, subject, whole=whole)


def _term(node: str) -> NamedNode | BlankNode:
    return NamedNode(node[1:-1]) if node.startswith("<") else BlankNode(node[2:])


class _Text:
    """One text with the spots of its triples."""

    def __init__(self, form: RdfFormat, text: str, quads: list[Quad]) -> None:
        self._pointers: dict[str, str] = {}
        self._spots: list[Spot] | Pieces | None = None
        if form == RdfFormat.JSON_LD:
            self._pointers = pointers(text)
            return
        self._starts = array("q", [0, *(mark.end() for mark in re.finditer("\n", text))])
        cut = pieces(text, form)
        whole = spots(text) if cut is None else []
        # A text that the scanner follows otherwise than the parser has no places rather than wrong ones.
        if (len(whole) if cut is None else cut.triples) == len(quads):
            self._spots = whole if cut is None else cut

    def location(self, name: str, index: int, subject: str, *, whole: bool) -> Location:
        spot = self._spots[index] if self._spots else None
        if spot is None:
            return Location(name, pointer=self._pointers.get(subject, ""))
        offset = spot.subject if whole else spot.object
        line = bisect_right(self._starts, offset)
        return Location(name, line, offset - self._starts[line - 1] + 1)
