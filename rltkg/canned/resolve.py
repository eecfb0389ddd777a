"""From what a person types (an id, a label, an IRI, a year) to the RDF terms that a parameter takes."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, parse_query_results

from rltkg.canned.contract import TERMS, Parameter
from rltkg.errors import InputError
from rltkg.results.labels import last_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.store import Store

LONGEST = 2000
_XSD = "http://www.w3.org/2001/XMLSchema#"
_AS_AT = re.compile(r"(\d{4})(?:-(\d{2})-(\d{2}))?", re.ASCII)
_NAMES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?term ?rank ?name WHERE {{
  {{ VALUES ?class {{ {classes} }} ?term a/rdfs:subClassOf* ?class }}
  UNION
  {{ VALUES ?top {{ {tops} }} ?term rdfs:subClassOf* ?top }}
  VALUES (?rank ?property) {{ (1 rdfs:label) (2 skos:notation) (3 skos:altLabel) }}
  ?term ?property ?name .
}}
ORDER BY ?term ?rank ?name
"""


class Choice:
    """A term that a parameter takes: its IRI, id (notation, else last part of the IRI), label and all its names."""

    __slots__ = ("id", "iri", "label", "names")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.id = last_part(iri)
        self.label = self.id
        self.names: set[str] = {self.id.casefold()}

    def add(self, rank: str, name: str) -> None:
        """Add a `name`; `rank` is 1 for the label, 2 for the notation, 3 for another name."""
        self.names.add(_folded(name))
        if rank == "1":
            self.label = name
        elif rank == "2":
            self.id = name


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
    classes = [each for each in parameter.types if not each.endswith("*")]
    tops = [each.removesuffix("*") for each in parameter.types if each.endswith("*")]
    return _choices(store, _iris(classes), _iris(tops))


def as_at(text: str, option: str = "--as-at") -> Literal:
    """Return the last second of the year or day `text` (2021, 2021-09-09 or now) as an xsd:dateTime in UTC."""
    from datetime import UTC, date, datetime

    day = datetime.now(tz=UTC).date().isoformat() if text.casefold() == "now" else text
    match = _AS_AT.fullmatch(day)
    year, month, number = match.groups() if match else ("0", None, None)
    try:
        end = date(int(year), int(month or 12), int(number or 31))
    except ValueError:
        from rltkg.canned.nearest import sayable

        raise InputError(f"{option}: {sayable(text)} is no year or day; write 2021, 2021-09-09 or now") from None
    return Literal(f"{end.isoformat()}T23:59:59Z", datatype=NamedNode(_XSD + "dateTime"))


def _literal(parameter: Parameter, text: str) -> Literal:
    kind = parameter.types[0]
    if kind == "as_at":
        return as_at(text, parameter.option)
    if kind == "integer":
        if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
            from rltkg.canned.nearest import sayable

            raise InputError(f"{parameter.option}: {sayable(text)} is no whole number; write one such as 2019")
        return Literal(int(text))
    return Literal(text)


def _thing(parameter: Parameter, text: str, store: Store) -> NamedNode:
    known = choices(parameter, store)
    found = _matching(text, known)
    if len(found) == 1:
        return NamedNode(found[0].iri)
    from rltkg.canned.nearest import nearest, sayable

    takes = " or ".join(parameter.types)
    if found:
        ids = ", ".join(sorted(last_part(each.iri) for each in found))
        raise InputError(f"{parameter.option}: {sayable(text)} is the name of several; say which by id: {ids}")
    hint = nearest(text, [each.id for each in known], [each.label for each in known])
    if _matching(text, _choices(store, "UNDEF", "")):
        raise InputError(f"{parameter.option} takes {takes}, and {sayable(text)} is not one; {hint}")
    raise InputError(f"{parameter.option}: nothing is called {sayable(text)}; it takes {takes}; {hint}")


def _matching(text: str, known: list[Choice]) -> list[Choice]:
    """Return the choices that `text` names: by IRI, else by the last part of it, else by any name."""
    exact = [each for each in known if text == each.iri] or [each for each in known if text == last_part(each.iri)]
    return exact or [each for each in known if _folded(text) in each.names]


def _iris(names: list[str]) -> str:
    return " ".join(f"<{TERMS}{name}>" for name in names)


def _choices(store: Store, classes: str, tops: str) -> list[Choice]:
    found: dict[str, Choice] = {}
    result = store.select(_NAMES.format(classes=classes, tops=tops))
    for term, rank, name in parse_query_results(result, format=QueryResultsFormat.JSON):  # type: ignore[union-attr]
        found.setdefault(term.value, Choice(term.value)).add(rank.value, name.value)
    return list(found.values())


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
