"""Tables in Markdown."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from benchmarks.engines import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.results import Row

MEBIBYTE = 2**20


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> str:
    """Return a Markdown table whose first `words` columns hold words; the others hold figures."""
    rule = ["---"] * words + ["---:"] * (len(heads) - words)
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, rule, *rows])


def milliseconds(row: Row | None) -> str:
    """Return the median with its spread, in ms; what went wrong where there is none."""
    if row is None:
        return ""
    if row.failure:
        return row.failure
    if row.wrong:
        return f"**wrong**: {row.wrong}"
    low, high = min(row.times) * 1000, max(row.times) * 1000
    once = " (once)" if len(row.times) == 1 else f" ({short(low)} to {short(high)})"
    return short(row.seconds * 1000) + once


def short(value: float) -> str:
    """Return a figure with about three digits, with thousands set apart."""
    if math.isnan(value):
        return "-"
    if value >= 100:  # noqa: PLR2004
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004


def mebibytes(size: int | None) -> str:
    """Return a size in MiB; "" where it is not known."""
    return f"{size / MEBIBYTE:,.0f}" if size else ""


def times_table(rows: list[Row], what: str, base: float, over: str) -> str:
    """Return `rows`, one a line: how long, over `base`, peak memory."""
    lines = [(label(row.engine), shown(row.seconds / base), milliseconds(row), mebibytes(row.peak)) for row in rows]
    return table([what, over, "ms, median (spread)", "peak, MiB"], lines)


def shown(value: float, unit: str = "x") -> str:
    """Return a ratio, or milliseconds, with two or three figures; a dash where there is none."""
    if value != value:  # noqa: PLR0124 - not a number
        return "-"
    number = f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004
    return f"{number} {unit}" if unit not in ("x", "") else number + unit
