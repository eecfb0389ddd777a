"""What becomes of nodes: which are gone, new or named otherwise, and which have other values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from rltkg.corpus.prefixes import OWN
from rltkg.review.judging.expressions import short
from rltkg.review.judging.terms import AXIOMS, DEPRECATED, TERMS, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph

    from rltkg.review.judging.rules import Case
    from rltkg.review.renaming import Renames
    from rltkg.review.triples import Difference

    Values = dict[str, tuple[list[object], list[object]]]

_TEXTS = ("http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")


class Nodes:
    """The nodes of ours that differ between two engines."""

    def __init__(
        self, difference: Difference, renames: Renames, before: pyoxigraph.Store, after: pyoxigraph.Store
    ) -> None:
        self._renames = renames
        self._changes: dict[NamedNode, Values] = {}
        for place, triples in enumerate((difference.removed, difference.added)):
            for triple in triples:
                if isinstance(triple.subject, NamedNode):
                    held = self._changes.setdefault(triple.subject, {})
                    held.setdefault(triple.predicate.value, ([], []))[place].append(triple.object)
        ours = [node for node in self._changes if node.value.startswith(OWN)]
        # A mapping to another vocabulary may be left of a node that nothing describes any more.
        self.gone = {node for node in ours if _describes(before, node) and not _describes(after, node)}
        self.new = {node for node in ours if _describes(after, node) and not _describes(before, node)}
        self._moved = {each.subject for each in difference.moved if isinstance(each.subject, NamedNode)}

    @property
    def new_terms(self) -> list[str]:
        """The IRIs of the terms that only the second engine has."""
        return [node.value for node in self.new if _is_term(node)]

    @property
    def reworded(self) -> list[tuple[str, str]]:
        """The texts that changed, each with the one that took its place."""
        pairs = [pair for held in self._changes.values() for pair in held.values() if _is_reworded(*pair)]
        return sorted((lost[0].value, got[0].value) for lost, got in pairs if len(lost) == len(got) == 1)  # type: ignore[attr-defined]

    def cases(self) -> Iterator[Case]:
        """Yield what became of each node; of axioms of terms, `terms` tells."""
        for node in self._changes:
            new = self._renames.get(node)
            if new is not None:
                yield f"{_sort(node)}-renamed", f"{short(node.value)} -> {short(new.value)}"
            elif node in self.gone:
                yield f"{_sort(node)}-removed", short(node.value)
            elif node in self.new:
                if node not in self._renames.values():
                    yield f"{_sort(node)}-added", short(node.value)
            else:
                yield from self._values(node)
        for node in self._moved:
            yield "graph-changed", short(node.value)

    def _values(self, node: NamedNode) -> Iterator[Case]:
        name = short(node.value)
        for path, (lost, got) in self._changes[node].items():
            if path == DEPRECATED and _is_term(node):
                yield "term-deprecated" if got else "fact-corrected", name
            elif (_is_term(node) and path in AXIOMS) or self._follows(lost, got):
                continue
            elif all(map(_is_text, (*lost, *got))) and (lost or _is_term(node)):
                yield "text-changed", name
            else:
                yield "fact-corrected" if lost else "fact-added", name

    def _follows(self, lost: list[object], got: list[object]) -> bool:
        """Say whether values differ only in that they name a renamed node by its new IRI."""
        return bool(lost) and {self._renames.get(each, each) for each in lost} == set(got)  # type: ignore[call-overload]


def _describes(engine: pyoxigraph.Store, node: NamedNode) -> bool:
    return next(engine.quads_for_pattern(node, TYPE, None, None), None) is not None


def _is_term(node: NamedNode) -> bool:
    return node.value.startswith(TERMS)


def _sort(node: NamedNode) -> str:
    return "term" if _is_term(node) else "thing"


def _is_text(term: object) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _TEXTS


def _is_reworded(lost: list[object], got: list[object]) -> bool:
    return bool(lost and got) and all(map(_is_text, (*lost, *got)))
