"""Has an engine judge: the nodes that a contribution touches, or the whole graph."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, serialize

from rltkg.validation.context import as_ntriples, neighbourhood
from rltkg.validation.engines import engine as engine_called
from rltkg.validation.engines.results import findings as results_of
from rltkg.validation.shapes.focus import focus_among, focus_in
from rltkg.validation.shapes.reach import reach

if TYPE_CHECKING:
    from collections.abc import Collection

    from pyoxigraph import Store, Triple

    from rltkg.validation.engines import Engine
    from rltkg.validation.report import Finding
    from rltkg.validation.shapes import Shapes

    Node = NamedNode | BlankNode
    Judged = tuple[list[Finding], dict[str, int], Engine]

_TRIPLES = 20  # of the graph to each suspect; where there are fewer, half the nodes are suspect: too many to cut out


def judge(nodes: Collection[Node], triples: Collection[Triple], shapes: Shapes, name: str | None = None) -> Judged:
    """Return what an engine finds about `nodes` in the cut-out `triples`, how many each shape looked at, the engine."""
    asked = {str(node) for node in nodes}
    ran = engine_called(name, len(triples))
    focus_nodes = focus_among(shapes, triples, asked)
    # Shapes that look at none of the nodes in question would find nothing about them.
    looking = [shape for shape, count in focus_nodes.items() if count]
    if not looking:
        return [], focus_nodes, ran
    found = results_of(ran.run(as_ntriples(triples), shapes.only(looking)), shapes)
    return [each for each in found if each.focus in asked], focus_nodes, ran


def judge_all(shapes: Shapes, store: Store, name: str | None = None) -> Judged:
    """Return what an engine finds in the whole `store`, how many nodes each shape looked at, and the engine.

    An engine that may be kept from what surely conforms is given the suspects of the sieve, and all that the shapes may
    ask about them.
    """
    ran = engine_called(name, len(store))
    focus_nodes = focus_in(shapes, store)
    if not any(focus_nodes.values()):
        return [], focus_nodes, ran
    found = _judge_suspects(shapes, store, ran) if ran.sifted else None
    if found is None:
        found = results_of(ran.run(_dumped(store), shapes.ntriples), shapes)
    return found, focus_nodes, ran


def _judge_suspects(shapes: Shapes, store: Store, ran: Engine) -> list[Finding] | None:
    """Return what the engine finds about suspects; None where these are too many or the sieve cannot be relied on."""
    from rltkg.validation.sieve import sift

    sifted = sift(shapes, store)
    if sifted is None:
        return None
    suspects = set().union(*sifted.suspects.values())
    if len(suspects) * _TRIPLES > len(store) or any(term.startswith('"') for term in suspects | sifted.sound):
        return None
    # The engine sees a node of each shape, also where all conform; if it finds fault there, it judges everything.
    if _found_about(sifted.sound, shapes.targets, shapes, store, ran):
        return None
    return _found_about(suspects, sifted.suspects, shapes, store, ran)


def _found_about(nodes: set[str], names: Collection[str], shapes: Shapes, store: Store, ran: Engine) -> list[Finding]:
    """Return what the engine finds about `nodes` by the shapes called `names`; all are written as in N-Triples."""
    if not nodes:
        return []
    triples = neighbourhood(map(_node, nodes), reach(shapes, names), store)
    data = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return [each for each in results_of(ran.run(data, shapes.only(names)), shapes) if each.focus in nodes]


def _node(term: str) -> Node:
    return NamedNode(term[1:-1]) if term.startswith("<") else BlankNode(term[2:])


def _dumped(store: Store) -> bytes:
    data = BytesIO()  # in which a large graph stands once, and not in parts too
    for graph in (DefaultGraph(), *store.named_graphs()):
        store.dump(data, format=RdfFormat.N_TRIPLES, from_graph=graph)
    return data.getvalue()
