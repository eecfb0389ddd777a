"""RDF terms as text, for the two ways of writing them: in full (N-Quads, N-Triples) or with prefixes (TriG, Turtle).

A *claim* is a predicate and an object, joined by a space: what stands behind a subject on one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = "https://w3id.org/rltkg/"
BENCH = OWN + "bench/"
PREFIXES = {
    "code": OWN + "code/",
    "graph": OWN + "graph/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rlt": OWN + "ontology/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{room: f"{BENCH}{room}/" for room in ("coding", "eur", "gov", "page", "thing")},
}
"""Prefix -> namespace: vocabulary, codes and graphs are those of the release, all the rest lies below `bench/`."""

_FOREIGN = {
    "label": "rdfs",
    **dict.fromkeys(
        ["altLabel", "broader", "broadMatch", "closeMatch", "definition", "exactMatch", "narrowMatch", "notation"],
        "skos",
    ),
}
"""Properties that are not of this project -> prefix."""


class Terms:
    """How one format writes IRIs and literals. `end` closes an IRI that was begun by `opening`."""

    __slots__ = ("_full", "end")

    def __init__(self, *, prefixed: bool) -> None:
        self._full = not prefixed
        self.end = "" if prefixed else ">"

    def opening(self, prefix: str, start: str = "") -> str:
        """Return the beginning of every IRI of a namespace whose local name begins with `start`."""
        return f"<{PREFIXES[prefix]}{start}" if self._full else f"{prefix}:{start}"

    def iri(self, prefix: str, local: str) -> str:
        """Return one IRI."""
        return f"{self.opening(prefix, local)}{self.end}"

    def full(self, token: str) -> str:
        """Return the whole IRI, without brackets, that `token` stands for; a literal comes back as its text."""
        if token == "a":  # noqa: S105 - an RDF token
            return "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
        if token.startswith('"'):
            return token[1 : token.rindex('"')]
        if token.startswith("<"):
            return token[1:-1]
        prefix, colon, local = token.partition(":")
        return PREFIXES[prefix] + local if colon else token

    def integer(self, number: int) -> str:
        """Return an xsd:integer."""
        return f'"{number}"^^<{PREFIXES["xsd"]}integer>' if self._full else str(number)

    def decimal(self, text: str) -> str:
        """Return an xsd:decimal; `text` has a point and digits on both sides of it."""
        return f'"{text}"^^<{PREFIXES["xsd"]}decimal>' if self._full else text

    def typed(self, text: str, datatype: str) -> str:
        """Return a literal of another datatype of XML Schema, such as date."""
        return f'"{text}"^^{self.iri("xsd", datatype)}'


class Properties:
    """The predicates, each with the space behind it: `properties.statedIn`, `properties.label`."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def __getattr__(self, name: str) -> str:
        token = self._terms.iri(_FOREIGN.get(name, "rlt"), name) + " "
        setattr(self, name, token)  # from now on a plain attribute, which costs nothing
        return token


class Vocabulary:
    """Terms, predicates and claims about codes, for one format."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.properties = Properties(terms)

    def code(self, name: str, code: str) -> str:
        """Return the claim that a property has a code: `code("polarity", "polarity-open")`."""
        predicate: str = getattr(self.properties, name)
        return predicate + self.terms.iri("code", code)

    def codes(self, name: str, scheme: str, weights: Mapping[str, int]) -> tuple[str, ...]:
        """Return claims with codes of one scheme, each as often as its weight says, to pick from."""
        return tuple(
            claim for value, weight in weights.items() for claim in [self.code(name, f"{scheme}-{value}")] * weight
        )

    def silent(self, name: str) -> str:
        """Return the claim that the source does not state a property."""
        return self.properties.notStated + self.terms.iri("rlt", name)
