"""Tries to write, where that is wanted: into two graphs of our own with random names, which are gone at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.doctor.findings import BEWARE, LOAD, UNTRIED, VERIFY, YES, Finding
from rltkg.doctor.limits import MANY
from rltkg.doctor.literals import in_queries, judged, read, read_rows, triples, trips
from rltkg.doctor.probe import N_TRIPLES, Probe, Seen
from rltkg.doctor.scope import Sample, scope
from rltkg.doctor.scratch import Scratch
from rltkg.loading.remote.limits import limits

if TYPE_CHECKING:
    from collections.abc import Callable

_WHO, _NOT_YOU = 401, 403
_LINE = "<{graph}#s{number}> <{graph}#p> <{graph}#o> .\n"


class Trial:
    """Writing, tried with the server behind `probe`; `tell` takes the findings."""

    def __init__(self, probe: Probe, tell: Callable[[Finding], None]) -> None:
        self._probe = probe
        self._scratch = Scratch(probe, tell)
        self._limits = limits(probe.target.dialect)

    def run(self) -> None:
        """Try everything, and remove it, whatever happens."""
        if any(self._scratch.count(graph) for graph in self._scratch.graphs):  # cannot be, by the names
            return
        with self._scratch.cleaned():
            first, second = self._scratch.graphs
            stored = self._put(first)
            updated = self._update(second)
            if updated and not stored:
                self._insert(first, _LINE.format(graph=first, number=0))
            there = filter(self._scratch.has, self._scratch.graphs)
            known = [Sample(each, f"<{each}#s0> <{each}#p> <{each}#o>") for each in there]
            for each in scope(self._probe, known) if known else ():
                self._scratch.tell(each)
            if known:
                self._literals(first, by_graph_store=stored)
            if stored:
                self._many(first)

    def _put(self, graph: str) -> bool:
        """Try the graph store protocol: PUT, GET, POST; return whether graphs can be put there and fetched."""
        address = self._probe.target.graph_store
        if address is None:
            self._scratch.tell(Finding("writing", "PUT", UNTRIED, "no address of a graph store is known"))
            return False
        lines = [_LINE.format(graph=graph, number=number).encode() for number in range(3)]
        seen = self._probe.write("PUT", address, lines[0] + lines[1], N_TRIPLES, graph=graph)
        good = self._scratch.told("PUT", seen, self._scratch.count(graph), 2, (LOAD,))
        if seen.status in (_WHO, _NOT_YOU):
            return False
        got = self._probe.get(address, accept=N_TRIPLES, graph=graph)
        fetched = good and self._scratch.told("GET", got, self._probe.count(got), 2, (LOAD, VERIFY))
        seen = self._probe.write("POST", address, lines[2], N_TRIPLES, graph=graph)
        self._scratch.told("POST", seen, self._scratch.count(graph), 3 if good else 1, (LOAD,))
        return fetched

    def _update(self, graph: str) -> bool:
        """Try updates: INSERT DATA, DELETE DATA, and one as long as a load's longest."""
        address = self._probe.target.update
        if address is None:
            return False
        lines = [_LINE.format(graph=graph, number=number) for number in range(self._limits.lines)]
        seen = self._insert(graph, lines[0] + lines[1])
        good = self._scratch.told("INSERT DATA", seen, self._scratch.count(graph), 2, (LOAD,))
        if not good:
            return False
        seen = self._scratch.send(address, f"DELETE DATA {{ GRAPH <{graph}> {{ {lines[1]} }} }}")
        self._scratch.told("DELETE DATA", seen, self._scratch.count(graph), 1, (LOAD,))
        seen = self._insert(graph, "".join(lines))
        due = len(lines)
        self._scratch.told(
            "long update", seen, self._scratch.count(graph), due, (LOAD,), f"{due:,} triples in {seen.seconds:.1f} s"
        )
        return True

    def _literals(self, graph: str, *, by_graph_store: bool) -> None:
        """Send literals, in place of what the graph holds or to it, and fetch them."""
        address = self._probe.target.graph_store or ""
        if by_graph_store:
            self._probe.write("PUT", address, triples(graph), N_TRIPLES, graph=graph)
        else:
            self._insert(graph, triples(graph).decode())
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        seen = (
            self._probe.get(address, accept=N_TRIPLES, graph=graph)
            if by_graph_store
            else self._probe.query(text, accept=N_TRIPLES, default=[graph], named=[graph])
        )
        if not self._probe.count(seen):
            self._scratch.tell(
                Finding("literals", "literals", UNTRIED, f"none came back ({seen.brief or 'no triple'})")
            )
            return
        dialect = self._probe.target.dialect
        stored = trips(graph, read(seen.body))
        text = f"SELECT ?s ?v {{ GRAPH <{graph}> {{ ?s <{graph}#value> ?v }} }}"
        rows = self._probe.rows(self._probe.query(text, default=[graph], named=[graph]))
        asked = trips(graph, read_rows(rows)) if isinstance(rows, list) else stored
        for each in (*judged(stored, dialect), *in_queries(asked, stored)):
            self._scratch.tell(each)

    def _many(self, graph: str) -> None:
        """Put a graph that is longer than the commonest cap, and fetch it."""
        address = self._probe.target.graph_store or ""
        # With an object each: Virtuoso needs 12 s to delete as many triples that share theirs.
        lines = (f"<{graph}#s{number}> <{graph}#p> <{graph}#o{number}> .\n" for number in range(MANY))
        data = "".join(lines).encode()
        put = self._probe.write("PUT", address, data, N_TRIPLES, graph=graph)
        stored = self._scratch.count(graph)
        got = self._probe.get(address, accept=N_TRIPLES, graph=graph)
        found = self._probe.count(got)
        if put.error or stored != MANY:
            self._scratch.told("long graph", put, stored, MANY, (LOAD,))
        elif found == MANY:
            rate = f"put in {put.seconds:.1f} s, fetched in {got.seconds:.1f} s"
            self._scratch.tell(Finding("writing", "long graph", YES, f"{MANY:,} triples {rate}"))
        else:
            self._scratch.tell(
                Finding(
                    "writing", "long graph", BEWARE,
                    f"of {MANY:,} triples {found or 0:,} are given back{': ' + got.brief if got.error else ''}",
                    (LOAD, VERIFY), "load and verify read it in pieces, which is slow; have the limit of rows raised",
                )
            )  # fmt: skip

    def _insert(self, graph: str, lines: str) -> Seen:
        return self._scratch.send(self._probe.target.update or "", f"INSERT DATA {{ GRAPH <{graph}> {{\n{lines}}} }}")
