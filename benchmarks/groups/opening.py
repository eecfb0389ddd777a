"""On disk: whole processes that open a store in a folder, answer, and end. None should grow with the graph."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.engines.worker import Worker
from benchmarks.groups.startup import rltkg
from benchmarks.measure.process import Failed
from benchmarks.measure.rounds import in_turn
from benchmarks.report.goals import Goal
from benchmarks.report.tables import mebibytes, milliseconds, shown, table
from benchmarks.results import Row, by_size, seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.graphs import Graph
    from benchmarks.groups.base import Bench

TITLE = "On disk, whole processes"
SIZED = True
GROUP = "open"
RAW = "bare pyoxigraph script, all of a thing"
DESCRIBED = "rltkg describe IRI"
SCRIPT = """
import pyoxigraph, sys
store = pyoxigraph.Store.read_only({where!r})
solutions = store.query("SELECT ?p ?o WHERE {{ <{thing}> ?p ?o }}", use_default_graph_as_union=True)
sys.stdout.buffer.write(solutions.serialize(format=pyoxigraph.QueryResultsFormat.CSV))
"""


def commands(graph: Graph, where: Path, script: Path) -> dict[str, list[str]]:
    """Return what is run, by name, on the store in `where`. One more command is one more line."""
    python = sys.executable
    name = graph.thing.rsplit("/", 1)[-1]
    store = ["--store", str(where)]
    script.write_text(SCRIPT.format(where=str(where), thing=graph.thing), encoding="utf-8")
    return {
        "bare Python": [python, "-c", "pass"],
        RAW: [python, str(script)],
        "rltkg describe ID": [*rltkg(), "describe", name, *store],
        DESCRIBED: [*rltkg(), "describe", graph.thing, *store],
        "rltkg ask document_facts": [*rltkg(), "ask", "document_facts", "--document", name, "--format", "csv", *store],
    }


def measure(graph: Graph, bench: Bench) -> list[Row]:
    """Load once, then run each command in turn."""
    where = bench.scratch / "opened"
    triples = 0
    failure: Failed | None = None
    try:
        with Worker("ours-disk") as worker:
            triples = worker.load(graph.source, where, bench.load_limit)["triples"]
    except Failed as failed:
        failure = failed
    rows: dict[str, Row] = {}
    runs: dict[str, Callable[[], float]] = {}

    def once(name: str, command: list[str]) -> float:
        if failure:
            raise failure
        ended = bench.launcher.run(command, bench.limit)
        rows[name].peak = max(rows[name].peak or 0, ended.peak)
        return ended.seconds

    for name, command in commands(graph, where, bench.scratch / "opened.py").items():
        rows[name] = Row(GROUP, graph.size, name, name, triples)
        runs[name] = partial(once, name, command)
    for name, outcome in in_turn(runs, bench.rounds).items():
        rows[name].took(outcome)
    shutil.rmtree(where, ignore_errors=True)
    return list(rows.values())


def goals(rows: list[Row]) -> list[Goal]:
    """Hold the largest size against what was set out."""
    return [
        Goal.at_most(
            f"open {size} on disk and describe a thing, over bare Python",
            (seconds_of(held, DESCRIBED) - seconds_of(held, "bare Python")) * 1000,
            40,
            40,
            "ms",
        )
        for size, held in by_size(rows)[-1:]
    ]


def section(rows: list[Row]) -> str:
    """Return the table."""
    lines = []
    for size, held in by_size(rows):
        base = seconds_of(held, RAW)
        lines += [(size, row.case, shown(row.seconds / base), milliseconds(row), mebibytes(row.peak)) for row in held]
    return table(["graph", "process", "over the bare script", "ms, median (spread)", "peak, MiB"], lines, 2)
