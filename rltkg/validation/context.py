"""What of the whole graph a contribution touches, and what the shapes need in order to judge that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse, serialize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Store, Triple

    from rltkg.corpus import GraphFile
    from rltkg.validation.reading import Contribution
    from rltkg.validation.shapes.reach import Reach

    Node = NamedNode | BlankNode

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_BELOW = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


def affected(contribution: Contribution, reach: Reach, store: Store, gone: Iterable[Quad] = ()) -> set[Node]:
    """Return the nodes on which the contribution may change a verdict; `store` holds it and all else.

    These are its subjects; the objects of its triples whose predicate a shape follows backward; and the nodes from
    which a shape looks through one of its subjects. `gone` are the triples of the shipped files that it replaces: what
    it leaves out of them counts too.
    """
    quads = [quad for source in contribution.sources for quad in source.quads]
    quads += gone
    subjects: set[Node] = {quad.subject for quad in quads}  # type: ignore[misc]
    touched = set(subjects)
    for quad in quads:
        if quad.predicate.value in reach.backward and isinstance(quad.object, NamedNode | BlankNode):
            touched.add(quad.object)
    for predicate in reach.through:
        for subject in subjects:
            for quad in store.quads_for_pattern(None, NamedNode(predicate), subject):
                touched.add(quad.subject)  # type: ignore[arg-type]
    return touched


def triples_of(file: GraphFile) -> Iterable[Quad]:
    """Return what a shipped file holds."""
    return parse(path=file.path, format=RdfFormat.TURTLE)


def neighbourhood(nodes: Iterable[Node], reach: Reach, store: Store) -> set[Triple]:
    """Return the triples of `store` that the shapes may ask for when they judge `nodes`.

    All triples from them outwards, as many steps as the shapes look; those that lead to them by a predicate that is
    followed backward; the classes of what stands at the end; and the hierarchy of classes.
    """
    found: set[Triple] = {quad.triple for quad in store.quads_for_pattern(None, _BELOW, None)}
    border = set(nodes)
    seen: set[Node] = set()
    for _ in range(reach.depth):
        seen |= border
        outer: set[Node] = set()
        for node in border:
            for quad in _around(node, reach, store):
                found.add(quad.triple)
                if quad.predicate != _TYPE:
                    outer |= {end for end in (quad.subject, quad.object) if isinstance(end, NamedNode | BlankNode)}
        border = outer - seen
    for node in border:
        found.update(quad.triple for quad in store.quads_for_pattern(node, _TYPE, None))
    return found


def _around(node: Node, reach: Reach, store: Store) -> Iterable[Quad]:
    yield from store.quads_for_pattern(node, None, None)
    for predicate in reach.backward:
        yield from store.quads_for_pattern(None, NamedNode(predicate), node)


def as_ntriples(triples: Iterable[Triple]) -> bytes:
    """Return the triples as N-Triples, sorted, so that the same graph has the same bytes."""
    return serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES) or b""
