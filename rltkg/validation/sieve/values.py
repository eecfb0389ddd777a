"""Tests of single values, as N-Triples writes them: whether one conforms, or None where that is not certain here.

What engines may see in different ways, or what is rare, is left to them.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from rltkg.validation.shapes.nodes import RDF, members
from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rltkg.validation.shapes.nodes import Node, Nodes

    Test = Callable[[str], bool | None]

XSD = "http://www.w3.org/2001/XMLSchema#"
_KINDS = {"IRI": "<", "Literal": '"', "BlankNode": "_", "IRIOrLiteral": '<"', "BlankNodeOrIRI": "_<"} | {
    "BlankNodeOrLiteral": '_"'
}
_ESCAPE = re.compile(r"""\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))""")
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_DECIMAL = rf"^^<{XSD}decimal>"
_INTEGER = rf"^^<{XSD}integer>"
# The usual forms of the usual datatypes; other forms may be right too.
_FORMS = {
    _INTEGER: re.compile(r"[+-]?[0-9]+"),
    _DECIMAL: re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?"),
    f"^^<{XSD}boolean>": re.compile(r"true|false"),
    f"^^<{XSD}gYear>": re.compile(r"[12][0-9]{3}"),
    f"^^<{XSD}gYearMonth>": re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])"),
}
_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
# Patterns that mean the same to all engines: no classes by name, no groups that capture nothing, no flags.
_PORTABLE = re.compile(
    r"(?:[^\\()\[\]{}] | \\[rnt.\\^$*+?()\[\]{}|/-] | \((?!\?) | \) | \{[0-9]+(?:,[0-9]*)?\}"
    r"| \[\^?(?:[^\\\[\]&~] | \\[rnt.\\^\[\]-])+\])*",
    re.VERBOSE,
)
_NOT_PORTABLE = re.compile(r"--|[*+?}]\+")


def split(term: str) -> tuple[str, str]:
    """Return the characters of a literal, and what stands behind them: a language with `@`, or `^^` and a datatype."""
    end = term.rindex('"')
    text = term[1:end]
    return (_ESCAPE.sub(_plain, text) if "\\" in text else text), term[end + 1 :]


def _plain(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _SHORT.get(found[3], found[3])


def tests(held: Mapping[str, list[Node]], nodes: Nodes) -> Iterator[Test]:
    """Give the tests of the constraints on single values in the properties `held` of a shape."""
    for name, make in _MAKERS.items():
        for value in held.get(SH + name, []):
            if name == "pattern" and SH + "flags" in held:
                yield _unknown
            elif name in {"in", "languageIn"}:
                yield make([str(each) for each in members(value, nodes)])
            else:
                yield make(str(value))


def _unknown(_term: str) -> bool | None:
    return None


def _datatype(name: str) -> Test:
    wanted = {f"<{XSD}string>": "", f"<{RDF}langString>": "@"}.get(name, f"^^{name}")

    def test(term: str) -> bool | None:
        if term[0] != '"':
            return False
        if wanted == "":
            return term[-1] == '"'
        if wanted == "@":
            return term[term.rindex('"') + 1 :][:1] == "@"
        if not term.endswith(wanted):
            return False
        return _well_formed(split(term)[0], wanted)

    return test


def _well_formed(text: str, suffix: str) -> bool | None:
    if suffix == f"^^<{XSD}date>":
        return True if _day(text) else None
    form = _FORMS.get(suffix)
    return True if form and form.fullmatch(text) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def _node_kind(name: str) -> Test:
    kinds = _KINDS.get(name.strip("<>").removeprefix(SH))
    return _unknown if kinds is None else lambda term: term[0] in kinds


def _pattern(literal: str) -> Test:
    pattern = split(literal)[0]
    if not _PORTABLE.fullmatch(pattern) or _NOT_PORTABLE.search(pattern):
        return _unknown
    try:
        search = re.compile(pattern).search
    except re.error:
        return _unknown

    def test(term: str) -> bool | None:
        text = _text(term)
        if text is None:
            return False
        # Where a line ends, engines differ on what `$` and `.` match.
        return None if "\n" in text or "\r" in text else search(text) is not None

    return test


def _text(term: str) -> str | None:
    """Return what SPARQL's STR makes of a term; None of a blank node."""
    if term[0] == '"':
        return split(term)[0]
    return term[1:-1] if term[0] == "<" else None


def _length(literal: str, *, least: bool) -> Test:
    bound = number(literal)

    def test(term: str) -> bool | None:
        text = _text(term)
        if text is None or bound is None:
            return None
        # In characters and in bytes, so that it does not matter which an engine counts.
        found = {size >= bound if least else size <= bound for size in (len(text), len(text.encode()))}
        return found.pop() if len(found) == 1 else None

    return test


def _language_in(ranges: list[str]) -> Test:
    tags = tuple(f"@{split(each)[0].lower()}" for each in ranges)
    if {"@", "@*"} & set(tags):
        return _unknown

    def test(term: str) -> bool | None:
        tag = term[term.rindex('"') + 1 :].lower() if term[0] == '"' else ""
        return tag in tags or tag.startswith(tuple(f"{each}-" for each in tags))

    return test


def _among(terms: list[str]) -> Test:
    return frozenset(terms).__contains__


def number(term: str) -> Decimal | None:
    """Return the number that a literal of xsd:integer or xsd:decimal is; None for anything else."""
    for suffix in (_INTEGER, _DECIMAL):
        if term.endswith(suffix) and _FORMS[suffix].fullmatch(text := split(term)[0]):
            return Decimal(text)
    return None


def _bound(literal: str, holds: Callable[[Decimal, Decimal], bool]) -> Test:
    bound = number(literal)

    def test(term: str) -> bool | None:
        if term[0] != '"':
            return False
        value = number(term)
        return None if bound is None or value is None else holds(value, bound)

    return test


def at_most(first: str, second: str) -> bool | None:
    """Say whether `first` is less than or equal to `second`, both numbers or both days; None for anything else."""
    numbers = number(first), number(second)
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0] <= numbers[1]
    suffix = f"^^<{XSD}date>"
    if first.endswith(suffix) and second.endswith(suffix):
        days = _day(split(first)[0]), _day(split(second)[0])
        if days[0] and days[1]:
            return days[0] <= days[1]
    return None


_MAKERS: dict[str, Callable[..., Test]] = {
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "pattern": _pattern,
    "languageIn": _language_in,
    "in": _among,
    "minLength": lambda literal: _length(literal, least=True),
    "maxLength": lambda literal: _length(literal, least=False),
    "minInclusive": lambda literal: _bound(literal, Decimal.__ge__),
    "maxInclusive": lambda literal: _bound(literal, Decimal.__le__),
    "minExclusive": lambda literal: _bound(literal, Decimal.__gt__),
    "maxExclusive": lambda literal: _bound(literal, Decimal.__lt__),
}
CONSTRAINTS = frozenset(_MAKERS)
