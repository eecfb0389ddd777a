"""Makes of what a server answers the W3C formats to the letter: SPARQL JSON results, and canonical N-Triples.

What one server writes in its own way is undone here where that is certain; where a value itself is another one (such as
1 for a truth that a query computes), it stays, since nobody could tell it from a number.
"""

from __future__ import annotations

import json
import re

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from rltkg.endpoint import troubles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Any

_XSD = "http://www.w3.org/2001/XMLSchema#"
_BOOLEAN, _STRING = _XSD + "boolean", _XSD + "string"
_TRUTH = {"1": "true", "0": "false"}
# Virtuoso's blank nodes, which are no legal ones in JSON; inside a text the quotation marks would be escaped.
_NODE, _LEGAL = b'"type": "bnode", "value": "nodeID://', b'"type": "bnode", "value": "'
# Virtuoso's answer to ASK: this column, with a row for true and without one for false.
_ASKED = ["__ASK_RETVAL"]
_BLOCK = 500
_VALUES = re.compile(r"VALUES \?(\w+) \{((?: <[^<>\s]*>)+) \}")
_IRI = re.compile(r"<([^<>\s]*)>")


class Pieces:
    """Reads an iterator of bytes as a file; an error that it raises passes through."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source = source
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes (all that are left, for less than 0), b"" at the end."""
        if size < 0:
            found, self._left = self._left + b"".join(self._source), b""
            return found
        while not self._left:
            piece = next(self._source, None)
            if piece is None:
                return b""
            self._left = piece
        found, self._left = self._left[:size], self._left[size:]
        return found


def results(source: Iterator[bytes], dialect: str, where: str, text: str = "") -> Iterator[bytes]:
    """Give the SPARQL JSON results in `source`, the answer of a server of this `dialect` at `where`, to the letter.

    `text` is the query. Raises UnavailableError where it is no such document, or not all of one, and what `source`
    raises.
    """
    virtuoso = dialect == "virtuoso"
    wrong = ""
    found: Any = None
    try:
        found = parse_query_results(
            input=as_file(_legal(source) if virtuoso else source), format=QueryResultsFormat.JSON
        )
        if isinstance(found, QueryBoolean):
            yield _truth(bool(found))
            return
        names = [variable.value for variable in found.variables]
        if virtuoso and names == _ASKED:
            yield _truth(bool(list(found)))
            return
        yield b'{"head":{"vars":%s},"results":{"bindings":[' % _written(names)
        given = _given(text) if virtuoso else {}
        start, block = "", []
        for solution in found:
            block.append(_row(names, solution, given))
            if len(block) == _BLOCK:
                yield (start + ",".join(block)).encode()
                start, block = ",", []
        if block:
            yield (start + ",".join(block)).encode()
        yield b"]}}"
    except SyntaxError as error:
        wrong = error.msg
    finally:
        # The engine's object must go in this thread; an error that is kept keeps what its frames hold.
        found = None
    if wrong:
        raise troubles.cut(f"it is no SPARQL JSON: {wrong}", where)


def triples(source: Iterator[bytes], where: str) -> Iterator[bytes]:
    """Give the N-Triples in `source`, the answer of the server at `where`, as canonical lines.

    Raises UnavailableError where it is no N-Triples, and what `source` raises.
    """
    wrong = ""
    found: Any = None
    try:
        found = parse(input=as_file(source), format=RdfFormat.N_TRIPLES)
        block = []
        for quad in found:
            block.append(f"{quad.triple} .\n")
            if len(block) == _BLOCK:
                yield "".join(block).encode()
                block = []
        yield "".join(block).encode()
    except SyntaxError as error:
        wrong = error.msg
    finally:
        found = None
    if wrong:
        raise troubles.cut(f"it is no N-Triples: {wrong}", where)


def as_file(source: Iterator[bytes]) -> IO[bytes]:
    """Return `source` as a file that can be read from, once."""
    return Pieces(source)  # type: ignore[return-value]  # the engine only reads


def _legal(source: Iterator[bytes]) -> Iterator[bytes]:
    """Give `source` with legal names for blank nodes, wherever it is cut into pieces."""
    left = b""
    for piece in source:
        whole = (left + piece).replace(_NODE, _LEGAL)
        keep = len(_NODE) - 1
        left, ready = whole[-keep:], whole[:-keep]
        if ready:
            yield ready
    yield left


def _row(names: list[str], solution: Any, given: dict[str, set[str]]) -> str:  # noqa: ANN401 - a row of terms
    """Return one row; what is text there and an IRI in `given`, by its column, is that IRI."""
    cells = {name: _term(term) for name, term in zip(names, solution, strict=True) if term is not None}
    for name in given.keys() & cells.keys():
        value = cells[name]["value"]
        if value in given[name] and cells[name] == {"type": "literal", "value": value}:
            cells[name]["type"] = "uri"
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def _given(text: str) -> dict[str, set[str]]:
    """Return the IRIs that VALUES give to a variable in the query `text`, by its name.

    Virtuoso gives such an IRI back as text, where the VALUES stand in a part of a UNION.
    """
    found: dict[str, set[str]] = {}
    for name, values in _VALUES.findall(text):
        found.setdefault(name, set()).update(_IRI.findall(values))
    return found


def _truth(value: bool) -> bytes:  # noqa: FBT001 - it is the value itself
    return b'{"head":{},"boolean":%s}' % (b"true" if value else b"false")


def _term(term: object) -> dict[str, object]:
    """Return `term` as an object of the JSON results format."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        value, kind = term.value, term.datatype.value
        if term.language:
            return {"type": "literal", "value": value, "xml:lang": term.language}
        if kind == _STRING:
            return {"type": "literal", "value": value}
        return {"type": "literal", "value": _TRUTH.get(value, value) if kind == _BOOLEAN else value, "datatype": kind}
    assert isinstance(term, Triple)  # noqa: S101 - there is no other kind
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
