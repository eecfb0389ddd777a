"""Cuts SPARQL text into tokens, in one pass, before any engine sees it.

Engines die on deep nesting and follow what they are told to fetch, so a query is refused here or not at all. A word
counts only where SPARQL would read a word: not in a string, an IRI, a prefixed name, a variable or a comment. The
scanner never looks back: a regular expression with possessive repeats takes one token after another.
"""

from __future__ import annotations

import re

from rltkg.errors import InputError
from rltkg.sparql.places import mistake, place
from rltkg.sparql.words import KNOWN

LARGEST = 1_000_000
DEEPEST = 100

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_START = _BASE + "_0-9"
_INNER = _START + "\\-\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_START}:]|{_ESCAPED})(?:[{_INNER}:]|{_ESCAPED})*+(?:\.++(?:[{_INNER}:]|{_ESCAPED})++)*+"
_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]++|\#[^\r\n]*+)
    | (?P<iri><(?:[^\x00-\x20<>"{{}}|^`\\]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+>)
    | (?P<var>[?$][{_START}][{_START}\u00b7\u0300-\u036f\u203f-\u2040]*+)
    | (?P<name>(?:[{_BASE}][{_INNER}]{{0,99}}+(?:\.{{1,8}}[{_INNER}]{{1,99}}+){{0,8}})?:(?:{_LOCAL})?+)
    | (?P<label>_:[{_START}][{_INNER}]*+(?:\.++[{_INNER}]++)*+)
    | (?P<word>[A-Za-z][A-Za-z0-9_]*+)
    | (?P<number>[0-9]++\.[0-9]*+[eE][+-]?[0-9]++|\.?[0-9]++[eE][+-]?[0-9]++
        |[0-9]*+\.[0-9]++|[0-9]++)
    | (?P<text>\"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*+\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
        |\"(?!\"\")(?:[^\"\\\r\n]|\\[^\r\n])*+\"|'(?!'')(?:[^'\\\r\n]|\\[^\r\n])*+')
    | (?P<tag>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?)
    | (?P<mark>\^\^|&&|\|\||!=|<=|>=|<<|>>|[{{}}()\[\],;.=<>!+\-*/|^?~])
    """,
    re.VERBOSE | re.DOTALL,
)
# Characters that end or begin something: stores differ in whether \u0022 is a quotation mark before or after parsing.
_HIDDEN = re.compile(r"\\(?:u00|U000000)(?:0[aAdD]|2[237]|3[cCeE]|5[cC]|7[bBdD])")
_HALF = re.compile("[\ud800-\udfff]")
_CLOSES = {")": "(", "]": "[", "}": "{", ">>": "<<"}
_OPENS = frozenset(_CLOSES.values())
_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:(//)?")

_ELSEWHERE = {
    "AND": "&&",
    "OR": "||",
    "LIKE": "FILTER(CONTAINS(...)) or FILTER(REGEX(...))",
    "NULL": "!BOUND(?variable)",
    "EXIST": "EXISTS",
    "JOIN": "the patterns side by side",
}


class Token:
    """A token: its kind, its text as written, and the offset at which it starts.

    Kinds: iri, var, name (a prefixed one), label (of a blank node), word, number, text (a string), tag (of a language),
    mark (anything else).
    """

    __slots__ = ("kind", "start", "text", "upper")

    def __init__(self, kind: str, text: str, start: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.upper = text.upper() if kind == "word" else text

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.text!r} at {self.start}>"


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text`, comments left out.

    Raises InputError, with line and column, where the text is too long (LARGEST characters) or too deeply nested
    (DEEPEST brackets), where a string or bracket is left open, and for what is no token or no word of SPARQL.
    """
    _check(text)
    found: list[Token] = []
    opened: list[Token] = []
    offset, end = 0, len(text)
    while offset < end:
        match = _TOKEN.match(text, offset)
        if match is None:
            raise mistake(text, offset, _strange(text, offset))
        kind, start, offset = match.lastgroup or "", offset, match.end()
        if kind == "space":
            continue
        token = Token(kind, match[0], start)
        if kind == "iri" and opened and opened[-1].text == "(" and found and _is_operand(found[-1]):
            token = _less_than(text, token)
            offset = token.end
        elif kind == "word" and token.upper not in KNOWN:
            raise mistake(text, start, _unknown(token.text))
        if token.kind == "mark":
            _bracket(text, token, opened)
        found.append(token)
    if opened:
        raise mistake(text, opened[-1].start, f"this {opened[-1].text} is never closed; close it")
    return found


def _check(text: str) -> None:
    """Refuse a text that is too long, or that two engines may read in two ways."""
    if len(text) > LARGEST:
        raise InputError(f"The query is {len(text):,} characters long; {LARGEST:,} are allowed: make it shorter")
    half = _HALF.search(text)
    if half:
        raise mistake(text, half.start(), "this is half a character (a lone surrogate); leave it out")
    hidden = _HIDDEN.search(text)
    if hidden:
        raise mistake(text, hidden.start(), f"stores read {hidden[0]} in different ways; write the character itself")


def _bracket(text: str, token: Token, opened: list[Token]) -> None:
    """Keep account of what is open."""
    if token.text in _OPENS:
        opened.append(token)
        if len(opened) > DEEPEST:
            raise mistake(text, token.start, f"brackets are nested more than {DEEPEST} deep; make it flatter")
    elif token.text in _CLOSES:
        if not opened:
            raise mistake(text, token.start, f"this {token.text} closes nothing; leave it out")
        if opened[-1].text != _CLOSES[token.text]:
            line, column = place(text, opened[-1].start)
            was = f"the {opened[-1].text} of line {line}, column {column}"
            raise mistake(text, token.start, f"{was} is still open here, and {token.text} cannot close it")
        opened.pop()


def _is_operand(token: Token) -> bool:
    """Say whether a value can end with `token`, so that a comparison may follow."""
    if token.kind == "mark":
        return token.text in _CLOSES
    return token.kind != "word" or token.upper in ("TRUE", "FALSE")


def _less_than(text: str, token: Token) -> Token:
    """Return the token for `<` behind a value in round brackets: an IRI, or the operator where that makes sense.

    By the book `?a<?b&&?c>?d` holds an IRI; engines that parse by context see two comparisons. Where the two readings
    could disagree on what is quoted, neither is taken.
    """
    scheme = _SCHEME.match(token.text)
    if scheme and scheme[1]:
        return token
    if any(each in token.text for each in "'#()"):
        raise mistake(text, token.start, "this could be an IRI or `less than`; put a space behind the <")
    if scheme:
        return token
    return Token("mark", "<=" if token.text.startswith("<=") else "<", token.start)


def _strange(text: str, offset: int) -> str:
    """Say what is wrong where no token starts."""
    character = text[offset]
    if character in "\"'":
        return "this string does not end; close it with the same quotation mark (three of them where it has more lines)"
    name = f"'{character}'" if character.isprintable() else f"U+{ord(character):04X}"
    return f"the character {name} has no meaning here; only strings, IRIs and comments may hold any character"


def _unknown(word: str) -> str:
    """Say what may be meant by a word that is none of SPARQL."""
    from rltkg.nearest import closest, sayable

    if word.upper() in _ELSEWHERE:
        return f"{word} is no word of SPARQL; write {_ELSEWHERE[word.upper()]}"
    meant = closest(word, sorted(KNOWN))
    hint = f" (did you mean {' or '.join(meant)}?)" if meant else ""
    return (
        f"{sayable(word)} is no word of SPARQL{hint}; a variable starts with ?, text stands in quotation marks, a term "
        "has a prefix such as rlt:"
    )
