"""Start-up: whole processes, from start to end, on the shipped release. They answer one question each, and end."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure.process import Failed
from benchmarks.measure.rounds import in_turn
from benchmarks.report.goals import Goal
from benchmarks.report.tables import times_table
from benchmarks.results import Row, seconds_of
from rltkg.graph import open as open_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.graphs import Graph
    from benchmarks.groups.base import Bench

TITLE = "Start-up"
SIZED = False
GROUP = "startup"
QUERY = "guidelines_omitting_rlt"
BARE = "bare Python"
IMPORT = "import rltkg"
RAW = "bare pyoxigraph script, the same question, csv"
TABLE = f"rltkg ask {QUERY}"
CSV = f"{TABLE} --format csv"
RDFLIB = "rdflib script, the same question, csv"
SAME = (RAW, CSV, RDFLIB)  # these must print the same rows

PYOXIGRAPH = """
import pyoxigraph, sys
store = pyoxigraph.Store()
for path, graph in {files!r}:
    store.load(path=path, format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode(graph))
solutions = store.query({text!r}, use_default_graph_as_union=True)
sys.stdout.buffer.write(solutions.serialize(format=pyoxigraph.QueryResultsFormat.CSV))
"""
REFERENCE = """
import rdflib, sys
union = rdflib.Dataset(default_union=True)
for path, graph in {files!r}:
    union.graph(rdflib.URIRef(graph)).parse(path, format="turtle")
sys.stdout.buffer.write(union.query({text!r}).serialize(format="csv"))
"""


def commands(graph: Graph, scratch: Path) -> dict[str, list[str]]:
    """Return what is run, by name; scripts are written into `scratch`. One more command is one more line."""
    text = open_graph().ask(QUERY).text
    scripts = {}
    for name, script in {"raw": PYOXIGRAPH, "reference": REFERENCE}.items():
        scripts[name] = scratch / f"{name}.py"
        scripts[name].write_text(script.format(files=graph.source.files, text=text), encoding="utf-8")
    python = sys.executable
    return {
        BARE: [python, "-c", "pass"],
        IMPORT: [python, "-c", "import rltkg"],
        RAW: [python, str(scripts["raw"])],
        TABLE: [*rltkg(), "ask", QUERY],
        CSV: [*rltkg(), "ask", QUERY, "--format", "csv"],
        "rltkg find lymphoma": [*rltkg(), "find", "lymphoma"],
        "rltkg find nueroendocrine (misspelt)": [*rltkg(), "find", "nueroendocrine"],
        f"rltkg describe {graph.thing}": [*rltkg(), "describe", graph.thing],
        "rltkg queries": [*rltkg(), "queries"],
        RDFLIB: [python, str(scripts["reference"])],
    }


def rltkg() -> list[str]:
    """Return the start of a command line: the script that was installed, or what it does."""
    script = Path(sys.executable).with_name("rltkg")
    code = "from rltkg.cli import main; raise SystemExit(main())"
    return [str(script)] if script.exists() else [sys.executable, "-c", code]


def measure(graph: Graph, bench: Bench) -> list[Row]:
    """Run each command in turn."""
    rows: dict[str, Row] = {}
    printed: dict[str, list[bytes]] = {}

    def once(name: str, command: list[str]) -> float:
        ended = bench.launcher.run(command, bench.load_limit)
        rows[name].peak = max(rows[name].peak or 0, ended.peak)
        printed[name] = sorted(ended.output.splitlines())
        return ended.seconds

    runs: dict[str, Callable[[], float]] = {}
    for name, command in commands(graph, bench.scratch).items():
        rows[name] = Row(GROUP, graph.size, name, name)
        runs[name] = partial(once, name, command)
    # A process takes so long that few would be counted by the clock; what is fast is measured often all the same.
    for name, outcome in in_turn(runs, rounds=bench.rounds * 2, patience=2.0).items():
        rows[name].took(outcome)
        if name in SAME and not isinstance(outcome, Failed) and printed[name] != printed.get(RAW):
            rows[name].wrong = "prints other rows than the bare pyoxigraph script"
    return list(rows.values())


def goals(rows: list[Row]) -> list[Goal]:
    """Hold the figures against what was set out."""
    extra = (seconds_of(rows, IMPORT) - seconds_of(rows, BARE)) * 1000
    base = seconds_of(rows, RAW)
    table = seconds_of(rows, TABLE)
    return [
        Goal.at_most("`import rltkg`, over bare Python", extra, 25, 15, "ms"),
        Goal.at_most(
            "whole process `rltkg ask`, csv, over a bare pyoxigraph script", seconds_of(rows, CSV) / base, 1.8, 1.2
        ),
        Goal.at_most("whole process `rltkg ask`, table, over the same", table / base, 1.8, 1.2),
        Goal.at_least("rdflib doing the same, over `rltkg ask`", seconds_of(rows, RDFLIB) / table, 15, 15),
    ]


def section(rows: list[Row]) -> str:
    """Return the table."""
    return times_table(rows, "process", seconds_of(rows, RAW), "over the bare script")
