"""What is told of a thing, a statement, a code: complete, counted, and traced to where it is printed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rltkg import KnowledgeGraph
from rltkg import open as open_graph
from rltkg.search.citations import Passage
from rltkg.search.describe import CROWD, FEW, FEWER, describe
from rltkg.search.description import Description
from rltkg.search.records import Brief, Coded, Condition, Group, Link, Mark, Named, Note, Property, Record
from rltkg.search.statement import Statement

if TYPE_CHECKING:
    from rltkg.search.facts import Facts

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/rltkg/"
PREFIXES = "".join(
    f"PREFIX {name}: <{BASE}{room}/>\n"
    for name, room in {"rlt": "ontology", "code": "code", "thing": "thing", "gov": "gov"}.items()
)
# Their text says no more than their IRI: the ontology's own name and its namespace.
BARE = {BASE + "ontology", BASE + "ontology/"}


@pytest.fixture(scope="session")
def all_described(facts: Facts) -> list[Description]:
    """Return what is told of every node of the release."""
    return [describe(node, facts) for node in facts.classes]


def ids(several: list[Named]) -> list[str]:
    """Return the ids of `several`."""
    return [each.id for each in several]


def count(graph: KnowledgeGraph, pattern: str) -> int:
    """Return how many different ?x fit `pattern`."""
    text = f"{PREFIXES}SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}"
    return int(json.loads(graph.store.select(text))["results"]["bindings"][0]["n"]["value"])


def test_a_guideline_shows_its_omission_with_the_reason_and_both_passages(graph: KnowledgeGraph) -> None:
    found = graph.describe("nice-lymphoma-guideline-2016")
    (omission,) = [brief for group in found.statements for brief in group.shown if group.kind.id == "Position"]
    (reason,) = omission.explained_by

    assert (found.label, ids(found.kind)) == ("NICE lymphoma guideline 2016", ["Document"])
    assert omission.text == "The NICE lymphoma guideline of 2016 leaves radioligand therapy out."
    assert [
        (code.property.id, [value.id for value in code.values if isinstance(value, Named)]) for code in omission.codes
    ] == [("coverage", ["coverage-omitted"])]
    assert [str(passage) for passage in omission.passages] == ["GOV 2 Summary [none cited]", "GOV 2.2 [43]"]
    assert [str(passage) for passage in reason.passages] == ["GOV 2 Summary [none cited]", "GOV 2.2 [44]"]
    assert [code.property.label for code in reason.codes] == ["reason"]
    assert (ids(omission.role), ids(omission.indications), ids(omission.not_stated)) == (
        ["contentOf"],
        ["lymphoma"],
        ["jurisdiction"],
    )

    text = found.to_text(100)
    for needle in ("coverage: omitted; asserted; affirmed; for lymphoma; jurisdiction not stated",
                   "why: RLT is missing from the NICE lymphoma guideline", "reason: never assessed",
                   "GOV 2 Summary [none cited]; GOV 2.2 [43]", "GOV 2.2 [44]",
                   "publisher               National Institute for Health and Care Excellence (nice)",
                   "identifies (1)          GOV reference 43 (gov:reference-43)"):  # fmt: skip
        assert needle in re.sub(r"\s+", " ", text) or needle in text


def test_every_node_can_be_told_of_and_none_by_its_bare_iri(all_described: list[Description], facts: Facts) -> None:
    bare = []
    for found in all_described:
        text = found.to_text(100)
        bare += [(found.iri, iri) for iri in re.findall(r"https://w3id\.org/rltkg[^\s)>;,]*", text)
                 if iri not in {found.iri, *BARE}]  # fmt: skip

        assert found.label, found.iri
        assert found.label in re.sub(r"\s+", " ", text)
        assert f"id {found.id}" in text
        assert all(line.isprintable() for line in text.splitlines())
        assert "\n\n\n" not in text

    assert len(all_described) == len(facts.classes) > 2500
    assert bare == []


def test_ids_are_unique_and_lead_back(all_described: list[Description], facts: Facts) -> None:
    names = [found.id for found in all_described]

    assert len(set(names)) == len(names)
    for found in all_described[::25]:
        assert describe(found.id, facts).iri == found.iri


def test_totals_are_those_of_the_graph(graph: KnowledgeGraph) -> None:
    for ident, pattern in {
        "lymphoma": "?x rlt:text ?text ; ?by thing:lymphoma",
        "radioligand-therapy": "?x rlt:text ?text ; ?by thing:radioligand-therapy",
        "coverage-omitted": "?x rlt:text ?text ; ?by code:coverage-omitted",
        "gov:reference-44": "?x rlt:passage/(rlt:citesReference|rlt:inheritsReference) gov:reference-44",
        "GOV 2.2": "?x rlt:passage/rlt:inSection ?in . ?in rlt:sectionNumber '2.2'",
        "passage-2-2-nice-never-assessed": "?x rlt:passage gov:passage-2-2-nice-never-assessed",
    }.items():
        total = count(graph, pattern)
        found, all_of_it = graph.describe(ident), graph.describe(ident, everything=True)

        assert found.statement_total == total > 0, ident
        assert sum(group.total for group in found.statements) == total
        assert sum(len(group.shown) for group in all_of_it.statements) == total
        few = FEW if total <= CROWD else FEWER
        assert all(len(group.shown) == min(group.total, few) for group in found.statements)


def test_what_is_cut_is_told_and_can_be_had(graph: KnowledgeGraph) -> None:
    cut, whole = graph.describe("radioligand-therapy"), graph.describe("radioligand-therapy", everything=True)

    assert "Not all is shown; --all shows the rest." in cut.to_text(100)
    assert "Not all is shown" not in whole.to_text(100)
    assert whole.note_total == len(whole.notes) == cut.note_total > len(cut.notes) == FEW
    assert whole.to_text(100).count("named as") > cut.to_text(100).count("named as")


def test_a_source_counts_what_it_states(graph: KnowledgeGraph) -> None:
    found = graph.describe("gov-working-paper")
    (stated,) = [link for link in found.links if link.property.id == "statedIn"]

    assert stated.total == count(graph, "?x rlt:statedIn thing:gov-working-paper") > 200
    assert len(stated.shown) == FEW
    assert f"stated in ({stated.total})" in found.to_text(100)


def test_a_code_tells_its_scheme_and_its_uses(graph: KnowledgeGraph) -> None:
    found = graph.describe("coverage-omitted")
    scheme = {each.property.id: each.values for each in found.properties}["inScheme"][0]

    assert isinstance(scheme, Named)
    assert scheme.label == "scheme: coverage"
    assert str(found.definition).startswith("A degree of coverage in which the document is found to say nothing")
    assert found.examples
    assert found.statements[0].kind.id == "Position"


def test_terms_of_the_ontology_tell_how_often_they_are_used(graph: KnowledgeGraph) -> None:
    position, coverage = graph.describe("rlt:Position"), graph.describe("rlt:coverage")
    members = {link.property.label: link.total for link in position.links}
    uses = {link.property.id: link.total for link in coverage.links}

    assert members["is a"] == count(graph, "?x a rlt:Position")
    assert uses["coverage"] == count(graph, "?x rlt:coverage ?value")
    assert [each.property.label for each in coverage.properties] == ["domain", "range"]
    assert "is a kind of" in position.to_text(80)


def test_a_comparison_tells_what_it_compares(graph: KnowledgeGraph) -> None:
    found = graph.describe("comparison-degree-of-political-awareness")
    assert found.note is not None

    assert ids(found.note.how) == ["comparison-kind-differs-in-strength"]
    assert ids(found.note.compares) == ["policymaker-awareness-limited", "political-awareness-very-limited"]
    assert ids(found.note.author) == ["rltkg-project"]
    assert found.statement_total == 2
    for brief in (brief for group in found.statements for brief in group.shown):
        assert found.id not in [mark.note.id for mark in brief.notes]
    assert "author                  the rltkg project (rltkg-project)" in found.to_text(100)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Return the release with a licence that ends a state, a contradiction, matches, and a label that is a trap."""
    own = tmp_path_factory.mktemp("own") / "own.ttl"
    own.write_text(
        f"""
@prefix rlt: <{BASE}ontology/> . @prefix code: <{BASE}code/> . @prefix thing: <{BASE}thing/> .
@prefix gov: <{BASE}gov/> . @prefix t: <{BASE}test/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
t:licensed a rlt:StatusEvent ; rdfs:label "RLT licensed in mCRPC in 2022"@en ; rlt:concerns thing:radioligand-therapy ;
  rlt:text "In 2022 RLT gained a licence in one stage."@en ; rlt:modality code:modality-asserted .
t:replaced a rlt:Supersession ; rdfs:label "Licence of 2022"@en ; rlt:note "A licence came."@en ; rlt:sinceYear 2022 ;
  rlt:supersessionExtent code:supersession-extent-partial ; rlt:author thing:rltkg-project ;
  rlt:earlier gov:rlt-in-lymphoma-never-assessed-by-nice ; rlt:later t:licensed .
t:against a rlt:Comparison ; rdfs:label "Zz against"@en ; rlt:comparisonKind code:comparison-kind-contradicts ;
  rlt:compares gov:rlt-in-lymphoma-never-assessed-by-nice , t:licensed .
thing:lymphoma skos:closeMatch <http://example.org/close> ; skos:relatedMatch <http://example.org/related> .
t:trap a rlt:Actor ; rdfs:label "red \\u001b[31m alert\\u202e"@en .
<http://example.org/untyped> rdfs:label "without a class"@en .
""",
        encoding="utf-8",
    )
    return open_graph(extra=own)


def test_what_is_superseded_says_by_what_since_when_and_how_far(extended: KnowledgeGraph) -> None:
    earlier = extended.describe("rlt-in-lymphoma-never-assessed-by-nice")
    assert earlier.statement is not None
    first, second = earlier.statement.notes[:2]

    assert (first.kind.id, first.since, ids(first.how)) == ("Supersession", "2022", ["supersession-extent-partial"])
    assert (ids(first.earlier), ids(first.later)) == (["rlt-in-lymphoma-never-assessed-by-nice"], ["licensed"])
    assert ids(second.how) == ["comparison-kind-contradicts"]
    text = earlier.to_text(100)
    assert "supersession: partial, since 2022" in text
    assert "later: RLT licensed in mCRPC in 2022 (licensed)" in text
    assert "between: RLT licensed in mCRPC in 2022 (licensed)" in text


def test_a_thing_marks_its_statements_that_are_superseded(extended: KnowledgeGraph) -> None:
    found = extended.describe("radioligand-therapy", everything=True)
    marks = {
        brief.statement.id: [(mark.side, mark.note.id) for mark in brief.notes]
        for group in found.statements
        for brief in group.shown
    }

    assert ("earlier", "replaced") in marks["rlt-in-lymphoma-never-assessed-by-nice"]
    assert ("compares", "against") in marks["rlt-in-lymphoma-never-assessed-by-nice"]
    assert marks["licensed"] == [("later", "replaced"), ("compares", "against")]
    order = [(each.note.id, "comparison-kind-contradicts" in ids(each.how)) for each in found.notes]
    kinds = [each.kind.id for each in found.notes]
    assert ("replaced", False) in order
    assert ("against", True) in order
    assert kinds == sorted(kinds, reverse=True)  # supersessions before comparisons
    compared = [against for (_, against), kind in zip(order, kinds, strict=True) if kind == "Comparison"]
    assert compared == sorted(compared, reverse=True)
    text = re.sub(r"\s+", " ", found.to_text(100))
    assert "superseded (partial), see: Licence of 2022 (replaced)" in text
    assert "supersedes an earlier statement (partial), see: Licence of 2022 (replaced)" in text
    assert "contradicts, see: Zz against (against)" in text


def test_links_to_other_vocabularies_are_told_with_their_relation(extended: KnowledgeGraph) -> None:
    found = extended.describe("lymphoma")
    links = {each.property.id: each.values for each in found.mappings}

    assert [value.iri for value in links["closeMatch"] if isinstance(value, Named)] == ["http://example.org/close"]
    assert "relatedMatch" in links
    assert "close match             http://example.org/close" in found.to_text(100)
    assert "exactMatch" not in {each.property.id for each in found.properties}


def test_a_label_cannot_steer_the_terminal_and_no_class_is_no_error(extended: KnowledgeGraph) -> None:
    assert "\033" not in extended.describe("trap").to_text(80)
    assert "without a class; id untyped" in extended.describe("http://example.org/untyped").to_text(80)


def test_a_page_fits_its_width_and_is_bold_on_wish(graph: KnowledgeGraph) -> None:
    found = graph.describe("kent-and-medway-2014-recommends-rlt")
    for width in (40, 60, 80, 120):
        wide = [line for line in found.to_text(width).splitlines() if len(line) > width]
        assert [line for line in wide if " " in line.strip()] == []  # but a long id is not broken

    assert found.to_text(100, bold=True).startswith("\033[1mKent and Medway guidelines 2014 recommend")
    assert re.sub(r"\033\[[01]m", "", found.to_text(100, bold=True)) == found.to_text(100)


def test_the_keys_are_those_of_the_documentation(all_described: list[Description]) -> None:
    """Every key of every record, in the order of the page, and nothing else in what is written."""
    records: dict[str, type[Record]] = {
        "description": Description, "statement": Statement, "group": Group, "brief": Brief, "passage": Passage,
        "condition": Condition, "note": Note, "mark": Mark, "link": Link,
    }  # fmt: skip
    page = (ROOT / "docs" / "describe.md").read_text(encoding="utf-8")
    told = {
        name: tuple(re.findall(r"`(\w+)`", keys))
        for name, keys in re.findall(r"^\| (\w+) \| (`.*) \|$", page, re.MULTILINE)
    }
    parts: list[type[Record]] = [*records.values(), Named, Coded, Property]
    known = {frozenset(each.FIELDS) for each in parts}
    seen: set[frozenset[str]] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            seen.add(frozenset(value))
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
            walk(each)

    for found in all_described[::5]:
        document = found.to_dict()
        walk(document)

        assert json.loads(json.dumps(document)) == document

    assert told == {name: each.FIELDS for name, each in records.items()}
    assert seen <= known
    assert len(known - seen) <= 1
