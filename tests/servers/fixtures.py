"""The servers that many tests share, each started once a session, and only where a test asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.corpus import shipped
from rltkg.endpoint.transport import Endpoint
from rltkg.loading.remote import load_into
from tests.servers.oxigraph import oxigraph_server
from tests.servers.virtuoso import virtuoso_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.base import Server


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give an Oxigraph server without data; a test removes what it put there."""
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="session")
def loaded_oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give an Oxigraph server with the release, as `rltkg load` leaves it; a test leaves it as it was."""
    with oxigraph_server(tmp_path_factory.mktemp("loaded")) as server:
        load_into(Endpoint(server.target), shipped(), [])
        yield server


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a Virtuoso server without data of ours; a test removes what it put there."""
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server
