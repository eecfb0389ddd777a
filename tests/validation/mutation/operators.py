"""Mutants of the conforming samples: what each operator makes of each triple."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from rltkg.corpus import shipped
from rltkg.corpus.prefixes import PREFIXES
from tests.validation.shapes.samples import named, sample_triples, short, triples_of

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN = "https://w3id.org/rltkg/"
XSD = PREFIXES["xsd"]
TYPE = NamedNode(PREFIXES["rdf"] + "type")
RANGE = NamedNode(PREFIXES["rdfs"] + "range")
BELOW = NamedNode(PREFIXES["rdfs"] + "subClassOf")
CLASS = NamedNode(PREFIXES["owl"] + "Class")
OPERATORS = ("drop", "retype", "misspell the property", "misspell the value", "swap", "turn", "out of range")


@dataclass(frozen=True)
class Mutant:
    """One triple of the samples, and what an operator makes of it."""

    operator: str
    triple: Triple
    added: frozenset[Triple]
    removed: frozenset[Triple]

    @property
    def key(self) -> tuple[str, str, str]:
        """Operator, class of the node and property: what a survivor is listed by."""
        kind = next(each.object for each in triples_of(subject(self.triple)) if each.predicate == TYPE)
        return (self.operator, short(str(kind).strip("<>")), short(self.triple.predicate.value))


def subject(triple: Triple) -> NamedNode:
    """Return the subject of a triple of the samples, which is an IRI."""
    assert isinstance(triple.subject, NamedNode)
    return triple.subject


def mutants() -> Iterator[Mutant]:
    """Give the mutants of each triple of the samples, in the order of the triples."""
    for triple in sample_triples():
        yield Mutant("drop", triple, frozenset(), frozenset({triple}))
        for operator, changed in _changed(triple):
            yield Mutant(operator, triple, frozenset(changed), frozenset({triple}))
        if other := _next(triple):
            these = {_with(triple, other.object), _with(other, triple.object)}
            yield Mutant("swap", triple, frozenset(these), frozenset({triple, other}))


def _changed(triple: Triple) -> Iterator[tuple[str, list[Triple]]]:
    value, predicate = triple.object, triple.predicate
    yield "retype", [_with(triple, _retyped(triple))]
    if predicate != TYPE:
        yield "misspell the property", [Triple(triple.subject, NamedNode(_slip(predicate.value)), value)]
    if isinstance(value, NamedNode):
        yield "misspell the value", [_with(triple, NamedNode(_slip(value.value)))]
        if value.value.startswith(OWN) and predicate != TYPE:
            yield "turn", [Triple(value, predicate, triple.subject)]
    elif isinstance(value, Literal) and value.language:
        yield "misspell the value", [_with(triple, Literal(value.value, language=value.language[::-1]))]
    if predicate != TYPE:
        yield "out of range", [_with(triple, _outside(triple))]


def _with(triple: Triple, value: object) -> Triple:
    return Triple(triple.subject, triple.predicate, value)  # type: ignore[arg-type]


def _slip(iri: str) -> str:
    """Return `iri` with two letters in the middle of its last part exchanged, the first that differ."""
    base, name = re.fullmatch(r"(.*[/#:])([^/#:]+)", iri).groups()  # type: ignore[union-attr]
    for at in range(len(name) // 2, len(name) - 1):
        if name[at] != name[at + 1] and name[at : at + 2].isalpha():
            return f"{base}{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}"
    return f"{base}{name}x"


def _retyped(triple: Triple) -> NamedNode | Literal:
    """Return the value as another sort of term: a literal of another type, an IRI as text, a class as another."""
    value = triple.object
    if triple.predicate == TYPE:
        kinds = sorted(_classes() - _related(str(value).strip("<>")))
        return NamedNode(kinds[len(str(triple.subject)) % len(kinds)])
    if isinstance(value, NamedNode):
        return Literal(short(value.value))
    assert isinstance(value, Literal)
    return Literal(value.value, language="en") if value.datatype.value == XSD + "string" else Literal(value.value)


def _outside(triple: Triple) -> NamedNode | Literal:
    """Return a value of the right sort beyond what the property takes: another kind of thing, year 20210, no text."""
    value = triple.object
    if isinstance(value, NamedNode):
        if "/code/" in value.value:
            return named("code:polarity-open" if "/topic-" in value.value else "code:topic-waste")
        place = _range(triple.predicate) == PREFIXES["rlt"] + "Place"
        return named("thing:nice" if place else "thing:england")
    assert isinstance(value, Literal)
    kind = value.datatype.value.removeprefix(XSD)
    if kind in {"integer", "decimal"}:
        year = 1900 <= float(value.value) <= 2100
        return Literal(f"{value.value}0" if year else f"-{value.value}", datatype=value.datatype)
    if kind in {"date", "gYearMonth"}:
        return Literal(f"1{value.value[1:]}", datatype=value.datatype)
    return Literal("", language=value.language) if value.language else Literal("")


def _next(triple: Triple) -> Triple | None:
    """Return the next triple of the same node with another property and another value of the same sort."""
    sort = isinstance(triple.object, Literal)
    others = [
        each
        for each in sorted(triples_of(subject(triple)), key=str)
        if each.predicate not in {triple.predicate, TYPE}
        and each.object != triple.object
        and isinstance(each.object, Literal) == sort
    ]
    if triple.predicate == TYPE or not others:
        return None
    return next((each for each in others if str(each) > str(triple)), others[0])


@cache
def _ontology() -> tuple[Triple, ...]:
    path = shipped().root / "ontology" / "rltkg.ttl"
    return tuple(quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE))


@cache
def _range(predicate: NamedNode) -> str:
    found = (each.object for each in _ontology() if (each.subject, each.predicate) == (predicate, RANGE))
    return str(next(found, "")).strip("<>")


@cache
def _classes() -> frozenset[str]:
    found = (each.subject for each in _ontology() if each.object == CLASS)
    return frozenset(each.value for each in found if isinstance(each, NamedNode))


@cache
def _related(name: str) -> frozenset[str]:
    """Return the class itself, those above and those below it."""
    return frozenset({name} | _closure(name, up=True) | _closure(name, up=False))


def _closure(name: str, *, up: bool) -> set[str]:
    found: set[str] = set()
    border = {name}
    while border:
        border = {high if up else low for low, high in _pairs() if (low if up else high) in border} - found
        found |= border
    return found


@cache
def _pairs() -> frozenset[tuple[str, str]]:
    """Return the classes with those right above them."""
    return frozenset(
        (each.subject.value, each.object.value)
        for each in _ontology()
        if each.predicate == BELOW and isinstance(each.subject, NamedNode) and isinstance(each.object, NamedNode)
    )
