"""Plots as SVG: cost against size, both axes logarithmic, so that a straight line of slope one is linear growth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from benchmarks.engines import ENGINES, label
from benchmarks.measure.rounds import geometric_mean
from benchmarks.report.asked import HELD, LOADED
from benchmarks.results import by_size, triples_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benchmarks.results import Row

    Line = list[tuple[float, float]]

WIDE, HIGH, LEFT, RIGHT, TOP, BELOW = 640, 360, 60, 180, 34, 40
COLOURS = {
    "ours": "#0b6e4f", "ours-disk": "#5fad56", "pyoxigraph": "#333333", "pyoxigraph-disk": "#888888",
    "pyoxigraph-bulk": "#b0a070", "oxrdflib": "#c77d0a", "rdflib": "#c0392b",
}  # fmt: skip


def plots(rows: list[Row]) -> dict[str, str]:
    """Return the plots that `rows` allow: file name -> SVG. A line needs two sizes."""
    sized = [row for row in rows if row.size != "shipped"]
    loads = [row for row in sized if row.group == "load"]
    asked = [row for row in sized if row.group == "catalogue"]
    drawn = {
        "load-time.svg": ("Loading: seconds against triples", _lines(loads, "seconds"), "s"),
        "load-memory.svg": ("Loading: peak memory against triples", _lines(loads, "peak"), "MiB"),
        "catalogue-time.svg": ("The catalogue: geometric mean against triples", _means(asked), "ms"),
        "queries.svg": ("rltkg in memory: each query against triples", _queries(asked), "ms"),
    }
    return {name: svg(title, lines, unit) for name, (title, lines, unit) in drawn.items() if lines}


def _lines(rows: list[Row], what: str) -> dict[str, Line]:
    found: dict[str, Line] = {}
    for _, held in by_size(rows):
        for row in held:
            value = row.seconds if what == "seconds" else (row.peak or math.nan) / 2**20
            if value > 0:
                found.setdefault(row.engine, []).append((triples_of(held), value))
    return {name: line for name, line in found.items() if len(line) > 1}


def _means(rows: list[Row]) -> dict[str, Line]:
    """Return, for each engine, the geometric mean over the cases that it finished at every size where it was asked."""
    found: dict[str, Line] = {}
    for name in [name for name in ENGINES if any(row.engine == name for row in rows)]:
        sizes = [
            (triples_of(held), {row.case: row.seconds for row in held if row.engine == name})
            for _, held in by_size(rows)
        ]
        sizes = [(triples, held) for triples, held in sizes if any(taken > 0 for taken in held.values())]
        shared = [case for case in (sizes[0][1] if sizes else ()) if all(held.get(case, 0) > 0 for _, held in sizes)]
        if len(sizes) > 1 and shared:
            found[name] = [(triples, geometric_mean(held[case] for case in shared) * 1000) for triples, held in sizes]
    return found


def _queries(rows: list[Row]) -> dict[str, Line]:
    found: dict[str, Line] = {}
    for _, held in by_size(rows):
        for row in held:
            if row.engine == "ours" and row.case not in (LOADED, HELD) and row.seconds > 0:
                found.setdefault(row.case, []).append((triples_of(held), row.seconds * 1000))
    return {name: line for name, line in found.items() if len(line) > 1}


def svg(title: str, lines: Mapping[str, Line], unit: str) -> str:
    """Return a plot of `lines` (name -> points, each triples and a positive value in `unit`)."""
    points = [point for line in lines.values() for point in line]
    low_x, high_x = _decades(x for x, _ in points)
    low_y, high_y = _decades(y for _, y in points)

    def place(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - low_x) / (high_x - low_x)
        up = (math.log10(y) - low_y) / (high_y - low_y)
        return round(LEFT + across * (WIDE - LEFT - RIGHT), 1), round(HIGH - BELOW - up * (HIGH - BELOW - TOP), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="11">',
        f'<rect width="{WIDE}" height="{HIGH}" fill="white"/>',
        f'<text x="{LEFT}" y="18" font-size="13">{escape(title)}</text>',
    ]
    for power in range(low_x, high_x + 1):
        x, bottom = place(10**power, 10**low_y)
        parts.append(f'<path d="M{x} {TOP}V{bottom}" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="{bottom + 16}" text-anchor="middle">{_round(10**power)}</text>')
    for power in range(low_y, high_y + 1):
        left, y = place(10**low_x, 10**power)
        parts.append(f'<path d="M{left} {y}H{WIDE - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{_round(10**power)} {unit}</text>')
    few = len(lines) <= len(COLOURS)
    taken: list[float] = []
    for name, line in sorted(lines.items(), key=lambda each: -each[1][-1][1]):
        colour = COLOURS.get(name, "#0b6e4f")
        placed = [place(x, y) for x, y in line]
        path = "L".join(f"{x} {y}" for x, y in placed)
        told = escape(label(name))
        pen = f'fill="none" stroke="{colour}" stroke-width="{2 if few else 0.8}"'
        parts.append(f'<path d="M{path}" {pen}><title>{told}</title></path>')
        x, y = placed[-1]
        y = max([y, *(other + 12 for other in taken[-1:])])
        if few or y <= HIGH - 4:
            taken.append(y)
            parts.append(
                f'<text x="{WIDE - RIGHT + 6}" y="{y + 4}" fill="{colour}" font-size="{11 if few else 9}">{told}</text>'
            )
    return "\n".join([*parts, "</svg>", ""])


def _decades(values: object) -> tuple[int, int]:
    held = [math.log10(value) for value in values]  # type: ignore[attr-defined]
    low, high = math.floor(min(held)), math.ceil(max(held))
    return low, max(high, low + 1)


def _round(value: float) -> str:
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"
