"""Writes `RESULTS.md` and its plots from results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.groups import GROUPS
from benchmarks.report.plots import plots
from benchmarks.report.tables import table

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.results import Results

HEAD = """\
# Results

What `make bench` measured; [how, and how to add a row](README.md). Read the ratios: everything that is compared ran in
turn (A B A B ...) on the same machine, the first round is not counted, a figure is a median and its spread the least
and the most. Raw figures: [results.json](results.json).
"""


def write(results: Results, folder: Path) -> Path:
    """Write the report on `results` into `folder`, and return its path. Plots that are not due any more go."""
    rows = list(results)
    shown = folder / "plots"
    shown.mkdir(parents=True, exist_ok=True)
    drawn = plots(rows)
    for name, content in drawn.items():
        (shown / name).write_text(content, encoding="utf-8")
    for path in shown.glob("*.svg"):
        if path.name not in drawn:
            path.unlink()
    parts = [HEAD, "## Goals", _goals(results), "## Machine", _machine(results)]
    parts += [f"![{name.removesuffix('.svg')}](plots/{name})" for name in drawn]
    for name, group in GROUPS.items():
        if held := results.of(name):
            parts += [f"## {group.TITLE}", (group.__doc__ or "").strip(), group.section(held)]
    path = folder / "RESULTS.md"
    scratch = path.with_name(".RESULTS.md")
    scratch.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")
    scratch.replace(path)
    return path


def _goals(results: Results) -> str:
    found = [goal for name, group in GROUPS.items() if (held := results.of(name)) for goal in group.goals(held)]
    lines = [(goal.what, goal.found, goal.least, goal.aim, goal.met) for goal in found]
    return table(["what", "found", "at least", "aim", "met"], lines)


def _machine(results: Results) -> str:
    told = "; ".join(f"{what}: {value}" for what, value in results.machine.items())
    days: dict[str, list[str]] = {}
    for name, occasion in results.occasions.items():
        days.setdefault(f"{occasion['day']}, commit {occasion['commit']}", []).append(name)
    lines = [f"- {when}: {', '.join(names)}" for when, names in days.items()]
    return "\n".join([told + ".", "", "Measured on:", "", *lines])
