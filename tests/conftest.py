"""Fixtures that several rooms share, each made once a session: the release in this checkout, and its graph, twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib

from rltkg.corpus import Release, shipped
from rltkg.graph import KnowledgeGraph
from rltkg.graph import open as open_graph
from rltkg.loading import load
from tests.servers.fixtures import loaded_oxigraph, oxigraph, virtuoso

__all__ = ["loaded_oxigraph", "oxigraph", "virtuoso"]

if TYPE_CHECKING:
    from pathlib import Path


def pytest_configure(config: pytest.Config) -> None:
    """Let rdflib call what it has itself deprecated; the same call from our own code stays an error."""
    config.addinivalue_line("filterwarnings", r"ignore:Dataset\.\w+ is deprecated:DeprecationWarning:rdflib")
    config.addinivalue_line("filterwarnings", r"ignore:'count' is passed as positional:DeprecationWarning:rdflib")


@pytest.fixture(scope="session")
def release() -> Release:
    """Return the release in this checkout."""
    return shipped()


@pytest.fixture(scope="session")
def graph() -> KnowledgeGraph:
    """Return the release in the embedded store, as `rltkg.open()` gives it."""
    return open_graph()


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store on disk that holds the release, as `rltkg load` makes it; to be copied by whoever changes it."""
    return load(tmp_path_factory.mktemp("stored") / "store").target


@pytest.fixture(scope="session")
def rdflib_union(release: Release) -> rdflib.Dataset:
    """Return the release in rdflib, each file in its named graph; a query sees the union.

    It is the second opinion on our SPARQL. A test that adds to it takes out what it added.
    """
    union = rdflib.Dataset(default_union=True)
    for file in release.files:
        union.graph(rdflib.URIRef(file.graph)).parse(file.path, format="turtle")
    return union
