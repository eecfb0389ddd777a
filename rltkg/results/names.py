"""What people call the things of a graph, and which things a name means."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, parse_query_results

from rltkg.results.labels import last_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.store import Store

OWN = "https://w3id.org/rltkg/"
LONGEST = 2000
_NAMES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?term ?rank ?name WHERE {{
  {{ VALUES ?class {{ {classes} }} ?term a/rdfs:subClassOf* ?class }}
  UNION
  {{ VALUES ?top {{ {tops} }} ?term rdfs:subClassOf* ?top }}
  VALUES (?rank ?property) {{ (1 rdfs:label) (2 skos:notation) (3 skos:altLabel) }}
  ?term ?property ?name .
}}
ORDER BY ?term ?rank ?name
"""


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
    classes, tops = list(classes), list(tops)
    open_classes = "UNDEF" if not classes and not tops else ""
    text = _NAMES.format(classes=_values(classes) or open_classes, tops=_values(tops))
    found: dict[str, Choice] = {}
    for term, rank, name in parse_query_results(store.select(text), format=QueryResultsFormat.JSON):  # type: ignore[union-attr]
        found.setdefault(term.value, Choice(term.value)).add(rank.value, name.value)
    return list(found.values())


def matching(text: str, known: list[Choice]) -> list[Choice]:
    """Return the choices that `text` names: by IRI (whole or short), else by the last part of it, else by any name."""
    exact = [each for each in known if text in (each.iri, short(each.iri))]
    exact = exact or [each for each in known if text == last_part(each.iri)]
    return exact or [each for each in known if folded(text) in each.names]


def short(iri: str) -> str:
    """Return `iri` with a prefix where it is one of this project, such as gov:section-2-2 or rlt:Position."""
    room, slash, rest = iri.removeprefix(OWN).partition("/")
    if not iri.startswith(OWN) or not slash or not rest:
        return iri
    return f"{'rlt' if room == 'ontology' else room}:{rest}"


def folded(name: str) -> str:
    """Return `name` as it is compared: case and runs of spaces do not matter."""
    return " ".join(name.split()).casefold()


def _values(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)
