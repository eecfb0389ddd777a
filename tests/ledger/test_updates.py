"""What changed since the sources: every row of the ledger of updates is in the graph as far as it was verified.

`tests/data/updates.tsv` links the rows of the ledger (beside the project, not part of it; a row is known by its place
in it) to statements, supersessions and comparisons, or says why a row is left out. The links are checked against the
graph always, against the ledger where it is at hand: it may be missing on a laptop, never in CI.
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
LINKS = HERE.parent / "data" / "updates.tsv"
LEDGER = HERE.parents[2] / "shared" / "sources" / "updates.tsv"
CONFIDENCE = {"verified": 48, "partly verified": 10, "unverified": 4}
DATES = ("rlt:eventDate", "rlt:holdsFromDate", "rlt:statedOnDate", "rlt:publicationDate", "rlt:sinceDate")
OF_LEDGER = {
    "from-pages.ttl", "guidelines.ttl", "medicines.ttl", "open-questions-medicines.ttl", "open-questions-policy.ttl",
    "parliament-and-professions.ttl", "policy.ttl", "services.ttl",
}  # fmt: skip
YEARS = ("rlt:eventYear", "rlt:holdsFromYear", "rlt:statedOnYear")
# Days that the ledger gives with a remark beside them; they are held against the graph like the plain ones.
REMARKED = {"9": "2021-12-15", "14": "2018-08-29"}


@pytest.fixture(scope="module")
def links() -> dict[str, Link]:
    """Return the links by the number of the row."""
    return read_links(LINKS, sum(CONFIDENCE.values()))


@pytest.fixture(scope="module")
def ledger() -> dict[str, dict[str, str]]:
    """Return the rows of the ledger of updates by their place."""
    return read_rows(LEDGER, "the ledger of updates")


@pytest.fixture(scope="module")
def nodes(release: Release) -> dict[str, Node]:
    """Return every node of the release."""
    return read_nodes(release)


@pytest.fixture(scope="module")
def updates(nodes: dict[str, Node]) -> dict[str, Node]:
    """Return the statements of the updates graph."""
    return {name: node for name, node in nodes.items() if node["rlt:statedIn"] and "graph:updates" in node["graph"]}


def addresses(name: str, nodes: dict[str, Node]) -> set[str]:
    """Return the addresses of the pages that a node cites; a project note cites those of its later statements."""
    sources = [source for each in [name, *nodes[name]["rlt:later"]] for source in nodes[each]["rlt:statedIn"]]
    return {address for source in sources for address in nodes[source]["rlt:webPage"]}


def test_every_row_is_represented_or_left_out_with_a_reason(links: dict[str, Link]) -> None:
    assert [row for row, link in links.items() if bool(link.nodes) == bool(link.left_out)] == []
    assert [row for row, link in links.items() if link.left_out and len(link.left_out.split()) < 4] == []


def test_counts_by_confidence(links: dict[str, Link], capsys: pytest.CaptureFixture[str]) -> None:
    left_out = [row for row, link in links.items() if not link.nodes]
    with capsys.disabled():
        print(f" [{len(links)} rows of the ledger of updates, {len(left_out)} left out]", end="")

    assert Counter(link.confidence for link in links.values()) == CONFIDENCE
    assert [row for row in left_out if links[row].confidence == "verified"] == []


def test_every_link_leads_to_a_statement_or_a_note(links: dict[str, Link], nodes: dict[str, Node]) -> None:
    linked = [(row, name) for row, link in links.items() for name in link.nodes]

    assert [each for each in linked if not (nodes[each[1]]["rlt:statedIn"] or nodes[each[1]]["rlt:author"])] == []
    assert len(linked) == len(set(linked)) >= 150


def test_every_update_belongs_to_a_row_or_is_an_open_question(links: dict[str, Link], updates: dict[str, Node]) -> None:
    """Whoever adds to the files of the ledger adds a row; a contribution from elsewhere has a file of its own."""
    linked = {name for link in links.values() for name in link.nodes}
    of_ledger = {name: node for name, node in updates.items() if set(node["file"]) & OF_LEDGER}

    assert {file for node in of_ledger.values() for file in node["file"]} == OF_LEDGER
    assert [
        name for name, node in of_ledger.items() if name not in linked and node["rdf:type"] != ["rlt:Unknown"]
    ] == []


def test_unverified_rows_are_open_questions_and_nothing_else(links: dict[str, Link], nodes: dict[str, Node]) -> None:
    unverified = {name for link in links.values() if link.confidence == "unverified" for name in link.nodes}

    assert {kind for name in unverified for kind in nodes[name]["rdf:type"]} == {"rlt:Unknown"}


def test_verified_rows_are_more_than_open_questions(links: dict[str, Link], nodes: dict[str, Node]) -> None:
    def told(name: str) -> bool:
        return bool(nodes[name]["rlt:statedIn"]) and nodes[name]["rdf:type"] != ["rlt:Unknown"]

    assert [
        row for row, link in links.items() if link.confidence == "verified" and not any(map(told, link.nodes))
    ] == []


def test_confidence_is_that_of_the_ledger(links: dict[str, Link], ledger: dict[str, dict[str, str]]) -> None:
    assert {row: link.confidence for row, link in links.items()} == {
        row: entry["confidence"] for row, entry in ledger.items()
    }


def test_verified_rows_cite_the_page_of_the_ledger(
    links: dict[str, Link], ledger: dict[str, dict[str, str]], nodes: dict[str, Node]
) -> None:
    wrong = {
        row: (ledger[row]["source_url"], sorted(cited))
        for row, link in links.items()
        if link.confidence == "verified" and link.nodes
        for cited in [{address for name in link.nodes for address in addresses(name, nodes)}]
        if ledger[row]["source_url"] not in cited
    }

    assert wrong == {}


def test_verified_days_stand_in_the_graph(
    links: dict[str, Link], ledger: dict[str, dict[str, str]], nodes: dict[str, Node]
) -> None:
    days = {row: entry["date"] for row, entry in ledger.items() if re.fullmatch(r"\d{4}-\d{2}-\d{2}", entry["date"])}
    assert all(ledger[row]["date"].startswith(day) for row, day in REMARKED.items())
    wrong = {
        row: (day, sorted(held))
        for row, day in (days | REMARKED).items()
        if links[row].confidence == "verified" and links[row].nodes
        for held in [{date for name in links[row].nodes for each in DATES for date in nodes[name][each]}]
        if day not in held
    }

    assert len(days) >= 30
    assert wrong == {}


def test_every_update_can_be_checked(updates: dict[str, Node], nodes: dict[str, Node]) -> None:
    """An update says what was read and when, where it stands, and when it was so or that no year is told."""
    for name, node in updates.items():
        [source] = node["rlt:statedIn"]
        assert {place for each in node["rlt:passage"] for place in nodes[each]["rlt:inDocument"]} == {source}, name
        assert nodes[source]["rlt:webPage"] or source == "thing:rltkg-record-of-checks", name
        assert node["rlt:evidenceNote"], name
        assert node["rlt:checkedOn"] >= node["rlt:enteredOn"], name
        assert any(node[year] for year in YEARS) or set(node["rlt:notStated"]) & set(YEARS), name
        for each in ("event", "holdsFrom", "statedOn"):
            for date in node[f"rlt:{each}Date"] + node[f"rlt:{each}Month"]:
                assert node[f"rlt:{each}Year"] == [date[:4]], name


def test_open_questions_say_what_would_settle_them(updates: dict[str, Node]) -> None:
    questions = {name: node for name, node in updates.items() if node["rdf:type"] == ["rlt:Unknown"]}

    assert len(questions) >= 20
    for name, node in questions.items():
        assert node["rlt:polarity"] == ["code:polarity-open"], name
        assert [question[-1] for question in node["rlt:openQuestion"]] == ["?"], name
        assert node["rlt:settledBy"], name
        assert node["rlt:about"] or node["rlt:concerns"], name


def test_supersessions_lead_from_earlier_to_later(nodes: dict[str, Node]) -> None:
    """A supersession is between statements, gives extent, reason and a year, and says in a note why."""
    supersessions = {name: node for name, node in nodes.items() if node["rdf:type"] == ["rlt:Supersession"]}

    assert len(supersessions) >= 16
    for name, node in supersessions.items():
        assert name.startswith("coding:supersession-"), name
        assert node["graph"] == ["graph:coding"], name
        assert node["rlt:author"] == ["thing:rltkg-project"], name
        assert node["rlt:earlier"], name
        assert {graph for each in node["rlt:later"] for graph in nodes[each]["graph"]} <= {
            "graph:updates",
            "graph:bibliography",
        }, name
        assert [each for each in node["rlt:earlier"] + node["rlt:later"] if not nodes[each]["rlt:statedIn"]] == [], name
        assert set(node["rlt:earlier"]) & set(node["rlt:later"]) == set(), name
        assert len(node["rlt:supersessionExtent"]) == len(node["rlt:supersessionReason"]) == 1, name
        [year] = node["rlt:sinceYear"]
        assert all(date.startswith(year) for date in node["rlt:sinceDate"]), name
        [note] = node["rlt:note"]
        assert note.endswith("."), name
