"""Whether two lists of triples are the same graph, where blank nodes stand inside the nodes that use them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    Terms = dict[object, int]


def same(one: Iterable[Triple], other: Iterable[Triple]) -> bool:
    """Say whether two graphs are equal but for the names of their blank nodes.

    Each blank node is the object of one triple at most, and none hangs on itself: what the layout can write. So a
    node is what is said of it, from the leaves up, however alike the nodes are and however long the lists.
    """
    known: dict[object, int] = {}
    return _meaning(set(one), known) == _meaning(set(other), known)


def _meaning(triples: set[Triple], known: dict[object, int]) -> object:
    """Return the triples of the named nodes, with a number for each blank node that tells what is said of it.

    `known` holds the numbers of what is said; graphs that are compared share it.
    """
    about: dict[object, list[Triple]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, BlankNode):
            about[triple.subject].append(triple)
    if not about and not any(isinstance(triple.object, BlankNode) for triple in triples):
        return triples
    numbers: dict[object, int] = {}
    left = list(about)
    while left:
        node = left[-1]
        below = [each.object for each in about[node] if each.object in about and each.object not in numbers]
        if below:
            left += below
            continue
        left.pop()
        said = frozenset(_counted((each.predicate, _seen(each.object, numbers)) for each in about[node]))
        numbers[node] = known.setdefault(said, len(known))
    return dict(
        _counted(
            (each.subject, each.predicate, _seen(each.object, numbers))
            for each in triples
            if not isinstance(each.subject, BlankNode)
        )
    )


def _seen(term: object, numbers: dict[object, int]) -> object:
    """Return what stands for a term: itself, the number of a blank node, or -1 for one of which nothing is said."""
    return numbers.get(term, -1) if isinstance(term, BlankNode) else term


def _counted(items: Iterable[object]) -> Iterable[tuple[object, int]]:
    counts: dict[object, int] = defaultdict(int)
    for item in items:
        counts[item] += 1
    return counts.items()
