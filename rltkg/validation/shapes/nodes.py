"""Triples by subject: how reports and shapes are read, whose structures (lists, paths) hang on nodes without names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

    Node = NamedNode | BlankNode | Literal
    Nodes = Mapping[str, Mapping[str, list[Node]]]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def by_subject(triples: Iterable[Quad] | Iterable[Triple]) -> Nodes:
    """Return the triples as `{subject: {predicate: [object, ...]}}`, subjects as N-Triples writes them."""
    found: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        found[str(triple.subject)][triple.predicate.value].append(triple.object)  # type: ignore[arg-type]
    return found


def members(node: Node, nodes: Nodes) -> list[Node]:
    """Return the members of the RDF list `node`, in order; a list that runs in a circle ends where it began."""
    found: list[Node] = []
    seen: set[str] = set()
    while str(node) not in seen and (first := nodes.get(str(node), {}).get(RDF + "first")):
        seen.add(str(node))
        found.append(first[0])
        node = nodes[str(node)][RDF + "rest"][0]
    return found


def reachable(names: Iterable[str], nodes: Nodes) -> set[str]:
    """Return the subjects among `nodes` that can be reached from those called `names`, these included."""
    found: set[str] = set()
    border = [name for name in names if name in nodes]
    while border:
        name = border.pop()
        if name not in found:
            found.add(name)
            border += [str(value) for values in nodes[name].values() for value in values if str(value) in nodes]
    return found
