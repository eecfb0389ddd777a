"""How many nodes each shape looks at (https://www.w3.org/TR/shacl/#targets), so that looking at none can be told."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pyoxigraph import Store, Triple

    from rltkg.validation.shapes import Shapes

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
BELOW = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


def focus_among(shapes: Shapes, triples: Iterable[Triple], nodes: Collection[str]) -> dict[str, int]:
    """Return how many of `nodes` each shape with targets looks at, by what `triples` say of them."""
    members: dict[str, set[str]] = defaultdict(set)
    subjects: dict[str, set[str]] = defaultdict(set)
    objects: dict[str, set[str]] = defaultdict(set)
    below: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        subject, predicate, value = str(triple.subject), str(triple.predicate), str(triple.object)
        subjects[predicate].add(subject)
        objects[predicate].add(value)
        if predicate == TYPE:
            members[value].add(subject)
        elif predicate == BELOW:
            below[value].add(subject)
    found = {}
    for shape, targets in shapes.targets.items():
        seen: set[str] = set()
        for kind, target in targets:
            if kind == "targetClass":
                seen.update(*(members[each] for each in closure(target, below)))
            elif kind == "targetNode":
                seen.add(target)
            else:
                seen |= (subjects if kind == "targetSubjectsOf" else objects)[target]
        found[shape] = len(seen & set(nodes))
    return found


def focus_in(shapes: Shapes, store: Store) -> dict[str, int]:
    """Return how many nodes of `store`, over all its graphs, each shape with targets looks at.

    A node with several classes below the target counts once for each, a node with several targets likewise: what
    matters is whether there are any.
    """
    members = _counts(store, "SELECT ?key (COUNT(DISTINCT ?s) AS ?n) { ?s a ?key } GROUP BY ?key")
    subjects = _counts(store, "SELECT ?key (COUNT(DISTINCT ?s) AS ?n) { ?s ?key ?o } GROUP BY ?key")
    below: dict[str, set[str]] = defaultdict(set)
    for row in store.query(f"SELECT ?c ?d {{ ?c {BELOW} ?d }}", use_default_graph_as_union=True):  # type: ignore[union-attr]
        below[str(row[1])].add(str(row[0]))
    found = {}
    for shape, targets in shapes.targets.items():
        found[shape] = sum(
            sum(members[each] for each in closure(target, below))
            if kind == "targetClass"
            else 1
            if kind == "targetNode"
            else subjects[target]
            for kind, target in targets
        )
    return found


def closure(top: str, below: dict[str, set[str]]) -> set[str]:
    """Return the class `top` and all below it; `below` tells those directly below each."""
    found, border = {top}, {top}
    while border:
        border = {each for name in border for each in below.get(name, ())} - found
        found |= border
    return found


def _counts(store: Store, text: str) -> Counter[str]:
    rows = store.query(text, use_default_graph_as_union=True)
    return Counter({str(row[0]): int(row[1].value) for row in rows})  # type: ignore[union-attr]
