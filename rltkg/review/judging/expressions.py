"""What stands at a node without a name, written so that equal expressions are equal texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from rltkg.corpus.prefixes import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST, _NIL = (NamedNode(_RDF + each) for each in ("first", "rest", "nil"))
_DEEPEST = 30


def short(iri: str) -> str:
    """Return an IRI with the prefix that the files of the release have for it; another one whole."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and iri != base:
            return f"{prefix}:{iri.removeprefix(base)}"
    return iri


class Expressions:
    """Reads terms of a store as texts: IRIs in short, lists in round brackets, other blank nodes in square ones."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._store = store

    def of(self, subject: NamedNode | BlankNode, path: str) -> set[str]:
        """Return the values of a property as texts."""
        quads = self._store.quads_for_pattern(subject, NamedNode(path), None, None)
        return {self.text(quad.object) for quad in quads}

    def members(self, subject: NamedNode | BlankNode, path: str) -> set[str] | None:
        """Return the members of the lists that are values of a property; None where it has no value."""
        found = list(self._store.quads_for_pattern(subject, NamedNode(path), None, None))
        return {self.text(each) for quad in found for each in self._list(quad.object)} if found else None

    def text(self, term: object, depth: int = 0) -> str:
        """Return a term as text; what is nested too deep, or comes back to itself, as `...`."""
        if isinstance(term, NamedNode):
            return short(term.value)
        if isinstance(term, Literal) or not isinstance(term, BlankNode):
            return str(term)
        if depth > _DEEPEST:
            return "..."
        if members := self._list(term):
            return f"({' '.join(self.text(each, depth + 1) for each in members)})"
        quads = self._store.quads_for_pattern(term, None, None, None)
        parts = sorted(f"{short(quad.predicate.value)} {self.text(quad.object, depth + 1)}" for quad in quads)
        return f"[{'; '.join(parts)}]"

    def _list(self, head: object) -> list[object]:
        found: list[object] = []
        seen: set[object] = set()
        while isinstance(head, BlankNode) and head not in seen:
            seen.add(head)
            first = next(self._store.quads_for_pattern(head, _FIRST, None, None), None)
            rest = next(self._store.quads_for_pattern(head, _REST, None, None), None)
            if first is None:
                break
            found.append(first.object)
            head = rest.object if rest else None
        return found
