"""Brings the text of a Turtle file into the layout, so that nothing it says is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, RdfFormat, parse
from pyoxigraph import Triple as Term

from rltkg.corpus.own import LARGEST, QUOTED
from rltkg.errors import InputError
from rltkg.writing.comments import comments_in, notes_in
from rltkg.writing.layout import NamelessError, write
from rltkg.writing.sameness import same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Triple

_OTHERS = {"<?xml": "RDF/XML", "<rdf:": "RDF/XML", "{": "JSON-LD or TriG", "[{": "JSON-LD", "[ {": "JSON-LD"}
_NEWER = "is RDF 1.2, which most stores do not read yet; write a node with properties instead"


def formatted(name: str, content: bytes) -> str:
    """Return the text that the Turtle file `name` with this `content` should have.

    Raises InputError, with the line where it is known, where the content is no Turtle of RDF 1.1 in UTF-8, where a
    blank node is used more than once or not at all, and where a comment would lose its place.
    """
    if len(content) > LARGEST or content.count(b"<<") > QUOTED:
        raise InputError(
            f"{name} is over {LARGEST // 2**20} MB long, or holds more triple terms (<<) than the engine bears"
        )
    text = _decoded(name, content)
    triples, prefixes = _parsed(name, text)
    notes = notes_in(name, text, triples, prefixes)
    try:
        due = write(triples, prefixes=prefixes, notes=notes)
    except NamelessError as error:
        raise InputError(f"{_place(name, text, triples, error)}: {error}. The file is as it was.") from error
    except RecursionError as error:
        raise InputError(
            f"{name}: its nodes are nested too deeply; give some an IRI. The file is as it was."
        ) from error
    # What follows can only go wrong by a mistake of this package; then the file must not pay for it.
    if not same(_parsed(name, due)[0], triples):
        raise InputError(
            f"{name}: the layout cannot hold this graph: something in it would change, so the file is as it was."
        )
    if sorted(comment for _, comment in comments_in(due)) != notes.all():
        raise InputError(f"{name}: the layout cannot keep its comments, so the file is as it was.")
    return due


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError(f"{name}:{line}: the file is not UTF-8; save it as UTF-8.") from error


def _parsed(name: str, text: str) -> tuple[list[Triple], Mapping[str, str]]:
    reader = parse(text, format=RdfFormat.TURTLE)
    try:
        triples = [quad.triple for quad in reader]
    except SyntaxError as error:
        start = text.lstrip()
        looks = next((form for mark, form in _OTHERS.items() if start.startswith(mark)), None)
        if looks:
            raise InputError(f"{name} looks like {looks}; only Turtle has the layout.") from error
        raise InputError.at(name, error) from error
    for triple in triples:
        value = triple.object
        if isinstance(value, Term) or (isinstance(value, Literal) and value.direction):
            raise InputError(f"{name}: {str(triple)[:200]} {_NEWER}.")
    return triples, reader.prefixes


def _place(name: str, text: str, triples: list[Triple], error: NamelessError) -> str:
    """Return the file with the line where the first of the blank nodes in question is used or described."""
    from rltkg.validation.places.turtle import spots

    places = spots(text)
    if len(places) == len(triples):
        for spot, triple in zip(places, triples, strict=True):
            for term, offset in ((triple.subject, spot.subject), (triple.object, spot.object)):
                if term in error.nodes:
                    return f"{name}:{text.count(chr(10), 0, offset) + 1}"
    return name
