"""Reads the comments of a Turtle text, and tells what each belongs to; one that belongs to nothing is refused.

A comment at the end of a line belongs to what stands before it, one in a line of its own to what comes after it. What
stands before the prefixes, or alone at the top, is the head of the file; what stands alone further down is the heading
of the subjects below it. A comment that is indented right under the last line of a subject belongs to that subject.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from rltkg.errors import InputError
from rltkg.validation.places.turtle import spots, tokens
from rltkg.writing.notes import Heading, Notes, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pyoxigraph import Triple

    from rltkg.validation.places.turtle import Spot, Token
    from rltkg.writing.notes import Key

# Comments, and what a # is no comment in; possessive, since a literal may be as long as a file.
_COMMENT = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*+""" | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*+\'\'\' | "(?:[^"\\\n\r]|\\.)*+"
      | '(?:[^'\\\n\r]|\\.)*+' | <[^<>"{}|^`\s]*+> | \\. | (?P<comment>\#[^\n\r]*+)''',
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_LINE = "\n"
_BREAK = re.compile(r"\r\n?")
_PREFIX = ("@prefix", "prefix")
_DIRECTIVES = (*_PREFIX, "@base", "base")


def comments_in(text: str) -> Iterator[tuple[int, str]]:
    """Give the offset and the text, without blanks at its end, of each comment of a Turtle `text`."""
    for found in _COMMENT.finditer(text):
        if found.lastgroup:
            yield found.start(), found[0].rstrip(" \t")


def notes_in(name: str, text: str, triples: Sequence[Triple], prefixes: Mapping[str, str]) -> Notes:
    """Return the comments of the Turtle `text` of the file `name`, with what they belong to.

    `triples` and `prefixes` are what the parser gives for the text, in its order. Raises InputError, with the line of
    the comment, where one would lose its place.
    """
    text = _BREAK.sub("\n", text)
    starts = [start for start, _ in comments_in(text)]
    if not starts:
        return Notes()
    places = spots(text)
    if len(places) != len(triples):
        raise _lost(name, text, starts[0], "stands in a text that is written in a way of its own; take it out")
    walk = _Walk(name, text, prefixes)
    for spot, triple in zip(places, triples, strict=True):
        walk.expect(spot, triple)
    for token in tokens(text):
        inside = bisect_left(starts, token.start)
        if token.kind == "string" and inside < len(starts) and starts[inside] < token.end:
            raise _lost(name, text, starts[inside], "stands inside a literal; move it to the end of the line")
        walk.take(token)
    return walk.end()


def _lost(name: str, text: str, offset: int, why: str) -> InputError:
    return InputError(f"{_place(name, text, offset)}: the comment there {why}. The file is as it was.")


def _place(name: str, text: str, offset: int) -> str:
    return f"{name}:{text.count(_LINE, 0, offset) + 1}"


class _Walk:
    """Goes through the tokens of a text and puts each comment to what it belongs to."""

    def __init__(self, name: str, text: str, prefixes: Mapping[str, str]) -> None:
        self._name = name
        self._text = text
        self._prefixes = prefixes
        self._notes = Notes(lambda start: _place(name, text, start))
        self._roles: dict[int, Key] = {}  # what the token at an offset is: object, predicate or subject
        self._statement: list[Token] = []  # the tokens of the statement that is not at its end
        self._key: Key = ()  # what the last token outside of brackets is
        self._subject: object = None  # of the statement that ended last
        self._slot = self._notes.head  # where a comment at the end of this line goes
        self._waiting: list[str] = []  # comments in lines of their own, until what comes next is known
        self._waits_from = 0  # the offset of the first of them
        self._depth = 0
        self._begun = False  # whether there was a statement before, and whether one was about a subject
        self._told = False

    def expect(self, spot: Spot, triple: Triple) -> None:
        """Learn where a triple is written."""
        if spot.subject == spot.object:  # a link between two members of a list
            return
        subject, predicate, value = triple
        self._roles.setdefault(spot.subject, (subject,))
        self._roles.setdefault(spot.predicate, (subject, predicate))
        self._roles[spot.object] = (subject, predicate, value)

    def take(self, token: Token) -> None:
        """Go past a token."""
        if token.kind == "skip":
            self._skip(token)
        elif self._depth or token.text in {"(", "["}:
            if not self._depth:
                self._place(token)
            self._depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token.text, 0) if token.kind == "mark" else 0
        elif token.kind == "stop":
            self._close()
            before = self._text[self._text.rfind(_LINE, 0, token.start) + 1 : token.start]
            if not before.strip() and self._subject is not None:
                self._slot = self._notes.below[self._subject]  # a full stop in a line of its own
        elif token.kind != "mark":
            self._place(token)

    def end(self) -> Notes:
        """Return the comments."""
        notes = self._notes
        if self._begun:
            notes.foot = trimmed(self._waiting)
        else:
            notes.head += self._waiting
        notes.tidy()
        return notes

    def _skip(self, token: Token) -> None:
        done = 0
        for start, comment in comments_in(token.text):
            before = token.text[done:start]
            self._comment(comment, token.start + start, before)
            done = start + len(token.text[start:].split("\n", 1)[0])
        if self._waiting and not self._statement and token.text.count("\n", done) > 1:
            self._waiting.append("")

    def _comment(self, comment: str, start: int, before: str) -> None:
        """Put a comment that begins at `start`, after the blanks `before`, to what it belongs to."""
        if self._depth:
            raise _lost(
                self._name,
                self._text,
                start,
                "stands inside brackets, where the layout keeps none; move it above the line of the subject",
            )
        alone = "\n" in before or len(before) == start
        gap = before.count("\n") > 1
        if not alone:
            self._slot.append(comment)
        elif not (self._statement or gap or self._waiting) and before[-1:] in {" ", "\t"} and self._subject is not None:
            self._notes.below[self._subject].append(comment)
        else:
            self._waits_from = self._waits_from if self._waiting else start
            self._waiting += ["", comment] if gap and not self._statement else [comment]

    def _place(self, token: Token) -> None:
        """Go past a token that is a subject, a predicate, an object, or part of a directive."""
        notes = self._notes
        first = not self._statement
        self._statement.append(token)
        word = self._statement[0].text.lower()
        if word in _DIRECTIVES and self._statement[0].kind in {"directive", "name"}:
            self._direct(token, word)
            return
        self._key = self._roles.get(token.start, (None,))
        if first:
            self._leave_behind()
            notes.follow(self._key[0])
        notes.above[self._key] += self._waiting
        self._waiting = []
        self._slot = (notes.above if first else notes.beside)[self._key]
        self._begun = self._told = True

    def _leave_behind(self) -> None:
        """Take what does not stand right above a subject as a heading, or at the top as the head of the file."""
        if "" not in self._waiting:
            return
        end = len(self._waiting) - self._waiting[::-1].index("")
        alone, self._waiting = trimmed(self._waiting[:end]), self._waiting[end:]
        if self._begun:
            self._notes.headings.append(Heading(alone, self._waits_from))
        else:
            self._notes.head += alone

    def _direct(self, token: Token, word: str) -> None:
        """Go past a token of a directive; before the first subject, the comments above it are the head of the file."""
        self._begun = True
        if not self._told or len(self._statement) > 1:
            self._notes.head += [*self._waiting, ""] if self._waiting else []
            self._waiting = []
        self._slot = self._notes.head
        if token.kind == "iri":
            namespace = self._prefixes.get(self._statement[1].text.removesuffix(":"))
            if word in _PREFIX and namespace is not None:
                self._slot = self._notes.prefixes[namespace]
            if not word.startswith("@"):
                self._close()

    def _close(self) -> None:
        """End a statement."""
        directive = bool(self._statement) and self._statement[0].text.lower() in _DIRECTIVES
        if directive:
            self._notes.head += self._waiting
            self._subject = None
        else:
            self._subject = self._key[0] if self._key else None
            self._notes.below[self._subject] += self._waiting
        self._waiting = []
        self._statement = []
