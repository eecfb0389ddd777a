"""What the nodes of a difference are called, by the side that has them: the later one first."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from rltkg.results.labels import labels_of, last_part
from rltkg.results.names import OWN, short
from rltkg.results.values import XSD, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.review.form import Value
    from rltkg.store import Store

_PLAIN = (XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
# What foreign vocabularies call these, in the words of a page; any other has the words of its IRI.
_WORDS = {"type": "is a", "subClassOf": "is a kind of", "altLabel": "other name"}
_SPOKEN = (
    OWN,
    "http://www.w3.org/",
    "http://purl.org/dc/terms/",
    "http://purl.org/vocab/vann/",
)
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Names:
    """The labels of `terms` in two stores."""

    def __init__(self, terms: Iterable[object], before: Store, after: Store) -> None:
        nodes = [term for term in terms if isinstance(term, NamedNode)]
        self._before = labels_of(nodes, before)
        self._after = labels_of(nodes, after)
        parts: dict[str, set[str]] = {}
        for node in nodes:
            parts.setdefault(last_part(node.value), set()).add(node.value)
        self._shared = {part for part, iris in parts.items() if len(iris) > 1}

    def label(self, iri: str) -> str:
        """Return the label of `iri`, that of the later side first; else words of its IRI, or the IRI of a stranger."""
        return self._after.get(iri) or self._before.get(iri) or _words(iri)

    def before(self, iri: str) -> str:
        """Return the label that `iri` has on the earlier side, "" for none."""
        return self._before.get(iri, "")

    def after(self, iri: str) -> str:
        """Return the label that `iri` has on the later side, "" for none."""
        return self._after.get(iri, "")

    def id(self, iri: str) -> str:
        """Return the last part of an IRI of this project, or its short form where others end alike; another whole."""
        if not iri.startswith(OWN):
            return iri
        return short(iri) if last_part(iri) in self._shared else last_part(iri)

    def linked(self, iri: str) -> str:
        """Return label and id; one of them where they are alike, and the label alone for a code or a term."""
        label, ident = self.label(iri), self.id(iri)
        plain = iri.startswith((OWN + "code/", OWN + "ontology/", OWN + "graph/")) or not iri.startswith(OWN)
        if plain and (label != iri and iri.startswith(_SPOKEN)):
            return label
        return ident if label in (iri, ident) else f"{label} ({ident})"

    def values(self, *several: list[object]) -> list[list[Value]]:
        """Return lists of terms as values, in the order of how they read; what would read alike tells its term."""
        shown = [[self._shown(term) for term in terms] for terms in several]
        every = Counter(text for texts in shown for text in texts)
        return [
            [
                {"shown": text if every[text] == 1 else str(term), "term": str(term)}
                for text, term in sorted(zip(texts, terms, strict=True), key=lambda pair: (pair[0], str(pair[1])))
            ]
            for texts, terms in zip(shown, several, strict=True)
        ]

    def _shown(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return self.linked(term.value)
        text = text_of(term)  # type: ignore[arg-type] # any term has a text
        if isinstance(term, Literal) and not text.strip():
            return str(term)
        if isinstance(term, Literal) and term.datatype.value not in _PLAIN and not term.datatype.value.startswith(XSD):
            return str(term)
        return text


def _words(iri: str) -> str:
    if not iri.startswith(_SPOKEN):
        return iri
    part = last_part(iri)
    return _WORDS.get(part) or _CAPITAL.sub(" ", part).lower()
