"""Finds nodes that only got another IRI, so that a renamed thing is not told as one lost and another one found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from rltkg.search.facts import LABEL, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph

    Renames = dict[NamedNode, NamedNode]


def renames(
    removed: Iterable[Triple], added: Iterable[Triple], before: pyoxigraph.Store, after: pyoxigraph.Store
) -> Renames:
    """Return the nodes that are gone, each with the new one of the same classes and label.

    A node is gone where it is no subject any more, new where it was none before. Only one gone and one new node may be
    so called.
    """
    gone = _by_name({each.subject for each in removed}, before, after)
    new = _by_name({each.subject for each in added}, after, before)
    return {nodes[0]: new[name][0] for name, nodes in gone.items() if len(nodes) == len(new.get(name, ())) == 1}


def following(removed: Iterable[Triple], added: Iterable[Triple], found: Renames) -> dict[Triple, Triple]:
    """Return the removed triples that are among the added ones once the renamed nodes have their new IRIs."""
    if not found:
        return {}
    held = set(added)
    pairs = ((triple, _renamed(triple, found)) for triple in removed)
    return {triple: other for triple, other in pairs if triple != other and other in held}


def _renamed(triple: Triple, found: Renames) -> Triple:
    subject, name, value = triple.subject, triple.predicate, triple.object
    return Triple(found.get(subject, subject), name, found.get(value, value))  # type: ignore[arg-type]


def _by_name(
    nodes: set[object], own: pyoxigraph.Store, other: pyoxigraph.Store
) -> dict[tuple[tuple[str, ...], str], list[NamedNode]]:
    """Return those of `nodes` that are no subject in `other`, by their classes and label in `own`."""
    named: dict[tuple[tuple[str, ...], str], list[NamedNode]] = {}
    for node in nodes:
        if not isinstance(node, NamedNode) or next(other.quads_for_pattern(node, None, None, None), None):
            continue
        labels = sorted({str(quad.object) for quad in own.quads_for_pattern(node, NamedNode(LABEL), None, None)})
        if labels:
            kinds = {str(quad.object) for quad in own.quads_for_pattern(node, NamedNode(TYPE), None, None)}
            named.setdefault((tuple(sorted(kinds)), labels[0]), []).append(node)
    return named
