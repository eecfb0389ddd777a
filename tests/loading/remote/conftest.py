"""Endpoints of real servers, without anything of ours in them, and with a foreign graph that must stay as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.endpoint.transport import Endpoint
from tests.loading.remote.releases import cleared, held, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.base import Server

FOREIGN = "http://foreign.example/graph"


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest) -> Server:
    """Return a running server of either kind."""
    found: Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def endpoint(server: Server) -> Iterator[Endpoint]:
    """Give the endpoint of a server that holds a foreign graph only; at the end the graph is as it was."""
    made = Endpoint(server.target)
    cleared(made)
    content = "\n".join([*plain(50, word="foreign"), ""]).encode()
    made.put_graph(FOREIGN, content)
    before = held(made, [FOREIGN])
    yield made
    assert held(made, [FOREIGN]) == before
    cleared(made)
