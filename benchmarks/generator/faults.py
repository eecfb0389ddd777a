"""Plants faults of known number, kind and place while a graph is written; the rest of the graph stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.generator.fault_kinds import KINDS
from benchmarks.generator.fault_nodes import Node, Sample
from rltkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.generator.terms import Vocabulary

PLACES = {"spread": (0.01, 0.85), "start": (0.01, 0.1), "middle": (0.45, 0.55), "end": (0.75, 0.85)}
"""Where in the graph faults are planted -> from and to which share of its triples."""
ROOM = 200
"""So many triples are asked for each fault."""
SELDOM = {"Assessment", "Document", "Indication", "Position", "Supersession"}
"""Classes that only the first part of a pair of reports brings; their faults fall due sooner, or some would be left."""


class Planter:
    """An observer that turns sound nodes into faulty ones.

    Kinds come in turn. The faults of one kind fall due at evenly spaced points of the chosen part of the graph, and
    each goes into the first node after its point that can bear it. A node has one fault at most.
    """

    def __init__(self, number: int, triples: int, kinds: Sequence[str] = (), place: str = "spread") -> None:
        if unknown := sorted(set(kinds) - KINDS.keys()):
            raise InputError(f"No fault is called {', '.join(unknown)}; there are {', '.join(KINDS)}")
        if not 0 <= number <= triples // ROOM:
            raise InputError(f"{triples:,} triples have room for 0 to {triples // ROOM:,} faults, not for {number:,}")
        names = [each for each in KINDS if not kinds or each in kinds]
        due: list[tuple[float, int, str]] = []
        for turn, name in enumerate(names):
            start, end = PLACES[place]
            first, length = (0.0, 0.55) if SELDOM & KINDS[name].of else (0.5, 1.0)
            share = number // len(names) + (turn < number % len(names))
            width = (end - start) * length
            due += [(triples * (start + width * (each + first) / share), turn, name) for each in range(share)]
        # The last one first, so that the next one can be taken from the end.
        self._due = sorted(due, reverse=True)
        self._seen = 0
        self._waiting: list[str] = []
        self._sample = Sample()
        self.planted: list[dict[str, str]] = []

    def see(self, vocabulary: Vocabulary, graph: str, subject: str, kind: str, claims: list[str]) -> list[str]:
        """Return `claims` as they are, or with a fault where one is due that the node can bear."""
        self._seen += len(claims)
        while self._due and self._due[-1][0] <= self._seen:
            self._waiting.append(self._due.pop()[2])
        node = Node(graph, subject, kind, claims, vocabulary)
        planted = self._plant(node) if self._waiting else claims
        self._sample.keep(node)
        return planted

    def finish(self) -> None:
        """Raise InputError where a fault has found no node that can bear it."""
        if missing := len(self._waiting) + len(self._due):
            names = ", ".join(sorted({*self._waiting, *(name for _, _, name in self._due)}))
            raise InputError(
                f"{missing:,} of {missing + len(self.planted):,} faults found no node that can bear them ({names}); "
                "ask for fewer, for other kinds or places, or for a larger graph"
            )

    def _plant(self, node: Node) -> list[str]:
        for name in self._waiting:
            kind = KINDS[name]
            changed = kind.plant(node, self._sample) if node.kind in kind.of else None
            if changed is None:
                continue
            self._waiting.remove(name)
            full = node.vocabulary.terms.full
            self.planted.append(
                {
                    "kind": name,
                    "focus": full(node.subject),
                    "class": node.kind,
                    "graph": node.graph,
                    "path": full(changed.path),
                    "value": full(changed.value) if changed.value else "",
                    "severity": kind.severity,
                }
            )
            return changed.claims
        return node.claims
