"""Where statements are printed: source and section, with the references cited there."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, parse_query_results

from rltkg.results.labels import last_part
from rltkg.search.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import QuerySolution

    from rltkg.store import Store

_PASSAGES = """
PREFIX rlt: <https://w3id.org/rltkg/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?statement ?passage ?section ?document ?number ?inherited ?strength ?order ?heading ?title ?source ?address
WHERE {{
  {statements}
  ?statement rlt:passage ?passage .
  OPTIONAL {{
    ?passage rlt:inSection ?section .
    OPTIONAL {{ ?section rlt:sectionNumber ?heading }}
    OPTIONAL {{ ?section rlt:order ?order }}
    OPTIONAL {{ ?section rdfs:label ?title }}
    OPTIONAL {{ ?section rlt:sectionOf/skos:notation ?source }}
  }}
  OPTIONAL {{
    ?passage rlt:inDocument ?document .
    OPTIONAL {{ ?document rdfs:label ?title }}
    OPTIONAL {{ ?document rlt:webPage ?address }}
  }}
  OPTIONAL {{
    {{ ?passage rlt:citesReference ?reference BIND(false AS ?inherited) }}
    UNION
    {{ ?passage rlt:inheritsReference ?reference BIND(true AS ?inherited) }}
    ?reference rlt:referenceNumber ?number .
  }}
  OPTIONAL {{ ?passage rlt:printedStrength ?strength }}
}}
"""


class Passage(Record):
    """Where a statement is printed.

    `iri` is the passage's, `section` that of the section (None for a source without sections), `where` source and
    section as people cite them (`GOV 2.2`), `address` that of a web page. `references` holds the
    numbers cited there, `inherited_references` those printed at the lead-in of the list that holds it;
    `printed_strength` the printed words that carry a hedge or degree.
    """

    FIELDS = ("iri", "where", "section", "address", "references", "inherited_references", "printed_strength")
    __slots__ = (*FIELDS, "order")

    def __init__(self, iri: str, where: str, section: str | None, address: str | None, order: int) -> None:
        self.iri = iri
        self.where = where
        self.section = section
        self.address = address
        self.order = order
        self.references: list[int] = []
        self.inherited_references: list[int] = []
        self.printed_strength: list[str] = []

    def __str__(self) -> str:
        numbers = sorted({*self.references, *self.inherited_references})
        return f"{self.where} [{', '.join(map(str, numbers)) or 'none cited'}]"


def passages_of(store: Store, statements: Iterable[str] | None = None) -> dict[str, list[Passage]]:
    """Return the passages of each of `statements` (IRIs; None for all in the store), in the reading order."""
    wanted = "" if statements is None else f"VALUES ?statement {{ {' '.join(f'<{each}>' for each in statements)} }}"
    result = parse_query_results(store.select(_PASSAGES.format(statements=wanted)), format=QueryResultsFormat.JSON)
    found: dict[str, dict[str, Passage]] = {}
    for row in result:  # type: ignore[union-attr]
        passages = found.setdefault(_text(row, "statement"), {})
        iri = _text(row, "passage")
        passage = passages.get(iri) or passages.setdefault(iri, _passage(iri, row))
        if number := _text(row, "number"):
            inherited = _text(row, "inherited") == "true"
            numbers = passage.inherited_references if inherited else passage.references
            numbers[:] = sorted({*numbers, int(number)})
        if strength := _text(row, "strength"):
            passage.printed_strength = sorted({*passage.printed_strength, strength})
    return {
        statement: sorted(passages.values(), key=lambda each: (each.order, each.where, each.iri))
        for statement, passages in found.items()
    }


def cited(passages: Iterable[Passage]) -> str:
    """Return where something is printed, as one text: `GOV 2 Summary [none cited]; GOV 2.2 [43]`."""
    return "; ".join(dict.fromkeys(map(str, passages)))


def _passage(iri: str, row: QuerySolution) -> Passage:
    section, source, heading = _text(row, "section"), _text(row, "source"), _text(row, "heading")
    where = f"{source} {heading}" if source and heading else _text(row, "title")
    where = where or last_part(section or _text(row, "document") or iri)
    order = int(_text(row, "order") or 0)
    return Passage(iri, where, section or None, _text(row, "address") or None, order)


def _text(row: QuerySolution, name: str) -> str:
    term = row[name]
    return "" if term is None else str(term.value)
