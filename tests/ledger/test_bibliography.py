"""What the two documents stand on: every row of the bibliography is in the graph as far as it was verified.

`tests/data/bibliography.tsv` links the rows of the bibliography (beside the project, not part of it; a row is known by
its place in it) to statements and things, and says what of a row is left out and why. The links are checked against
the graph always, against the bibliography where it is at hand: it may be missing on a laptop, never in CI.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ledger.linking import Link, Node, read_links, read_nodes, read_rows

if TYPE_CHECKING:
    from rltkg.corpus import Release

HERE = Path(__file__).resolve().parent
LINKS = HERE.parent / "data" / "bibliography.tsv"
BIBLIOGRAPHY = HERE.parents[2] / "shared" / "sources" / "bibliography.tsv"
CONFIDENCE = {"verified": 31, "partly verified": 32, "unverified": 19}
REPRESENTED = {"verified": 31, "partly verified": 16, "unverified": 0}
# What the bibliography itself calls unverified or known by heart; no document may have it as its number.
UNVERIFIED_NUMBERS = {
    "doi:10.1136/bmj.317.7150.61",
    "170092S",
    "170091S",
    "COM(2021) 44",
    "doi:10.1159/000475526",
    "doi:10.1016/j.annonc.2020.03.304",
    "doi:10.1111/bjh.16872",
    "doi:10.1016/j.eururo.2020.09.046",
}


@pytest.fixture(scope="module")
def links() -> dict[str, Link]:
    """Return the links by the number of the row."""
    return read_links(LINKS, sum(CONFIDENCE.values()))


@pytest.fixture(scope="module")
def bibliography() -> dict[str, dict[str, str]]:
    """Return the rows of the bibliography by their place."""
    return read_rows(BIBLIOGRAPHY, "the bibliography")


@pytest.fixture(scope="module")
def nodes(release: Release) -> dict[str, Node]:
    """Return every node of the release."""
    return read_nodes(release)


@pytest.fixture(scope="module")
def stated(nodes: dict[str, Node]) -> dict[str, Node]:
    """Return the statements of the bibliography graph."""
    return {
        name: node for name, node in nodes.items() if node["rlt:statedIn"] and "graph:bibliography" in node["graph"]
    }


def test_every_row_is_represented_or_left_out_with_a_reason(links: dict[str, Link]) -> None:
    assert [row for row, link in links.items() if not link.nodes and not link.left_out] == []


def test_counts_by_confidence(links: dict[str, Link], capsys: pytest.CaptureFixture[str]) -> None:
    left_out = [row for row, link in links.items() if not link.nodes]
    with capsys.disabled():
        print(f" [{len(links)} rows of the bibliography, {len(left_out)} left out]", end="")

    assert Counter(link.confidence for link in links.values()) == CONFIDENCE
    represented = Counter(link.confidence for link in links.values() if link.nodes)
    assert {confidence: represented[confidence] for confidence in CONFIDENCE} == REPRESENTED


def test_every_link_leads_to_a_node(links: dict[str, Link], nodes: dict[str, Node]) -> None:
    linked = [(row, name) for row, link in links.items() for name in link.nodes]

    assert len(linked) == len(set(linked)) >= 150
    assert [each for each in linked if not nodes[each[1]]["rdf:type"]] == []


def test_every_statement_of_the_graph_has_a_row(links: dict[str, Link], stated: dict[str, Node]) -> None:
    assert sorted(set(stated) - {name for link in links.values() for name in link.nodes}) == []


def test_confidence_is_that_of_the_bibliography(
    links: dict[str, Link], bibliography: dict[str, dict[str, str]]
) -> None:
    assert {row: link.confidence for row, link in links.items()} == {
        row: each["confidence"] for row, each in bibliography.items()
    }


def test_rows_cite_the_page_of_the_bibliography(
    links: dict[str, Link], nodes: dict[str, Node], bibliography: dict[str, dict[str, str]]
) -> None:
    """A row's page is the address of one of its things, or of a page that one of its statements cites."""
    without = []
    for row, link in links.items():
        wanted = set(re.findall(r"https?://\S+", f"{bibliography[row]['url']} ; {bibliography[row]['evidence']}"))
        cited = {name: [name, *nodes[name]["rlt:statedIn"]] for name in link.nodes}
        found = {address for names in cited.values() for each in names for address in nodes[each]["rlt:webPage"]}
        if link.nodes and not wanted & found:
            without.append(row)

    assert without == []


def test_statements_say_what_was_read_and_when(stated: dict[str, Node]) -> None:
    """Each has a year that a query can compare, or says that none stands on the page."""
    years = ("rlt:holdsFromYear", "rlt:statedOnYear", "rlt:publicationYear")

    assert [name for name, node in stated.items() if not node["rlt:evidenceNote"] or not node["rlt:checkedOn"]] == []
    assert [
        name
        for name, node in stated.items()
        if not any(node[year] for year in years) and "rlt:statedOnYear" not in node["rlt:notStated"]
        if name != "page:european-report-publisher"
    ] == []


def test_unverified_numbers_stay_out(nodes: dict[str, Node]) -> None:
    numbers = {number for node in nodes.values() for number in node["rlt:identifier"]}

    assert {"NICE NG52", "NICE NG131", "NICE TA539", "CP 381", "RCR BFCO(19)4"} <= numbers
    assert {each for each in numbers if any(unverified in each for unverified in UNVERIFIED_NUMBERS)} == set()


def test_no_document_has_two_years_of_publication(nodes: dict[str, Node]) -> None:
    """A second year would double rows of the canned queries."""
    assert [name for name, node in nodes.items() if len(set(node["rlt:publicationYear"])) > 1] == []


def test_territories_that_the_sources_leave_open_come_from_here(nodes: dict[str, Node]) -> None:
    places = {name: sorted(node["rlt:appliesIn"]) for name, node in nodes.items() if name.startswith("thing:nice-")}

    assert {name: found for name, found in places.items() if found} == {
        "thing:nice-lymphoma-guideline-2016": ["thing:england"],
        "thing:nice-prostate-guideline-2019": ["thing:england"],
        "thing:nice-nen-appraisal-2018": ["thing:england", "thing:wales"],
    }
