"""The remote store: a release behind an endpoint, asked over the network by the SPARQL protocol."""

from __future__ import annotations

from contextlib import closing
from functools import cached_property
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, parse_query_results

from rltkg.corpus import GraphFile, Release, shipped
from rltkg.endpoint import record
from rltkg.endpoint.rewriting import as_file
from rltkg.errors import UnavailableError
from rltkg.store.base import Store
from rltkg.store.embedded import EmbeddedStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, Any

    from rltkg.endpoint.record import Record
    from rltkg.endpoint.transport import Endpoint

_SHORT = 12
# Whether a graph has a triple, without counting them; one part for each graph.
_PRESENT = "{{ SELECT (<{graph}> AS ?graph) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} LIMIT 1 }}"
_COUNT = "SELECT (COUNT(*) AS ?triples) WHERE { ?s ?p ?o }"
_ALL = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
_MOST = 2_000_000
_COUNTS = "SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


class Loaded(Release):
    """The release that a load put into an endpoint, as the load record there says.

    The queries, and how to cite, are those of the shipped release; files of it are nowhere.
    """

    def __init__(self, told: Record, place: str) -> None:
        super().__init__(shipped().root)
        self._told = told
        self._place = place

    @property
    def files(self) -> list[GraphFile]:
        """Raise UnavailableError: an endpoint keeps no files."""
        raise UnavailableError(f"{self._place} is an endpoint, which keeps no files; name the release it was made of")

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs that were loaded, sorted; those of own files too."""
        return sorted(self._told.graphs)

    @property
    def digest(self) -> str:
        """The SHA-256 of the release that was loaded, as `Release.digest` has it; own files do not count."""
        return self._told.digest

    @property
    def version(self) -> str:
        """The version of the release that was loaded."""
        return self._told.version

    @property
    def citable(self) -> bool:
        """Whether it is the shipped release: of any other, this version does not know whether it was published."""
        return self.digest == shipped().digest


class RemoteStore(Store):
    """What `endpoint` holds of a release: the graphs that its load record names, else those of the shipped release.

    Every query says which graphs it sees, as the default graph and by name, so that neither the server's own triples
    nor graphs of others are in any answer. What the server is, and which release it holds, is asked at first use, which
    raises UnavailableError where it does not answer, holds nothing of a release, or a load that did not end.
    """

    is_remote = True

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint

    @cached_property
    def release(self) -> Release:  # type: ignore[override]
        """The release that it holds."""
        return Loaded(self._record, self._name) if self._record else shipped()

    @cached_property
    def own(self) -> tuple[GraphFile, ...]:  # type: ignore[override]
        """What users added of their own when it was loaded; the files themselves are not known here."""
        held = self._record.graphs if self._record else {}
        return tuple(GraphFile(graph, Path(graph)) for graph, each in sorted(held.items()) if each.part == record.OWN)

    @cached_property
    def digest(self) -> str | None:
        """The digest of the release, where every graph has as many triples as the load put there; else None."""
        if self._record is None or self.own:
            return None
        counted = {graph.value: int(count.value) for graph, count in self._rows(_COUNTS)}
        told = {graph: each.stored or each.triples for graph, each in self._record.graphs.items()}
        due = {graph: count for graph, count in told.items() if count}
        return self._record.digest if counted == due else None

    @cached_property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs that a query sees, sorted."""
        return self.release.graphs

    @cached_property
    def remarks(self) -> list[str]:
        """What is to be said of the store before anything that it answers: which release it holds, if that is odd."""
        ours = shipped()
        if self._record is None:
            lacks = sorted(set(self.graphs) - self._present)
            told = [f"{self._name} has no load record; it is asked as if it held release {ours.version}"]
            return [f"{told[0]}, and lacks {', '.join(lacks)}." if lacks else f"{told[0]}."]
        if self._record.digest == ours.digest:
            return []
        held = f"release {self._record.version} (digest {self._record.digest[:_SHORT]})"
        return [f"{self._name} holds {held}, asked with the queries of {ours.version} ({ours.digest[:_SHORT]})."]

    def select(self, text: str) -> bytes:
        """Run a SELECT or ASK query; the base class tells the form of the result and what is raised."""
        return self.endpoint.select(text, graphs=self.graphs)

    def construct(self, text: str) -> bytes:
        """Run a CONSTRUCT or DESCRIBE query; the base class tells the form of the result and what is raised."""
        return self.endpoint.construct(text, graphs=self.graphs)

    def pour(self, text: str, sink: IO[bytes], *, graph: bool, union: bool = True) -> None:
        """Run any query and write its result to `sink` as it comes; the base class tells more."""
        with closing(self.endpoint.pieces(text, graph=graph, graphs=self.graphs if union else ())) as pieces:
            sink.writelines(pieces)

    def stream(self, text: str, take: Callable[[bytes], bool], *, graph: bool, union: bool, seconds: float) -> None:
        """Run any query, and call `take` with each piece of its result; the base class tells more.

        The connection is closed where that is enough, which tells the server that nobody waits any more.
        """
        graphs = self.graphs if union else ()
        with closing(self.endpoint.pieces(text, graph=graph, graphs=graphs, seconds=seconds)) as pieces:
            any(map(take, pieces))

    @property
    def dialect(self) -> str:  # type: ignore[override]
        """What kind of server it is: a name of `rltkg.endpoint.dialects`."""
        return self.endpoint.dialect.name

    def here(self) -> Store:
        """Return a copy in memory, made once; the base class tells what is raised."""
        return self._copy

    @cached_property
    def _copy(self) -> EmbeddedStore:
        ((count,),) = self._rows(_COUNT)
        if int(count.value) > _MOST:
            raise UnavailableError(
                f"{self._name} holds {int(count.value):,} triples, and {_MOST:,} at most are fetched to answer this "
                "here; ask a store of another kind, or one on disk (`rltkg load FOLDER`)"
            )
        engine = pyoxigraph.Store()
        for graph in self.graphs:
            pieces = self.endpoint.pieces(_ALL.format(graph=graph), graph=True, graphs=[graph])
            engine.load(input=as_file(pieces), format=RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))
        copy = EmbeddedStore(engine)
        copy.release, copy.own = self.release, self.own
        return copy

    @property
    def _name(self) -> str:
        return self.endpoint.target.name

    @cached_property
    def _record(self) -> Record | None:
        found = record.read(self.endpoint)
        if found is None and not self._present:
            raise UnavailableError(
                f"{self._name} holds no graph of the release; put it there with `rltkg load {self._name}`"
            )
        if found is not None and not found.complete:
            since = f" (begun {found.started})" if found.started else ""
            raise UnavailableError(
                f"{self._name} holds a load that did not end{since}, so nobody knows what is in it; `rltkg load "
                f"{self._name}` completes it"
            )
        return found

    @cached_property
    def _present(self) -> set[str]:
        """The graphs of the shipped release that have a triple in the store."""
        graphs = shipped().graphs
        parts = " UNION ".join(_PRESENT.format(graph=each) for each in graphs)
        text = f"SELECT DISTINCT ?graph WHERE {{ {parts} }}"
        payload = self.endpoint.select(text, graphs=graphs)
        return {graph.value for (graph,) in parse_query_results(payload, format=QueryResultsFormat.JSON)}  # type: ignore[union-attr]

    def _rows(self, text: str) -> Any:  # noqa: ANN401 - rows of terms
        return parse_query_results(self.select(text), format=QueryResultsFormat.JSON)
