"""Every claim that was found in the two documents is a statement of the graph, printed where the claim says.

`tests/data/ledger.tsv` links the rows of the ledger of claims (beside the project, not part of it) to statements and
passages. The links are checked against the graph always, against the ledger where it is at hand: it may be missing on
a laptop, never in CI.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

HERE = Path(__file__).resolve().parent
LINKS = HERE.parent / "data" / "ledger.tsv"
CLAIMS = HERE.parents[2] / "shared" / "sources" / "claims.tsv"
OWN = "https://w3id.org/rltkg/"
ROWS = 605
# Sections whose short number in the graph is not their name in the ledger.
SECTIONS = {
    "Real-world example 1": {"RWE1"},
    "Real-world example 2": {"RWE2"},
    "How RLT and nuclear medicine fit in": {"How RLT fits in"},
    "What is radioligand therapy?": {"What is radioligand therapy?", "Figure 1"},
}
# Rows whose references in the graph differ, because the source prints otherwise (data/README.md says why).
REFERENCES = {"G107": {18}, "G233": {46, 47}, "G234": {46, 47}}
# Rows whose modality in the graph differs, because the source does: can, may and might are hedges, "is needed" and
# "requires" are norms (data/README.md).
MODALITIES = {
    "hedged": {"E024", "E161", "E162", "E163", "E179", "E181", "E247", "E258"},
    "normative": {"E167", "E271", "E273", "E274", "E275", "E276", "E277", "E291", "E292", "E293"},
}
FACTS = """
PREFIX rlt: <https://w3id.org/rltkg/ontology/>
SELECT ?statement ?passage ?section ?number ?modality ?conditional ?possible WHERE {
  ?statement rlt:passage ?passage ; rlt:modality ?modality .
  ?passage rlt:inSection/rlt:sectionNumber ?section .
  OPTIONAL { ?passage (rlt:citesReference|rlt:inheritsReference)/rlt:referenceNumber ?number }
  OPTIONAL { ?statement rlt:contingency ?conditional }
  OPTIONAL { ?statement rlt:force ?possible FILTER(?possible = <https://w3id.org/rltkg/code/force-possible>) }
}
"""


class Facts:
    """What the graph holds of the statements and passages of one row."""

    def __init__(self) -> None:
        self.sections: set[str] = set()
        self.numbers: set[int] = set()
        self.manners: set[str] = set()

    def add(self, other: Facts) -> None:
        """Take in what `other` holds."""
        self.sections |= other.sections
        self.numbers |= other.numbers
        self.manners |= other.manners


def links() -> list[tuple[str, str, str]]:
    """Return (row, statement, passage), the last two as IRIs."""
    with LINKS.open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    return [
        (row["row"], OWN + row["statement"].replace(":", "/"), OWN + row["passage"].replace(":", "/")) for row in rows
    ]


@pytest.fixture(scope="module")
def claims() -> dict[str, dict[str, str]]:
    """Return the rows of the ledger by id; skip, loudly, where it is not at hand."""
    if not CLAIMS.exists():
        if os.environ.get("CI"):
            pytest.fail(f"the ledger of claims is not at hand: {CLAIMS}")
        pytest.skip("the ledger of claims is not at hand; its links are checked against the graph only")
    with CLAIMS.open(encoding="utf-8") as handle:
        return {row["id"]: row for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)}


@pytest.fixture(scope="module")
def facts(graph: KnowledgeGraph) -> dict[tuple[str, str], Facts]:
    """Return (statement, passage) -> what the graph holds of them."""
    solutions = pyoxigraph.parse_query_results(graph.store.select(FACTS), format=pyoxigraph.QueryResultsFormat.JSON)
    found: dict[tuple[str, str], Facts] = defaultdict(Facts)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    for statement, passage, section, number, modality, conditional, possible in solutions:
        fact = found[statement.value, passage.value]
        fact.sections.add(section.value)
        fact.manners.add(modality.value.rsplit("-", 1)[-1])
        if number is not None:
            fact.numbers.add(int(number.value))
        if conditional is not None:
            fact.manners.add("conditional")
        if possible is not None:
            fact.manners.add("hedged")
    return found


@pytest.fixture(scope="module")
def by_row(facts: dict[tuple[str, str], Facts]) -> dict[str, Facts]:
    """Return row -> what the graph holds of all that it is linked to."""
    rows: dict[str, Facts] = defaultdict(Facts)
    for row, statement, passage in links():
        if (statement, passage) in facts:
            rows[row].add(facts[statement, passage])
    return rows


def test_every_link_leads_to_a_statement_and_one_of_its_passages(facts: dict[tuple[str, str], Facts]) -> None:
    assert [link for link in links() if link[1:] not in facts] == []
    assert len(links()) == len(set(links())) >= 1000


def test_every_statement_of_the_two_documents_is_linked(graph: KnowledgeGraph) -> None:
    """But for those that the ledger passed over; data/README.md lists them."""
    answer = graph.ask("statements")
    column = answer.columns.index("statement")
    stated = {str(row[column]).strip("<>") for row in answer}
    unlinked = {iri for iri in stated - {link[1] for link in links()} if iri.startswith((OWN + "gov/", OWN + "eur/"))}
    listed = (HERE.parents[1] / "data" / "README.md").read_text(encoding="utf-8")

    assert [iri for iri in sorted(unlinked) if iri.rsplit("/", 1)[-1] not in listed] == []
    assert len(unlinked) <= 5


def test_all_rows_are_accounted_for(claims: dict[str, dict[str, str]], capsys: pytest.CaptureFixture[str]) -> None:
    left_out = sorted(set(claims) - {row for row, _, _ in links()})
    with capsys.disabled():
        print(f" [{len(claims)} rows of the ledger, {len(left_out)} left out]", end="")

    assert len(claims) == ROWS
    assert left_out == []
    assert {row for row, _, _ in links()} - set(claims) == set()


def test_sections_are_those_of_the_ledger(claims: dict[str, dict[str, str]], by_row: dict[str, Facts]) -> None:
    """A row may have further passages elsewhere; the ledger's own section is always among them."""
    wrong = {
        row: (claim["section"], by_row[row].sections)
        for row, claim in claims.items()
        if not by_row[row].sections & SECTIONS.get(claim["section"], {claim["section"]})
    }

    assert wrong == {}


def test_references_are_those_of_the_ledger(claims: dict[str, dict[str, str]], by_row: dict[str, Facts]) -> None:
    wanted = {row: REFERENCES.get(row, set(map(int, claim["refs"].split()))) for row, claim in claims.items()}

    assert {row: (each, by_row[row].numbers) for row, each in wanted.items() if each != by_row[row].numbers} == {}


def test_modality_fits_that_of_the_ledger(claims: dict[str, dict[str, str]], by_row: dict[str, Facts]) -> None:
    fits = {
        "asserted": {"asserted"},
        "negated": {"asserted"},
        "hedged": {"hedged"},
        "normative": {"normative"},
        "conditional": {"conditional", "hedged"},
    }
    differing = {row: manner for manner, rows in MODALITIES.items() for row in rows}
    wrong = {
        row: (claim["modality"], by_row[row].manners)
        for row, claim in claims.items()
        if not by_row[row].manners & ({differing[row]} if row in differing else fits[claim["modality"]])
    }

    assert wrong == {}
