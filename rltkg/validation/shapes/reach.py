"""How far shapes look from the node that they judge: what of a graph they need, and whom a change touches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from rltkg.validation.shapes.nodes import RDF, members
from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from collections.abc import Collection

    from pyoxigraph import Literal

    from rltkg.validation.shapes import Shapes
    from rltkg.validation.shapes.nodes import Nodes

    Node = NamedNode | BlankNode | Literal

_ENDLESS = ("zeroOrMorePath", "oneOrMorePath")
_FAR = 8  # steps that stand for a path without end; our hierarchies are less deep
_SHAPES = ("node", "property", "not", "qualifiedValueShape")
_LISTS = ("and", "or", "xone")
_PAIRS = ("equals", "disjoint", "lessThan", "lessThanOrEquals")


@dataclass
class Reach:
    """What shapes look at.

    `depth` is the number of steps from a focus node to the furthest triple that a shape may ask for, `backward` holds
    the predicates that are followed against their direction, `through` those whose value is itself looked at (by class,
    by a shape, or by a longer path), so that a change of the value may change the verdict on the focus node.
    """

    depth: int = 1
    backward: set[str] = field(default_factory=set)
    through: set[str] = field(default_factory=set)


def reach(shapes: Shapes, names: Collection[str] | None = None) -> Reach:
    """Return how far `shapes` look; with `names` only those called so, written as in N-Triples."""
    nodes = shapes.nodes
    found = Reach()
    asked = shapes.targets.keys() if names is None else names
    for name in asked:
        found.backward |= {target.strip("<>") for kind, target in shapes.targets[name] if kind == "targetObjectsOf"}
    found.depth = max([1, *(_depth(name, nodes, found, ()) for name in asked)])
    return found


def _depth(name: str, nodes: Nodes, found: Reach, above: tuple[str, ...]) -> int:
    """Return how many steps the shape `name` looks; a shape within itself counts once."""
    if name in above:
        return 0
    held = nodes.get(name, {})
    below = [str(each) for key in _SHAPES for each in held.get(SH + key, [])]
    below += [str(each) for key in _LISTS for head in held.get(SH + key, []) for each in members(head, nodes)]
    inner = max([0, *(_depth(each, nodes, found, (*above, name)) for each in below)])
    inner = max(inner, int(SH + "class" in held))
    if paths := held.get(SH + "path"):
        length, first = _length(paths[0], nodes, found)
        if first and (inner or length > 1):
            found.through |= first
        return length + inner
    return max(inner, int(any(SH + key in held for key in _PAIRS)))


def _length(path: Node, nodes: Nodes, found: Reach) -> tuple[int, set[str]]:
    """Return the steps of a path, and the predicates that it may begin with, followed forward."""
    if isinstance(path, NamedNode):
        return 1, {path.value}
    held = nodes.get(str(path), {})
    if RDF + "first" in held:
        parts = [_length(each, nodes, found) for each in members(path, nodes)]
        return sum(steps for steps, _ in parts), parts[0][1]
    for inverse in held.get(SH + "inversePath", []):
        steps, first = _length(inverse, nodes, found)
        found.backward |= first
        return steps, set()
    for head in held.get(SH + "alternativePath", []):
        parts = [_length(each, nodes, found) for each in members(head, nodes)]
        return max(steps for steps, _ in parts), set().union(*(first for _, first in parts))
    for name in (*_ENDLESS, "zeroOrOnePath"):
        for step in held.get(SH + name, []):
            steps, first = _length(step, nodes, found)
            return (_FAR if name in _ENDLESS else steps), first
    return 1, set()
