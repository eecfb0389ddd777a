"""A server that answers as it is told, byte by byte: refusals, half a body, nothing, too late, in another format."""

from __future__ import annotations

import contextlib
import functools
import socketserver
import ssl
import threading
from email.parser import Parser
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

import trustme

from tests.servers.base import HOST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from email.message import Message

    # What is sent for a request: pieces of bytes; None waits until the server is ended.
    Reply = Callable[["Asked"], Iterable[bytes | None]]

RESULTS = "application/sparql-results+json"
TRUE = b'{"head":{},"boolean":true}'


class Asked(NamedTuple):
    """One request as it came: method, path with what follows it, headers, body."""

    method: str
    path: str
    headers: Message
    body: bytes


class Bad:
    """A running server: its address, what it was asked, and the replies that it goes through (the last one stays)."""

    def __init__(self, replies: Iterable[Reply], scheme: str) -> None:
        self.asked: list[Asked] = []
        self.over = threading.Event()
        self.scheme = scheme
        self.port = 0
        self._replies = list(replies)
        self._lock = threading.Lock()

    @property
    def address(self) -> str:
        """The address for queries."""
        return f"{self.scheme}://{HOST}:{self.port}/sparql"

    def next(self, asked: Asked) -> Reply:
        """Take note of a request, and return the reply to it."""
        with self._lock:
            self.asked.append(asked)
            return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]


def answer(
    body: bytes = TRUE,
    status: int = 200,
    kind: str = RESULTS,
    headers: Iterable[tuple[str, str]] = (),
    length: int | None = -1,
) -> Reply:
    """Return the reply `body` with its length; another `length` is told in place of it, None tells none."""

    def reply(_: Asked) -> Iterable[bytes | None]:
        told = len(body) if length == -1 else length
        lines = [*headers, *([("Content-Type", kind)] if kind else [])]
        lines += [] if told is None else [("Content-Length", str(told))]
        yield head(status, lines)
        yield body

    return reply


def head(status: int, headers: Iterable[tuple[str, str]]) -> bytes:
    """Return the first line and the headers of an answer."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")


def chunked(*pieces: bytes, kind: str = RESULTS, whole: bool = True) -> Reply:
    """Return a reply in `pieces`, which lacks its end unless it is to be `whole`."""

    def reply(_: Asked) -> Iterable[bytes | None]:
        yield head(200, [("Content-Type", kind), ("Transfer-Encoding", "chunked")])
        yield from (b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
        yield b"0\r\n\r\n" if whole else b""

    return reply


def raw(*pieces: bytes | None) -> Reply:
    """Return a reply of these bytes, whatever they are; None hangs, no piece closes the connection without a word."""
    return lambda _: pieces


@functools.cache
def authority() -> trustme.CA:
    """Return who signs the certificates of encrypted servers, and whom nobody trusts unless told to."""
    return trustme.CA()


@contextlib.contextmanager
def bad_server(*replies: Reply, encrypted: bool = False, unread: bool = False) -> Iterator[Bad]:
    """Give a server that answers one request after the other with `replies`; the last of them stays.

    With `unread`, it answers when it has read the head of a request, and closes the connection.
    """
    told = Bad(replies, "https" if encrypted else "http")

    class Handler(socketserver.StreamRequestHandler):
        timeout = 30

        def handle(self) -> None:
            asked = _read(self, body=not unread)
            if asked is None:
                return
            with contextlib.suppress(OSError):
                for piece in told.next(asked)(asked):
                    if piece is None:
                        told.over.wait(30)
                        return
                    self.wfile.write(piece)

    class Listening(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing: a client that goes away, or trusts no certificate, is what is tested."""

    with Listening((HOST, 0), Handler) as server:
        if encrypted:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority().issue_cert("localhost", HOST).configure_cert(context)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        told.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield told
        finally:
            told.over.set()
            server.shutdown()
            thread.join(10)


def _read(handler: socketserver.StreamRequestHandler, *, body: bool) -> Asked | None:
    """Return the request that comes, with its `body` or without; None where there is none."""
    first = handler.rfile.readline().decode("latin-1").split()
    if len(first) < 2:
        return None
    lines = []
    while (line := handler.rfile.readline().decode("latin-1")) not in ("\r\n", "\n", ""):
        lines.append(line)
    headers = Parser().parsestr("".join(lines), headersonly=True)
    content = bytearray()
    if not body:
        return Asked(first[0], first[1], headers, b"")
    if headers.get("Transfer-Encoding", "").lower() == "chunked":
        while size := int(handler.rfile.readline().split(b";")[0] or b"0", 16):
            content += handler.rfile.read(size)
            handler.rfile.readline()
        handler.rfile.readline()
    else:
        content += handler.rfile.read(int(headers.get("Content-Length", 0)))
    return Asked(first[0], first[1], headers, bytes(content))
