"""Counts what VoID wants to know of a graph, from its canonical lines, one after the other."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rltkg.corpus.prefixes import OWN, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPE = f"<{PREFIXES['rdf']}type>".encode()
_MATCHES = [f"<{PREFIXES['skos']}{kind}Match>".encode() for kind in ("exact", "close", "broad", "narrow", "related")]
_LINKS = frozenset([*_MATCHES, f"<{PREFIXES['owl']}sameAs>".encode()])
_LANGUAGE = re.compile(rb'"@([A-Za-z]{2})(?:-[A-Za-z0-9-]+)? \.\n')
# The id of a term is what follows the last of these: .../obo/MONDO_0019496, .../mesh/D018358, ...iso:code:3166:GB.
_ID = re.compile(r"[^/#=:_]*$")


class Counts:
    """What there is in a graph.

    `triples`, `subjects` (blank nodes too) and `entities` (subjects with an IRI) are numbers; `classes` has how many
    entities or blank nodes are of each class, `properties` how many triples each predicate has, `links` how many lead
    with a predicate to an outside vocabulary, by (predicate, beginning of its IRIs); `languages` are those of its
    texts, by their two letters; `example` is the entity of which most is said, None in a graph without any.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        """Count `lines`, which are sorted and stand once, as Lines gives them."""
        self.triples = self.subjects = self.entities = 0
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()
        self.links: Counter[tuple[str, str]] = Counter()
        self.languages: set[str] = set()
        self.example: str | None = None
        self._most = 0
        classes: Counter[bytes] = Counter()
        properties: Counter[bytes] = Counter()
        current, said = b"", 0
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if subject != current:
                self._ended(current, said)
                current, said = subject, 0
            said += 1
            properties[predicate] += 1
            if predicate == _TYPE and rest.startswith(b"<"):
                classes[rest[:-3]] += 1
            elif predicate in _LINKS and rest.startswith(b"<"):
                self._link(_iri(predicate), _iri(rest[:-3]))
            elif b'"@' in rest and (language := _LANGUAGE.search(rest)):
                self.languages.add(language[1].decode().lower())
        self._ended(current, said)
        self.triples = properties.total()
        self.classes.update({_iri(each): number for each, number in classes.items()})
        self.properties.update({_iri(each): number for each, number in properties.items()})

    @property
    def vocabularies(self) -> set[str]:
        """The namespaces of the classes and properties."""
        return {re.sub(r"[^/#]*$", "", term) for term in [*self.classes, *self.properties]}

    def _ended(self, subject: bytes, said: int) -> None:
        self.subjects += bool(subject)
        if not subject.startswith(b"<"):
            return
        self.entities += 1
        if said > self._most:
            self.example, self._most = _iri(subject), said

    def _link(self, predicate: str, target: str) -> None:
        if not target.startswith(OWN):
            self.links[predicate, _ID.sub("", target)] += 1


def _iri(term: bytes) -> str:
    return term[1:-1].decode()
