"""Where each triple of a Turtle or TriG text is written.

The scanner resolves nothing: it follows the grammar (https://www.w3.org/TR/turtle/#sec-grammar, with the blocks of
https://www.w3.org/TR/trig/) and tells the place of subject, predicate and object of each triple, in the order in which
the engine's parser gives the triples. The n-th place belongs to the n-th triple; a test holds the two orders equal.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANK = r"(?:\s+|\#[^\n\r]*)"
# What no name holds: blanks, quotes, brackets, marks. A full stop belongs to a name only before more of the name.
_NOT_NAME = r"""\s<>"'{}|^`()\[\];,\#\\"""
NAME = rf"""(?:[^{_NOT_NAME}.]++ | \\. | \.+(?=[^\s<>"'{{}}|^`()\[\];,.\#]))++"""
STRING = r"""(?: \"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\" | \'\'\'(?:[^'\\]++|\\.|'(?!''))*+\'\'\'
                | "(?:[^"\\\n\r]++|\\.)*+" | '(?:[^'\\\n\r]++|\\.)*+' )"""
TAG = rf"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)* | \^\^{BLANK}*(?:<[^>\s]*> | {NAME}))"
IRI = r"""<[^<>"{}|^`\s]*>"""
NUMBER = r"[+-]?(?:\d+\.\d*[eE][+-]?\d+ | \.?\d+[eE][+-]?\d+ | \d*\.\d+ | \d+)(?![\w:])"
# Order matters: long strings before short ones, numbers before names; a number never takes the full stop that ends a
# statement. Blanks are those of ASCII: an IRI may hold others.
_TOKEN = re.compile(
    rf"""
    (?P<skip>{BLANK}+)
  | (?P<string>{STRING}(?:{BLANK}*{TAG})?)
  | (?P<iri>{IRI})
  | (?P<directive>@(?:prefix|base)\b)
  | (?P<mark>[\[\](){{}};,])
  | (?P<number>{NUMBER})
  | (?P<name>{NAME})
  | (?P<stop>\.)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_LINE = re.compile(r"[^\n\r]*(?:[\n\r]+|\Z)")
_STATEMENT = 4  # tokens of a line at least: subject, predicate, object, full stop


class Spot(NamedTuple):
    """Where a triple is written: offsets of subject, predicate and object, and of the end of the object."""

    subject: int
    predicate: int
    object: int
    end: int


class _UnreadableError(Exception):
    """The text has another form than the grammar, from the offset that is its argument on."""


def spots(text: str) -> list[Spot]:
    """Return the place of each triple of a Turtle or TriG `text`, in the order in which the parser gives them.

    An empty list where the text cannot be followed: then nothing is known of places.
    """
    try:
        return _Reader(text).document()
    except (_UnreadableError, RecursionError):
        return []


def unfamiliar(text: str) -> int | None:
    """Return the offset from which `text` is no Turtle or TriG of RDF 1.1; None where all of it is."""
    try:
        _Reader(text).document()
    except _UnreadableError as error:
        return int(error.args[0])
    except RecursionError:
        return None
    return None


def lines(text: str) -> list[Spot]:
    """Return the place of each triple of an N-Triples or N-Quads `text`; empty where it cannot be followed."""
    found = []
    place = 0
    for line in _LINE.findall(text):
        tokens = [token for token in _TOKEN.finditer(line) if token.lastgroup != "skip"]
        if tokens and len(tokens) < _STATEMENT:
            return []
        if tokens:
            subject, predicate, value = tokens[:3]
            found.append(
                Spot(place + subject.start(), place + predicate.start(), place + value.start(), place + value.end())
            )
        place += len(line)
    return found


class Token(NamedTuple):
    """A piece of a text and its offsets; `kind` is skip (blanks and comments), string, iri, directive, mark, ..."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """Give the pieces of a Turtle or TriG `text` from the offset `start` on; they end where it has another form."""
    place = start
    while found := _TOKEN.match(text, place):
        yield Token(found.lastgroup or "", found[0], place, found.end())
        place = found.end()


class _Reader:
    """Reads the tokens of one text from left to right.

    The parser hands out the triples that one token completes in reverse, so they are kept by token. A string without
    language or datatype is complete only with the token that follows it.
    """

    def __init__(self, text: str) -> None:
        self._tokens = self._cut(text)
        self._next = next(self._tokens)
        self._found: list[Spot] = []
        self._of_token: list[Spot] = []
        self._held: Spot | None = None

    @staticmethod
    def _cut(text: str) -> Iterator[Token]:
        place = 0
        for token in tokens(text):
            place = token.end
            if token.kind != "skip":
                yield token
        if place < len(text):
            raise _UnreadableError(place)
        yield Token("end", "", place, place)

    def _take(self, text: str = "") -> Token:
        token = self._next
        if token.kind == "end" or (text and token.text != text):
            raise _UnreadableError(self._next.start)
        self._next = next(self._tokens)
        self._turn()
        return token

    def _term(self) -> Token:
        if self._next.kind in {"mark", "stop"}:
            raise _UnreadableError(self._next.start)
        return self._take()

    def _turn(self) -> None:
        self._found.extend(reversed(self._of_token))
        self._of_token = [self._held] if self._held else []
        self._held = None

    def _at(self, text: str) -> bool:
        return self._next.text == text and self._next.kind in {"mark", "stop"}

    def document(self) -> list[Spot]:
        while self._next.kind != "end":
            word = self._next.text.lower()
            if self._next.kind == "directive" or (self._next.kind == "name" and word in {"prefix", "base"}):
                self._directive()
            elif self._next.kind == "name" and word == "graph":
                self._take()
                self._name()
                self._block()
            elif self._at("{"):
                self._block()
            else:
                self._statement(stop=True)
        self._turn()
        return self._found

    def _directive(self) -> None:
        token = self._take()
        if token.text.lower().lstrip("@") == "prefix":
            self._take()
        self._take()
        if token.kind == "directive":
            self._take(".")

    def _name(self) -> None:
        if self._take().text == "[":
            self._take("]")

    def _block(self) -> None:
        self._take("{")
        while not self._at("}"):
            self._statement(stop=False)
        self._take("}")

    def _statement(self, *, stop: bool) -> None:
        """Read a subject with its properties, or a graph with its block; `stop`: a full stop must follow."""
        subject = self._next.start
        bare = self._at("[")
        if bare:
            self._properties_in_brackets()
        elif self._at("("):
            self._collection(None)
        else:
            self._term()
        if stop and self._at("{"):
            self._block()
            return
        if not (bare and (self._at(".") or self._at("}"))):
            self._properties(subject)
        if stop or self._at("."):
            self._take(".")

    def _properties(self, subject: int) -> None:
        while True:
            predicate = self._term().start
            self._object(subject, predicate)
            while self._at(","):
                self._take()
                self._object(subject, predicate)
            if not self._at(";"):
                return
            while self._at(";"):
                self._take()
            if any(map(self._at, (".", "]", "}"))):
                return

    def _object(self, subject: int, predicate: int, before: Spot | None = None) -> None:
        """Read one object, with the triples inside it; `before` is a triple that comes with its first token."""
        start = self._next.start
        if self._at("("):
            self._collection(Spot(subject, predicate, start, start + 1), before)
        elif self._at("["):
            self._properties_in_brackets(before)
            self._of_token.append(Spot(subject, predicate, start, start + 1))
        else:
            token = self._term()
            own = Spot(subject, predicate, start, token.end)
            if before:
                self._of_token.append(before)
            if token.kind == "string" and token.text[-1] in "\"'":
                self._held = own
            else:
                if token.kind == "string":  # its tag is a token of its own
                    self._turn()
                self._of_token.append(own)

    def _properties_in_brackets(self, before: Spot | None = None) -> None:
        opening = self._take("[").start
        if before:
            self._of_token.append(before)
        if not self._at("]"):
            self._properties(opening)
        self._take("]")

    def _collection(self, outer: Spot | None, before: Spot | None = None) -> None:
        """Read a list; `outer` is the triple whose object the list is, and comes with its first member."""
        opening = self._take("(").start
        if before:
            self._of_token.append(before)
        link = Spot(opening, opening, opening, opening + 1)  # an rdf:rest
        pending = outer
        while not self._at(")"):
            self._object(opening, opening, pending)  # an rdf:first
            pending = link
        self._take(")")
        if pending:
            self._of_token.append(pending)
