"""Raw pyoxigraph: the engine underneath ours, without our layer. It is the limit that ours can reach."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from benchmarks.engines.base import Case, Engine, Source


class Memory(Engine):
    """A store in memory, filled by `Store.load`."""

    store: pyoxigraph.Store

    def load(self, source: Source, where: Path) -> None:
        """Load the files one after the other."""
        del where
        self.store = pyoxigraph.Store()
        for path, graph in source.files:
            self.store.load(path=path, format=form(path), to_graph=target(path, graph))

    def ask(self, case: Case) -> bytes:
        """Run the text and serialise."""
        solutions = self.store.query(case.text, use_default_graph_as_union=True)
        return solutions.serialize(format=QueryResultsFormat.JSON) or b""  # type: ignore[arg-type]

    def rows(self, case: Case) -> int:
        """Run the text and iterate."""
        solutions = self.store.query(case.text, use_default_graph_as_union=True)
        return len([tuple(solution) for solution in solutions])  # type: ignore[union-attr]

    def __len__(self) -> int:
        return len(self.store)


class Bulk(Memory):
    """A store in memory, filled by `Store.bulk_load`."""

    def load(self, source: Source, where: Path) -> None:
        """Load the files in bulk."""
        del where
        self.store = pyoxigraph.Store()
        bulk(self.store, source)


class Disk(Memory):
    """A store in a folder, filled by `Store.bulk_load`."""

    on_disk = True

    def load(self, source: Source, where: Path) -> None:
        """Load the files in bulk."""
        self.store = pyoxigraph.Store(where)
        bulk(self.store, source)

    def open(self, where: Path) -> None:
        """Open the folder for reading."""
        self.store = pyoxigraph.Store.read_only(str(where))


def bulk(store: pyoxigraph.Store, source: Source) -> None:
    """Load the files of `source` into `store` in bulk."""
    for path, graph in source.files:
        store.bulk_load(path=path, format=form(path), to_graph=target(path, graph))


def form(path: str) -> RdfFormat:
    """Return the format that the suffix of `path` tells."""
    return RdfFormat.from_extension(Path(path).suffix[1:]) or RdfFormat.TURTLE


def target(path: str, graph: str) -> NamedNode | None:
    """Return the graph to load into; None where the file names its graphs itself."""
    return None if form(path).supports_datasets else NamedNode(graph)
