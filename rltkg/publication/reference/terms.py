"""The terms of an ontology, as a page of reference needs them: read once, linked by IRI."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from rltkg.corpus.prefixes import OWL, OWN, PREFIXES, RDF, RDFS, SKOS, TERMS

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Triple

PROPERTY_KINDS = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
CHARACTERISTICS = {
    OWL + "FunctionalProperty": "functional",
    OWL + "TransitiveProperty": "transitive",
    OWL + "SymmetricProperty": "symmetric",
    OWL + "InverseFunctionalProperty": "inverse functional",
}
CODE = TERMS + "Code"


def short(iri: str) -> str:
    """Return `iri` with a prefix of PREFIXES where it has one."""
    found = next(((prefix, base) for prefix, base in PREFIXES.items() if iri.startswith(base)), None)
    return f"{found[0]}:{iri.removeprefix(found[1])}" if found else iri


class Terms:
    """What the file of an ontology says, by subject and property; IRIs and texts are plain strings."""

    def __init__(self, path: Path) -> None:
        """Read the Turtle file at `path`."""
        self._held: dict[str, dict[str, list[NamedNode | BlankNode | Literal]]] = defaultdict(dict)
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            triple: Triple = quad.triple
            self._held[str(triple.subject)].setdefault(triple.predicate.value, []).append(triple.object)  # type: ignore[arg-type]

    def values(self, term: str, name: str) -> list[str]:
        """Return the named nodes and literals that property `name` gives `term`, sorted."""
        held = self._held.get(f"<{term}>", {}).get(name, [])
        return sorted(each.value for each in held if not isinstance(each, BlankNode))

    def text(self, term: str, name: str) -> str:
        """Return the only value of property `name`, or nothing."""
        return next(iter(self.values(term, name)), "")

    def label(self, term: str) -> str:
        """Return the label of `term`, or its short IRI where it has none."""
        return self.text(term, RDFS + "label") or short(term)

    def of_type(self, kind: str) -> list[str]:
        """Return the named members of class `kind` that this project defines, in the order of their labels."""
        found = [
            name[1:-1]
            for name, held in self._held.items()
            if name.startswith(f"<{OWN}") and any(each == NamedNode(kind) for each in held.get(RDF + "type", ()))
        ]
        return sorted(found, key=lambda term: (self.label(term).lower(), term))

    @cached_property
    def classes(self) -> list[str]:
        """The classes."""
        return self.of_type(OWL + "Class")

    @cached_property
    def properties(self) -> list[str]:
        """The properties, of all three kinds."""
        found = [term for kind in PROPERTY_KINDS for term in self.of_type(OWL + kind)]
        return sorted(dict.fromkeys(found), key=lambda term: self.label(term).lower())

    @cached_property
    def schemes(self) -> list[str]:
        """The schemes of codes."""
        return self.of_type(SKOS + "ConceptScheme")

    def above(self, term: str) -> list[str]:
        """Return the classes, or properties, right above `term`."""
        name = "subClassOf" if term in self.classes else "subPropertyOf"
        return [each for each in self.values(term, RDFS + name) if each.startswith(OWN)]

    def below(self, term: str) -> list[str]:
        """Return the classes, or properties, right below `term`."""
        return [each for each in (*self.classes, *self.properties) if term in self.above(each)]

    def line(self, term: str) -> list[str]:
        """Return `term` and all classes above it, nearest first."""
        found = [term]
        for each in found:
            found += [above for above in self.above(each) if above not in found]
        return found

    def leading(self, name: str, target: str) -> list[str]:
        """Return the properties whose `name` (RDFS domain or range) is `target`."""
        return [each for each in self.properties if target in self.values(each, name)]

    def disjoint(self, term: str) -> list[str]:
        """Return the classes that share no member with `term`, whichever of them says so."""
        name = OWL + "disjointWith"
        found = {*self.values(term, name), *(each for each in self.classes if term in self.values(each, name))}
        return sorted(found, key=self.label)

    def definition_by(self, term: str) -> list[tuple[str, str]]:
        """Return the (property, value) of each hasValue restriction that makes a thing a member of class `term`."""
        found: list[tuple[str, str]] = []
        left = list(self._held.get(f"<{term}>", {}).get(OWL + "equivalentClass", ()))
        while left:
            held = self._held.get(str(left.pop()), {})
            left += [
                each for name in (OWL + "intersectionOf", RDF + "first", RDF + "rest") for each in held.get(name, ())
            ]
            values = held.get(OWL + "hasValue", ())
            found += [(held[OWL + "onProperty"][0].value, each.value) for each in values]
        return sorted(found)
