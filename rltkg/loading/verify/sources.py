"""Where a store is read back from: an endpoint, or a store on disk; each graph as lines, and as queries count it."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rltkg.corpus.lines import Lines
from rltkg.endpoint.addresses import told
from rltkg.endpoint.record import COMPLETE, OWN, RELEASE, Held, Record, read
from rltkg.errors import InputError, UnavailableError
from rltkg.loading.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rltkg.corpus.stored import Stored
    from rltkg.endpoint.transport import Endpoint

_COUNTS = {
    "triples": "SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}",
    "properties": "SELECT ?key (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?key ?o }} }} GROUP BY ?key",
    "classes": "SELECT ?key (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s a ?key }} }} GROUP BY ?key",
}

_CONSTRUCT = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o{filter} }} }}"


class Source(ABC):
    """A store that is read back; `place` is what a person calls it, `dialect` how it behaves.

    `address` tells it to others, without what may be secret; `dialect` is "" for a store of our own on disk.
    """

    place: str
    address: str
    dialect: str

    @abstractmethod
    def record(self) -> Record | None:
        """Return what it says of the last load; None where there was none."""

    @abstractmethod
    def rows(self, text: str, graphs: list[str]) -> list[dict[str, dict[str, str]]]:
        """Return the bindings of a SELECT query that sees `graphs`, all of them where none is named."""

    @abstractmethod
    def fill(self, graph: str, lines: Lines, passing: Callable[[int], None]) -> None:
        """Read the named graph back into `lines`; `passing` is given the size of each piece, in bytes."""

    @contextmanager
    def lines(self, graph: str, passing: Callable[[int], None]) -> Iterator[Lines]:
        """Give the canonical lines of the named graph, as the store gives them back."""
        with Lines() as found:
            self.fill(graph, found, passing)
            yield found

    def count(self, graph: str) -> int:
        """Return how many triples a query finds in the named graph."""
        return self.number(_COUNTS["triples"].format(graph=graph), [graph])

    def number(self, text: str, graphs: list[str]) -> int:
        """Return the number ?n that a SELECT query gives."""
        return int(self.rows(text, graphs)[0]["n"]["value"])

    def tally(self, graph: str) -> Tally:
        """Return what queries count in the named graph."""
        found = Tally()
        found.triples = self.count(graph)
        for name, counter in (("properties", found.properties), ("classes", found.classes)):
            for row in self.rows(_COUNTS[name].format(graph=graph), [graph]):
                if row.get("key", {}).get("type") == "uri":
                    counter[f"<{row['key']['value']}>".encode()] = int(row["n"]["value"])
        return found

    def graphs_with(self, line: bytes) -> set[str]:
        """Return the named graphs, ours or not, that hold the triple of a canonical line."""
        rows = self.rows(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ {line.decode()} }} }}", [])
        return {row["g"]["value"] for row in rows}


class Remote(Source):
    """A store behind an endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.place = endpoint.target.name
        self.address = told(endpoint.target.query)
        self.dialect = endpoint.dialect.name

    def record(self) -> Record | None:
        """Return what the load record says."""
        return read(self.endpoint)

    def rows(self, text: str, graphs: list[str]) -> list[dict[str, dict[str, str]]]:
        """Return the bindings of a SELECT query."""
        found = json.loads(self.endpoint.select(text, graphs=graphs))
        return list(found["results"]["bindings"])

    def fill(self, graph: str, lines: Lines, passing: Callable[[int], None]) -> None:
        """Read the named graph by the graph store protocol, or by a query where there is none.

        Where the server cuts long answers (Virtuoso at 10,000 triples, as Debian sets it up) it is read in pieces.
        """
        try:
            self.endpoint.graph_store_address  # noqa: B018 - raises where there is none
            pieces = self.endpoint.stream_graph(graph)
        except UnavailableError:
            pieces = self.endpoint.pieces(_CONSTRUCT.format(graph=graph, filter=""), graph=True, graphs=[graph])
        seen = self._read(graph, pieces, lines, passing)
        due = self.count(graph)
        if 0 < seen < due:
            lines.close()
            for each in _pieces(due, seen):
                text = _CONSTRUCT.format(graph=graph, filter=f" FILTER({each})")
                self._read(graph, self.endpoint.pieces(text, graph=True, graphs=[graph]), lines, passing)

    def _read(self, graph: str, pieces: Iterator[bytes], lines: Lines, passing: Callable[[int], None]) -> int:
        """Add N-Triples as they come to `lines`, and return how many lines there were."""
        seen = 0

        def passed() -> Iterator[bytes]:
            nonlocal seen
            for piece in pieces:
                passing(len(piece))
                seen += piece.count(b"\n")
                yield piece

        try:
            lines.read(passed(), name="the stream")
        except InputError as error:
            raise UnavailableError(
                f"{self.place} gives back <{graph}> in a form that is no N-Triples ({error}); it cannot be compared"
            ) from error
        return seen


class Disk(Source):
    """A store on disk that `rltkg load FOLDER` made."""

    def __init__(self, release: Stored) -> None:
        from rltkg.store.disk import DiskStore

        self.place = str(release.root)
        self.address = str(release.root.resolve())
        self.dialect = ""
        self._release = release
        self._store = DiskStore(release)

    def record(self) -> Record | None:
        """Return what the marker says: a store on disk is whole, or it is none."""
        marker = self._release.marker
        own = {each["graph"] for each in marker["own"]}
        held = {
            graph: Held(triples=count, part=OWN if graph in own else RELEASE)
            for graph, count in marker["graphs"].items()
        }
        return Record(COMPLETE, marker["version"], marker["digest"], marker["id"], marker["made"], graphs=held)

    def rows(self, text: str, graphs: list[str]) -> list[dict[str, dict[str, str]]]:  # noqa: ARG002 - it holds ours only
        """Return the bindings of a SELECT query."""
        return list(json.loads(self._store.select(text))["results"]["bindings"])

    def fill(self, graph: str, lines: Lines, passing: Callable[[int], None]) -> None:
        """Read the named graph out of the engine."""
        from pyoxigraph import NamedNode

        quads = self._store.engine.quads_for_pattern(None, None, None, NamedNode(graph))
        lines.extend(quad.triple for quad in quads)
        passing(0)


def _pieces(size: int, most: int) -> Iterator[str]:
    """Give conditions that cut a graph of `size` triples into pieces of `most` at the utmost, as far as chance allows.

    What has blank nodes is one piece, since their names hold within one answer only; the rest is cut by the digests of
    the subjects.
    """
    width = 1
    while size / 16**width > most / 2:
        width += 1
    yield "isBlank(?s) || isBlank(?o)"
    for number in range(16**width):
        yield f'isIRI(?s) && !isBlank(?o) && STRSTARTS(MD5(STR(?s)), "{number:0{width}x}")'
