"""Triples in the formats that other tools read."""

from __future__ import annotations

from pyoxigraph import RdfFormat, serialize

from rltkg.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

FORMS = ("ttl", "nt", "jsonld")


def written(triples: Iterable[Triple], form: str) -> bytes:
    """Return `triples` in `form`, one of FORMS, in UTF-8: the same bytes for the same triples, each once.

    Turtle has the layout of the project's own files, where that can hold the triples. ValueError for another form.
    """
    ordered = sorted(set(triples), key=str)
    if form == "ttl":
        from rltkg.corpus.layout import PREFIXES, write

        try:
            return write(ordered).encode()
        except InputError:  # blank nodes that stand alone or in a ring
            return serialize(ordered, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    if form == "nt":
        return serialize(ordered, format=RdfFormat.N_TRIPLES) or b""
    if form == "jsonld":
        return (serialize(ordered, format=RdfFormat.JSON_LD) or b"[]") + b"\n"
    raise ValueError(f"{form!r} is no format of a graph; choose from {', '.join(FORMS)}")
