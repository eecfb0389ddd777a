"""The exact difference of two stores: quads of one side only, and what these are as triples of the whole."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rltkg.review.blanks import blanks_of, structures

if TYPE_CHECKING:
    from collections import Counter

    import pyoxigraph
    from pyoxigraph import Quad, Triple

    from rltkg.review.blanks import Structure


class Difference:
    """What is in one of two engines only.

    `gone` and `come` are the quads without blank nodes that only the first or only the second engine holds; `lost` and
    `got` the structures with blank nodes of which one holds more. `removed` and `added` are the triples of `gone` and
    `come` that are in no graph of the other engine, in the order of their N-Triples; all other quads of `gone` and
    `come` are of triples that only `moved` from graph to graph.
    """

    def __init__(self, before: pyoxigraph.Store, after: pyoxigraph.Store) -> None:
        self._before, self._after = before, after
        self.gone, held = _only_in(before, after)
        self.come, due = _only_in(after, before)
        self.lost: Counter[Structure] = held - due
        self.got: Counter[Structure] = due - held

    def __bool__(self) -> bool:
        return bool(self.gone or self.come or self.lost or self.got)

    @property
    def same_triples(self) -> bool:
        """Whether both hold the same triples, in whatever graphs."""
        return not (self.removed or self.added or self.lost or self.got)

    @cached_property
    def removed(self) -> dict[Triple, list[Quad]]:
        """The triples that are in no graph of the second engine, each with its quads in the first."""
        return _of_triples(self.gone, self._after, lacking=True)

    @cached_property
    def added(self) -> dict[Triple, list[Quad]]:
        """The triples that are in no graph of the first engine, each with its quads in the second."""
        return _of_triples(self.come, self._before, lacking=True)

    @cached_property
    def moved(self) -> dict[Triple, tuple[list[Quad], list[Quad]]]:
        """The triples that both hold, but in other graphs: each with its quads of one side only, first and second."""
        gone = _of_triples(self.gone, self._after, lacking=False)
        come = _of_triples(self.come, self._before, lacking=False)
        return {each: (gone.get(each, []), come.get(each, [])) for each in sorted({*gone, *come}, key=str)}

    @property
    def removed_lines(self) -> list[str]:
        """All that the second engine lacks, as N-Quads; blank nodes have names of their structure."""
        return _lines(self.gone, self.lost)

    @property
    def added_lines(self) -> list[str]:
        """All that the first engine lacks, as N-Quads; blank nodes have names of their structure."""
        return _lines(self.come, self.got)


def _only_in(one: pyoxigraph.Store, other: pyoxigraph.Store) -> tuple[list[Quad], Counter[Structure]]:
    """Return the quads of `one` without blank nodes that `other` lacks, and the structures of all with blank nodes."""
    found: list[Quad] = []
    blank: list[Quad] = []
    # Quad by quad, so that nothing but the difference is held in memory, however large the stores are.
    for quad in one.quads_for_pattern(None, None, None, None):
        if blanks_of(quad):
            blank.append(quad)
        elif quad not in other:
            found.append(quad)
    return found, structures(blank)


def _of_triples(quads: list[Quad], other: pyoxigraph.Store, *, lacking: bool) -> dict[Triple, list[Quad]]:
    """Return `quads` by their triples: those that `other` lacks in all its graphs, or those that it has in one."""
    found: dict[Triple, list[Quad]] = {}
    for quad in quads:
        found.setdefault(quad.triple, []).append(quad)
    return {
        triple: found[triple]
        for triple in sorted(found, key=str)
        if lacking
        == (next(other.quads_for_pattern(triple.subject, triple.predicate, triple.object, None), None) is None)
    }


def _lines(quads: list[Quad], parts: Counter[Structure]) -> list[str]:
    lines = [f"{quad} ." for quad in quads]
    return sorted([*lines, *(line for part in parts.elements() for line in part)])
