"""Where statements are printed: source and section, with the references cited there."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, parse_query_results

from rltkg.results.labels import last_part
from rltkg.search.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.store import Store

_PREFIXES = """
PREFIX rlt: <https://w3id.org/rltkg/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
# What is told of a passage. Each is a path of its own from statement to value, since an engine follows such a path from
# the few statements that are asked about, where OPTIONAL has it read all passages of the graph first.
_TOLD = {
    "passage": "",
    "section": "?passage rlt:inSection ?value",
    "heading": "?passage rlt:inSection ?section . ?section rlt:sectionNumber ?value",
    "order": "?passage rlt:inSection ?section . ?section rlt:order ?value",
    "title": "?passage rlt:inSection ?section . ?section rdfs:label ?value",
    "source": "?passage rlt:inSection ?section . ?section rlt:sectionOf ?document . ?document skos:notation ?value",
    "document": "?passage rlt:inDocument ?value",
    "name": "?passage rlt:inDocument ?document . ?document rdfs:label ?value",
    "address": "?passage rlt:inDocument ?document . ?document rlt:webPage ?value",
    "number": "?passage rlt:citesReference ?reference . ?reference rlt:referenceNumber ?value",
    "inherited": "?passage rlt:inheritsReference ?reference . ?reference rlt:referenceNumber ?value",
    "strength": "?passage rlt:printedStrength ?value",
}


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
    branches = (
        f'{{ {wanted} ?statement rlt:passage ?passage . {path} BIND("{what}" AS ?what) }}'
        for what, path in _TOLD.items()
    )
    text = f"{_PREFIXES} SELECT ?statement ?passage ?what ?value WHERE {{ {' UNION '.join(branches)} }}"
    told: dict[str, dict[str, dict[str, set[str]]]] = {}
    for statement, passage, what, value in parse_query_results(store.select(text), format=QueryResultsFormat.JSON):  # type: ignore[union-attr]
        held = told.setdefault(statement.value, {}).setdefault(passage.value, {})
        if value is not None:
            held.setdefault(what.value, set()).add(value.value)
    return {
        statement: sorted(
            (_passage(iri, held) for iri, held in passages.items()), key=lambda each: (each.order, each.where, each.iri)
        )
        for statement, passages in told.items()
    }


def cited(passages: Iterable[Passage]) -> str:
    """Return where something is printed, as one text: `GOV 2 Summary [none cited]; GOV 2.2 [43]`."""
    return "; ".join(dict.fromkeys(map(str, passages)))


def _passage(iri: str, told: dict[str, set[str]]) -> Passage:
    one = {what: min(values) for what, values in told.items()}
    source, heading = one.get("source"), one.get("heading")
    where = f"{source} {heading}" if source and heading else one.get("title") or one.get("name")
    where = where or last_part(one.get("section") or one.get("document") or iri)
    made = Passage(iri, where, one.get("section"), one.get("address"), max(_numbers(told, "order"), default=0))
    made.references = _numbers(told, "number")
    made.inherited_references = _numbers(told, "inherited")
    made.printed_strength = sorted(told.get("strength", ()))
    return made


def _numbers(told: dict[str, set[str]], what: str) -> list[int]:
    # A file of the user's own may hold anything; what is no number is left to `rltkg validate`.
    return sorted(int(each) for each in told.get(what, ()) if each.isdecimal())
