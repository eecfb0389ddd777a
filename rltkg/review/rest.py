"""What no item tells of a difference: structures of blank nodes, and triples that only stand in another graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from rltkg.review.naming import Names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Quad

    from rltkg.review.blanks import Structure
    from rltkg.review.form import Rest
    from rltkg.review.sides import Side
    from rltkg.review.triples import Difference

_FEW = 3


def rest(difference: Difference, before: Side, after: Side) -> list[Rest]:
    """Return what no item tells: structures with blank nodes, and moves between graphs; each with its quads."""
    moves: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Quad]] = {}
    for gone, come in difference.moved.values():
        moves.setdefault((_graphs(gone), _graphs(come)), []).extend([*gone, *come])
    parts = [("removed", each) for each in difference.lost.elements()]
    parts += [("added", each) for each in difference.got.elements()]
    quads = [quad for ways in moves.values() for quad in ways]
    graphs = {quad.graph_name for quad in quads}
    bearers = [node for _, part in parts for node in _named(part)]
    names = Names([*(quad.subject for quad in quads), *graphs, *bearers], before.store, after.store)
    found: list[Rest] = []
    for change, part in parts:
        what = f"{_counted(len(part))} with blank nodes {change}{_about(_named(part), names)}"
        found.append({"change": change, "what": what, "lines": list(part)})  # type: ignore[typeddict-item]
    for (source, target), ways in moves.items():
        count = _counted(len({quad.triple for quad in ways}))
        left, right = (" and ".join(map(names.linked, several)) for several in (source, target))
        told = f"moved from graph {left} to graph {right}" if source and target else ""
        told = told or (f"no longer in graph {left}, but still in another" if source else f"now in graph {right} too")
        about = _about([quad.subject for quad in ways], names)
        lines = list(dict.fromkeys(f"{quad.triple} ." for quad in ways))
        found.append({"change": "moved", "what": f"{count} {told}{about}", "lines": lines})
    return found


def _graphs(quads: list[Quad]) -> tuple[str, ...]:
    return tuple(sorted({quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}))


def _named(part: Structure) -> list[NamedNode]:
    """Return the subjects of a structure that have IRIs."""
    quads = parse(input="\n".join(part), format=RdfFormat.N_QUADS)
    return [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]


def _counted(count: int) -> str:
    return f"{count:,} triple{'' if count == 1 else 's'}"


def _about(nodes: Sequence[object], names: Names) -> str:
    several = list(dict.fromkeys(names.linked(node.value) for node in nodes))  # type: ignore[attr-defined]
    more = f" and {len(several) - _FEW} more" if len(several) > _FEW else ""
    return f", about {', '.join(several[:_FEW])}{more}" if several else ""
