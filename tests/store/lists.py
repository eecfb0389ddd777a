"""Compares answers whose cells hold lists."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.canned.golden import Cell, Rows

BETWEEN = "; "


def unordered(rows: Rows) -> Rows:
    """Return `rows` with the members of each list in a cell in one order, whatever order they had."""
    made: Rows = Counter()
    for row, count in rows.items():
        made[tuple(map(_sorted, row))] += count
    return made


def _sorted(cell: Cell) -> Cell:
    if cell is None or cell[0] != "literal":
        return cell
    return (cell[0], BETWEEN.join(sorted(cell[1].split(BETWEEN))), *cell[2:])
