"""Makes triples ready for owlready2, which passes over in silence what it does not understand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from rltkg.corpus.prefixes import OWL, RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

TYPE = NamedNode(RDF + "type")
ANNOTATION = NamedNode(OWL + "AnnotationProperty")
_DATA = NamedNode(OWL + "DatatypeProperty")
_PROPERTIES = {ANNOTATION, _DATA, NamedNode(OWL + "ObjectProperty"), NamedNode(RDF + "Property")}
_BUILT_IN = (OWL, RDF, RDFS)
# What HermiT refuses as the value of a data property, and what stands for it while it reasons.
_DATATYPES = {"date": "dateTime", "gYear": "integer", "gYearMonth": "string", "duration": "string", "time": "string"}


@dataclass
class Prepared:
    """Triples as the reasoner gets them, and how they differ from those that were given.

    `declared` are properties that nobody declares, and that are taken for annotations so that the reasoner keeps them;
    `converted` counts, by datatype, the values whose datatype it does not know.
    """

    triples: list[Triple]
    declared: list[str] = field(default_factory=list)
    converted: dict[str, int] = field(default_factory=dict)


def prepare(triples: Iterable[Triple]) -> Prepared:
    """Return `triples` in a form of which the reasoner loses nothing."""
    given = list(dict.fromkeys(triples))
    known = {each.subject for each in given if each.predicate == TYPE and each.object in _PROPERTIES}
    used = dict.fromkeys(each.predicate for each in given if not each.predicate.value.startswith(_BUILT_IN))
    undeclared = [name for name in used if name not in known]
    data = {each.subject for each in given if each.predicate == TYPE and each.object == _DATA}
    converted: Counter[str] = Counter()

    def ready(triple: Triple) -> Triple:
        value = triple.object
        if triple.predicate not in data or not isinstance(value, Literal) or not value.datatype.value.startswith(XSD):
            return triple
        name = value.datatype.value.removeprefix(XSD)
        if name not in _DATATYPES:
            return triple
        converted[name] += 1
        text = f"{value.value}T00:00:00" if name == "date" else value.value
        return Triple(triple.subject, triple.predicate, Literal(text, datatype=NamedNode(XSD + _DATATYPES[name])))

    made = [ready(each) for each in given]
    made += [Triple(name, TYPE, ANNOTATION) for name in undeclared]
    return Prepared(made, sorted(name.value for name in undeclared), dict(converted))
