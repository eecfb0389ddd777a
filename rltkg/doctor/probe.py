"""Asks one question of a server and takes whatever comes: the way of asking is chosen, and a refusal is an answer."""

from __future__ import annotations

import json
import time
import urllib.request
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from rltkg.endpoint import rewriting
from rltkg.endpoint.addresses import told
from rltkg.endpoint.answers import RESULTS, TRIPLES, Body
from rltkg.endpoint.dialects import GENERIC, of_server
from rltkg.endpoint.troubles import RefusedError, media_type
from rltkg.endpoint.wire import Wire
from rltkg.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from http.client import HTTPResponse

    from rltkg.endpoint.targets import Target

GET, FORM, DIRECT = "GET", "POST form", "POST direct"
LONGEST = 16 << 20  # bytes of an answer
PATIENCE = 30.0
_WHO = 401
JSON, N_TRIPLES = RESULTS[0], TRIPLES[0]


class Seen(NamedTuple):
    """What came back: HTTP `status` (0 where nothing did), media type `kind`, `headers` (names in small letters), body.

    `error` is what is wrong with it, None where nothing is; `seconds` is how long it took.
    """

    status: int
    kind: str
    headers: Mapping[str, str]
    body: bytes
    error: UnavailableError | None
    seconds: float

    @property
    def fault(self) -> str:
        """What is wrong with it, in a sentence; "" where nothing is."""
        return str(self.error or "")

    @property
    def brief(self) -> str:
        """The same, short: the status and what the server said of it."""
        if isinstance(self.error, RefusedError):
            return f"{self.error.status}: {self.error.told}" if self.error.told else str(self.error.status)
        return self.fault.partition("; ")[0]


class Probe:
    """Asks the server behind `target`; nothing that it sends by `query` and `get` changes anything.

    `schemes` are those by which the server asked who is there, where it refused us for want of that.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self.seconds = min(target.timeout, PATIENCE)
        self.schemes = ""
        self._wire = Wire(target)

    def query(  # noqa: PLR0913 - the ways in which a query may be asked
        self,
        text: str,
        *,
        by: str = GET,
        accept: str = JSON,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        seconds: float | None = None,
        address: str = "",
    ) -> Seen:
        """Ask a query `by` GET, FORM or DIRECT; `default` and `named` are graphs, by the parameters of the protocol."""
        address = address or self.target.query
        pairs = [("default-graph-uri", each) for each in default] + [("named-graph-uri", each) for each in named]
        headers = {"Accept": accept}
        if by == GET:
            made = partial(urllib.request.Request, _with(address, [("query", text), *pairs]), headers=headers)
        elif by == FORM:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            data = urlencode([("query", text), *pairs]).encode()
            made = partial(urllib.request.Request, address, data, headers, method="POST")
        else:
            headers["Content-Type"] = "application/sparql-query"
            made = partial(urllib.request.Request, _with(address, pairs), text.encode(), headers, method="POST")
        return self._seen(lambda limit: self._wire.read(made, "the query", limit), address, seconds)

    def get(self, address: str, *, accept: str = "*/*", graph: str = "", whole: bool = True) -> Seen:
        """Fetch `address`, of a graph store with the name of a `graph`; without `whole`, only the head is looked at."""
        full = _with(address, [("graph", graph)] if graph else [])
        made = partial(urllib.request.Request, full, headers={"Accept": accept})
        return self._seen(lambda limit: self._wire.read(made, "to be looked at", limit), address, None, whole=whole)

    def write(self, method: str, address: str, data: bytes | None, media: str, *, graph: str = "") -> Seen:
        """Send a request that changes something: once, with its length."""
        full = _with(address, [("graph", graph)] if graph else [])
        headers = {} if data is None else {"Content-Type": media, "Content-Length": str(len(data))}
        made = partial(urllib.request.Request, full, data, headers, method=method)
        doing = "an update" if media == "application/sparql-update" else "to change a graph"
        # Who asked for writing waits longer: a server that is given up in the middle may still be writing.
        return self._seen(lambda limit: self._wire.write(made, doing, limit), address, 3 * PATIENCE, whole=False)

    def _seen(
        self, send: Callable[[float], HTTPResponse], address: str, seconds: float | None, *, whole: bool = True
    ) -> Seen:
        began = time.perf_counter()
        limit = self.seconds if seconds is None else seconds
        where = told(address)
        try:
            response = send(limit)
        except RefusedError as error:
            if error.status == _WHO:
                self.schemes = error.told
            return Seen(error.status, "", {}, b"", error, time.perf_counter() - began)
        except UnavailableError as error:
            return Seen(0, "", {}, b"", error, time.perf_counter() - began)
        headers = {name.lower(): value for name, value in response.headers.items()}
        status, kind = response.status, media_type(response)
        body, wrong = b"", None
        try:
            if whole:
                body = _taken(response, where, limit)
            else:
                response.close()
        except UnavailableError as error:
            wrong = error
        return Seen(status, kind, headers, body, wrong, time.perf_counter() - began)

    def rows(self, seen: Seen) -> list[dict[str, dict[str, str]]] | bool | None:
        """Return the rows, or the truth, that `rltkg` reads in an answer; None where it reads none."""
        if seen.error or seen.kind not in RESULTS:
            return None
        try:
            where = told(self.target.query)
            found = json.loads(b"".join(rewriting.results(iter([seen.body]), self._kind(seen), where)))
        except UnavailableError:
            return None
        if "boolean" in found:
            return bool(found["boolean"])
        return list(found["results"]["bindings"])

    def _kind(self, seen: Seen) -> str:
        """Return the dialect as far as it is known: by what the server calls itself."""
        known = of_server(seen.headers.get("server")) if self.target.dialect == GENERIC else None
        return known.name if known else self.target.dialect

    def holds(self, text: str, *, by: str = GET, default: Sequence[str] = (), named: Sequence[str] = ()) -> bool | None:
        """Return whether an ASK query is true; None where that cannot be told."""
        found = self.rows(self.query(text, by=by, default=default, named=named))
        return found if isinstance(found, bool) else None

    def count(self, seen: Seen) -> int | None:
        """Return how many triples `rltkg` reads in an answer; None where it reads none."""
        if seen.error or seen.kind not in TRIPLES:
            return None
        try:
            return b"".join(rewriting.triples(iter([seen.body]), told(self.target.query))).count(b"\n")
        except UnavailableError:
            return None


def _taken(response: HTTPResponse, where: str, limit: float) -> bytes:
    """Return the body of an answer; UnavailableError where it is not whole, or too long."""
    kind = media_type(response)
    body = bytearray()
    taken = Body(response, where, due=(kind,), what="", patience=limit, deadline=time.monotonic() + limit)
    with closing(taken.pieces(framed=kind in TRIPLES)) as pieces:
        for piece in pieces:
            body += piece
            if len(body) > LONGEST:
                raise UnavailableError(f"The answer of {where} does not end")
    return bytes(body)


def _with(address: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return `address` with more parameters."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(pairs)}" if pairs else address
