"""Runs rules until nothing new follows, each round from what the round before it found (semi-naive evaluation)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Store

from rltkg.reasoning.inference.rules import TYPE, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from pyoxigraph import Triple

    from rltkg.reasoning.inference.rules import Atom, Rule

_ROUND = "urn:rltkg:round:"


@dataclass(frozen=True)
class Inferred:
    """What follows from a graph, found in `rounds` rounds."""

    engine: Store
    rounds: int

    def triples(self) -> Iterator[Triple]:
        """Yield the inferred triples, each once."""
        for name in self._graphs():
            yield from (quad.triple for quad in self.engine.quads_for_pattern(None, None, None, name))

    def write(self, sink: IO[bytes]) -> None:
        """Write the inferred triples to `sink` as N-Triples, each once."""
        for name in self._graphs():
            self.engine.dump(sink, format=RdfFormat.N_TRIPLES, from_graph=name)

    def counts(self) -> dict[str, int]:
        """Return how many triples follow for each property; memberships count by their class. The most come first."""
        graphs = " ".join(map(str, self._graphs()))
        text = (
            f"SELECT ?term (COUNT(*) AS ?n) WHERE {{ VALUES ?graph {{ {graphs} }} GRAPH ?graph {{ ?s ?p ?o }} "
            f"BIND(IF(?p = {TYPE}, ?o, ?p) AS ?term) }} GROUP BY ?term ORDER BY DESC(?n) ?term"
        )
        rows = self.engine.query(text)
        return {term.value: int(number.value) for term, number in rows}  # type: ignore[union-attr]

    def _graphs(self) -> list[NamedNode]:
        return [NamedNode(f"{_ROUND}{number}") for number in range(self.rounds)]


def infer(engine: Store, ontology: list[Triple]) -> Inferred:
    """Return what follows from the triples in the default graph of `engine` by the axioms of `ontology`.

    What follows is added to the default graph, and to a graph for each round, which `Inferred` reads. Raises InputError
    where the ontology defines a class by what no rule is made from.
    """
    rules = rules_of(ontology)
    number = 0
    while True:
        for rule in rules:
            for text in _updates(rule, number, engine):
                engine.update(text)
        if not engine.contains_named_graph(NamedNode(f"{_ROUND}{number}")):
            return Inferred(engine, number)
        number += 1


def _updates(rule: Rule, number: int, engine: Store) -> Iterator[str]:
    """Yield the updates of `rule` in round `number`: one of its atoms holds since the round before, the others at all.

    An atom of which nothing is new is passed over.
    """
    head = _pattern(rule.head)
    for position in range(len(rule.atoms)) if number else (None,):
        body = [f"{_pattern(atom)} ." for atom in rule.atoms]
        if position is not None:
            body[position] = f"GRAPH <{_ROUND}{number - 1}> {{ {_pattern(rule.atoms[position])} }}"
            if not engine.query(f"ASK {{ {rule.table} {body[position]} }}"):
                continue
        # Of all that is stated, most memberships are known: one table of them is faster than one look for each.
        known = "MINUS" if not number and rule.table and rule.head[1] == TYPE else "FILTER NOT EXISTS"
        yield (
            f"INSERT {{ {head} . GRAPH <{_ROUND}{number}> {{ {head} }} }} "
            f"WHERE {{ {rule.table} {' '.join(body)} {known} {{ {head} }} }}"
        )


def _pattern(atom: Atom) -> str:
    return " ".join(atom)
