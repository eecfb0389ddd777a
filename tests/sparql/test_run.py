"""Free SPARQL from Python: every form, every limit, and nothing that harms the caller."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg.errors import InputError, RltkgError, UnavailableError
from rltkg.results import Answer
from rltkg.results.triples import Triples

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

ROOT = Path(__file__).resolve().parents[2]
OWN = "https://w3id.org/rltkg/"
CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
HOSTILE = {
    "from a file": "SELECT * FROM <file://{secret}> {{ ?s ?p ?o }}",
    "from the network": "SELECT * FROM NAMED <http://127.0.0.1:9/> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "service": "SELECT * {{ SERVICE <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}",
    "silent service": "SELECT * {{ SERVICE SILENT <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}",
    "load": "LOAD <file://{secret}>",
    "insert": "INSERT DATA {{ thing:a thing:b thing:c }}",
    "delete": "DELETE WHERE {{ ?s ?p ?o }}",
    "clear": "CLEAR ALL",
    "drop": "DROP ALL",
    "braces": "ASK " + "{{" * 5000 + "}}" * 5000,
    "parentheses": "ASK {{ FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }}",
    "brackets": "ASK {{ ?s ?p " + "[ ?p " * 5000 + "1" + "]" * 5000 + "}}",
    "long sum": "ASK {{ FILTER(" + "+".join(["1"] * 200_000) + " > 0) }}",
    "long path": "ASK {{ ?s " + "/".join(["rlt:passage"] * 60_000) + " ?o }}",
    "many optionals": "ASK {{" + "OPTIONAL{{}}" * 80_000 + "}}",
    "many binds": "ASK {{" + " ".join(f"BIND(1 AS ?x{n})" for n in range(20_000)) + "}}",
    "exclamation marks": "ASK {{ FILTER(" + "!" * 500_000 + "true) }}",
    "ten megabytes": "ASK {{ }} #" + "x" * 10_000_000,
    "a cross product": "SELECT (COUNT(*) AS ?n) {{ " + CROSS + " }}",
    "a sorted cross product": "SELECT * {{ " + CROSS + " }} ORDER BY ?a",
    "a path bomb": "SELECT (COUNT(*) AS ?n) {{ ?a (!rlt:x|^!rlt:y)* ?b . ?b (!rlt:x|^!rlt:y)* ?c . ?c (!rlt:x)* ?d }}",
    "a regex bomb": "SELECT * {{ ?a ?b ?c . ?d ?e ?f "
    'FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(x+x+)+(y{{9,99}}){{9,99}}")) }}',
    "a growing text": "SELECT (GROUP_CONCAT(?c) AS ?t) {{ " + CROSS + " }}",
    "nothing": "",
    "half a character": "ASK {{ ?s ?p '\ud800' }}",
}
WATCHED = """
import json, mmap, sys
shared = mmap.mmap(-1, 1 << 20)  # children write into it too; its end stands in the first bytes
def hook(event, arguments):
    if event.startswith(("open", "socket.", "urllib.", "subprocess.", "os.exec", "os.remove", "os.rename", "os.mkdir")):
        line = json.dumps([event, repr(arguments[0]), repr(arguments[1:])]).encode() + b"\\n"
        start = int.from_bytes(shared[:8], "big") or 8
        shared[start : start + len(line)] = line
        shared[:8] = (start + len(line)).to_bytes(8, "big")
import rltkg
graph = rltkg.open()
graph.sparql("ASK { }")
sys.addaudithook(hook)
for text in json.loads(sys.stdin.read()):
    try:
        graph.sparql(text, timeout=1)
        print("ran")
    except rltkg.errors.RltkgError as error:
        print(type(error).__name__)
print(shared[8 : int.from_bytes(shared[:8], "big")].decode(), file=sys.stderr)
"""


def test_select_gives_an_answer(graph: KnowledgeGraph) -> None:
    answer = graph.sparql(
        "SELECT ?i ?l { ?i a rlt:Indication ; rdfs:label ?l FILTER(CONTAINS(?l, 'lymphoma')) } ORDER BY ?l"
    )
    assert isinstance(answer, Answer)

    assert answer.columns == ["i", "l"]
    assert (pyoxigraph.NamedNode(OWN + "thing/lymphoma"), pyoxigraph.Literal("lymphoma", language="en")) in answer.rows
    assert answer.text.startswith("PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\nPREFIX rlt: <")
    assert (answer.query, answer.empty_because, answer.cut_because, answer.remarks) == (None, None, None, [])
    assert len(graph.store.select(answer.text)) == len(answer.serialize("json"))
    assert answer.release == graph.release.version


def test_ask_gives_a_truth_value(graph: KnowledgeGraph) -> None:
    assert graph.sparql("ASK { thing:lymphoma a rlt:Indication }") is True
    assert graph.sparql("ASK { thing:lymphoma a rlt:Place }") is False


def test_construct_and_describe_give_triples(graph: KnowledgeGraph) -> None:
    made = graph.sparql("CONSTRUCT { ?i skos:prefLabel ?l } WHERE { ?i a rlt:Indication ; rdfs:label ?l }")
    told = graph.sparql("DESCRIBE thing:lymphoma")
    indications = graph.sparql("SELECT DISTINCT ?i ?l { ?i a rlt:Indication ; rdfs:label ?l }")
    assert isinstance(made, Triples)
    assert isinstance(told, Triples)

    assert len(made) == len(indications) > 5  # type: ignore[arg-type]
    assert {str(triple.subject) for triple in told} == {f"<{OWN}thing/lymphoma>"}


@pytest.mark.parametrize("form", ["json", "csv", "tsv"])
def test_formats_equal_those_of_the_engine_to_the_byte(form: str, graph: KnowledgeGraph) -> None:
    """Every kind of term, empty cells, empty rows, marks, and texts that look like JSON."""
    text = """SELECT * {
      VALUES (?a ?b ?c) { (1 "x,\\"y\\"\\n\\tz" UNDEF) (UNDEF UNDEF UNDEF) ("},{" "é"@en-GB <http://e/?a=b&c>)
        (1.50 1e3 true) ("2021-01-01"^^<http://www.w3.org/2001/XMLSchema#date> "\\\\" "]}}") ("" "'" "<b>") }
      BIND(BNODE("x") AS ?d) }"""
    answer = graph.sparql(text)
    engine = graph.store._engine  # type: ignore[attr-defined] # noqa: SLF001 - the raw engine is the yardstick
    raw = engine.query(text).serialize(format=getattr(pyoxigraph.QueryResultsFormat, form.upper()))
    assert isinstance(answer, Answer)
    ours = answer.serialize(form)

    assert len(answer) == 6
    # Each run gives the blank nodes new names; all else is equal.
    assert _without_names(ours) == _without_names(raw)


def _without_names(content: bytes) -> bytes:
    import re

    return re.sub(rb'(_:|"bnode","value":")[0-9a-f]{10,}', rb"\1", content)


def test_all_of_the_graph_is_equal_to_the_byte(graph: KnowledgeGraph) -> None:
    text = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    answer = graph.sparql(text)
    assert isinstance(answer, Answer)

    assert len(answer) > 20_000
    assert answer.serialize("json") == graph.store.select(text)


def test_a_result_is_cut_at_its_limit_and_says_so(graph: KnowledgeGraph) -> None:
    whole = graph.sparql("SELECT * { ?a rdfs:label ?b . ?c rdfs:label ?d } LIMIT 100000")
    more = graph.sparql("SELECT * { ?a rdfs:label ?b . ?c rdfs:label ?d } LIMIT 100001")
    few = graph.sparql("SELECT * { ?s ?p ?o }", max_rows=3)
    triples = graph.sparql("CONSTRUCT WHERE { ?s ?p ?o }", max_rows=3)
    assert isinstance(whole, Answer)
    assert isinstance(more, Answer)
    assert isinstance(few, Answer)
    assert isinstance(triples, Triples)

    assert (len(whole), whole.cut_because) == (100_000, None)
    assert (len(more), more.cut_because) == (
        100_000,
        "The answer was cut at 100,000 rows, its limit; there are more rows.",
    )
    assert (len(few), few.cut_because) == (3, "The answer was cut at 3 rows, its limit; there are more rows.")
    assert (len(triples), triples.cut_because) == (
        3,
        "The answer was cut at 3 triples, its limit; there are more triples.",
    )


def test_an_endless_answer_needs_no_more_time_than_its_limit(graph: KnowledgeGraph) -> None:
    answer = graph.sparql(f"SELECT ?a ?j {{ {CROSS} }}", max_rows=1000)

    assert len(answer) == 1000  # type: ignore[arg-type]


def test_from_asks_the_graphs_that_it_names(graph: KnowledgeGraph) -> None:
    gov = graph.sparql("SELECT DISTINCT ?d FROM graph:gov { ?s rlt:statedIn ?d }")
    both = graph.sparql("SELECT DISTINCT ?d FROM graph:gov FROM graph:eur { ?s rlt:statedIn ?d }")
    named = graph.sparql("SELECT DISTINCT ?g FROM NAMED graph:eur { GRAPH ?g { ?s rlt:statedIn ?d } }")
    everywhere = graph.sparql("SELECT DISTINCT ?g { GRAPH ?g { ?s rlt:statedIn ?d } }")

    assert [row[0].value for row in gov] == [OWN + "thing/gov-working-paper"]  # type: ignore[union-attr]
    assert len(both) == 2  # type: ignore[arg-type]
    assert [row[0].value for row in named] == [OWN + "graph/eur"]  # type: ignore[union-attr]
    assert len(everywhere) >= 2  # type: ignore[arg-type]


def test_terms_that_are_not_there_are_told(graph: KnowledgeGraph) -> None:
    answer = graph.sparql("SELECT ?s {\n  ?s a rlt:Position OPTIONAL { ?s rlt:covrage ?c } }")
    empty = graph.sparql("SELECT ?s {\n  ?s a rlt:Posision OPTIONAL { ?s rlt:covrage ?c } }")
    assert isinstance(answer, Answer)
    assert isinstance(empty, Answer)

    assert answer.remarks == ["line 2, column 35: rlt:covrage is not in the graph; did you mean rlt:coverage?"]
    assert str(empty.empty_because).startswith("Nothing fits `?s a rlt:Posision` (line 2)")
    assert "did you mean rlt:Position?" in str(empty.empty_because)
    assert empty.remarks == answer.remarks


def test_a_count_of_nothing_is_explained(graph: KnowledgeGraph) -> None:
    wrong = graph.sparql("SELECT (COUNT(?s) AS ?n) { ?s a rlt:Posision }")
    right = graph.sparql("SELECT (COUNT(?s) AS ?n) { ?s a rlt:Position }")
    given = graph.sparql("SELECT (0 AS ?n) { ?s a rlt:Position } LIMIT 1")
    assert isinstance(wrong, Answer)
    assert isinstance(right, Answer)
    assert isinstance(given, Answer)

    assert [row[0] for row in wrong] == [pyoxigraph.Literal(0)]
    assert len(wrong.remarks) == 1
    assert wrong.remarks[0].startswith("Nothing fits `?s a rlt:Posision` (line 1). rlt:Posision is not in the graph")
    assert (right.remarks, given.remarks) == ([], [])


def test_an_empty_graph_is_explained_too(graph: KnowledgeGraph) -> None:
    empty = graph.sparql("CONSTRUCT WHERE { ?s a rlt:Posision }")
    assert isinstance(empty, Triples)

    assert "did you mean rlt:Position?" in str(empty.empty_because)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_one_sentence(name: str, graph: KnowledgeGraph, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://secret/> <http://secret/> <http://secret/> .", encoding="utf-8")
    with pytest.raises(RltkgError) as caught:
        graph.sparql(HOSTILE[name].format(secret=secret), timeout=1)

    message = str(caught.value)
    assert caught.value.exit_status in (2, 3)
    assert message.splitlines()[0].startswith("The query")
    assert len(message) < 700
    assert "secret/>" not in message


def test_no_file_is_read_and_no_connection_tried(tmp_path: Path) -> None:
    """An audit hook in the process and in its children sees what Python opens; the limit on files does for the rest."""
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://secret/> <http://secret/> <http://secret/> .", encoding="utf-8")
    quick = [text.format(secret=secret) for name, text in HOSTILE.items() if not name.startswith(("a ", "half", "ten"))]
    texts = [*quick, "SELECT * { ?s ?p ?o } LIMIT 5", "CONSTRUCT WHERE { ?s a rlt:Place }", "ASK { ?s rlt:nothing ?o }"]
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCHED],
        input=json.dumps(texts), capture_output=True, text=True, check=False, cwd=tmp_path, timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = done.stdout.split()
    seen = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("[")]
    opened = [path.strip("'") for event, path, _ in seen if event == "open"]

    assert said[-3:] == ["ran"] * 3
    assert set(said[:-3]) == {"InputError", "UnavailableError"}
    assert len(opened) > 20
    assert [each for each in seen if each[0] != "open"] == []
    ours = (str(ROOT), sys.base_prefix, sys.prefix)
    outside = [path for path in opened if not path.startswith(ours) and not path.isdigit()]  # digits: its own pipe
    assert opened.count("/proc/self/statm") >= len(texts) - 15  # once in each child: children are seen, too
    assert set(outside) == {"/dev/null", "/proc/self/statm"}


def test_limits_must_make_sense(graph: KnowledgeGraph) -> None:
    for seconds in (0.0, -1.0, float("nan"), float("inf"), 1e9):
        with pytest.raises(InputError, match="give a number above 0"):
            graph.sparql("ASK { }", timeout=seconds)
    with pytest.raises(InputError, match="give a whole number from 1 on"):
        graph.sparql("ASK { }", max_rows=0)


def test_the_callers_process_lives_on(graph: KnowledgeGraph) -> None:
    """After a query that was stopped, one that crashed, and one from another thread."""
    for text in (HOSTILE["a cross product"], HOSTILE["long sum"]):
        with pytest.raises(UnavailableError):
            graph.sparql(text.replace("{{", "{").replace("}}", "}"), timeout=0.5)
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(graph.sparql("ASK { ?s ?p ?o }")))
    thread.start()
    thread.join()

    assert found == [True]
    assert graph.sparql("ASK { ?s ?p ?o }") is True


def test_a_function_that_no_store_has_is_told(graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="custom function <http://e/f> is not supported"):
        graph.sparql("PREFIX e: <http://e/> SELECT (e:f(1) AS ?x) { }")
