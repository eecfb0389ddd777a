"""The whole catalogue, asked of every engine: in memory and on disk, as a document and as rows; answers compared."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.engines import ENGINES
from benchmarks.groups.fleet import Fleet
from benchmarks.measure.process import Failed
from benchmarks.measure.rounds import in_turn
from benchmarks.report.asked import GROUP, HELD, LOADED, ROWS, goals, section
from benchmarks.results import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.engines.base import Case
    from benchmarks.graphs import Graph
    from benchmarks.groups.base import Bench

TITLE = "The catalogue"
SIZED = True
AS_ROWS = ("ours", "pyoxigraph")  # asked for rows, too
PATIENCE = 1.5  # seconds; what takes longer is not repeated
LEFT_OUT = ("pyoxigraph-bulk",)  # holds the same as another one

__all__ = ["SIZED", "TITLE", "goals", "measure", "section"]


def measure(graph: Graph, bench: Bench) -> list[Row]:
    """Load every engine once, then ask each case of all of them in turn."""
    names = [name for name in ENGINES if name in bench.engines and name not in LEFT_OUT]
    found: list[Row] = []
    with Fleet(names, graph, bench) as fleet:
        for name in names:
            row = Row(GROUP, graph.size, LOADED, name, triples=fleet.triples, peak=fleet.peaks.get(name))
            row.failure = fleet.lost.get(name)
            found.append(row)
        for case in graph.cases():
            bench.say(f"catalogue {graph.size}: {case.name}")
            found += _asked(case, graph, fleet, bench)
        found += [Row(GROUP, graph.size, HELD, name, fleet.triples, peak=fleet.peaks.get(name)) for name in names]
    return found


def _asked(case: Case, graph: Graph, fleet: Fleet, bench: Bench) -> list[Row]:
    """Ask one case of every engine; the first round, which is not counted, compares the answers."""
    rows: dict[str, Row] = {}
    digests: dict[str, str] = {}
    try:
        case = fleet.with_text(case, bench.limit)
    except Failed as failure:
        return [Row(GROUP, graph.size, case.name, "ours", fleet.triples, failure=str(failure))]

    def document(name: str) -> float:
        done = fleet.ask(name, case, bench.limit, check=name not in digests)
        if name not in digests:
            rows[name].rows, digests[name] = done["rows"], done["digest"]
        return float(done["seconds"])

    def tuples(name: str) -> float:
        done = fleet.rows(name, case, bench.limit)
        rows[name + ROWS].rows = done["rows"]
        return float(done["seconds"])

    runs: dict[str, Callable[[], float]] = {}
    for name in [name for name in fleet.names if name not in fleet.absent]:
        ways = {name: document, name + ROWS: tuples} if name in AS_ROWS else {name: document}
        for key, run in ways.items():
            rows[key] = Row(GROUP, graph.size, case.name, key, fleet.triples)
            if reason := bench.hopeless.get((case.name, key)):
                rows[key].failure = reason
            else:
                runs[key] = partial(run, name)
    for key, outcome in in_turn(runs, bench.rounds, PATIENCE).items():
        rows[key].took(outcome)
    compare(rows, digests)
    return list(rows.values())


def compare(rows: dict[str, Row], digests: dict[str, str]) -> None:
    """Mark each answer that differs from that of the raw engine (or, where that gave none, from the first)."""
    right = next((name for name in ("pyoxigraph", "pyoxigraph-disk", *digests) if name in digests), None)
    for key, row in rows.items():
        name = key.removesuffix(ROWS)
        if right and name in digests and (digests[name] != digests[right] or row.rows != rows[right].rows):
            row.wrong = f"{row.rows or 0:,} rows, not the {rows[right].rows or 0:,} of {right}"
