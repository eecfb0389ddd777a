"""Goes through the tokens of a query, and takes the terms of SPARQL: what the grammar is built of."""

from __future__ import annotations

from rltkg.sparql.lexer import Token

_EMPTY = ((")", "("), ("]", "["))


class Misread(Exception):  # noqa: N818 - it is no error of ours, but how the reader of a query turns back
    """What is wrong at a place among the tokens: something else was `expected` there, or what `plainly` says."""

    def __init__(self, place: int, expected: str, *, plainly: str = "") -> None:
        super().__init__(plainly or expected)
        self.place = place
        self.expected = expected
        self.plainly = plainly


class Node:
    """A part of a query: its kind, the tokens that it spans (from `first` up to but not including `last`), its parts.

    A triple pattern is kept apart as in the text: a node of kind `statements` for each subject, in it one of kind
    `property` for each property, in it one of kind `object` for each object. `head` spans the subject or the property.
    """

    __slots__ = ("first", "head", "kind", "last", "parts")

    def __init__(self, kind: str, first: int, last: int = 0, head: tuple[int, int] = (0, 0)) -> None:
        self.kind = kind
        self.first = first
        self.last = last
        self.head = head
        self.parts: list[Node] = []

    def __repr__(self) -> str:
        return f"<{self.kind} {self.first}-{self.last} {self.parts!r}>"


class Cursor:
    """Goes through tokens one by one; each method takes what it is named for, or raises Misread."""

    def __init__(self, tokens: list[Token], place: int) -> None:
        self.tokens = tokens
        self.place = place
        self._end = Token("end", "", 0)

    @property
    def here(self) -> Token:
        """The token to be read next; one of kind `end` behind the last."""
        return self.tokens[self.place] if self.place < len(self.tokens) else self._end

    @property
    def next(self) -> Token:
        """The token behind it."""
        return self.tokens[self.place + 1] if self.place + 1 < len(self.tokens) else self._end

    def accept(self, *texts: str) -> bool:
        """Take the next token where it is one of `texts` (words in capitals)."""
        if self.here.upper in texts and self.here.kind in ("word", "mark"):
            self.place += 1
            return True
        return False

    def expect(self, text: str, why: str = "") -> None:
        """Take the token `text`."""
        if not self.accept(text):
            raise Misread(self.place, why or f"`{text}`")

    def take(self, *kinds: str, expected: str) -> None:
        """Take a token of one of `kinds`."""
        if self.here.kind not in kinds:
            raise Misread(self.place, expected)
        self.place += 1

    def iri(self, expected: str = "an IRI or a prefixed name") -> None:
        """Take an IRI or a prefixed name."""
        self.take("iri", "name", expected=expected)

    def is_literal(self) -> bool:
        """Say whether a literal starts here."""
        signed = self.here.text in ("+", "-") and self.next.kind == "number"
        return signed or self.here.kind in ("text", "number") or self.here.upper in ("TRUE", "FALSE")

    def literal(self) -> None:
        """Take a literal."""
        if self.accept("+", "-"):
            self.take("number", expected="a number")
        elif self.here.kind == "text":
            self.place += 1
            if self.here.kind == "tag":
                self.place += 1
            elif self.accept("^^"):
                self.iri("a datatype")
        else:
            self.place += 1

    def is_term(self) -> bool:
        """Say whether a variable, IRI, blank node or literal starts here."""
        empty = (self.next.text, self.here.text) in _EMPTY
        return empty or self.is_literal() or self.here.kind in ("var", "iri", "name", "label")

    def term(self, expected: str) -> None:
        """Take a variable, IRI, blank node or literal."""
        if not self.is_term():
            raise Misread(self.place, expected)
        if self.is_literal():
            self.literal()
        else:
            self.place += 2 if self.here.kind == "mark" else 1
