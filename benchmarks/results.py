"""Results: one row for each thing that was measured, kept as JSON, so that a run can be done in parts."""

from __future__ import annotations

import json
import math
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.measure.process import Failed
from benchmarks.measure.rounds import median

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass
class Row:
    """One engine or command at one case and one size.

    `times` are seconds, one a counted round; `peak` is resident memory in bytes; `rows` counts the rows of the answer;
    `triples` those of the graph; `failure` says why there are no times, `wrong` why they do not count.
    """

    group: str
    size: str
    case: str
    engine: str
    triples: int = 0
    times: list[float] = field(default_factory=list)
    peak: int | None = None
    rows: int | None = None
    failure: str | None = None
    wrong: str | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from every other row."""
        return self.group, self.size, self.case, self.engine

    @property
    def seconds(self) -> float:
        """The median; not a number where it failed or the answer is wrong."""
        return math.nan if self.wrong else median(self.times)

    def took(self, outcome: list[float] | Failed) -> Row:
        """Take over what `in_turn` found, and return the row."""
        if isinstance(outcome, Failed):
            self.failure = str(outcome)
        else:
            self.times = [float(f"{each:.4g}") for each in outcome]
        return self


class Results:
    """All rows, and for each group and size the occasion on which it was measured; saved after each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.machine: dict[str, str] = {}
        self.occasions: dict[str, dict[str, str]] = {}
        self._rows: dict[tuple[str, str, str, str], Row] = {}
        if path.exists():
            held = json.loads(path.read_text(encoding="utf-8"))
            self.machine, self.occasions = held["machine"], held["occasions"]
            self._rows = {row.key: row for row in (Row(**each) for each in held["rows"])}

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def measured_on(self, machine: dict[str, str]) -> None:
        """Note the machine and the versions; what was measured on others is dropped, since it cannot be compared."""
        if machine != self.machine:
            self._rows, self.occasions = {}, {}
        self.machine = machine

    def of(self, group: str) -> list[Row]:
        """Return the rows of `group`, in the order in which they were measured."""
        return [row for row in self if row.group == group]

    def replace(self, group: str, size: str, rows: list[Row], occasion: dict[str, str]) -> None:
        """Put `rows` in the place of what was held of `group` at `size`, and save."""
        self._rows = {key: row for key, row in self._rows.items() if key[:2] != (group, size)}
        self._rows |= {row.key: row for row in rows}
        self.occasions[f"{group} {size}"] = occasion
        self.save()

    def save(self) -> None:
        """Write the file, in one step."""
        held: dict[str, Any] = {
            "machine": self.machine,
            "occasions": dict(sorted(self.occasions.items())),
            "rows": [{key: value for key, value in asdict(row).items() if value is not None} for row in self],
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        scratch = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        scratch.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
        scratch.replace(self.path)


def seconds_of(rows: Iterable[Row], engine: str, case: str | None = None) -> float:
    """Return the median of the row of `engine` (at `case`); not a number where there is none."""
    for row in rows:
        if row.engine == engine and case in (None, row.case):
            return row.seconds
    return float("nan")


def by_size(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Return the rows of each size, the smallest graph first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.size, []).append(row)
    return sorted(groups.items(), key=lambda each: max(row.triples for row in each[1]))


def triples_of(rows: Iterable[Row]) -> int:
    """Return how many triples the graph of `rows` has, as most of them say; 0 where none does."""
    counts = [row.triples for row in rows if row.triples]
    return max(counts, key=counts.count, default=0)
