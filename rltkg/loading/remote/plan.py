"""What a load will do: for each graph of ours, what to add and to remove, or that nothing is to be done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from rltkg.endpoint.record import GRAPH, Record
from rltkg.errors import InputError
from rltkg.loading.pace import short
from rltkg.loading.tally import Tally
from rltkg.loading.verify.checks import hashed
from rltkg.loading.verify.rewriting import differences, is_loose

if TYPE_CHECKING:
    from collections.abc import Callable

    from rltkg.loading.pace import Pace
    from rltkg.loading.prepared import Prepared, PreparedGraph
    from rltkg.loading.remote.limits import Limits
    from rltkg.loading.verify.sources import Source

KEEP, NEW, CHANGE, REPLACE, REMOVE = "keep", "new", "change", "replace", "remove"
_OURS = "https://w3id.org/rltkg/"


@dataclass
class Step:
    """What becomes of one graph: `action`, and how many triples are added and removed.

    KEEP leaves it, NEW and REPLACE send it whole, CHANGE sends `adding` and `removing` (canonical lines), REMOVE takes
    it away. `kept` is the digest of what the store gives back, `stored` its number of triples, where that was read now
    or by an earlier load, and found equal but for rewritten literals (as `rewritten` says), else "" and 0.
    """

    graph: str
    part: str
    action: str
    add: int = 0
    remove: int = 0
    due: PreparedGraph | None = None
    adding: list[bytes] = field(default_factory=list)
    removing: list[bytes] = field(default_factory=list)
    kept: str = ""
    stored: int = 0
    rewritten: Counter[str] = field(default_factory=Counter)


@dataclass
class Plan:
    """The steps of a load, by graph; `record` is what the store says of the load before, None where there was none."""

    steps: list[Step]
    record: Record | None

    @property
    def changes(self) -> list[Step]:
        """The steps that change a graph."""
        return [each for each in self.steps if each.action != KEEP]

    def within(self, limits: Limits) -> bool:
        """Say whether all changes fit into one update request."""
        if any(each.action not in (CHANGE, REMOVE) for each in self.changes):
            return False
        lines = sum(len(each.adding) + len(each.removing) for each in self.changes)
        size = sum(len(line) for each in self.changes for line in (*each.adding, *each.removing))
        return lines <= limits.lines and size <= limits.size


def planned(prepared: Prepared, source: Source, limits: Limits, pace: Pace) -> Plan:
    """Return the plan that makes `source` hold what is `prepared`; nothing is written.

    A graph that the record says was verified with the same digest, and which has as many triples as then, is not read;
    any other is read back and compared. Raises InputError where a graph of the same name is there that no load put
    there, UnavailableError where the store does not answer.
    """
    if GRAPH in prepared.graphs:
        raise InputError(f"The graph <{GRAPH}> is where a load keeps its record; give that of the release another name")
    record = source.record()
    held = record.graphs if record else {}
    steps = []
    for number, graph in enumerate(prepared.graphs.values(), 1):
        count = source.count(graph.graph)
        if count and graph.graph not in held and not graph.graph.startswith(_OURS):
            raise InputError(
                f"{source.place} has {count:,} triples in <{graph.graph}> that rltkg did not put there; rename "
                "that graph of yours, or remove it from the store first. Nothing was changed"
            )
        before = held.get(graph.graph)
        if count == 0:
            action = NEW if graph.digest.triples else KEEP
            steps.append(Step(graph.graph, graph.part, action, add=graph.digest.triples, due=graph))
        elif before and before.kept and before.digest == graph.digest.sha256 and count == before.stored:
            steps.append(Step(graph.graph, graph.part, KEEP, due=graph, kept=before.kept, stored=count))
        else:
            pace.step(f"comparing {short(graph.graph)}", graph.size, 0.2 + 0.3 * number / len(prepared.graphs))
            steps.append(_compared(graph, source, limits, pace.passed))
    for name in sorted(held.keys() - prepared.graphs.keys()):
        count = source.count(name)
        if count:
            steps.append(Step(name, held[name].part, REMOVE, remove=count))
    return Plan(sorted(steps, key=lambda each: each.graph), record)


def _compared(graph: PreparedGraph, source: Source, limits: Limits, passing: Callable[[int], None]) -> Step:
    """Return the step for a graph that is there, read back and compared."""
    step = Step(graph.graph, graph.part, KEEP, due=graph)
    total, seen = sha256(), Tally()
    size = 0
    with source.lines(graph.graph, passing) as lines:
        for each in differences(graph.lines(), hashed(seen.counting(lines), total.update), source.dialect):
            if each.benign:
                step.rewritten[each.rewriting] += 1
                continue
            line = each.lacking or each.surplus or b""
            step.add += each.lacking is not None
            step.remove += each.surplus is not None
            size += len(line)
            step.action = CHANGE if step.action == KEEP else step.action
            if is_loose(line) or step.add + step.remove > limits.lines or size > limits.size:
                # What names blank nodes cannot be sent as data: the same names mean other nodes there.
                step.action = REPLACE
            if step.action == CHANGE:
                (step.adding if each.lacking else step.removing).append(line)
            else:
                step.adding, step.removing = [], []
    if step.action == KEEP:
        step.kept, step.stored = total.hexdigest(), seen.triples
    return step
