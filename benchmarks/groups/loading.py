"""Loading: how fast the files of a graph come into memory and onto disk, and what memory that takes at its peak."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.engines import ENGINES, label
from benchmarks.engines.worker import Worker
from benchmarks.measure.rounds import in_turn
from benchmarks.report.goals import Goal
from benchmarks.report.tables import mebibytes, milliseconds, shown, table
from benchmarks.results import Row, by_size, seconds_of, triples_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.graphs import Graph
    from benchmarks.groups.base import Bench

TITLE = "Loading"
SIZED = True
GROUP = "load"
CASE = "load"
INTO_MEMORY = ("pyoxigraph", "pyoxigraph-bulk")
ROUNDS = 5


def measure(graph: Graph, bench: Bench) -> list[Row]:
    """Load into each engine, each time in a new process."""
    rows = {name: Row(GROUP, graph.size, CASE, name) for name in ENGINES if name in bench.engines}

    def once(name: str) -> float:
        where = bench.scratch / name
        bench.say(f"load {graph.size}: {name}")
        try:
            with Worker(name) as worker:
                done = worker.load(graph.source, where, bench.load_limit, count=not rows[name].triples)
        finally:
            shutil.rmtree(where, ignore_errors=True)
        rows[name].peak = max(rows[name].peak or 0, done["peak"])
        rows[name].triples = rows[name].triples or done["triples"]
        return float(done["seconds"])

    runs: dict[str, Callable[[], float]] = {name: partial(once, name) for name in rows}
    for name, outcome in in_turn(runs, min(bench.rounds, ROUNDS), bench.load_limit / 15).items():
        rows[name].took(outcome)
    right = triples_of(rows.values())
    for row in rows.values():
        if row.triples and row.triples != right:
            row.wrong = f"{row.triples:,} triples instead of {right:,}"
    return list(rows.values())


def goals(rows: list[Row]) -> list[Goal]:
    """Hold the largest size against what was set out; against rdflib, the largest that it was measured at."""
    found = []
    for size, held in by_size(rows)[-1:]:
        memory = raw_of(held, "ours") / seconds_of(held, "ours")
        disk = raw_of(held, "ours-disk") / seconds_of(held, "ours-disk")
        found.append(Goal.at_least(f"load {size} into memory, rate over raw pyoxigraph", memory, 0.6, 0.9))
        found.append(Goal.at_least(f"load {size} onto disk, rate over raw `bulk_load`", disk, 0.6, 0.9))
    compared = [each for each in by_size(rows) if seconds_of(each[1], "rdflib") > 0]
    for size, held in compared[-1:]:
        peer = seconds_of(held, "rdflib") / seconds_of(held, "ours")
        found.append(Goal.at_least(f"load {size} into memory, rate over rdflib", peer, 10, 10))
    return found


def raw_of(rows: list[Row], name: str) -> float:
    """Return the seconds of the raw engine that `name` is held against: the better of its two ways into memory."""
    if name.endswith("-disk"):
        return seconds_of(rows, "pyoxigraph-disk")
    return min(seconds_of(rows, each) for each in INTO_MEMORY)


def section(rows: list[Row]) -> str:
    """Return the table: rates, ratios, peaks."""
    lines = []
    for size, held in by_size(rows):
        for row in held:
            rate = f"{row.triples / row.seconds / 1000:,.0f}" if row.seconds > 0 else "-"
            ratio = shown(raw_of(held, row.engine) / row.seconds)
            lines.append((size, label(row.engine), ratio, rate, milliseconds(row), mebibytes(row.peak)))
    heads = ["graph", "engine", "rate over raw", "1,000 triples/s", "ms, median (spread)", "peak, MiB"]
    counts = ", ".join(f"{size}: {triples_of(held):,}" for size, held in by_size(rows))
    return (
        f"Triples: {counts}. Raw is pyoxigraph: in memory the better of `load` and `bulk_load`, on disk "
        "`bulk_load`.\n\n" + table(heads, lines, 2)
    )
