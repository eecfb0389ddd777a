"""rltkg as a user has it from Python: `rltkg.open`, `graph.ask`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.engines.base import Case, Engine, Source
from rltkg.canned.run import bind
from rltkg.graph import open as open_graph

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.graph import KnowledgeGraph


class Memory(Engine):
    """`rltkg.open(FOLDER)`."""

    graph: KnowledgeGraph

    def load(self, source: Source, where: Path) -> None:
        """Open the folder, which loads it."""
        del where
        self.graph = open_graph(source.folder)

    def ask(self, case: Case) -> bytes:
        """Ask, and take the document."""
        return self.graph.ask(case.query, **case.parameters).serialize("json")

    def rows(self, case: Case) -> int:
        """Ask, and take the rows."""
        return len(self.graph.ask(case.query, **case.parameters).rows)

    def text(self, case: Case) -> str:
        """Return the text that runs for the parameters of `case`; it does not run."""
        query = self.graph.catalogue[case.query]
        return query.text(bind(query, case.parameters, self.graph.store))

    def __len__(self) -> int:
        return len(self.graph.store)  # type: ignore[arg-type]


class Disk(Memory):
    """`rltkg load FOLDER`, then `rltkg.open(FOLDER)`."""

    on_disk = True

    def load(self, source: Source, where: Path) -> None:
        """Load into the folder, and open it."""
        from rltkg.loading import load

        load(where, source.folder)
        self.open(where)

    def open(self, where: Path) -> None:
        """Open the folder."""
        self.graph = open_graph(where)
