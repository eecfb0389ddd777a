"""From what a person types (an id, a label, an IRI, a year) to the RDF terms that a parameter takes."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from rltkg.canned.contract import TERMS, Parameter
from rltkg.errors import InputError
from rltkg.results.labels import last_part
from rltkg.results.names import LONGEST, Choice, called, choices_of, matching

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.store import Store

_XSD = "http://www.w3.org/2001/XMLSchema#"
DAY_ENDS = "T23:59:59Z"
_YEAR = re.compile(r"(?!0000)\d{4}", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def resolve(parameter: Parameter, value: object, store: Store) -> NamedNode | Literal:
    """Return the term for one `value` of `parameter`.

    A thing may be given by id (its notation or the last part of its IRI), by any of its labels, or by IRI; case and
    runs of spaces do not matter in labels. Raises InputError, with the nearest choices, where the value names nothing
    of the right class.
    """
    text = value.strip() if isinstance(value, str) else str(getattr(value, "value", value))
    if len(text) > LONGEST:
        raise InputError(f"{parameter.option}: the value is {len(text):,} characters long; {LONGEST:,} are allowed")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InputError(f"{parameter.option}: the value holds half a character (a lone surrogate); leave it out")
    if not text:
        raise InputError(f"{parameter.option}: the value is empty; give one, or leave the parameter out")
    return _literal(parameter, text) if parameter.is_literal else _thing(parameter, text, store)


def choices(parameter: Parameter, store: Store) -> list[Choice]:
    """Return what `parameter` takes, in the order of their IRIs.

    These are the members of its classes; where it takes `Class*`, the class itself and those below it.
    """
    return choices_of(store, *_classes(parameter))


def as_at(text: str, option: str = "--as-at") -> Literal:
    """Return the last second of the year or day `text` (2021, 2021-09-09 or now) as an xsd:dateTime in UTC."""
    return _second(text, option, (12, 31), DAY_ENDS)


def first_second(text: str, option: str) -> Literal:
    """Return the first second of the year or day `text` (2022, 2022-08-11 or now) as an xsd:dateTime in UTC."""
    return _second(text, option, (1, 1), "T00:00:00Z")


def _second(text: str, option: str, left_open: tuple[int, int], clock: str) -> Literal:
    """Return the second `clock` of the year or day `text`; `left_open` is the month and day of a bare year."""
    if _YEAR.fullmatch(text):  # mostly so, and datetime is slow to import
        month, number = left_open
        return Literal(f"{text}-{month:02}-{number:02}{clock}", datatype=NamedNode(_XSD + "dateTime"))
    from datetime import UTC, date, datetime

    day = datetime.now(tz=UTC).date().isoformat() if text.casefold() == "now" else text
    match = _DAY.fullmatch(day)
    try:
        found = date(*map(int, match.groups() if match else (0, 0, 0)))
    except ValueError:
        from rltkg.nearest import sayable

        raise InputError(f"{option}: {sayable(text)} is no year or day; write 2021, 2021-09-09 or now") from None
    return Literal(f"{found.isoformat()}{clock}", datatype=NamedNode(_XSD + "dateTime"))


def _literal(parameter: Parameter, text: str) -> Literal:
    kind = parameter.types[0]
    if kind == "as_at":
        return as_at(text, parameter.option)
    if kind == "date":
        return first_second(text, parameter.option)
    if kind == "integer":
        if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
            from rltkg.nearest import sayable

            raise InputError(f"{parameter.option}: {sayable(text)} is no whole number; write one such as 2019")
        return Literal(int(text))
    return Literal(text)


def _thing(parameter: Parameter, text: str, store: Store) -> NamedNode:
    if len(alone := called(text, store, *_classes(parameter))) == 1:
        return NamedNode(alone[0])
    known = choices(parameter, store)
    found = matching(text, known)
    if len(found) == 1:
        return NamedNode(found[0].iri)
    from rltkg.nearest import nearest, sayable

    takes = " or ".join(parameter.types)
    if found:
        ids = ", ".join(sorted(last_part(each.iri) for each in found))
        raise InputError(f"{parameter.option}: {sayable(text)} is the name of several; say which by id: {ids}")
    hint = nearest(text, [each.id for each in known], [each.label for each in known])
    if matching(text, choices_of(store)):
        raise InputError(f"{parameter.option} takes {takes}, and {sayable(text)} is not one; {hint}")
    raise InputError(f"{parameter.option}: nothing is called {sayable(text)}; it takes {takes}; {hint}")


def _classes(parameter: Parameter) -> tuple[list[str], list[str]]:
    """Return the IRIs of the classes whose members `parameter` takes, and of those that it takes themselves."""
    classes = [TERMS + each for each in parameter.types if not each.endswith("*")]
    return classes, [TERMS + each.removesuffix("*") for each in parameter.types if each.endswith("*")]
