"""Names for the blank nodes of a graph that do not depend on where it comes from: those of RDFC-1.0."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, Triple

from rltkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

# The algorithm takes time that grows without bounds with what looks alike and hangs together, and nothing interrupts
# it; within these limits it takes a second at most.
_NEIGHBOURS = 6
_TIED = 24
_CHAIN = 128
_NAME = re.compile(r"_:[^\s>]+")


def canonical(triples: Iterable[Triple], label: str = "c14n") -> list[Triple]:
    """Return `triples`, each once, with blank nodes named as RDFC-1.0 names them (c14n0, c14n1 ...).

    Another `label` stands in place of c14n.

    Triples without blank nodes change no name, so the others of a graph are enough. Raises InputError where many blank
    nodes that look alike hang together, since naming them would take too long.
    """
    found = set(triples)
    _refuse_tangles(found)
    graph = Dataset(Quad(each.subject, each.predicate, each.object) for each in found)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    named = [quad.triple for quad in graph]
    return named if label == "c14n" else [_relabelled(each, label) for each in named]


def _relabelled(triple: Triple, label: str) -> Triple:
    ends: list[Any] = []
    for end in (triple.subject, triple.object):
        if isinstance(end, BlankNode):
            ends.append(BlankNode(label + end.value.removeprefix("c14n")))
        else:
            ends.append(_relabelled(end, label) if isinstance(end, Triple) else end)
    return Triple(ends[0], triple.predicate, ends[1])


def blank_nodes(triple: Triple) -> set[BlankNode]:
    """Return the blank nodes of `triple`, those inside a triple term too."""
    found: set[BlankNode] = set()
    left = [triple.subject, triple.object]
    while left:
        end = left.pop()
        if isinstance(end, BlankNode):
            found.add(end)
        elif isinstance(end, Triple):
            left += [end.subject, end.object]
    return found


def _refuse_tangles(triples: set[Triple]) -> None:
    sights: defaultdict[BlankNode, list[str]] = defaultdict(list)
    ties: defaultdict[BlankNode, set[BlankNode]] = defaultdict(set)
    for triple in triples:
        nodes = blank_nodes(triple)
        text = str(triple)
        for node in nodes:
            # As the algorithm sees a node at first: itself, and any other blank node.
            others = _NAME.split(text)
            names = ["_:a" if each == str(node) else "_:z" for each in _NAME.findall(text)]
            sights[node].append("".join(part for pair in zip(others, [*names, ""], strict=True) for part in pair))
            ties[node] |= nodes - {node}
    looks = {node: sha256("\n".join(sorted(seen)).encode()).digest() for node, seen in sights.items()}
    common = Counter(looks.values())
    alike = {node for node, look in looks.items() if common[look] > 1}
    while alike:
        group, edges, most = _drawn(alike, ties)
        if most > _NEIGHBOURS or (edges > _TIED and not edges <= group <= _CHAIN):
            raise InputError(
                f"{group} blank nodes look alike and refer to each other, so giving them names that stay the same "
                "would take too long; give them IRIs"
            )


def _drawn(alike: set[BlankNode], ties: dict[BlankNode, set[BlankNode]]) -> tuple[int, int, int]:
    """Take what hangs together out of `alike`: how many nodes and ties, and the most ties that one has."""
    front, group, ends, most = [alike.pop()], 0, 0, 0
    inside = set(front)
    while front:
        node = front.pop()
        group += 1
        near = {each for each in ties[node] if each in inside or each in alike}
        ends, most = ends + len(near), max(most, len(near))
        new = near - inside
        inside |= new
        alike -= new
        front += new
    return group, ends // 2, most
