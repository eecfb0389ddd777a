"""Rounds: everything that is compared runs in turn, A B C A B C ..., so that a busy machine is unfair to nobody."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

from benchmarks.measure.process import Failed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PATIENCE = 3.0


def in_turn(
    runs: dict[str, Callable[[], float]], rounds: int = 9, patience: float = PATIENCE
) -> dict[str, list[float] | Failed]:
    """Call each of `runs` in turn, round after round, and return the seconds that each gave, by name.

    The first round is not counted, unless a run is so slow that it is not repeated. How often a run takes part depends
    on how long it took the first time (see `repeats`). A run that raises Failed drops out; its failure stands in the
    place of its times.
    """
    outcome: dict[str, list[float] | Failed] = {}
    left: dict[str, int] = {}
    for name, run in runs.items():
        try:
            first = run()
        except Failed as failure:
            outcome[name] = failure
            continue
        left[name] = repeats(first, rounds, patience)
        outcome[name] = [] if left[name] else [first]
    while any(left.values()):
        for name in [name for name, more in left.items() if more]:
            left[name] -= 1
            try:
                times = outcome[name]
                if isinstance(times, list):
                    times.append(runs[name]())
            except Failed as failure:
                outcome[name], left[name] = failure, 0
    return outcome


def repeats(first: float, rounds: int = 9, patience: float = PATIENCE) -> int:
    """Return how many counted runs follow a first one of `first` seconds.

    `rounds` at most, and no more than fit into `patience` seconds; below three that leaves room for, three as long as
    one takes less than that, and none for what takes longer.
    """
    if first > patience:
        return 0
    return max(min(rounds, int(patience / max(first, 1e-6))), min(rounds, 3))


def median(times: Iterable[float]) -> float:
    """Return the median of `times`; not a number where there are none."""
    held = list(times)
    return statistics.median(held) if held else math.nan


def geometric_mean(values: Iterable[float]) -> float:
    """Return the geometric mean of positive `values`; not a number where there are none."""
    held = list(values)
    return statistics.geometric_mean(held) if held else math.nan
