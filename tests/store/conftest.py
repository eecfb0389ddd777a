"""The release in each kind of store that can be asked, each made once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rltkg
from rltkg.endpoint.transport import Endpoint
from rltkg.graph import KnowledgeGraph
from rltkg.store.remote import RemoteStore
from tests.servers.oxigraph import oxigraph_server
from tests.servers.release import put_release
from tests.servers.virtuoso import virtuoso_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.base import Server


@pytest.fixture(scope="session")
def on_disk(stored: Path) -> KnowledgeGraph:
    """Return the release in a store on disk."""
    return rltkg.open(stored)


@pytest.fixture(scope="session")
def oxigraph_with_release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give an Oxigraph server that holds the release, and nobody changes."""
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as server:
        put_release(server)
        yield server


@pytest.fixture(scope="session")
def virtuoso_with_release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a Virtuoso server that holds the release, and nobody changes."""
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as server:
        put_release(server)
        yield server


@pytest.fixture(scope="session")
def on_oxigraph(oxigraph_with_release: Server) -> KnowledgeGraph:
    """Return the release behind Oxigraph's server."""
    return _graph(oxigraph_with_release)


@pytest.fixture(scope="session")
def on_virtuoso(virtuoso_with_release: Server) -> KnowledgeGraph:
    """Return the release behind Virtuoso."""
    return _graph(virtuoso_with_release)


def _graph(server: Server) -> KnowledgeGraph:
    store = RemoteStore(Endpoint(server.target))
    return KnowledgeGraph(store, store.release)
