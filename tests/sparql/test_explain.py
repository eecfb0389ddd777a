"""A query that gives nothing: the right pattern is named, and what is wrong with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rltkg.errors import InputError
from rltkg.sparql.explain import explain, explained
from rltkg.sparql.reading import read

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph
    from rltkg.sparql.explain import Explanation

PATIENT = 120.0  # seconds: what is told must not depend on how busy the machine is
BROKEN = sorted((Path(__file__).resolve().parents[1] / "data" / "broken_queries").glob("*.rq"))


def told(text: str, graph: KnowledgeGraph) -> Explanation:
    """Return the explanation of `text`."""
    return explained(read(text, graph.store.graphs), graph.store, seconds=PATIENT)


def test_broken_queries_are_collected() -> None:
    assert len(BROKEN) >= 15


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_the_pattern_to_blame_is_named(path: Path, graph: KnowledgeGraph) -> None:
    """The header of each query tells the pattern, its line, and what is to be said of it."""
    text = path.read_text(encoding="utf-8")
    due = dict(re.findall(r"^# (\w+): (.*)$", text, re.MULTILINE))
    found = told(text, graph)

    assert found.pattern == due["blame"]
    assert found.line == int(due["line"])
    assert due["blame"].split()[-1] in text.splitlines()[found.line - 1]
    assert due["says"] in found.text
    assert due["blame"] in found.sentence
    assert explain(text, graph.store, seconds=PATIENT) == found.text


def test_the_explanation_reads_well(graph: KnowledgeGraph) -> None:
    text = "SELECT ?g WHERE {\n  ?g a rlt:Guidline ;\n     rlt:publicationYear 2016 }"

    rows = graph.sparql("SELECT ?g { ?g rlt:publicationYear 2016 }")
    count = f"{len(rows)} rows"  # type: ignore[arg-type]

    assert told(text, graph).text.splitlines() == [
        "Nothing fits this, in line 2:",
        "    ?g a rlt:Guidline",
        f"Without it there would be {count}.",
        "rlt:Guidline is not in the graph; did you mean rlt:Guideline?",
        "That says nothing of what is recorded; mend the term first.",
    ]
    assert told(text, graph).sentence == (
        f"Nothing fits `?g a rlt:Guidline` (line 2); without it there would be {count}. "
        "rlt:Guidline is not in the graph; did you mean rlt:Guideline? "
        "That says nothing of what is recorded; mend the term first."
    )


@pytest.mark.parametrize(
    ("text", "pattern", "said"),
    [
        ('SELECT ?s { ?s rdfs:label "lymphona"@en }', None, 'is nowhere in the graph; did you mean "lymphoma"@en?'),
        ('SELECT ?s { ?s rlt:text "zzzzzz" }', None, "is nowhere in the graph; try `rltkg find`."),
        ("SELECT ?s { ?s rlt:publicationYear 1066 }", None, "The value 1066 is nowhere in the graph."),
        ('SELECT ?s { ?s rlt:text "lymphoma"@en }', None, "but as a value of rdfs:label, not of rlt:text"),
        ("SELECT ?s { ?s rlt:lymphoma ?o }", None, "did you mean thing:lymphoma?"),
        ("SELECT ?s { ?s rlt:indication code:zzzzzz }", None, "code:zzzzzz is not in the graph.\n"),
        ("PREFIX e: <http://e/> SELECT * { ?s e:p ?o }", "?s e:p ?o", "e:p is not in the graph."),
        ("SELECT ?s { ?s rlt:indication [ a rlt:Plaice ] }", "a rlt:Plaice", "did you mean rlt:Place?"),
        ("SELECT ?s { [ rlt:indication ?s ; rlt:text 5 ] }", "rlt:text 5", "The graph has 5, but as a value of"),
        ("SELECT ?s { ?s rlt:indication thing:lymphoma , thing:london }", "?s rlt:indication thing:london", "no trip"),
        ("SELECT ?s { ?s a rlt:Position } OFFSET 5000", "OFFSET 5000", "No row is left"),
        ("SELECT ?s { ?s a rlt:Position } LIMIT 0", "LIMIT 0", "No row is left"),
        ("SELECT ?s { ?s a rlt:Position } VALUES ?s { thing:london }", "VALUES ?s { thing:london }", "Nothing fits"),
        ("SELECT ?c { ?s a ?c } GROUP BY ?c HAVING(COUNT(?s) > 9999)", "HAVING(COUNT(?s) > 9999)", "No group passes"),
        ("SELECT ?s { ?s a rlt:Position FILTER EXISTS { ?s a ?c . ?s rlt:no ?p } }", "?s rlt:no ?p", "rlt:no is not"),
        ("SELECT ?s { { ?s rlt:no1 ?o } UNION { ?s rlt:no2 ?o } }", "?s rlt:no1 ?o", "rlt:no1 is not in"),
        ("SELECT ?s { ?s a rlt:Position BIND(thing:x AS ?i) ?s rlt:indication ?i }", "BIND(thing:x AS ?i)", "thing:x"),
        ("SELECT ?s { ?s rlt:indication/rlt:no* ?i . ?i a rlt:Place }", "?s rlt:indication/rlt:no* ?i", "rlt:no is"),
        ("ASK { ?s a rlt:Position ; rlt:contentOf thing:no }", "?s rlt:contentOf thing:no", "the answer would be true"),
        ("DESCRIBE thing:lymphona", None, "thing:lymphona is not in the graph; did you mean thing:lymphoma?"),
        ("DESCRIBE ?s { ?s a rlt:Posision }", "?s a rlt:Posision", "did you mean rlt:Position?"),
        ("SELECT (COUNT(?s) AS ?n) { ?s a rlt:Posision }", "?s a rlt:Posision", "did you mean rlt:Position?"),
        ("SELECT ?s FROM graph:eur { ?s rlt:statedIn thing:gov-working-paper }", None, "together with the rest"),
        ("CONSTRUCT { ?s a rlt:X } { ?s a rlt:Position ; rlt:text 1 }", "?s rlt:text 1", "triples"),
        ("CONSTRUCT WHERE { ?s a rlt:Position ; rlt:text 1 }", None, ""),
        ("SELECT ?s { ?s a rlt:Position }", None, "The query gives something; there is nothing to explain."),
    ],
)  # fmt: skip
def test_each_kind_of_pattern_can_be_to_blame(text: str, pattern: str | None, said: str, graph: KnowledgeGraph) -> None:
    found = told(text, graph)

    assert pattern in (None, found.pattern)
    assert said in found.text


def test_what_else_could_be_left_out_is_told(graph: KnowledgeGraph) -> None:
    text = "SELECT ?s { ?s rlt:coverage code:coverage-omitted ; rlt:strength code:strength-recommends }"

    assert told(text, graph).text.splitlines()[-2:] == [
        "It would also do to leave out one of these:",
        "    ?s rlt:strength code:strength-recommends",
    ]


def test_two_faults_that_hide_each_other_are_found_by_building_the_query_up(graph: KnowledgeGraph) -> None:
    text = """SELECT ?s {
  ?s a rlt:Position .
  ?s rlt:contentOf ?d .
  ?d a rlt:Place .
  ?s rlt:contentOf thing:london .
}"""
    found = told(text, graph)

    assert (found.pattern, found.line) == ("?d a rlt:Place", 4)
    assert "leaving it out alone is not enough" in found.sentence


def test_canned_queries_can_be_explained(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication="nen")
    found = explain(answer.text, graph.store, seconds=PATIENT)

    assert "No row passes this, in line " in found
    assert "?broader = ?indication" in found
    assert "without it there would be 5 rows" in found.lower()
    assert "?indication is thing:nen" in found


def test_an_explanation_ends_in_time(graph: KnowledgeGraph) -> None:
    """Nothing to be had in so short a time: it says so, and runs on no further."""
    text = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?f && ?b = ?i && ?c = 5) } ORDER BY ?a"
    found = explained(read(text, graph.store.graphs), graph.store, seconds=0.5)

    assert found.pattern is None or found.pattern in text
    endings = ("`", "finding out takes too long", "no single one can be named")
    assert any(each in found.sentence for each in endings)


def test_only_a_query_that_may_run_is_explained(graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="SERVICE would ask another endpoint"):
        explain("SELECT * { SERVICE <http://127.0.0.1:9/> { } }", graph.store)


def test_what_cannot_be_taken_apart_is_told_so(graph: KnowledgeGraph) -> None:
    found = told("SELECT * { ?s ?p <<( thing:a thing:b thing:c )>> }", graph)

    assert found.pattern is None
    assert "written in a form that cannot be taken apart" in found.text
