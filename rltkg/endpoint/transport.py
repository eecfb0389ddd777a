"""Sends queries and updates (by SPARQLWrapper) and whole graphs (by the graph store protocol) to one endpoint."""

from __future__ import annotations

import json
import os
import time
import urllib.request
from contextlib import ExitStack, closing
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from SPARQLWrapper import INSERT, POST, POSTDIRECTLY, SELECT

from rltkg.endpoint.addresses import is_loopback, origin, told
from rltkg.endpoint.answers import LARGEST, RESULTS, TRIPLES, Body
from rltkg.endpoint.dialects import GENERIC, Dialect, dialect, of_server
from rltkg.endpoint.rewriting import results, triples
from rltkg.endpoint.troubles import RefusedError, cut
from rltkg.endpoint.wire import Wire
from rltkg.endpoint.wrapper import Wrapper
from rltkg.errors import UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
    from http.client import HTTPResponse
    from typing import Any

    from rltkg.endpoint.targets import Target

    Data = Path | bytes | Iterable[bytes]

N_TRIPLES = "application/n-triples"
# How long a server may take to answer when a graph or an update has been sent: it says nothing before it is done.
LOADING = 3600.0
_ABSENT = 404


class Endpoint:
    """One endpoint, as `target` tells: nothing is sent before something is asked for.

    Every method raises UnavailableError, in one sentence: what failed, at which address, and how to mend it; a refusal
    by the server is a RefusedError, with its HTTP status. Reads are tried again where the server is busy, writes never.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self._wire = Wire(target)
        self._server: str | None = None

    @cached_property
    def dialect(self) -> Dialect:
        """How the server behaves: as the target says, else as the server calls itself (which asks it, once)."""
        named = dialect(self.target.dialect)
        if named.name != GENERIC:
            return named
        if self._server is None:
            self.select("ASK { }")
        known = of_server(self._server) or named
        self.target.speaks(known.name)
        return known

    @property
    def update_address(self) -> str:
        """Where updates go; UnavailableError where neither the target nor the dialect tells."""
        if not self.target.update:
            self.dialect  # noqa: B018 - learns the addresses that follow from it
        return self.target.update or self._lacks("update", "updates")

    @property
    def graph_store_address(self) -> str:
        """Where whole graphs go; UnavailableError where neither the target nor the dialect tells."""
        if not self.target.graph_store:
            self.dialect  # noqa: B018 - learns the addresses that follow from it
        return self.target.graph_store or self._lacks("graph_store", "whole graphs")

    def select(
        self, text: str, *, graphs: Sequence[str] = (), seconds: float | None = None, largest: int = LARGEST
    ) -> bytes:
        """Return what a SELECT or ASK query gives, whole, in the SPARQL JSON results format to the letter.

        `graphs` (IRIs) are what it sees: their union as the default graph, each by its name; without any it is for the
        server or the FROM clauses of the query. It may take `seconds` (default: as the target says) and give `largest`
        bytes.
        """
        limit = self.target.timeout if seconds is None else seconds
        return self._whole(self.pieces(text, graph=False, graphs=graphs, seconds=limit), largest)

    def construct(
        self, text: str, *, graphs: Sequence[str] = (), seconds: float | None = None, largest: int = LARGEST
    ) -> bytes:
        """Return what a CONSTRUCT or DESCRIBE query gives, whole, as canonical N-Triples; else as `select`."""
        limit = self.target.timeout if seconds is None else seconds
        return self._whole(self.pieces(text, graph=True, graphs=graphs, seconds=limit), largest)

    def pieces(
        self, text: str, *, graph: bool, graphs: Sequence[str] = (), seconds: float | None = None
    ) -> Generator[bytes]:
        """Give what any query gives piece by piece: canonical N-Triples with `graph`, else JSON results.

        That it is whole is known when this ends without an error. Closing it early closes the connection. It may take
        `seconds`; without a number, it may take the time of the target to begin, and then that time between two pieces.
        """
        limit = self.target.timeout if seconds is None else seconds
        deadline = None if seconds is None else time.monotonic() + limit
        address, where = self.target.query, told(self.target.query)
        due, what = (TRIPLES, "N-Triples") if graph else (RESULTS, "SPARQL JSON results")
        wrapper = self._wrapper(address, text, SELECT, graphs, due[0])
        wrapper.send = lambda: self._wire.read(wrapper.made, "the query", limit)
        if len(wrapper.made().full_url) > dialect(self.target.dialect).longest_get:
            wrapper.setMethod(POST)
        response = self._heard(wrapper.query().response)
        body = Body(response, where, due=due, what=what, patience=limit, deadline=deadline)
        with closing(body.pieces(framed=graph)) as source:
            yield from triples(source, where) if graph else results(source, self._kind, where, text)

    def stream_graph(self, iri: str) -> Iterator[bytes]:
        """Give the named graph `iri` as N-Triples, piece by piece, as the server writes them; nothing where it is none.

        That it is whole is known when this ends without an error; it is told by UnavailableError where it is cut.
        """
        address = self._graph(iri)
        headers = {"Accept": N_TRIPLES, **_packing(address)}
        try:
            made = partial(urllib.request.Request, address, headers=headers)
            response = self._wire.read(made, "to give a graph", self.target.timeout)
        except RefusedError as error:
            if error.status == _ABSENT and not self._holds(iri):
                return
            raise
        body = Body(response, told(address), due=TRIPLES, what="N-Triples", patience=self.target.timeout)
        last = b""
        for last in body.pieces(framed=True):
            yield last
        if last and not last.endswith(b"\n"):
            raise cut("it is no N-Triples: the last line does not end", told(address))

    def put_graph(
        self, iri: str, data: Data, *, media: str = N_TRIPLES, size: int | None = None, extra: Mapping[str, str] = {}
    ) -> None:
        """Make `data` the content of the named graph `iri`, whatever was in it.

        `data` is a file, bytes, or pieces of bytes, gone through once and never held in memory as a whole; `size` is
        how many bytes the pieces have together, which saves writing them to a temporary file first where the server
        must be told. `extra` are more parameters of the address, such as no_transaction.
        """
        self._send("PUT", iri, data, media, size, extra)

    def post_graph(
        self, iri: str, data: Data, *, media: str = N_TRIPLES, size: int | None = None, extra: Mapping[str, str] = {}
    ) -> None:
        """Add `data` to the named graph `iri`; `put_graph` tells what it may be."""
        self._send("POST", iri, data, media, size, extra)

    def delete_graph(self, iri: str) -> None:
        """Remove the named graph `iri`; no error where there is none."""
        address = self._graph(iri)
        try:
            made = partial(urllib.request.Request, address, method="DELETE")
            self._wire.write(made, "to remove a graph", LOADING).close()
        except RefusedError as error:
            if error.status != _ABSENT:
                raise

    def update(self, text: str) -> None:
        """Run a SPARQL update."""
        wrapper = self._wrapper(self.update_address, text, INSERT, (), "*/*")
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(POSTDIRECTLY)
        wrapper.send = lambda: self._wire.write(wrapper.made, "an update", LOADING)
        self._heard(wrapper.query().response).close()

    def _whole(self, pieces: Generator[bytes], largest: int) -> bytes:
        """Return all of `pieces`; UnavailableError where they are longer than `largest` bytes."""
        found = bytearray()
        with closing(pieces):
            for piece in pieces:
                found += piece
                if len(found) > largest:
                    raise UnavailableError(
                        f"The answer of {told(self.target.query)} is longer than {largest >> 20:,} MiB, and nothing of "
                        "it was taken; ask for less"
                    )
        return bytes(found)

    @property
    def _kind(self) -> str:
        """The dialect as far as it is known without asking: by what the server called itself."""
        known = of_server(self._server) if self.target.dialect == GENERIC else None
        return known.name if known else self.target.dialect

    def _wrapper(self, address: str, text: str, form: str, graphs: Sequence[str], accept: str) -> Wrapper:
        """Return what makes the request for `text` by the SPARQL protocol."""
        parts = urlsplit(address)
        wrapper = Wrapper(urlunsplit(parts._replace(query="")), form)
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            wrapper.addParameter(name, value)
        for graph in graphs:
            wrapper.addParameter("default-graph-uri", graph)
            wrapper.addParameter("named-graph-uri", graph)
        for name, value in {"Accept": accept, **_packing(address)}.items():
            wrapper.addCustomHttpHeader(name, value)
        wrapper.setQuery(text)
        return wrapper

    def _send(  # noqa: PLR0913, PLR0917 - as `put_graph`
        self, method: str, iri: str, data: Data, media: str, size: int | None, extra: Mapping[str, str]
    ) -> None:
        address = self._graph(iri, extra)
        with ExitStack() as left:
            if not isinstance(data, Path | bytes) and size is None and not self.dialect.chunked:
                data = _spooled(data)
                left.callback(data.unlink, missing_ok=True)

            def made() -> urllib.request.Request:
                """Return the request that sends `data`; without a known size it goes in pieces (chunked)."""
                content: Any = left.enter_context(data.open("rb")) if isinstance(data, Path) else data
                request = urllib.request.Request(address, content, {"Content-Type": media}, method=method)  # noqa: S310
                known = (
                    data.stat().st_size if isinstance(data, Path) else len(data) if isinstance(data, bytes) else size
                )
                if known is not None:
                    request.add_header("Content-Length", str(known))
                return request

            self._heard(self._wire.write(made, "a graph", LOADING)).close()

    def _graph(self, iri: str, extra: Mapping[str, str] = {}) -> str:
        """Return the address of the named graph `iri` in the graph store."""
        address = self.graph_store_address
        return f"{address}{'&' if '?' in address else '?'}{urlencode({'graph': iri, **extra})}"

    def _holds(self, iri: str) -> bool:
        """Say whether the endpoint has a triple in the named graph `iri`."""
        found = json.loads(self.select(f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}", graphs=[iri]))
        return bool(found["boolean"])

    def _heard(self, response: HTTPResponse) -> HTTPResponse:
        """Take note of what the server calls itself."""
        self._server = response.headers.get("Server", "")
        return response

    def _lacks(self, key: str, what: str) -> str:
        raise UnavailableError(
            f"Nobody knows where {self.target.name} takes {what}; name the address as `{key}` of a target in the "
            "configuration file"
        )


def _spooled(data: Iterable[bytes]) -> Path:
    """Return a temporary file that holds `data`."""
    import tempfile

    number, name = tempfile.mkstemp(prefix="rltkg-", suffix=".nt")
    try:
        with os.fdopen(number, "wb") as file:
            file.writelines(data)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _packing(address: str) -> dict[str, str]:
    """Return the header that asks for packed answers: they pay off on a network, and not on this machine."""
    return {"Accept-Encoding": "identity" if is_loopback(origin(address)[1]) else "gzip"}
