"""Statements about a dataset, put down with short names for the terms of VoID, DCAT and their like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from rltkg.corpus.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    Value = Literal | NamedNode | int

NAMESPACES = {
    **{each: PREFIXES[each] for each in ("dcterms", "graph", "rdf", "rlt", "skos", "xsd")},
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
}
_NOT_SLUG = re.compile(r"[^A-Za-z0-9]+")


class Notes(list[Triple]):
    """Triples that are put down one statement after the other."""

    def say(self, subject: str, predicate: str, *values: Value) -> None:
        """Put down that `subject` (an IRI) has `values` for `predicate` (prefix and name); numbers are xsd:integer."""
        for value in values:
            node = Literal(str(value), datatype=term("xsd:integer")) if isinstance(value, int) else value
            self.append(Triple(NamedNode(subject), term(predicate), node))

    def ordered(self) -> list[Triple]:
        """Return the triples, each once, by subject and by predicate below it, in the order in which these came up."""
        ranks: dict[object, int] = {}
        for each in self:
            ranks.setdefault(each.subject, len(ranks))
            ranks.setdefault((each.subject, each.predicate), len(ranks))
        return sorted(dict.fromkeys(self), key=lambda each: (ranks[each.subject], ranks[each.subject, each.predicate]))

    def kinds(self, subject: str, *names: str) -> None:
        """Put down of which classes `subject` is."""
        self.say(subject, "rdf:type", *map(term, names))


def term(name: str) -> NamedNode:
    """Return the IRI that a prefix and a name stand for."""
    prefix, local = name.split(":", 1)
    return NamedNode(NAMESPACES[prefix] + local)


def nodes(iris: Iterable[str]) -> list[NamedNode]:
    """Return `iris` as terms, sorted."""
    return [NamedNode(iri) for iri in sorted(iris)]


def typed(value: object, kind: str) -> Literal:
    """Return a literal of the datatype `kind` of XML Schema."""
    return Literal(str(value), datatype=term(f"xsd:{kind}"))


def slug(text: str) -> str:
    """Return `text` as a part of an IRI: prefix and name for a term of a known namespace, else words in lower case."""
    known = {**PREFIXES, **NAMESPACES}
    for prefix, namespace in known.items():
        local = text.removeprefix(namespace)
        if local != text and local and not _NOT_SLUG.search(local.replace("-", "")):
            return f"{prefix}-{local}"
    return _NOT_SLUG.sub("-", re.sub(r"^\w+://(www\.)?", "", text)).strip("-").lower()
