"""Carries out a plan: says in the store that a load is under way, sends what is to be sent, says that it is done."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rltkg.endpoint.record import COMPLETE, GRAPH, INCOMPLETE, TERMS, read, said
from rltkg.errors import UnavailableError
from rltkg.loading.pace import short
from rltkg.loading.remote.limits import LARGE
from rltkg.loading.remote.operations import CLEARED, STATE, deleted, finished, inserted, operations
from rltkg.loading.remote.parts import batches, parts
from rltkg.loading.remote.plan import CHANGE, NEW, REMOVE, REPLACE
from rltkg.loading.verify.rewriting import is_loose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.endpoint.record import Record
    from rltkg.endpoint.transport import Endpoint
    from rltkg.loading.pace import Pace
    from rltkg.loading.prepared import PreparedGraph
    from rltkg.loading.remote.limits import Limits
    from rltkg.loading.remote.plan import Plan

_DOING = {NEW: "sending", REPLACE: "replacing", CHANGE: "changing", REMOVE: "removing"}


class Writer:
    """Writes into the store behind `endpoint`: graphs of ours, and the load record. `wrote`: whether it has."""

    def __init__(self, endpoint: Endpoint, limits: Limits, pace: Pace) -> None:
        self._endpoint = endpoint
        self._limits = limits
        self._pace = pace
        self.wrote = False
        endpoint.update_address  # noqa: B018 - a load needs one, and says so before anything is changed

    def at_once(self, plan: Plan, record: Record) -> None:
        """Carry out a plan that fits into one request, and say so in the record, all in that request."""
        self._update(
            " ;\n".join([*chain.from_iterable(map(operations, plan.changes)), CLEARED, inserted(finished(record))])
        )

    def begin(self, load: str, started: str, graphs: Iterable[str], earlier: Record | None) -> None:
        """Say in the record that a load has begun, before anything else is changed, and which graphs it may touch."""
        self._update(inserted([f'{STATE} "{INCOMPLETE}" .', said("load", load)]))
        named = (f"<{GRAPH}> <{TERMS}graph> <{graph}> ." for graph in graphs)
        for some in batches(chain([said("started", started)], named), self._limits):
            self._update(inserted(some))
        over = [said("load", each) for each in earlier.load.split()] if earlier else []
        self._update(deleted([f'{STATE} "{COMPLETE}" .', *over]))

    def alone(self, load: str) -> None:
        """Raise UnavailableError where another load has begun meanwhile; the record then stays incomplete."""
        found = read(self._endpoint)
        if found is None or found.load != load:
            raise UnavailableError(
                f"Another load into {self._endpoint.target.name} began while this one ran, so nobody knows what is "
                "there; wait for its end, then load again"
            )

    def carry_out(self, plan: Plan) -> None:
        """Change each graph as planned; what is sent whole is counted by the pace."""
        steps = plan.changes
        whole = sum(step.due.size for step in steps if step.due and step.action in (NEW, REPLACE))
        self._pace.step("sending", whole, 0.75)
        for step in steps:
            self._pace.name = f"{_DOING[step.action]} {short(step.graph)}"
            if step.action in (CHANGE, REMOVE):
                self._update(" ;\n".join(operations(step)))
            elif step.due:
                self.put(step.due, new=step.action == NEW)

    def put(self, graph: PreparedGraph, *, new: bool = False) -> None:
        """Make the named graph in the store what `graph` is; in parts where it is long."""
        try:
            self._endpoint.graph_store_address  # noqa: B018 - raises where there is none
        except UnavailableError:
            self._put_by_updates(graph)
            return
        extra = self._limits.quick if new and graph.size >= LARGE else {}
        send = self._endpoint.put_graph
        for part, size in parts(graph, self._limits.part):
            send(graph.graph, self._pace.passing(part), size=size, extra=extra)
            send = self._endpoint.post_graph

    def finish(self, record: Record, stale: Iterable[str] = ()) -> None:
        """Say in the record what is there now, without the `stale` graphs, and last of all that it is complete."""
        if self._limits.whole:
            self.rewrite(record)
            return
        # Its names of graphs stay to the last: a load that goes on from here must know them.
        stays = ", ".join(f"<{TERMS}{name}>" for name in ("state", "load", "graph"))
        self._update(
            f"DELETE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }} "
            f"WHERE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o FILTER(?p NOT IN ({stays})) }} }}"
        )
        for some in batches(record.lines(), self._limits):
            self._update(inserted(some))
        for some in batches((f"<{GRAPH}> <{TERMS}graph> <{graph}> ." for graph in stale), self._limits):
            self._update(deleted(some))
        self._update(inserted([f'{STATE} "{COMPLETE}" .']))
        self._update(deleted([f'{STATE} "{INCOMPLETE}" .']))

    def rewrite(self, record: Record) -> None:
        """Put `record` in the place of the one that is there, in one request."""
        self._update(" ;\n".join([CLEARED, inserted(finished(record))]))

    def mark(self) -> None:
        """Say in the record that what is there is not what should be."""
        self._update(inserted([f'{STATE} "{INCOMPLETE}" .']))

    def _update(self, text: str) -> None:
        self._endpoint.update(text)
        self.wrote = True

    def _put_by_updates(self, graph: PreparedGraph) -> None:
        self._update(f"DROP SILENT GRAPH <{graph.graph}>")
        loose = [line.decode() for line in graph.lines() if is_loose(line)]
        if loose:  # together, since their names hold within one request only
            self._update(inserted(loose, graph.graph))
        ground = (line.decode() for line in self._pace.passing(graph.lines()) if not is_loose(line))
        for some in batches(ground, self._limits):
            self._update(inserted(some, graph.graph))
