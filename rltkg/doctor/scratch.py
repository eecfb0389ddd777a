"""Graphs of our own in somebody's store: with random names, removed at the end, which is checked."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rltkg.doctor.addresses import refusal, remedy
from rltkg.doctor.findings import LOAD, NO, YES, Finding
from rltkg.endpoint.addresses import told as shown
from rltkg.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rltkg.doctor.probe import Probe, Seen

UPDATE = "application/sparql-update"
START = "https://w3id.org/rltkg/graph/scratch-"
_BY_GRAPH_STORE = ("PUT", "GET", "POST", "DELETE", "long graph")
_SLOW = "load sends updates in its place, which is slower; leave `graph_store` out of the target"


class Scratch:
    """Two graphs in the store of the server behind `probe`; `tell` takes the findings."""

    def __init__(self, probe: Probe, tell: Callable[[Finding], None]) -> None:
        self._probe = probe
        self.tell = tell
        word = secrets.token_hex(12)
        self.graphs = [f"{START}{word}-{number}" for number in (1, 2)]

    @contextmanager
    def cleaned(self) -> Iterator[None]:
        """Remove the graphs at the end, and look whether they are gone.

        Raises UnavailableError where what is done in between is stopped, and they are not.
        """
        try:
            yield
        except BaseException as error:
            found = self._removal()
            if found.state == NO:
                raise UnavailableError(f"{found.told}; {found.remedy}") from error
            raise
        self.tell(self._removal())

    def _removal(self) -> Finding:
        left = [graph for graph in self.graphs if not self._removed(graph)]
        if not left:
            return Finding("writing", "removal", YES, "nothing of it is left there")
        names = " and ".join(f"<{each}>" for each in left)
        drop = " ; ".join(f"DROP SILENT GRAPH <{each}>" for each in left)
        return Finding("writing", "removal", NO, f"{names} cannot be removed", (LOAD,), f"run the update {drop}")

    def _removed(self, graph: str) -> bool:
        """Remove a graph by DELETE, then by an update, where it is not gone; return whether it is."""
        target = self._probe.target
        if target.graph_store and self.count(graph) != 0:
            seen = self._probe.write("DELETE", target.graph_store, None, "", graph=graph)
            if seen.error or graph == self.graphs[0]:
                self.told("DELETE", seen, self.count(graph), 0, ())
        if target.update and self.count(graph) != 0:
            self.send(target.update, f"DROP SILENT GRAPH <{graph}>")
        return self.count(graph) == 0

    def send(self, address: str, text: str) -> Seen:
        """Send an update."""
        return self._probe.write("POST", address, text.encode(), UPDATE)

    def told(  # noqa: PLR0913, PLR0917 - all that is known of one attempt
        self, name: str, seen: Seen, found: int | None, due: int, verbs: tuple[str, ...], more: str = ""
    ) -> bool:
        """Tell how an attempt went that should leave, or fetch, `due` triples; return whether it went well."""
        good = seen.error is None and found == due
        if good:
            self.tell(Finding("writing", name, YES, more or f"{due:,} triple{'s' * (due != 1)} there"))
            return True
        target = self._probe.target
        where = shown((target.graph_store if name in _BY_GRAPH_STORE else target.update) or "")
        said = refusal(seen, where) if seen.error else f"it says {seen.status}, and {found or 0:,} of {due:,} are there"
        by_graph_store = name in _BY_GRAPH_STORE and target.update
        self.tell(Finding("writing", name, NO, said, verbs, remedy(seen) or (_SLOW if by_graph_store else "")))
        return False

    def count(self, graph: str) -> int | None:
        """Return how many triples queries find in a graph; None where they get no answer."""
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        rows = self._probe.rows(self._probe.query(text, default=[graph], named=[graph]))
        return int(rows[0]["n"]["value"]) if isinstance(rows, list) and rows and "n" in rows[0] else None

    def has(self, graph: str) -> bool:
        """Say whether the first triple of a graph is there."""
        question = f"ASK {{ GRAPH <{graph}> {{ <{graph}#s0> ?p ?o }} }}"
        return self._probe.holds(question, default=[graph], named=[graph]) is True
