"""What a template says of a column, in words of sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rltkg.sheets.columns import BETWEEN, STRING, Code, Property, Text, Thing, Typed, Web

if TYPE_CHECKING:
    from rltkg.sheets.columns import Column, Value
    from rltkg.sheets.kinds import Kinds

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WRITTEN = {
    (STRING,): "text in one line",
    (_XSD + "integer",): "a whole number",
    (_XSD + "date",): "a day, written as 2021-09-09",
    (_XSD + "gYearMonth",): "a month, written as 2021-09",
    (_XSD + "integer", _XSD + "decimal"): "a number, such as 12 or 1.5",
}
_ANY = "a thing or a statement"
_NAMED = "by its label, its id or its IRI; a row of this book, or what the release holds"
_IN_TURTLE = (
    (re.compile(r" \((?:a|rlt:\w+|[\w ]+, with the tag @en|rdfs:label, with the tag @en)\)"), ""),
    (re.compile(r",? with the tag @en|, in angle brackets,?"), ""),
    (re.compile(r'"([^"]*)"\^\^xsd:\w+'), r"\1"),
    (re.compile(r"\b(?:thing|page|gov|eur):"), ""),
    (re.compile(r"\ban? rlt:"), "rlt:"),
    (re.compile(r"\bAn xsd:gYearMonth"), "A month"),
)
_TERM = re.compile(r"\b(?:rlt|skos|rdfs|code):([A-Za-z][\w-]*)|\b[a-z]+[A-Z][a-zA-Z]*\b")


def need(column: Column) -> str:
    """Return in a few words whether a column must be filled."""
    if column.required:
        return "needed"
    if column.either:
        others = [header for header in column.either if header != column.header]
        return f"needed, unless one of these is filled: {', '.join(others)}" if others else "needed"
    return "helps" if column.advised else "may be empty"


def takes(column: Column, kinds: Kinds) -> str:
    """Return a sentence that tells what goes into the cells of a column, and how often."""
    what = _what(column.value, kinds)
    if not column.many:
        return f"Takes {what}. One value."
    if column.splits:
        return f"Takes {what}. Several values: with {BETWEEN.strip()!r} and a blank between them."
    return f"Takes {what}. A second value: in another column headed '{column.header} 2'."


def note(column: Column, kinds: Kinds) -> str:
    """Return all that is to be known of a column: label, need, meaning, what it takes, and what the shapes ask."""
    said = [sheet_words(each, kinds) for each in (*column.help, "", *column.rules)]
    said[len(column.help)] = takes(column, kinds)
    return "\n".join(dict.fromkeys([f"{column.label}: {need(column)}.", *said]))


def sheet_words(message: str, kinds: Kinds) -> str:
    """Return what ontology or shapes say, in words of Turtle, in words of sheets: headers and labels for terms."""
    text = message
    for pattern, other in _IN_TURTLE:
        text = pattern.sub(other, text)
    return _TERM.sub(lambda found: kinds.words.get(found[1] or found[0]) or _words(found[1] or found[0]), text)


def _words(local: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", local).lower().replace("-", " ")


def _what(value: Value, kinds: Kinds) -> str:
    if isinstance(value, Code):
        return "what the list offers"
    if isinstance(value, Property):
        return "the header of a column of this sheet"
    if isinstance(value, Web):
        return "a web address in full, such as https://example.org/page"
    if isinstance(value, Thing):
        known = [
            kind.label if (kind := kinds.of_class(each)) else _words(re.split("[/#]", each)[-1])
            for each in value.classes
        ]
        named = " or ".join(filter(None, (", ".join(known[:-1]), *known[-1:])))
        return f"{_article(named) if named else _ANY}, {_NAMED}"
    if isinstance(value, Text):
        language = "English text" if value.language == "en" else "text"
        free = (
            ""
            if value.language
            else ", in English unless the header ends in the tag of another language, such as '@de'"
        )
        return f"{language} in one line{free}"
    return _typed(value)


def _typed(value: Typed) -> str:
    words = _WRITTEN.get(
        value.datatypes, "a value of " + " or ".join(re.split("[/#]", each)[-1] for each in value.datatypes)
    )
    if value.least is not None and value.most is not None:
        return f"{words} from {value.least} to {value.most}"
    return words


def _article(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
