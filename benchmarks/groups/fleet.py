"""A fleet: one worker for each engine, all alive at once, so that they can be asked in turn."""

from __future__ import annotations

import dataclasses
import shutil
from typing import TYPE_CHECKING, Any, Self

from benchmarks.engines.worker import Worker
from benchmarks.measure.process import Failed

if TYPE_CHECKING:
    from benchmarks.engines.base import Case
    from benchmarks.graphs import Graph
    from benchmarks.groups.base import Bench

PATIENCE = 4  # an engine that had to be started anew so often is given up


class Fleet:
    """The engines `names`, loaded with `graph`. A context.

    `triples` counts the graph, `peaks` tells each one's peak memory in bytes, as of now, `lost` those that are given
    up, and why, `absent` those that never came to be.
    """

    def __init__(self, names: list[str], graph: Graph, bench: Bench) -> None:
        self.names = names
        self.triples = 0
        self.peaks: dict[str, int] = {}
        self.lost: dict[str, str] = {}
        self.absent: set[str] = set()
        self._graph, self._bench = graph, bench
        self._workers: dict[str, Worker] = {}
        self._starts = dict.fromkeys(names, 0)

    def __enter__(self) -> Self:
        for name in self.names:
            self._bench.say(f"catalogue {self._graph.size}: starting {name}")
            try:
                self._start(name)
            except Failed as failure:
                self.lost[name] = f"not loaded: {failure}"
                self.absent.add(name)
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers.values():
            worker.end()
        for name in self.names:
            shutil.rmtree(self._bench.scratch / name, ignore_errors=True)

    def with_text(self, case: Case, limit: float) -> Case:
        """Return `case` with its SPARQL text, which our engine knows."""
        failure = Failed("none of ours is there to tell the text of the query")
        for name in ("ours", "ours-disk"):
            if name in self.names and name not in self.lost:
                try:
                    return dataclasses.replace(case, text=self._alive(name).text(case, limit))
                except Failed as again:
                    failure = again
        raise failure

    def ask(self, name: str, case: Case, limit: float, *, check: bool) -> dict[str, Any]:
        """Ask engine `name` for a document: see Worker.ask."""
        done = self._alive(name).ask(case, limit, check=check)
        self.peaks[name] = max(self.peaks.get(name, 0), done["peak"])
        if done["seconds"] > limit:
            raise Failed(f"not finished after {limit:g} s")
        return done

    def rows(self, name: str, case: Case, limit: float) -> dict[str, Any]:
        """Ask engine `name` for rows: see Worker.rows."""
        return self._alive(name).rows(case, limit)

    def _alive(self, name: str) -> Worker:
        """Return the worker of `name`, started anew where it was ended."""
        if name not in self.lost and not self._workers[name].alive:
            if self._starts[name] > PATIENCE:
                self.lost[name] = f"given up after {PATIENCE} queries that it did not finish"
            else:
                self._bench.say(f"catalogue {self._graph.size}: starting {name} anew")
                self._start(name)
        if name in self.lost:
            raise Failed(self.lost[name])
        return self._workers[name]

    def _start(self, name: str) -> None:
        where, bench = self._bench.scratch / name, self._bench
        self._starts[name] += 1
        built = where.exists()
        worker = self._workers[name] = Worker(name)
        done = {} if built else worker.load(self._graph.source, where, bench.load_limit)
        if where.exists():  # on disk: asked by another process than the one that loaded it
            if not built:
                worker.end()
                worker = self._workers[name] = Worker(name)
            opened = worker.open(where, bench.load_limit)
            done = done | {"peak": opened["peak"]}
        self.triples = self.triples or done.get("triples", 0)
        self.peaks[name] = max(self.peaks.get(name, 0), done["peak"])
