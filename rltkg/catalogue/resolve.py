"""From what a person types (an id, a label, an IRI, a year) to the RDF terms that a parameter takes."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, parse_query_results

from rltkg.catalogue.contract import TERMS, Parameter
from rltkg.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.store import Store

LONGEST = 2000
_XSD = "http://www.w3.org/2001/XMLSchema#"
_AS_AT = re.compile(r"(\d{4})(?:-(\d{2})-(\d{2}))?")
_NAMES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?term ?rank ?name WHERE {{
  {{ VALUES ?class {{ {classes} }} ?term a/rdfs:subClassOf* ?class }}
  UNION
  {{ VALUES ?top {{ {tops} }} ?term rdfs:subClassOf* ?top }}
  VALUES (?rank ?property) {{ (1 rdfs:label) (2 skos:altLabel) }}
  ?term ?property ?name .
}}
ORDER BY ?term ?rank ?name
"""


def resolve(parameter: Parameter, value: object, store: Store) -> NamedNode | Literal:
    """Return the term for one `value` of `parameter`.

    A thing may be given by id (the last part of its IRI), by any of its labels, or by IRI; case and runs of spaces do
    not matter in labels. Raises InputError with the nearest choices where the value names nothing of the right class.
    """
    text = value.strip() if isinstance(value, str) else str(getattr(value, "value", value))
    if len(text) > LONGEST:
        raise InputError(f"{parameter.option}: the value is {len(text):,} characters long; {LONGEST:,} are allowed")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise InputError(f"{parameter.option}: the value holds half a character (a lone surrogate); leave it out")
    if not text:
        raise InputError(f"{parameter.option}: the value is empty; give one, or leave the parameter out")
    return _literal(parameter, text) if parameter.is_literal else _thing(parameter, text, store)


def choices(parameter: Parameter, store: Store) -> dict[str, list[str]]:
    """Return what `parameter` takes, IRI to names, the label first: members of its classes; for `Class*` the classes."""
    classes = [each for each in parameter.types if not each.endswith("*")]
    tops = [each.removesuffix("*") for each in parameter.types if each.endswith("*")]
    return _names(store, _iris(classes), _iris(tops))


def as_at(text: str, option: str = "--as-at") -> Literal:
    """Return the last second of the year or day `text` (2021, 2021-09-09 or now) as an xsd:dateTime in UTC."""
    from datetime import UTC, date, datetime

    day = datetime.now(tz=UTC).date().isoformat() if text.casefold() == "now" else text
    match = _AS_AT.fullmatch(day)
    try:
        if not match:
            raise ValueError
        year, month, number = match.groups()
        end = date(int(year), int(month or 12), int(number or 31))
    except ValueError:
        from rltkg.catalogue.nearest import sayable

        raise InputError(f"{option}: {sayable(text)} is no year or day; write 2021, 2021-09-09 or now") from None
    return Literal(f"{end.isoformat()}T23:59:59Z", datatype=NamedNode(_XSD + "dateTime"))


def _literal(parameter: Parameter, text: str) -> Literal:
    kind = parameter.types[0]
    if kind == "as_at":
        return as_at(text, parameter.option)
    if kind == "integer":
        if not re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
            from rltkg.catalogue.nearest import sayable

            raise InputError(f"{parameter.option}: {sayable(text)} is no whole number; write one such as 2019")
        return Literal(int(text))
    return Literal(text)


def _thing(parameter: Parameter, text: str, store: Store) -> NamedNode:
    known = choices(parameter, store)
    found = _matching(text, known)
    if len(found) == 1:
        return NamedNode(found[0])
    from rltkg.catalogue.nearest import nearest, sayable

    takes = " or ".join(parameter.types)
    if found:
        ids = ", ".join(sorted(_id(iri) for iri in found))
        raise InputError(f"{parameter.option}: {sayable(text)} is the name of several; say which by id: {ids}")
    elsewhere = _matching(text, _names(store, "UNDEF", ""))
    hint = nearest(text, sorted({name for iri, names in known.items() for name in (_id(iri), names[0])}))
    if elsewhere:
        raise InputError(f"{parameter.option} takes {takes}, and {sayable(text)} is not one; {hint}")
    raise InputError(f"{parameter.option}: nothing is called {sayable(text)}; it takes {takes}; {hint}")


def _matching(text: str, known: dict[str, list[str]]) -> list[str]:
    if text in known:
        return [text]
    wanted = " ".join(text.split()).casefold()
    by_id = [iri for iri in known if _id(iri).casefold() == wanted]
    return by_id or [iri for iri, names in known.items() if wanted in (name.casefold() for name in names)]


def _iris(names: list[str]) -> str:
    return " ".join(f"<{TERMS}{name}>" for name in names)


def _names(store: Store, classes: str, tops: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    result = store.select(_NAMES.format(classes=classes, tops=tops))
    for term, _, name in parse_query_results(result, format=QueryResultsFormat.JSON):  # type: ignore[union-attr]
        found.setdefault(term.value, []).append(name.value)
    return found


def _id(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
