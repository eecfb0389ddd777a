"""Blank nodes: quads that hang together by them, written so that equal structures are equal texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Structure = tuple[str, ...]

# How many lines may be looked at to tell the nodes of one structure apart (ten seconds): the W3C's canonical names take
# unbounded time for look-alikes, and a review must end. What is left is numbered as it comes: then a difference may be
# told where there is none, never the other way round.
_PATIENCE = 1_500_000


def blanks_of(term: object) -> list[BlankNode]:
    """Return the blank nodes in a term, a triple or a quad."""
    if isinstance(term, BlankNode):
        return [term]
    if isinstance(term, Triple | Quad):
        parts: list[object] = [term.subject, term.predicate, term.object]
        parts += [term.graph_name] if isinstance(term, Quad) else []
        return [node for part in parts for node in blanks_of(part)]
    return []


def structures(quads: Iterable[Quad]) -> Counter[Structure]:
    """Return the structures that `quads`, each with a blank node, fall into, and how often each occurs.

    A structure is the sorted N-Quads of what hangs together by blank nodes, under names that depend on nothing else.
    """
    return Counter(_written(part) for part in _components(list(quads)))


def _components(quads: list[Quad]) -> list[list[Quad]]:
    leader: dict[BlankNode, BlankNode] = {}

    def find(node: BlankNode) -> BlankNode:
        while leader.setdefault(node, node) != node:
            leader[node] = node = leader[leader[node]]
        return node

    for quad in quads:
        first, *others = map(find, blanks_of(quad))
        for other in others:
            leader[other] = first
    found: dict[BlankNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        found[find(blanks_of(quad)[0])].append(quad)
    return list(found.values())


def _written(quads: list[Quad]) -> Structure:
    uses: dict[BlankNode, list[Quad]] = defaultdict(list)
    for quad in quads:
        for node in set(blanks_of(quad)):
            uses[node].append(quad)
    size = sum(map(len, uses.values()))
    colours = dict.fromkeys(uses, "")
    rounds, count = _PATIENCE // size + 1, 0
    while rounds > 0 and count < len(uses):
        rounds -= 1
        colours = _refined(colours, uses)
        if len(set(colours.values())) == count:  # neighbours tell no more apart: one of those alike is picked out
            alike = min(colour for colour, several in Counter(colours.values()).items() if several > 1)
            colours[next(node for node, colour in colours.items() if colour == alike)] = "picked"
        count = len(set(colours.values()))
    order = sorted(uses, key=colours.__getitem__)
    names = {node: f"_:b{number}" for number, node in enumerate(order)}
    return tuple(sorted(_line(quad, names.__getitem__) for quad in quads))


def _refined(colours: dict[BlankNode, str], uses: dict[BlankNode, list[Quad]]) -> dict[BlankNode, str]:
    """Return `colours` told apart further by what each node stands beside."""

    def colour(node: BlankNode) -> str:
        def name(other: BlankNode) -> str:
            return "_:self" if other == node else f"_:{colours[other]}"

        lines = sorted(_line(quad, name) for quad in uses[node])
        return sha256("\n".join([colours[node], *lines]).encode()).hexdigest()

    return {node: colour(node) for node in uses}


def _line(quad: Quad, name: Callable[[BlankNode], str]) -> str:
    parts = [quad.subject, quad.predicate, quad.object, quad.graph_name]
    return f"{' '.join(text for part in parts if (text := _term(part, name)))} ."


def _term(term: object, name: Callable[[BlankNode], str]) -> str:
    if isinstance(term, BlankNode):
        return name(term)
    if isinstance(term, Triple):
        return f"<<( {_term(term.subject, name)} {term.predicate} {_term(term.object, name)} )>>"
    return "" if str(term) == "DEFAULT" else str(term)
