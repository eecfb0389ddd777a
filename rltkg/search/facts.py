"""Reads what a store holds of single nodes: their triples, their classes, what leads to them, what they are called."""

from __future__ import annotations

import re
from functools import cached_property

from pyoxigraph import NamedNode, QueryResultsFormat, parse_query_results

from rltkg.results.labels import labels_of, last_part
from rltkg.results.names import OWN, candidates, node_of, short
from rltkg.search.records import Named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import BlankNode, Literal

    from rltkg.store import Store

    Term = NamedNode | BlankNode | Literal
    Held = dict[str, list[Term]]

TERMS = "https://w3id.org/rltkg/ontology/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCTERMS = "http://purl.org/dc/terms/"
LABEL, SUBCLASS, TYPE = RDFS + "label", RDFS + "subClassOf", RDF + "type"
DEFINITION = SKOS + "definition"
_CLASSES = "SELECT DISTINCT ?s ?class WHERE { ?s a ?class FILTER(isIRI(?s) && isIRI(?class)) }"
_CLASSES_OF = "SELECT DISTINCT ?s ?class WHERE {{ VALUES ?s {{ {nodes} }} ?s a ?class FILTER(isIRI(?class)) }}"
_TREE = f"SELECT ?class ?super WHERE {{ ?class <{SUBCLASS}> ?super FILTER(isIRI(?super)) }}"
_ABOUT = "SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {nodes} }} ?s ?p ?o }}"
_INTO = "SELECT DISTINCT ?s ?p WHERE {{ ?s ?p <{node}> FILTER(isIRI(?s)) }} ORDER BY ?p ?s"
# One branch for each property: a second VALUES would make the engine read the whole of one of them.
_AMONG = "SELECT DISTINCT ?s ?p ?o WHERE {{ {branches} }} ORDER BY ?s"
_BY_ONE = "{{ VALUES ?o {{ {nodes} }} ?s <{name}> ?o BIND(<{name}> AS ?p) }}"
# What foreign vocabularies call these, in the words of a page.
_WORDS = {TYPE: "is a", SUBCLASS: "is a kind of"}
_SPOKEN = (OWN, SKOS, OWL, RDF, RDFS, DCTERMS)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Facts:
    """What one store holds, asked for node by node; what is asked for again is remembered."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._named: dict[str, Named] = {}
        self._learnt: dict[str, list[str]] = {}
        self._nameless: set[str] = set()
        self._meanings: dict[str, str | None] = {}

    @cached_property
    def classes(self) -> dict[str, list[str]]:
        """The classes of each IRI that has one, in the order of their IRIs; reads the whole graph."""
        found: dict[str, list[str]] = {}
        for node, name in self.rows(_CLASSES):
            found.setdefault(node.value, []).append(name.value)
        return {node: sorted(names) for node, names in found.items()}

    def classes_of(self, node: str) -> list[str]:
        """Return the classes of `node`, in the order of their IRIs."""
        self.learn([node])
        return self._learnt[node]

    def learn(self, nodes: Iterable[str]) -> None:
        """Read the classes of all of `nodes` (any texts) at once, so that classes_of and is_a know them."""
        new = [node for node in dict.fromkeys(nodes) if node not in self._learnt]
        if self._whole:
            self._learnt |= {node: self.classes.get(node, []) for node in new}
            return
        found: dict[str, list[str]] = {node: [] for node in new}
        nodes = [node for node in new if ":" in node and node_of(node)]
        for node, name in self.rows(_CLASSES_OF.format(nodes=_iris(nodes))) if nodes else ():
            found[node.value].append(name.value)
        self._learnt |= {node: sorted(names) for node, names in found.items()}

    @cached_property
    def _above(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, broader in self.rows(_TREE):
            found.setdefault(name.value, set()).add(broader.value)
        return found

    @cached_property
    def _shared(self) -> set[str]:
        """The last parts of IRIs that belong to more than one; reads the whole graph."""
        seen: set[str] = set()
        return {part for part in map(last_part, self.classes) if part in seen or seen.add(part)}  # type: ignore[func-returns-value]

    def is_a(self, node: str, *names: str) -> bool:
        """Say whether `node` is a member of one of the classes `names` (IRIs), or of a class below it."""
        left = list(self.classes_of(node))
        reached = set(left)
        while left:
            broader = self._above.get(left.pop(), set()) - reached
            reached |= broader
            left += broader
        return not reached.isdisjoint(names)

    def has(self, node: str) -> bool:
        """Say whether `node` is an IRI (it may be any text) that something is told of."""
        if ":" not in node:
            return False
        try:
            iri = NamedNode(node)
        except ValueError:
            return False
        return next(iter(self.rows(f"SELECT ?p WHERE {{ {iri} ?p ?o }} LIMIT 1")), None) is not None

    def about(self, nodes: Iterable[str]) -> dict[str, Held]:
        """Return the triples of each of `nodes`: property to terms, in the order of the terms."""
        found: dict[str, Held] = {node: {} for node in nodes}
        if found:
            for node, name, term in self.rows(_ABOUT.format(nodes=_iris(found))):
                found[node.value].setdefault(name.value, []).append(term)
        for triples in found.values():
            for terms in triples.values():
                terms.sort(key=str)
        return found

    def into(self, node: str) -> list[tuple[str, str]]:
        """Return each (subject, property) that leads to `node`, in the order of property and subject."""
        return [(subject.value, name.value) for subject, name in self.rows(_INTO.format(node=node))]

    def among(self, properties: Iterable[str], nodes: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return each (subject, property, node) that leads to one of `nodes` by one of `properties`."""
        nodes = list(nodes)
        if not nodes:
            return []
        branches = " UNION ".join(_BY_ONE.format(nodes=_iris(nodes), name=name) for name in properties)
        text = _AMONG.format(branches=branches)
        return [(subject.value, name.value, node.value) for subject, name, node in self.rows(text)]

    def named(self, node: str) -> Named:
        """Return `node` as it is named; label and id are right after the next call of `settle`."""
        if node not in self._named:
            part = last_part(node)
            self._named[node] = Named(node, short(node) if self._whole and part in self._shared else part)
            self._nameless.add(node)
        return self._named[node]

    def settle(self) -> None:
        """Look up labels and ids of all nodes that were named since the last time.

        One without a label has words of its IRI. The id is the last part of the IRI, or the short IRI where another
        node of this project has the same last part.
        """
        rivals = {} if self._whole else self._rivals()
        for node, others in rivals.items():
            if any(map(self.classes_of, others)):
                self._named[node].id = short(node)
        labels = labels_of((NamedNode(node) for node in self._nameless), self.store)
        for node in self._nameless:
            words = _WORDS.get(node) or _CAPITAL.sub(" ", last_part(node)).lower()
            self._named[node].label = labels.get(node) or (words if node.startswith(_SPOKEN) else node)
        self._nameless.clear()

    def _rivals(self) -> dict[str, list[str]]:
        """Return, for each node that awaits its label, the other nodes that might have its last part; learns them."""
        found = {}
        for node in self._nameless:
            part = last_part(node)
            alike = [*candidates(part), *(base + part for base in _SPOKEN[1:])]
            found[node] = [each for each in alike if each != node]
        self.learn(each for others in found.values() for each in others)
        return found

    @property
    def _whole(self) -> bool:
        """Whether the classes of all nodes are known already."""
        return "classes" in self.__dict__

    def meaning(self, node: str) -> str | None:
        """Return the definition of `node`, None where it has none."""
        if node not in self._meanings:
            terms = self.about([node])[node].get(DEFINITION, ())
            self._meanings[node] = next((term.value for term in terms), None)
        return self._meanings[node]

    def rows(self, text: str) -> Iterator[tuple[Term, ...]]:
        """Run a SELECT query whose cells are never empty, and return its rows."""
        solutions = parse_query_results(self.store.select(text), format=QueryResultsFormat.JSON)
        return (tuple(solution) for solution in solutions)  # type: ignore[union-attr]


def _iris(nodes: Iterable[str]) -> str:
    return " ".join(f"<{node}>" for node in nodes)
