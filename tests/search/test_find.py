"""What is found for the words that people type: the right thing first, an honest nothing, no way round the index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg import Answer, KnowledgeGraph
from rltkg.errors import InputError
from rltkg.search import entries
from rltkg.search.find import LIMIT, LONGEST, find
from rltkg.search.findings import KINDS, Findings
from rltkg.search.spelling import words_of

if TYPE_CHECKING:
    from rltkg.search.index import Index

BASE = "https://w3id.org/rltkg/"
ABSENT = ["AstraZeneca", "Boehringer", "Einstein", "Germany", "Medtronic", "Novartis", "Pfizer", "Poland", "Roche",
          "Samsung", "Siemens", "Toyota"]  # fmt: skip


@pytest.fixture
def search(graph: KnowledgeGraph, index: Index) -> Search:
    """Return a way to search the release."""
    return Search(graph, index)


class Search:
    """Searches the release by its index."""

    def __init__(self, graph: KnowledgeGraph, index: Index) -> None:
        self.graph = graph
        self.index = index

    def __call__(self, words: str, kind: str | None = None, limit: int = LIMIT) -> Findings:
        """Return what is found for `words`."""
        return find(words, self.index, self.graph.store, "0.1.0", kind=kind, limit=limit)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("lymphoma", "lymphoma"),
        ("Lymphomas", "lymphoma"),
        ("NICE", "nice"),
        ("england", "england"),
        ("radioligand therapy", "radioligand-therapy"),
        ("RLT", "radioligand-therapy"),
        ("molecular radiotherapy", "radioligand-therapy"),
        ("NENs", "nen"),
        ("NHL", "non-hodgkin-lymphoma"),
        ("nice lymph", "nice-lymphoma-guideline-2016"),
        ("the NHS Long Term Plan", "nhs-long-term-plan-2019"),
        ("kent", "kent-and-medway"),
        ("nice-lymphoma-2016-omits-rlt", "nice-lymphoma-2016-omits-rlt"),
        ("never assessed lymphoma", "rlt-in-lymphoma-never-assessed-by-nice"),
        ("brexit", "contextual-factor-brexit"),
        ("omitted", "coverage-omitted"),
    ],
)
def test_the_right_thing_comes_first(search: Search, words: str, first: str) -> None:
    findings = search(words)

    assert findings.hits[0].id == first
    assert findings.remarks == []


@pytest.mark.parametrize(
    ("words", "first", "remark"),
    [
        ("lymphona", "lymphoma", "no hit for 'lymphona'; showing lymphoma"),
        ("nueroendocrine", "nen", "no hit for 'nueroendocrine'; showing neuroendocrine"),
        ("Prostrate cancre", "prostate-cancer", "no hit for 'Prostrate'; showing prostate"),
        ("NICE guidlines", "nice-prostate-guideline-2019", "no hit for 'guidlines'; showing guidelines"),
    ],
)
def test_a_misspelt_word_finds_what_was_meant_and_says_so(search: Search, words: str, first: str, remark: str) -> None:
    findings = search(words)

    assert findings.hits[0].id == first
    assert findings.remarks[0] == remark
    assert remark[1:] in str(findings.cut_because)


@pytest.mark.parametrize("name", ABSENT)
def test_what_is_not_in_the_graph_is_not_found(search: Search, name: str) -> None:
    """Where a name comes into the graph one day, it must be found; and until then nothing may stand in for it."""
    literals = (
        f'SELECT ?s WHERE {{ ?s ?p ?o FILTER(isLiteral(?o) && CONTAINS(LCASE(STR(?o)), "{name.lower()}")) }} LIMIT 1'
    )
    is_there = bool(json.loads(search.graph.store.select(literals))["results"]["bindings"])
    findings = search(name)

    assert bool(findings.hits) == is_there
    if not is_there:
        assert findings.empty_because == f"Nothing in the graph holds {name!r} or a word like it."
        assert findings.totals == {}


def test_an_absent_word_among_others_is_told(search: Search) -> None:
    findings = search("Toyota funding")

    assert findings.hits[0].id == "topic-funding"
    assert findings.remarks == ["no hit for 'Toyota'; showing what holds the other words"]
    assert (
        search("Toyota Samsung").empty_because == "Nothing in the graph holds 'Toyota' or 'Samsung' or words like them."
    )


def test_all_words_must_be_in_a_hit_and_else_some(search: Search) -> None:
    held = {each.iri: " ".join([each.label, *each.names, each.text, each.id]).lower()
            for each in entries.entries(search.graph.store)}  # fmt: skip
    both, some = search("lymphoma England", limit=1000), search("dosimetry brexit", limit=200)

    assert both.remarks == []
    assert {hit.iri for hit in both.hits} == {
        iri
        for iri, text in held.items()
        if {"lymphoma", "lymphomas"} & set(words_of(text)) and "england" in words_of(text)
    }
    assert some.remarks == ["no hit for all of the words together; showing what holds some of them"]
    assert {"contextual-factor-brexit", "topic-dosimetry"} <= {hit.id for hit in some.hits}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tumour", "tumor"),
        ("guideline", "guidelines"),
        ("haematology", "hematology"),
        ("what is the lymphoma", "lymphoma"),
        ("radio-ligand therapy", "radio ligand therapy"),
        ("LYMPHOMA", "lymphoma"),
        ("lym\u00adphoma\u200f", "lymphoma"),
    ],
)
def test_forms_of_the_same_words_find_the_same(search: Search, one: str, other: str) -> None:
    found = {hit.id for hit in search(one, limit=500).hits}
    again = {hit.id for hit in search(other, limit=500).hits}

    assert len(found) >= 4
    assert found == again


def test_two_words_find_what_the_graph_writes_as_one(search: Search) -> None:
    assert "radioligand" in [hit.id for hit in search("radio ligand").hits[:3]]


def test_a_small_word_in_capitals_is_a_name(search: Search) -> None:
    assert search("WHO").hits[0].label.lower().startswith("who ")  # nothing is called WHO, so the small word is found
    assert search("who recommends").hits != search("WHO recommends").hits


def test_every_thing_is_found_by_its_label(search: Search) -> None:
    """One in six, over all kinds; those of one name may stand beside each other."""
    held = [entry for entry in entries.entries(search.graph.store) if entry.label.strip()][::6]
    lost = [entry.iri for entry in held if len(entry.label) <= LONGEST
            and entry.iri not in [hit.iri for hit in search(entry.label, limit=60).hits]]  # fmt: skip

    assert len(held) > 300
    assert lost == []


def test_hits_stand_by_kind_and_kinds_can_be_asked_for(search: Search) -> None:
    every = search("lymphoma", limit=1000)
    kinds = [hit.kind for hit in every.hits]

    assert list(dict.fromkeys(kinds)) == [kind for place, kind in enumerate(kinds) if kind not in kinds[:place]]
    assert kinds == sorted(kinds, key=list(dict.fromkeys(kinds)).index)
    assert {kind: kinds.count(kind) for kind in kinds} == every.totals
    assert {"indication", "document", "statement", "term", "note", "thing"} <= set(kinds)
    for kind in every.totals:
        only = search("lymphoma", kind, limit=1000)

        assert {hit.iri for hit in only.hits} == {hit.iri for hit in every.hits if hit.kind == kind}
        assert only.totals == {kind: every.totals[kind]}


def test_a_kind_without_hits_tells_of_the_others(search: Search) -> None:
    findings = search("lymphoma", "actor")

    assert findings.hits == []
    assert str(findings.empty_because).startswith("No actor holds these words; hits of other kinds: statement ")


def test_what_is_cut_is_told(search: Search) -> None:
    findings = search("cancer", limit=3)

    assert len(findings.hits) == 3
    assert sum(findings.totals.values()) > 100
    assert f"The best 3 of {sum(findings.totals.values()):,} hits are shown; by kind: statement " in str(
        findings.cut_because
    )
    assert search("contextual-factor-brexit").cut_because is None


def test_a_statement_has_its_text_and_where_it_is_printed(search: Search) -> None:
    (hit,) = [hit for hit in search("NICE omits RLT lymphoma").hits if hit.id == "nice-lymphoma-2016-omits-rlt"]

    assert hit.label == "NICE lymphoma guideline 2016 omits RLT"
    assert hit.snippet == "The NICE lymphoma guideline of 2016 leaves radioligand therapy out."
    assert hit.where == "GOV 2 Summary [none cited]; GOV 2.2 [43]"


def test_a_hit_by_another_name_says_by_which(search: Search) -> None:
    (hit,) = [hit for hit in search("APPGRT").hits if hit.kind == "actor"]

    assert hit.label == "All-Party Parliamentary Group for Radiotherapy"
    assert hit.snippet == "also called APPGRT"


def test_findings_are_an_answer(graph: KnowledgeGraph) -> None:
    findings = graph.find("lymphoma", kind="indication", limit=2)
    document = json.loads(findings.serialize("json"))

    assert isinstance(findings, Answer)
    assert findings.columns == ["kind", "thing", "label", "snippet", "where"]
    assert findings.rows[0][:3] == (
        pyoxigraph.Literal("indication"),
        pyoxigraph.NamedNode(BASE + "thing/lymphoma"),
        pyoxigraph.Literal("lymphoma"),
    )
    assert document["results"]["bindings"][0]["thing"] == {"type": "uri", "value": BASE + "thing/lymphoma"}
    assert findings.serialize("csv").startswith(b"kind,thing,label,snippet,where\r\nindication,https://w3id.org/")
    assert findings.serialize("csv", labels=True).startswith(b"kind,thing,thing_label,label,snippet,where\r\n")
    assert "Found for 'lymphoma'" in findings.serialize("md").decode()
    assert findings.named_rows()[0]["thing"] == "lymphoma"
    assert "Found for 'lymphoma'; 2 rows." in findings.citation
    assert findings.release == "0.1.0"


def test_the_page_has_a_block_for_each_kind(search: Search) -> None:
    text = search("lymphoma", limit=12).to_text(80)
    blocks = [line for line in text.splitlines() if line and not line.startswith(" ")]

    assert blocks[0] == "Found for 'lymphoma'"
    assert blocks[1].startswith("indications (")
    assert any(line.startswith("documents (") and " of " in line for line in blocks)
    assert "  lymphoma  (lymphoma)" in text.splitlines()
    assert max(map(len, text.splitlines())) <= 80
    assert "(nothing)" in search("Toyota").to_text(80)
    assert search("lymphoma").to_text(80, bold=True).count("\033[1m") == len(set(KINDS) & set(search("lymphoma").totals)
        & {hit.kind for hit in search("lymphoma").hits}) + 1  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        'lymphoma"',
        "lymphoma*",
        "label:lymphoma",
        "{label names} : lymphoma",
        "^lymphoma",
        "lymphoma AND",
        "NOT lymphoma",
        "NEAR(lymphoma nice, 2)",
        "lymphoma + nice",
        'lymphoma" OR "x" NOT "',
        "lymphoma'; DROP TABLE entry; --",
        "((((((((lymphoma",
        "lymphoma\0nice",
        "\u202elymphoma\u202c",
        "lymphoma \ud800",
        "lymphoma -nice",
        "words MATCH lymphoma",
        "%lymphoma_",
    ],
)
def test_words_are_words_to_the_index(search: Search, words: str) -> None:
    """Whatever FTS5 or SQL would make of it, what is found holds lymphoma, and the index is whole after it."""
    findings = search(words, limit=5)

    assert findings.hits
    assert any("lymphoma" in f"{hit.label} {hit.snippet}".lower() for hit in findings.hits)
    assert findings.to_text(80).isprintable() is False  # it has line breaks
    assert all(line.isprintable() for line in findings.to_text(80).splitlines())
    assert search("lymphoma").hits[0].id == "lymphoma"


@pytest.mark.parametrize("words", ["", "  ", "***", '""', "\0", "\u200f", "\ud800", "-- ; ()"])
def test_without_a_word_there_is_nothing_to_look_for(search: Search, words: str) -> None:
    with pytest.raises(InputError, match="There is no word to look for"):
        search(words)


def test_what_is_looked_for_has_bounds(search: Search) -> None:
    with pytest.raises(InputError, match=r"The words are 1,000,000 characters long; 500 are allowed"):
        search("a" * 1_000_000)
    with pytest.raises(InputError, match=r"There is no kind 'indicaton'; did you mean 'indication'\?"):
        search("a", "indicaton")
    for limit in (0, -1, 10_001, True, 2.5):
        with pytest.raises(InputError, match="must be a whole number from 1 to 10,000"):
            search("a", limit=limit)  # type: ignore[arg-type]

    many = search(" ".join(f"w{number}" for number in range(100)) + " lymphoma")

    assert "only the first 32 words are looked for" in many.remarks
