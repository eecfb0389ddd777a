"""Puts the shipped release into a server, by the plainest of ways: each graph by the graph store protocol."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pyoxigraph

from rltkg.corpus import shipped
from rltkg.endpoint.transport import Endpoint

if TYPE_CHECKING:
    from tests.servers.base import Server


def put_release(server: Server) -> Endpoint:
    """Make each graph of the release what its files hold; return the endpoint that was asked to."""
    endpoint = Endpoint(server.target)
    for graph, files in groupby(shipped().files, key=lambda file: file.graph):
        lines = []
        for file in files:
            triples = (
                quad.triple for quad in pyoxigraph.parse(path=str(file.path), format=pyoxigraph.RdfFormat.TURTLE)
            )
            lines.append(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")
        endpoint.put_graph(graph, b"".join(lines))
    return endpoint
