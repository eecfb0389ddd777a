"""Comparisons: what disagrees inside GOV, inside EUR, between them and with public pages is noted, and by whom."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ledger.linking import Node, read_nodes

if TYPE_CHECKING:
    from rltkg.corpus import Release


COVERED = {
    "B1": ["approval-2018-and-earlier-use"],
    "B2": ["long-term-plan-and-specific-therapies"],
    "B3": ["long-term-plan-and-prostate-treatment"],
    "B4": ["england-strategy-commitment"],
    "B5": ["plans-that-omit-nen"],
    "B6": ["support-for-nen"],
    "B7": ["who-leads"],
    "B8": ["degree-of-political-awareness", "scope-of-political-awareness"],
    "B9": ["lymphoma-plans", "prostate-plans"],
    "B10": ["investigational-and-delivery-guidance", "indications-of-delivery-guidance"],
    "B11": ["approved-or-licensed-in-prostate-cancer", "date-of-nice-prostate-guideline"],
    "B12": ["nice-appraisal-and-types-of-nen"],
    "B13": [
        "summary-without-esmo",
        "summary-without-european-prostate-guidelines",
        "summary-without-regional-guidelines",
    ],
    "B14": ["professional-lymphoma-guidelines"],
    "B15": ["clarity-of-pathways", "one-or-several-pathways"],
    "B16": ["audience-of-icscnm-guidance"],
    "B17": ["one-or-two-radiotherapy-specifications"],
    "B20": ["integration-and-lack-of-support"],
    "B21": ["summary-without-nice-strategy"],
    "C1": ["recent-or-fifteen-years-in-nen-guidelines", "new-or-years-in-practice-for-bone-metastases"],
    "C2": ["proven-or-still-to-be-verified"],
    "C3": ["overall-survival-in-nen", "quality-of-life-in-nen"],
    "C4": ["where-supply-is-filed", "where-guidelines-and-best-practice-are-filed"],
    "C5": ["prescribe-or-administer"],
    "C6": ["nuclear-medicine-in-teams"],
    "C7": ["causes-of-uneven-availability"],
    "C8": ["rare-or-less-rare"],
    "C9": ["neuroendocrine-cancers-of-the-lungs"],
    "C10": ["meaning-of-mcrpc"],
    "C11": ["who-receives-rlt-in-prostate-cancer"],
    "C13": ["many-or-ten-actions"],
    "C14": ["spect-with-radiotracer-or-conventional"],
    "C15": ["range-of-beta-radiation"],
    "C16": ["rlt-and-radiotherapy-in-the-report"],
    "D1": ["radioimmunotherapy-antibody-or-immune-cell"],
    "D2": ["lymphoma-in-use-or-under-investigation"],
    "D3": ["prostate-cancer-in-uk-and-in-europe"],
    "D4": ["rlt-counted-with-radiotherapy-or-apart"],
    "D5": ["line-of-therapy-in-nen"],
    "D6": ["european-approval-and-uk-approval"],
    "page 1": ["budget-rise-and-requests-for-it"],
    "page 2": ["chair-of-network-oversight-groups"],
    "page 4": ["machine-money-before-the-long-term-plan"],
    "page 5": ["approval-in-2018-and-zevalin", "approval-in-2018-and-lutathera"],
    "page 6": ["licence-in-prostate-cancer-and-radium-223"],
    "page 7": ["radioimmunotherapy-in-the-report-and-on-pages"],
    "page 8": ["rare-diseases-strategy-and-its-successor"],
    "page 9": ["decline-in-lymphoma-and-the-market"],
    "page 10": ["assessment-in-lymphoma-by-nation"],
    "page 11": ["ukinets-and-its-members-guidelines"],
    "page 13": ["governance-and-clinical-governance"],
    "page 14": ["edition-of-the-nice-prostate-guideline"],
    "page 15": ["specifications-of-2013-and-their-review"],
}
"""Disagreement inside GOV (B), inside EUR (C), between them (D) or with public pages -> its comparisons."""

NOTED = {
    "B18": ("gov:payment-reform-led-to-machine-investment", "The tie is the paper's own"),
    "B19": ("gov:gov-announces-devolved-examples", "No example"),
    "B22": ("gov:bug-baus-guidelines-year", "Most recently"),
    "C12": ("eur:table-sets-actions-under-six-areas", "words the same six areas"),
    "C14": ("eur:pet-uses-gamma-emitting-radioisotopes", "Kept as printed"),
}
"""Oddity of one statement -> that statement, and words of the curator's note on it."""

UPDATES = Path(__file__).resolve().parents[1] / "data" / "updates.tsv"
UNUSED = {"D7", "D8", "page 3", "page 12"}
"""Reference numbers (kept apart by namespace), spellings (other labels), and what no page settles."""


@pytest.fixture(scope="module")
def nodes(release: Release) -> dict[str, Node]:
    """Return every node of the release; `graph` holds the graphs whose files describe it."""
    return read_nodes(release)


@pytest.fixture(scope="module")
def comparisons(nodes: dict[str, Node]) -> dict[str, Node]:
    """Return the comparisons by the words of their ids."""
    return {
        name.removeprefix("coding:comparison-"): node
        for name, node in nodes.items()
        if "rlt:Comparison" in node["rdf:type"]
    }


def test_form(comparisons: dict[str, Node], nodes: dict[str, Node]) -> None:
    """Each comparison lies in the coding graph, sets two statements or more against each other, and says who does."""
    statements = {name for name, node in nodes.items() if node["rlt:statedIn"]}

    for name, node in comparisons.items():
        assert nodes[f"coding:comparison-{name}"] is node, f"{name}: the id is no coding:comparison-..."
        assert node["graph"] == ["graph:coding"], name
        assert node["rlt:author"] == ["thing:rltkg-project"], name
        assert len(set(node["rlt:compares"])) >= 2, name
        assert set(node["rlt:compares"]) - statements == set(), name
        assert len(node["rlt:comparisonKind"]) == len(node["rdfs:label"]) == len(node["rlt:enteredOn"]) == 1, name


def test_notes_are_sentences(comparisons: dict[str, Node]) -> None:
    """A note is one text of whole sentences, and no two comparisons share one."""
    for name, node in comparisons.items():
        [note] = node["rlt:note"]
        assert note[0].isupper(), name
        assert note.endswith("."), name
        assert ".." not in note, name
        assert "  " not in note, name
        assert len(note.split()) >= 10, name
    assert len({node["rlt:note"][0] for node in comparisons.values()}) == len(comparisons)


def test_numbers_by_kind(comparisons: dict[str, Node]) -> None:
    kinds = Counter(
        node["rlt:comparisonKind"][0].removeprefix("code:comparison-kind-") for node in comparisons.values()
    )

    assert kinds == {
        "contradicts": 7,
        "differs-in-scope": 53,
        "differs-in-strength": 7,
        "differs-in-wording": 8,
    }


def test_numbers_by_graph(comparisons: dict[str, Node], nodes: dict[str, Node]) -> None:
    """Most comparisons stay inside one source; those with pages and updates set them against a source or each other."""
    sides = Counter(
        " and ".join(sorted({graph for each in node["rlt:compares"] for graph in nodes[each]["graph"]}))
        for node in comparisons.values()
    )

    assert sides == {
        "graph:gov": 26,
        "graph:eur": 18,
        "graph:eur and graph:gov": 6,
        "graph:gov and graph:pages": 6,
        "graph:gov and graph:pages and graph:updates": 1,
        "graph:gov and graph:updates": 12,
        "graph:eur and graph:gov and graph:updates": 1,
        "graph:eur and graph:pages": 1,
        "graph:eur and graph:updates": 1,
        "graph:updates": 3,
    }


def test_every_item_is_covered(comparisons: dict[str, Node], nodes: dict[str, Node]) -> None:
    """Every disagreement known so far has its comparisons or a curator's note; any other is on an update."""
    expected = {f"B{number}" for number in range(1, 23)}
    expected |= {f"C{number}" for number in range(1, 17)}
    expected |= {f"D{number}" for number in range(1, 9)}
    expected |= {f"page {number}" for number in range(1, 16)}
    listed = Counter(name for names in COVERED.values() for name in names)

    assert COVERED.keys() | NOTED.keys() | UNUSED == expected
    assert UNUSED & (COVERED.keys() | NOTED.keys()) == set()
    with UPDATES.open(encoding="utf-8") as handle:
        linked = {name for row in csv.DictReader(handle, delimiter="\t") for name in row["nodes"].split("; ")}
    assert set(listed) <= comparisons.keys()
    assert {f"coding:comparison-{name}" for name in comparisons.keys() - set(listed)} <= linked
    assert set(listed.values()) == {1}
    for item, (statement, words) in NOTED.items():
        notes = " ".join(nodes[statement]["rlt:curatorNote"]).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        assert words in notes, item


def test_statements_of_pages_can_be_checked(nodes: dict[str, Node]) -> None:
    """A statement of a page names the page, its address and the day on which it was read, and owns to the copy."""
    stated = {name: node for name, node in nodes.items() if name.startswith("page:") and node["rlt:statedIn"]}
    statements = {name: node for name, node in stated.items() if node["graph"] == ["graph:pages"]}

    assert {each for node in stated.values() for each in node["graph"]} == {
        "graph:pages", "graph:updates", "graph:bibliography",
    }  # fmt: skip
    assert len(statements) == 30
    for name, node in statements.items():
        [source] = node["rlt:statedIn"]
        [passage] = node["rlt:passage"]
        [address] = nodes[source]["rlt:webPage"]
        assert nodes[passage]["rlt:inDocument"] == [source], name
        assert address.startswith(("https://", "http://")), source
        assert node["rlt:checkedOn"] >= node["rlt:enteredOn"], name
        assert any("stored copy" in note for note in node["rlt:evidenceNote"]), name


def test_every_page_bears_on_a_comparison(comparisons: dict[str, Node], nodes: dict[str, Node]) -> None:
    """No page is kept that no comparison draws on, and what is no comparison material is a fact about a document."""
    compared = {each for node in comparisons.values() for each in node["rlt:compares"] if each.startswith("page:")}
    drawn_on = {nodes[each]["rlt:statedIn"][0] for each in compared}
    held = {name: node for name, node in nodes.items() if node["graph"] == ["graph:pages"]}
    pages = {name for name, node in held.items() if "code:document-kind-web-page" in node["rlt:documentKind"]}
    rest = {name for name, node in held.items() if name.startswith("page:") and node["rlt:statedIn"]} - compared

    assert len(pages) == 21
    assert pages - drawn_on == set()
    assert {kind for name in rest for kind in nodes[name]["rdf:type"]} == {"rlt:DocumentFact"}
