"""The terms of the ontology, and what uses them: data, axioms, shapes, checks and queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

import rltkg
from rltkg.corpus.prefixes import PREFIXES
from rltkg.quality.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad, Store

    from rltkg.corpus import Release
    from rltkg.validation.report import Finding

UNUSED = Rule(
    "unused-term",
    "A term is declared, and nothing uses it: no triple of the data, no axiom of another term, no shape, check or "
    "query, nor the package.",
    "Use it, or take it out before it is released; a released one is deprecated.",
)
OPEN = Rule(
    "open-property",
    "A property has no domain or no range, and nothing else says what it joins: neither a property above or below it, "
    "its inverse or chain, nor a shape with it in its path.",
    "Give it the domain or range that is missing, or a shape.",
)
RDF, RDFS, OWL, SKOS, SH = (PREFIXES[name] for name in ("rdf", "rdfs", "owl", "skos", "sh"))
OURS = PREFIXES["rlt"], PREFIXES["code"]
_A = NamedNode(RDF + "type")
_KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "property",
    OWL + "DatatypeProperty": "property",
    OWL + "AnnotationProperty": "property",
}
_SIDES = {RDFS + "domain": RDFS + "range", RDFS + "range": RDFS + "domain"}
_FOLLOWS = (OWL + "equivalentClass", OWL + "inverseOf", OWL + "propertyChainAxiom")
_ABOUT = (SKOS + "inScheme", RDFS + "isDefinedBy")
_IN_CODE = re.compile(r'(?:TERMS|PREFIXES\["rlt"\]) \+ "([A-Za-z]+)"')
_IN_TEXT = re.compile(r"\b(rlt|code):([A-Za-z][A-Za-z0-9-]*)")


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or code (`kind`): IRI, label in small letters, definition, and whether it is deprecated."""

    node: str
    kind: str
    name: str
    definition: str
    deprecated: bool


class Terms:
    """The terms of ours that the union of the graphs of `store` declares, seen with the other files of a release."""

    DEFINITION: ClassVar[str] = SKOS + "definition"

    def __init__(self, store: Store, release: Release) -> None:
        self._store = store
        self._release = release

    @cached_property
    def all(self) -> list[Term]:
        """Every term, by IRI."""
        found: dict[str, str] = {}
        for iri, kind in _KINDS.items():
            found |= dict.fromkeys(self._subjects(_A, iri), kind)
        for each in self._below(PREFIXES["rlt"] + "Code"):
            found |= dict.fromkeys(self._subjects(_A, each), "code")
        return [self._term(node, kind) for node, kind in sorted(found.items()) if node.startswith(OURS)]

    def names_above(self, term: Term) -> list[str]:
        """Return the labels of the classes of ours above a class, in small letters."""
        return sorted(filter(None, (self._name(each) for each in self._above(term.node))))

    def is_coded(self, term: Term) -> bool:
        """Say whether a class is one of codes."""
        return PREFIXES["rlt"] + "Code" in self._above(term.node)

    def unused(self) -> Iterator[Finding]:
        """Yield the terms that nothing uses.

        A code is there to be chosen; what is defined by other terms, or is an inverse or a chain, follows from data.
        """
        for term in self.all:
            follows = any(self._quads(term.node, each) for each in _FOLLOWS)
            if not (term.kind == "code" or term.deprecated or follows or self._is_used(term.node)):
                yield UNUSED.finding(term.node)

    def open_properties(self) -> Iterator[Finding]:
        """Yield the properties of which a side is open: what may stand there is told nowhere."""
        for node in sorted(self._subjects(_A, OWL + "ObjectProperty") | self._subjects(_A, OWL + "DatatypeProperty")):
            if node.startswith(OURS):
                for side in _SIDES:
                    if not self._tells(node, side, set()):
                        yield OPEN.finding(node, path=side)

    def _tells(self, node: str, side: str, seen: set[str]) -> bool:
        """Say whether `side` of a property follows: from its own axiom, or from those of related properties."""
        if node in seen:
            return False
        seen.add(node)
        if self._values(node, side) or NamedNode(node) in self._in_shapes:
            return True
        over = [*self._values(node, RDFS + "subPropertyOf")]
        inverse = [*self._values(node, OWL + "inverseOf"), *self._subjects(NamedNode(OWL + "inverseOf"), node)]
        # A chain begins where its first property does, and ends where its last one does.
        chains = [self._members(each.object) for each in self._quads(node, OWL + "propertyChainAxiom")]
        ends = [chain[0 if side == RDFS + "domain" else -1] for chain in chains if chain]
        under = self._subjects(NamedNode(RDFS + "subPropertyOf"), node)
        return any(self._tells(each, side, seen) for each in (*over, *ends, *under)) or any(
            self._tells(each, _SIDES[side], seen) for each in inverse
        )

    def _is_used(self, node: str) -> bool:
        term = NamedNode(node)
        if term in self._in_shapes or node in self._in_texts:
            return True
        if next(self._store.quads_for_pattern(None, term, None, None), None):
            return True
        return any(
            quad.subject != term and quad.predicate.value not in _ABOUT
            for quad in self._store.quads_for_pattern(None, None, term, None)
        )

    @cached_property
    def _in_shapes(self) -> set[object]:
        """What the shapes name."""
        return {
            part
            for path in self._release.shapes
            for quad in parse(path=str(path), format=RdfFormat.TURTLE)
            for part in (quad.predicate, quad.object)
        }

    @cached_property
    def _in_texts(self) -> set[str]:
        """What queries and checks name, and what the package gives to nodes that it makes."""
        paths = [*self._release.checks, *(self._release.root / "queries").rglob("*.rq")]
        texts = [path.read_text(encoding="utf-8") for path in paths]
        code = [path.read_text(encoding="utf-8") for path in Path(rltkg.__file__).parent.rglob("*.py")]
        return {
            *(PREFIXES[prefix] + name for text in texts for prefix, name in _IN_TEXT.findall(text)),
            *(PREFIXES["rlt"] + name for text in code for name in _IN_CODE.findall(text)),
        }

    def _term(self, node: str, kind: str) -> Term:
        definition = next(iter(self._values(node, self.DEFINITION)), "")
        deprecated = "true" in self._values(node, OWL + "deprecated")
        return Term(node, kind, self._name(node), definition, deprecated)

    def _name(self, node: str) -> str:
        label = next(iter(self._values(node, RDFS + "label")), "")
        return label.removesuffix(" (defined)").lower()

    def _above(self, node: str) -> set[str]:
        """Return the named classes above a class: of a defined one those of its definition too."""
        found: set[str] = set()
        due = [node]
        while due:
            each = due.pop()
            above = self._values(each, RDFS + "subClassOf")
            for quad in self._quads(each, OWL + "equivalentClass"):
                for part in self._quads(quad.object, OWL + "intersectionOf"):
                    above += self._members(part.object)
            new = {other for other in above if other not in found and other != node}
            found |= new
            due += sorted(new)
        return {each for each in found if each.startswith(OURS)}

    def _below(self, node: str) -> set[str]:
        found: set[str] = set()
        due = [node]
        while due:
            new = self._subjects(NamedNode(RDFS + "subClassOf"), due.pop()) - found
            found |= new
            due += sorted(new)
        return found

    def _members(self, head: object) -> list[str]:
        """Return the named members of an RDF list."""
        found = []
        seen = set()
        while isinstance(head, BlankNode) and head not in seen:
            seen.add(head)
            found += [
                quad.object.value for quad in self._quads(head, RDF + "first") if isinstance(quad.object, NamedNode)
            ]
            head = next((quad.object for quad in self._quads(head, RDF + "rest")), None)
        return found

    def _quads(self, node: object, path: str) -> list[Quad]:
        subject = NamedNode(node) if isinstance(node, str) else node
        if not isinstance(subject, NamedNode | BlankNode):
            return []
        return list(self._store.quads_for_pattern(subject, NamedNode(path), None, None))

    def _values(self, node: str, path: str) -> list[str]:
        return [quad.object.value for quad in self._quads(node, path) if isinstance(quad.object, NamedNode | Literal)]

    def _subjects(self, path: NamedNode, value: str) -> set[str]:
        quads = self._store.quads_for_pattern(None, path, NamedNode(value), None)
        return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
