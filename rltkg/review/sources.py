"""Whose a statement is, and where it is printed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from rltkg.search.citations import cited, passages_of
from rltkg.search.facts import LABEL, TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.search.citations import Passage
    from rltkg.search.facts import Facts, Held

PASSAGE = TERMS + "passage"
_STATED_IN, _CONTENT_OF = TERMS + "statedIn", TERMS + "contentOf"
_BY = (TERMS + "publisher", TERMS + "developer")


class Sources:
    """The sources of some statements on one side."""

    def __init__(self, statements: Iterable[str], facts: Facts) -> None:
        self._held = facts.about(dict.fromkeys(statements))
        try:
            self._passages = passages_of(facts.store, self._held) if self._held else {}
        except ValueError:  # a number of a reference or section that is none: for validate to tell
            self._passages = {}
        documents = {
            each for held in self._held.values() for name in (_STATED_IN, _CONTENT_OF) for each in _nodes(held, name)
        }
        self._documents = facts.about(sorted(documents))
        makers = {each for held in self._documents.values() for name in _BY for each in _nodes(held, name)}
        self._makers = facts.about(sorted(makers))
        self._by_passage = {each.iri: each for several in self._passages.values() for each in several}

    def whose(self, statement: str) -> str:
        """Return in which document the statement stands, and whose content it reports, each with its publisher."""
        held = self._held.get(statement, {})
        told = []
        for word, name in (("stated in", _STATED_IN), ("content of", _CONTENT_OF)):
            if documents := [self._document(each) for each in _nodes(held, name)]:
                told.append(f"{word} {' and '.join(documents)}")
        return "; ".join(told)

    def where(self, statement: str) -> str:
        """Return sections and references: `GOV 2 Summary [none cited]; GOV 2.2 [43]`."""
        return cited(self._passages.get(statement, ()))

    def passage(self, iri: str) -> Passage | None:
        """Return the passage `iri` of one of the statements."""
        return self._by_passage.get(iri)

    def _document(self, iri: str) -> str:
        held = self._documents.get(iri, {})
        makers = next((found for name in _BY if (found := _nodes(held, name))), [])
        by = ", ".join(_label(self._makers.get(each, {}), each) for each in makers)
        return _label(held, iri) + (f" ({by})" if by else "")


def owners(passages: Iterable[str], *several: Facts) -> dict[str, list[str]]:
    """Return the statements that each of `passages` belongs to, on any side."""
    wanted = list(passages)
    found: dict[str, list[str]] = {each: [] for each in wanted}
    for facts in several:
        for statement, _, passage in facts.among([PASSAGE], wanted):
            # A blank node may have a passage, but has no IRI to be looked up by.
            if ":" in statement and statement not in found[passage]:
                found[passage].append(statement)
    return found


def _nodes(held: Held, name: str) -> list[str]:
    """Return the IRIs that a property has; what somebody contributes may hold a text in their place."""
    return [term.value for term in held.get(name, ()) if isinstance(term, NamedNode)]


def _label(held: Held, iri: str) -> str:
    return next((term.value for term in held.get(LABEL, ())), iri)
