"""Everything is judged: a generated graph beside the shipped one, in whole processes."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.graphs import SIZES
from benchmarks.groups.contribution import script
from benchmarks.measure.machine import ROOT
from benchmarks.measure.rounds import in_turn
from benchmarks.report.goals import Goal
from benchmarks.report.tables import mebibytes, milliseconds, shown, table
from benchmarks.results import Row, by_size, seconds_of, triples_of
from rltkg.corpus import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.graphs import Graph
    from benchmarks.groups.base import Bench

TITLE = "Everything checked"
SIZED = True
GROUP = "validate"
CASE = "whole"
OURS = "rltkg validate --whole, pyshifty"
RAW = "bare pyshifty script, the same files"
PEER = "bare pyshacl script, the same files"
PEER_UP_TO = "100k"  # it takes minutes there
# As `rltkg validate` does; findings (status 1) are no failure of the measurement.
RUN = "from rltkg.cli import main; raise SystemExit(main({arguments!r}) > 1)"


def measure(graph: Graph, bench: Bench) -> list[Row]:
    """Write the graph as Turtle, which is the shortest, and run each command in turn."""
    file = bench.scratch / "graph.ttl"
    size = graph.size
    subprocess.run([sys.executable, "-m", "benchmarks.generator", size, "-o", str(file)], cwd=ROOT, check=True)
    everything = [str(file), *(str(each.path) for each in shipped().files)]
    arguments = ["validate", "--whole", "--engine", "pyshifty", str(file), "-o", str(bench.scratch / "report.json")]
    commands = {
        OURS: [sys.executable, "-c", RUN.format(arguments=arguments)],
        RAW: script("pyshifty", bench.scratch / "raw.py", everything),
    }
    if size in SIZES[: SIZES.index(PEER_UP_TO) + 1]:
        commands[PEER] = script("pyshacl", bench.scratch / "peer.py", everything)
    rows = {name: Row(GROUP, size, CASE, name, triples=_count(size)) for name in commands}

    def once(name: str) -> float:
        bench.say(f"{GROUP} {size}: {name}")
        ended = bench.launcher.run(commands[name], bench.load_limit * 5)
        rows[name].peak = max(rows[name].peak or 0, ended.peak)
        return ended.seconds

    runs: dict[str, Callable[[], float]] = {name: partial(once, name) for name in commands}
    for name, outcome in in_turn(runs, min(bench.rounds, 3), 20.0).items():
        rows[name].took(outcome)
    return list(rows.values())


def _count(size: str) -> int:
    """Return how many triples are asked for by the name of a size."""
    return int(size.removesuffix("k").removesuffix("m")) * (1_000_000 if size.endswith("m") else 1_000)


def goals(rows: list[Row]) -> list[Goal]:
    """Hold the largest size against what was set out; against pySHACL, rates at the largest size of each."""
    found = []
    for size, held in by_size(rows)[-1:]:
        peaks = {row.engine: row.peak or 0 for row in held}
        time = seconds_of(held, OURS) / seconds_of(held, RAW)
        memory = peaks.get(OURS, 0) / (peaks.get(RAW) or float("nan"))
        found.append(Goal.at_most(f"check {size} completely, over a bare pyshifty script", time, 1.2, 1.1))
        found.append(Goal.at_most("the same, peak memory", memory, 1.2, 1.1))
        rate = triples_of(held) / seconds_of(held, OURS)
        for peer_size, compared in by_size(rows):
            if seconds_of(compared, PEER) > 0:
                peer = triples_of(compared) / seconds_of(compared, PEER)
                goal = Goal.at_least(f"rate at {size}, over bare pySHACL at {peer_size}", rate / peer, 30, 30)
                found = [*found[:2], goal]
    return found


def section(rows: list[Row]) -> str:
    """Return the table: how long, over the bare engine, peak memory."""
    lines = []
    for size, held in by_size(rows):
        raw = seconds_of(held, RAW)
        lines += [(size, row.engine, shown(row.seconds / raw), milliseconds(row), mebibytes(row.peak)) for row in held]
    heads = ["graph", "process", "over bare pyshifty", "ms, median (spread)", "peak, MiB"]
    told = (
        "The generated graph and the shipped one together, by all shapes. Ours also runs the checks and guards, and "
        "tells the line of each finding; the bare scripts print how many results there are.\n\n"
    )
    return told + table(heads, lines, 2)
