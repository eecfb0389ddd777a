"""The harness measures and compares as it says, and what it holds against time is held here against counts."""

from __future__ import annotations

import dataclasses
import gc
import math
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from benchmarks.__main__ import main
from benchmarks.engines.answers import digest
from benchmarks.engines.base import Case
from benchmarks.engines.worker import Worker
from benchmarks.graphs import shipped_graph
from benchmarks.groups import GROUPS
from benchmarks.groups.catalogue import compare
from benchmarks.measure.machine import machine
from benchmarks.measure.process import Failed, Launcher
from benchmarks.measure.rounds import in_turn, repeats
from benchmarks.report.asked import LOADED, ratios
from benchmarks.report.document import write
from benchmarks.report.goals import Goal
from benchmarks.results import Results, Row
from rltkg.graph import catalogue
from rltkg.graph import open as open_graph
from rltkg.results.answer import Answer

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from rltkg.graph import KnowledgeGraph

MOST = 3000  # instructions of ours for one question; a few tenths of a millisecond on any machine
DOCUMENT = '{"head":{"vars":["a","b"]},"results":{"bindings":[%s]}}'
ONE = '{"a":{"type":"uri","value":"http://example.org/1"}}'
LABEL = '{"b":{"type":"literal","value":"one","xml:lang":"EN"}}'


def instructions(graph: KnowledgeGraph, ident: str, **parameters: object) -> int:
    """Return how many instructions of Python run in `graph.ask`; what the engine does is none of them."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401 - a trace function returns itself
        nonlocal count
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    graph.ask(ident, **parameters)  # imports what it needs
    gc.disable()
    sys.settrace(trace)
    try:
        graph.ask(ident, **parameters)
    finally:
        sys.settrace(before)
        gc.enable()
    return count


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Return the release with 3,000 actors more, each of which is linked to two other vocabularies."""
    path = tmp_path_factory.mktemp("larger") / "more.ttl"
    actor = '<http://example.org/{n}> a rlt:Actor ; rdfs:label "actor {n}" ; skos:exactMatch eg:a{n}, eg:b{n} .'
    head = (
        "@prefix rlt: <https://w3id.org/rltkg/ontology/> . @prefix eg: <http://example.org/foreign/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    )
    path.write_text(head + "\n".join(actor.format(n=number) for number in range(3000)), encoding="utf-8")
    return open_graph(extra=path)


@pytest.mark.parametrize(
    "parameters",
    [{}, {"thing": "nice"}, {"thing": "https://w3id.org/rltkg/thing/nice"}, {"thing": "European Commission"}],
    ids=["no parameter", "an id", "an IRI", "a label"],
)
def test_our_share_of_a_question_does_not_grow_with_graph_or_answer(
    parameters: dict[str, object], graph: KnowledgeGraph, larger: KnowledgeGraph
) -> None:
    """Counted in instructions of Python, which no busy machine changes."""
    small, large = instructions(graph, "mappings", **parameters), instructions(larger, "mappings", **parameters)

    assert len(larger.ask("mappings")) >= len(graph.ask("mappings")) + 6000
    assert small == large
    assert 0 < small < MOST


def test_our_share_of_every_question_is_small(graph: KnowledgeGraph) -> None:
    counts = {query.id: instructions(graph, query.id) for query in catalogue() if graph.ask(query.id)}

    assert len(counts) >= 20
    assert {ident: count for ident, count in counts.items() if count > MOST} == {}


def test_the_count_sees_work_on_each_row(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tests above would say if `ask` made terms of all rows."""
    before = instructions(graph, "statements")
    monkeypatch.setattr(Answer, "__bool__", lambda answer: bool(answer.rows))

    assert instructions(graph, "statements") > before + 2 * len(graph.ask("statements"))


def test_what_is_compared_runs_in_turn_and_the_first_round_does_not_count() -> None:
    order: list[str] = []
    times = {"a": iter([9.0, 0.1, 0.2, 0.3]), "b": iter([0.5, 0.6, 0.7, 0.8])}

    def run(name: str) -> float:
        order.append(name)
        return next(times[name])

    outcome = in_turn({"a": lambda: run("a"), "b": lambda: run("b")}, rounds=3, patience=10)

    assert order == ["a", "b"] * 4
    assert outcome == {"a": [0.1, 0.2, 0.3], "b": [0.6, 0.7, 0.8]}


def test_a_slow_run_counts_once_and_a_failure_drops_out() -> None:
    def failing() -> float:
        raise Failed("no luck")

    outcome = in_turn({"slow": lambda: 60.0, "fails": failing, "fast": lambda: 0.01}, rounds=5)

    assert outcome["slow"] == [60.0]
    assert str(outcome["fails"]) == "no luck"
    assert outcome["fast"] == [0.01] * 5
    assert [repeats(first, 9, 3.0) for first in (0.01, 0.5, 1.4, 3.1)] == [9, 6, 3, 0]


def test_answers_are_compared_as_multisets_of_values() -> None:
    number = '{"a":{"type":"literal","value":"%s","datatype":"http://www.w3.org/2001/XMLSchema#%s"}}'
    plain = '{"a":{"type":"literal","value":"x"%s}}'

    def of(*rows: str) -> tuple[int, str]:
        return digest((DOCUMENT % ",".join(rows)).encode())

    assert of(ONE, LABEL) == of(LABEL.replace("EN", "en"), ONE)
    assert of(ONE, ONE) != of(ONE)
    assert of(ONE, ONE, LABEL)[1] != of(ONE, LABEL, LABEL)[1]
    assert of(number % ("1.10", "decimal")) == of(number % ("1.1", "decimal")) != of(number % ("1.1", "double"))
    assert of(plain % "") == of(plain % ',"datatype":"http://www.w3.org/2001/XMLSchema#string"')
    assert of(LABEL) != of(LABEL.replace(',"xml:lang":"EN"', ""))
    assert digest(b'{"head":{},"boolean":true}') == (1, "True")


def test_a_process_is_measured_and_its_failure_told() -> None:
    with Launcher() as launcher:
        small = launcher.run([sys.executable, "-c", "print('done')"], 60)
        large = launcher.run([sys.executable, "-c", "held = b'x' * 200_000_000"], 60)
        with pytest.raises(Failed, match="status 3: no such thing"):
            launcher.run([sys.executable, "-c", "import sys; print('no such thing', file=sys.stderr); sys.exit(3)"], 60)
        with pytest.raises(Failed, match=r"not finished after 0\.2 s"):
            launcher.run([sys.executable, "-c", "import time; time.sleep(60)"], 0.2)

        assert launcher.run([sys.executable, "-c", "pass"], 60).output == b""
    assert small.output == b"done\n"
    assert large.peak - small.peak > 190_000_000


@pytest.mark.parametrize("name", ["ours", "pyoxigraph", "rdflib"])
def test_engines_load_the_release_and_agree(name: str, tmp_path: Path) -> None:
    release, graph = shipped_graph(), open_graph()
    case = Case("indications", "terms", {}, "SELECT ?x ?y { ?x <https://w3id.org/rltkg/ontology/narrowerThan> ?y }")
    with Worker(name) as worker:
        loaded = worker.load(release.source, tmp_path / "store", 120)
        if name == "ours":
            case = dataclasses.replace(case, text=worker.text(case, 60))
            assert case.text == graph.ask("terms").text
        asked = worker.ask(case, 60, check=True)
        expected = digest(graph.store.select(case.text))

        assert loaded["triples"] == len(graph.store)  # type: ignore[arg-type]
        assert (asked["rows"], asked["digest"]) == expected
        assert worker.rows(case, 60)["rows"] == expected[0]
        assert asked["peak"] > 10_000_000


def test_a_query_without_end_is_stopped(tmp_path: Path) -> None:
    endless = Case("endless", "terms", {}, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    with Worker("pyoxigraph") as worker:
        worker.load(shipped_graph().source, tmp_path, 120)
        with pytest.raises(Failed, match=r"not finished after 0\.1 s"):
            worker.ask(endless, 0.1)

        assert not worker.alive


def test_a_wrong_answer_does_not_count(tmp_path: Path) -> None:
    def row(case: str, engine: str, *times: float) -> Row:
        return Row("catalogue", "10k", case, engine, 10_000, list(times), rows=5)

    rows = [row("one", "pyoxigraph", 0.1, 0.2, 0.3), row("one", "ours", 0.4), row("one", "rdflib", 0.001)]
    rows[2].rows = 4
    compare(rows={each.engine: each for each in rows}, digests={"pyoxigraph": "x", "ours": "x", "rdflib": "y"})
    results = Results(tmp_path / "results.json")
    results.replace("catalogue", "10k", rows, {"day": "2026-11-21", "commit": "abc"})
    text = write(Results(tmp_path / "results.json"), tmp_path).read_text(encoding="utf-8")

    assert [each.wrong for each in rows] == [None, None, "4 rows, not the 5 of pyoxigraph"]
    assert math.isnan(rows[2].seconds)
    assert ratios(rows, "ours", "pyoxigraph") == [2.0]
    assert ratios(rows, "rdflib", "pyoxigraph") == []
    assert "| the catalogue by `graph.ask`, 10k, over raw pyoxigraph | 2.00x | ≤ 1.3x | ≤ 1.1x | **no** |" in text
    assert "**wrong**: 4 rows, not the 5 of pyoxigraph" in text
    assert "2026-11-21, commit abc: catalogue 10k" in text


def test_the_command_reports_what_is_kept_and_fails_for_wrong_answers_of_ours(tmp_path: Path) -> None:
    results = Results(tmp_path / "results.json")
    results.replace("load", "10k", [Row("load", "10k", "load", "ours", 10_000, [0.5])], {"day": "x", "commit": "y"})

    assert main(["--report", "--out", str(tmp_path)]) == 0
    results.replace(
        "load", "10k", [Row("load", "10k", "load", "ours", 1, [0.5], wrong="1")], {"day": "x", "commit": "y"}
    )

    assert main(["--report", "--out", str(tmp_path)]) == 1


def test_figures_of_another_machine_are_dropped(tmp_path: Path) -> None:
    results = Results(tmp_path / "results.json")
    results.measured_on({"cores": "2"})
    results.replace("load", "10k", [Row("load", "10k", "load", "ours", 10_000, [0.5])], {"day": "x", "commit": "y"})
    again = Results(tmp_path / "results.json")
    again.measured_on({"cores": "2"})

    assert [row.seconds for row in again] == [0.5]
    again.measured_on({"cores": "4"})
    assert list(again) == []
    assert again.occasions == {}
    assert machine()["cores"].isdigit()
    assert {"Python", "pyoxigraph", "memory", "processor"} <= machine().keys()


def test_a_plot_shows_growth(tmp_path: Path) -> None:
    rows = [
        Row("load", size, "load", engine, triples, [triples / 1e6], peak=triples * 100)
        for size, triples in (("10k", 10_000), ("1m", 1_000_000))
        for engine in ("ours", "pyoxigraph")
    ]
    results = Results(tmp_path / "results.json")
    for size in ("10k", "1m"):
        results.replace("load", size, [row for row in rows if row.size == size], {"day": "x", "commit": "y"})
    write(results, tmp_path)
    drawn = ET.parse(tmp_path / "plots" / "load-time.svg").getroot()  # noqa: S314 - our own file

    assert sorted(path.name for path in (tmp_path / "plots").iterdir()) == ["load-memory.svg", "load-time.svg"]
    assert "rltkg, memory" in [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]


def test_goals_are_met_or_not() -> None:
    met = [Goal.at_most("x", found, 1.3, 1.1).met for found in (1.0, 1.2, 1.4, math.nan)]

    assert met == ["aim", "yes", "**no**", "?"]
    assert [Goal.at_least("x", found, 0.6, 0.9).met for found in (1.0, 0.7, 0.5)] == ["aim", "yes", "**no**"]


def test_every_group_has_what_the_harness_asks_for() -> None:
    wanted = {"TITLE", "SIZED", "measure", "goals", "section"}

    assert list(GROUPS) == ["startup", "load", "catalogue", "open", "remote", "contribution", "validate"]
    assert {name: wanted - set(dir(group)) for name, group in GROUPS.items()} == {name: set() for name in GROUPS}
    assert LOADED not in {case.name for case in shipped_graph().cases()}
