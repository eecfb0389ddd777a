"""rdflib, and oxrdflib, which puts pyoxigraph behind rdflib's API: what people know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rdflib
from rdflib.plugins.sparql import prepareQuery

from benchmarks.engines.base import Case, Engine, Source

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig"}


class Rdflib(Engine):
    """An rdflib Dataset in memory."""

    interruptible = True
    plugin = "default"
    prefix = ""
    dataset: rdflib.Dataset

    def load(self, source: Source, where: Path) -> None:
        """Parse the files one after the other."""
        del where
        self.dataset = rdflib.Dataset(store=self.plugin, default_union=True)
        for path, graph in source.files:
            name = _FORMATS[path.rsplit(".", 1)[-1]]
            into = self.dataset if name in ("nquads", "trig") else self.dataset.graph(rdflib.URIRef(graph))
            into.parse(path, format=self.prefix + name)

    def ask(self, case: Case) -> bytes:
        """Run the text and serialise."""
        return self.dataset.query(case.text).serialize(format="json") or b""

    def rows(self, case: Case) -> int:
        """Run the text and iterate."""
        return len([tuple(row) for row in self.dataset.query(case.text)])  # type: ignore[arg-type]

    def text(self, case: Case) -> str:
        """Return the text, once rdflib has parsed it."""
        prepareQuery(case.text)
        return case.text

    def __len__(self) -> int:
        return sum(
            len(graph) for graph in self.dataset.graphs() if graph.identifier != rdflib.graph.DATASET_DEFAULT_GRAPH_ID
        )


class Oxrdflib(Rdflib):
    """The same API over pyoxigraph."""

    interruptible = False
    plugin = "Oxigraph"
    prefix = "ox-"
