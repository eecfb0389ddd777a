"""Reads from an ontology the axioms that add triples about data, as plain terms."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from rltkg.corpus.prefixes import OWL, RDF, TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, Literal, Triple

    Term = NamedNode | BlankNode | Literal


class Axioms:
    """The axioms of an ontology, by subject and property; only terms of this project are told of."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._held: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self._held[str(triple.subject)][triple.predicate.value].append(triple.object)  # type: ignore[arg-type]

    def values(self, node: str, name: str) -> list[Term]:
        """Return what property `name` gives `node`, in the form of N-Triples."""
        return self._held[node][name] if node in self._held else []

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """Return each pair of named terms of this project that property `name` ties, sorted."""
        return sorted(
            (node, str(value))
            for node, held in self._held.items()
            for value in held.get(name, ())
            if _own(node) and _own(str(value))
        )

    def above(self, name: str, *, also: Iterable[tuple[str, str]] = ()) -> dict[str, list[str]]:
        """Return for each term all those above it by the transitive property `name`, and by the pairs of `also`."""
        direct: dict[str, set[str]] = defaultdict(set)
        for below, broader in (*self.pairs(name), *also):
            direct[below].add(broader)
        found = {}
        for term in direct:
            reached: set[str] = set()
            left = [term]
            while left:
                more = direct.get(left.pop(), set()) - reached
                reached |= more
                left += more
            found[term] = sorted(reached - {term})
        return found

    def of_type(self, kind: str) -> list[str]:
        """Return the terms of this project that are of the OWL type `kind`."""
        wanted = NamedNode(kind)
        return sorted(node for node, held in self._held.items() if _own(node) and wanted in held.get(RDF + "type", ()))

    def chains(self) -> list[tuple[str, list[str]]]:
        """Return each property with the properties of a chain that implies it."""
        name = OWL + "propertyChainAxiom"
        return sorted(
            (node, [str(each) for each in self.list_of(chain)])
            for node, held in self._held.items()
            for chain in held.get(name, ())
        )

    def defined(self) -> list[tuple[str, Term]]:
        """Return each class with an expression that is equivalent to it."""
        return sorted(
            (
                (node, value)
                for node, held in self._held.items()
                for value in held.get(OWL + "equivalentClass", ())
                if _own(node)
            ),
            key=lambda pair: pair[0],
        )

    def list_of(self, node: Term) -> list[Term]:
        """Return the members of the RDF list that begins at `node`."""
        found: list[Term] = []
        while str(node) in self._held:
            found += self.values(str(node), RDF + "first")
            [node] = self.values(str(node), RDF + "rest")
        return found


def _own(node: str) -> bool:
    return node.startswith(f"<{TERMS}")
