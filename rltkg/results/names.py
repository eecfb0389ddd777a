"""What people call the things of a graph, and which things a name means."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, parse_query_results

from rltkg.results.labels import last_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from rltkg.store import Store

OWN = "https://w3id.org/rltkg/"
ROOMS = ("code", "coding", "eur", "gov", "graph", "ontology", "page", "thing")
LANGUAGES = ("", "@en", "@en-GB", "@en-US", "@de", "@fr")
LONGEST = 2000
_NAMES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?term ?rank ?name WHERE {{
  {members}
  VALUES (?rank ?property) {{ (1 rdfs:label) (2 skos:notation) (3 skos:altLabel) }}
  ?term ?property ?name .
}}
ORDER BY ?term ?rank ?name
"""
# What is below a class is followed here rather than in a query: not every store can follow it from there.
_TREE = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?class ?super WHERE { ?class rdfs:subClassOf ?super FILTER(isIRI(?class) && isIRI(?super)) }
"""
# The same for few candidates, each looked up, so that it takes no longer in a large graph than in a small one.
_CALLED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?rank ?term WHERE {{
  {{ VALUES (?term ?rank) {{ {terms} }} ?term ?property ?any
     FILTER(?property IN (rdfs:label, skos:notation, skos:altLabel)) }}
  UNION {{ VALUES ?name {{ {names} }} ?term rdfs:label ?name BIND(3 AS ?rank) }}
  UNION {{ VALUES ?name {{ {names} }} ?term skos:notation ?name BIND(3 AS ?rank) }}
  UNION {{ VALUES ?name {{ {names} }} ?term skos:altLabel ?name BIND(3 AS ?rank) }}
  FILTER(isIRI(?term))
}}
LIMIT {most}
"""
# Reads every name, but does not ask what class its bearer has.
_ALIKE = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT (4 AS ?rank) ?term WHERE {{
  {{ ?term rdfs:label ?name }} UNION {{ ?term skos:notation ?name }} UNION {{ ?term skos:altLabel ?name }}
  FILTER(LCASE(STR(?name)) = {name} && isIRI(?term))
}}
LIMIT {most}
"""
# Virtuoso refuses a closure that starts at a variable of VALUES itself, and gives 1 for true.
_ABOVE = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?term ?class ?itself WHERE {{
  {{ VALUES ?term {{ {terms} }} ?term a/rdfs:subClassOf* ?class BIND(0 AS ?itself) }}
  UNION {{ VALUES ?term {{ {terms} }} BIND(?term AS ?start) ?start rdfs:subClassOf* ?class BIND(1 AS ?itself) }}
}}
"""
_MOST = 100


class Choice:
    """A term that a person may mean: its IRI, id (notation, else last part of the IRI), label and all its names."""

    __slots__ = ("id", "iri", "label", "names")

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.id = last_part(iri)
        self.label = self.id
        self.names: set[str] = {self.id.casefold()}

    def add(self, rank: str, name: str) -> None:
        """Add a `name`; `rank` is 1 for the label, 2 for the notation, 3 for another name."""
        self.names.add(folded(name))
        if rank == "1":
            self.label = name
        elif rank == "2":
            self.id = name


def choices_of(store: Store, classes: Iterable[str] = (), tops: Iterable[str] = ()) -> list[Choice]:
    """Return the members of `classes` (IRIs) and of the classes below them, and the classes `tops` and below.

    In the order of their IRIs; only what has a name. With neither, everything that has a class and a name.
    """
    parts = []
    if classes or tops:
        tree = [(name.value, broader.value) for name, broader in _rows(store, _TREE)]
        members = {"?class": ("?term a ?class", _below(classes, tree)), "?term": ("", _below(tops, tree))}
        parts = [
            f"{{ VALUES {name} {{ {_values(iris)} }} {pattern} }}" for name, (pattern, iris) in members.items() if iris
        ]
    text = _NAMES.format(members=" UNION ".join(parts) or "?term a ?class")
    found: dict[str, Choice] = {}
    for term, rank, name in _rows(store, text):
        found.setdefault(term.value, Choice(term.value)).add(rank.value, name.value)
    return list(found.values())


def _below(classes: Iterable[str], tree: list[tuple[str, str]]) -> list[str]:
    """Return `classes` and all that are below them, where `tree` tells of each class what it is directly below."""
    found = list(dict.fromkeys(classes))
    for each in found:  # it grows as it is gone through
        found += [name for name, broader in tree if broader == each and name not in found]
    return found


def matching(text: str, known: list[Choice]) -> list[Choice]:
    """Return the choices that `text` names: by IRI (whole or short), else by the last part of it, else by any name."""
    exact = [each for each in known if text in (each.iri, short(each.iri))]
    exact = exact or [each for each in known if text == last_part(each.iri)]
    return exact or [each for each in known if folded(text) in each.names]


def called(text: str, store: Store, classes: Iterable[str] = (), tops: Iterable[str] = ()) -> list[str]:
    """Return the IRIs of those choices (see `choices_of`) that `text` names, without reading all choices.

    By IRI (whole or short), else by the last part of an IRI of this project, else by a name to the letter, else by a
    name but for its case. Nothing is found where it is written in yet another way, which `matching` understands, or
    where very many are so called.
    """
    ranks = dict.fromkeys(candidates(text), 2) | ({text: 1, long(text): 1} if ":" in text else {})
    terms = " ".join(f"({iri} {rank})" for iri, rank in ((node_of(iri), rank) for iri, rank in ranks.items()) if iri)
    names = " ".join(str(Literal(text)) + language for language in LANGUAGES)
    exact = _CALLED.format(terms=terms, names=names, most=_MOST)
    return _best(store, exact, classes, tops) or _best(
        store, _ALIKE.format(name=Literal(text.lower()), most=_MOST), classes, tops
    )


def bearers(text: str, store: Store) -> list[str]:
    """Return the IRIs of what has `text`, to the letter, as label, notation or other name; of a hundred at most."""
    names = " ".join(str(Literal(text)) + language for language in LANGUAGES)
    return [term.value for _, term in _rows(store, _CALLED.format(terms="", names=names, most=_MOST))]


def _best(store: Store, query: str, classes: Iterable[str], tops: Iterable[str]) -> list[str]:
    """Return the terms of the lowest rank among those that `query` finds and the classes take."""
    found = _rows(store, query)
    if not found or len(found) == _MOST:
        return []
    above = _rows(store, _ABOVE.format(terms=" ".join({str(term) for _, term in found})))
    wanted = {"0": set(classes), "1": set(tops)}
    taken = {term for term, name, itself in above if name.value in wanted[itself.value]}
    best = min((rank.value for rank, term in found if term in taken), default="")
    return sorted({term.value for rank, term in found if rank.value == best and term in taken})


def short(iri: str) -> str:
    """Return `iri` with a prefix where it is one of this project, such as gov:section-2-2 or rlt:Position."""
    room, slash, rest = iri.removeprefix(OWN).partition("/")
    if not iri.startswith(OWN) or not slash or not rest:
        return iri
    return f"{'rlt' if room == 'ontology' else room}:{rest}"


def long(name: str) -> str:
    """Return the IRI that has the short form `name`; `name` itself where it is no short form."""
    room, _, part = name.partition(":")
    return f"{OWN}{'ontology' if room == 'rlt' else room}/{part}" if room in (*ROOMS, "rlt") else name


def candidates(part: str) -> list[str]:
    """Return the IRIs of this project that may have the last part `part`; none where it can be no such part."""
    iris = [f"{OWN}{room}/{part}" for room in ROOMS]
    return iris if part and not set(":/#") & set(part) and node_of(iris[0]) else []


def node_of(iri: str) -> NamedNode | None:
    """Return the node `iri`; None for a text that can be no IRI, such as one with spaces."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None


def folded(name: str) -> str:
    """Return `name` as it is compared: case and runs of spaces do not matter."""
    return " ".join(name.split()).casefold()


def _values(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _rows(store: Store, text: str) -> list[Any]:
    return list(parse_query_results(store.select(text), format=QueryResultsFormat.JSON))  # type: ignore[arg-type]
