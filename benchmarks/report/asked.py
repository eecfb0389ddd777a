"""What the catalogue showed: ratios first, then what grows faster than it should, then each query."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from benchmarks.engines import ENGINES, RAW, label
from benchmarks.measure.rounds import geometric_mean
from benchmarks.report.goals import Goal
from benchmarks.report.tables import mebibytes, short, shown, table
from benchmarks.results import by_size, triples_of

if TYPE_CHECKING:
    from benchmarks.results import Row

GROUP = "catalogue"
LOADED = "(loaded)"  # not a case, but what a worker held before the first one
HELD = "(asked)"  # and after the last one
ROWS = ", as rows"
FASTER = 1.5  # a query whose cost grows by so much more than its graph is marked
SMALL = 0.002  # seconds; what takes less is not judged for its growth


def ratios(rows: list[Row], engine: str, base: str) -> list[float]:
    """Return, for each case that both finished, how long `engine` took over `base`."""
    of = {(row.case, row.engine): row.seconds for row in rows}
    pairs = [(taken, of.get((case, base), math.nan)) for (case, name), taken in of.items() if name == engine]
    return [taken / other for taken, other in pairs if taken > 0 and other > 0]


def goals(rows: list[Row]) -> list[Goal]:
    """Hold the largest sizes against what was set out."""
    found: list[Goal] = []
    sizes = by_size(rows)

    def last(engine: str, base: str) -> tuple[str, list[float]]:
        held = [(size, values) for size, each in sizes if (values := ratios(each, engine, base))]
        return held[-1] if held else ("", [])

    size, values = last("ours", "pyoxigraph")
    mean = geometric_mean(values)
    found.append(Goal.at_most(f"the catalogue by `graph.ask`, {size}, over raw pyoxigraph", mean, 1.3, 1.1))
    size, values = last("rdflib", "ours")
    found.append(
        Goal.at_least(f"rdflib over `graph.ask`, {size}, queries that it finishes", geometric_mean(values), 30, 30)
    )
    size, values = last("ours-disk", "ours")
    found.append(Goal.at_most(f"on disk over in memory, {size}", geometric_mean(values), 4, 3))
    wrong = [row for row in rows if row.wrong]
    ours = sum(row.engine.startswith("ours") for row in wrong)
    found.append(
        Goal(
            "answers that differ from the raw engine's: ours / of others",
            f"{ours} / {len(wrong) - ours}",
            "0",
            "0",
            "aim" if not ours else "**no**",
        )
    )
    return found


def section(rows: list[Row]) -> str:
    """Return the tables."""
    parts = [_means(rows), _growth(rows)]
    parts += [
        f"<details><summary>Each query at {size}</summary>\n\n{_each(held)}\n\n</details>"
        for size, held in by_size(rows)
    ]
    return "\n\n".join(parts)


def _means(rows: list[Row]) -> str:
    """Return one line for each size and engine: geometric mean over the raw engine, finished, wrong, peaks."""
    lines = []
    for size, held in by_size(rows):
        asked = [row for row in held if row.case not in (LOADED, HELD)]
        for name in dict.fromkeys(row.engine for row in held):
            mine = [row for row in asked if row.engine == name]
            base = _base(name)
            values = ratios(asked, name, base)
            peaks = {row.case: row.peak for row in held if row.engine == name}
            lines.append(
                (
                    size,
                    label(name),
                    "1" if base == name else shown(geometric_mean(values)),
                    shown(max(values, default=math.nan)),
                    f"{sum(row.seconds > 0 for row in mine)} of {len(mine)}",
                    str(sum(bool(row.wrong) for row in mine)),
                    short(sum(row.seconds for row in mine if row.seconds > 0) * 1000),
                    mebibytes(peaks.get(LOADED)),
                    mebibytes(peaks.get(HELD)),
                )
            )
    heads = [
        "graph",
        "engine",
        "over raw",
        "worst",
        "finished",
        "wrong",
        "all, ms",
        "peak loaded, MiB",
        "peak asked, MiB",
    ]
    told = (
        "Over raw: geometric mean, over the queries that both finish, of the time over that of raw pyoxigraph on the "
        "same text; memory and rows against memory and rows, on disk against on disk."
    )
    return f"{told}\n\n{table(heads, lines, 2)}"


def _base(name: str) -> str:
    if name.endswith(ROWS):
        return "pyoxigraph" + ROWS
    return RAW.get(name, name if name == "pyoxigraph-disk" else "pyoxigraph")


def _growth(rows: list[Row]) -> str:
    """Return how the cost of each query grew from size to size, in ours, in memory."""
    sizes = by_size(rows)
    mine = {
        size: {row.case: row for row in held if row.engine == "ours" and row.case not in (LOADED, HELD)}
        for size, held in sizes
    }
    steps = list(pairwise(sizes))
    steps = [(low, high) for low, high in steps if low[0] != "shipped"]
    if not steps:
        return "Growth from size to size is told once two sizes were measured."
    lines = []
    for case in mine[sizes[-1][0]]:
        cells = []
        for (low, before), (high, after) in steps:
            first, second = mine[low].get(case), mine[high].get(case)
            if not first or not second or not first.seconds > 0 or not second.seconds > 0:
                cells += ["-", "-"]
                continue
            cost, more = second.seconds / first.seconds, triples_of(after) / triples_of(before)
            gain = (second.rows or 0) / (first.rows or 1)
            mark = " **faster than the graph**" if cost > FASTER * more and second.seconds > SMALL else ""
            mark = mark or (
                " *faster than the answer*" if cost > FASTER * max(gain, 1) and second.seconds > SMALL else ""
            )
            cells += [f"{shown(cost)}{mark}", shown(gain)]
        lines.append((case, *cells))
    heads = ["query"]
    for (low, before), (high, after) in steps:
        more = triples_of(after) / triples_of(before)
        heads += [f"{low} to {high} ({more:.1f}x): cost", "rows"]
    told = f"Growth in memory. Marked: a cost that grows by {FASTER} times more than the graph, or than the answer."
    return f"{told}\n\n{table(heads, lines)}"


def _each(rows: list[Row]) -> str:
    """Return each query: rows, and ms for each engine."""
    asked = [row for row in rows if row.case not in (LOADED, HELD)]
    names = [name + way for name in ENGINES for way in ("", ROWS)]
    names = [name for name in names if any(row.engine == name for row in asked)]
    lines = []
    for case in dict.fromkeys(row.case for row in asked):
        held = {row.engine: row for row in asked if row.case == case}
        count = next((row.rows for row in held.values() if row.rows is not None and not row.wrong), None)
        ratio = held["ours"].seconds / held["pyoxigraph"].seconds if {"ours", "pyoxigraph"} <= held.keys() else math.nan
        lines.append(
            (case, "-" if count is None else f"{count:,}", shown(ratio), *(_cell(held.get(name)) for name in names))
        )
    return table(["query", "rows", "ours over raw", *(f"{label(name)}, ms" for name in names)], lines)


def _cell(row: Row | None) -> str:
    if row is None:
        return ""
    if row.failure:
        return row.failure
    return f"**wrong**: {row.wrong}" if row.wrong else short(row.seconds * 1000)
