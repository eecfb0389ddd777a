"""Generated graphs that several test files share, each written once a session."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from benchmarks.generator.__main__ import write
from rltkg.corpus import shipped

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = 50
ONTOLOGY = NamedNode("https://w3id.org/rltkg/graph/ontology")


def loaded(path: Path) -> Store:
    """Return a store with a generated graph in N-Quads and, as every loader adds it, the shipped ontology."""
    store = Store()
    store.load(path=shipped().root / "ontology" / "rltkg.ttl", format=RdfFormat.TURTLE, to_graph=ONTOLOGY)
    store.load(path=path, format=RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Return a generated graph of 10,000 triples, and its manifest; the ontology lies in the same folder."""
    folder = tmp_path_factory.mktemp("sound")
    shutil.copy(shipped().root / "ontology" / "rltkg.ttl", folder)
    return folder / "graph.nq", write(folder / "graph.nq", 10_000)


@pytest.fixture(scope="session")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Return the same graph with faults of every kind planted, and its manifest."""
    path = tmp_path_factory.mktemp("faulty") / "graph.nq"
    return path, write(path, 10_000, faults=FAULTS)
