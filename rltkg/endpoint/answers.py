"""Reads what a server answers: whole or not at all, no more than is wanted, and in the format that is due."""

from __future__ import annotations

import time
from http.client import HTTPException

from rltkg.endpoint import troubles
from rltkg.errors import UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from http.client import HTTPResponse

LARGEST = 1 << 28
RESULTS = ("application/sparql-results+json", "application/json")
TRIPLES = ("application/n-triples", "text/plain")
_PIECE = 1 << 16
# How servers say that an answer of theirs ends before its end.
_PARTIAL = {"X-SQL-State": "X-SQL-Message", "X-SPARQL-MaxRows": "X-SPARQL-MaxRows"}


class Body:
    """The body of an answer that is to be in one of the media types `due` (`what`, in words).

    `patience` is how many seconds the answer may stand still, `deadline` when (by the monotonic clock) it must be over.
    """

    def __init__(  # noqa: PLR0913 - what holds for an answer
        self,
        response: HTTPResponse,
        where: str,
        *,
        due: tuple[str, ...],
        what: str,
        patience: float,
        deadline: float | None = None,
    ) -> None:
        """Raise UnavailableError where the head of the answer tells that it is not what is due, or not all of it."""
        self._response = response
        self._where = where
        self._patience = patience
        self._deadline = deadline
        try:
            self._check(due, what)
        except UnavailableError:
            response.close()
            raise

    def pieces(self, *, framed: bool = False) -> Generator[bytes]:
        """Give the content piece by piece, unpacked; UnavailableError at the end where it is not whole.

        With `framed`, an answer that does not tell where it ends is refused at its start. The connection is closed
        when this ends, or is left.
        """
        response = self._response
        with response:
            if framed and response.length is None and not response.chunked:
                raise troubles.cut("it does not tell where it ends", self._where)
            packed = _unpacker(response)
            while piece := self._next():
                if packed is None:
                    yield piece
                    continue
                yield from _unpacked(packed, piece, self._where)
            if response.length:
                raise troubles.cut(f"{response.length:,} bytes are missing", self._where)
            if packed is not None and not packed.eof:
                raise troubles.cut("the packed content ends early", self._where)

    def _next(self) -> bytes:
        try:
            piece = self._response.read1(_PIECE)
        except TimeoutError as error:
            raise troubles.late(self._where, self._patience) from error
        except (OSError, HTTPException, ValueError) as error:
            raise troubles.cut(error, self._where) from error
        if self._deadline is not None and time.monotonic() > self._deadline:
            self._response.close()
            raise troubles.late(self._where, self._patience)
        return piece

    def _check(self, due: tuple[str, ...], what: str) -> None:
        headers = self._response.headers
        for state, message in _PARTIAL.items():
            if state in headers:
                said = troubles.line(f"{state}: {headers[state]}; {headers.get(message, '')}")
                raise troubles.cut(said, self._where)
        kind = troubles.media_type(self._response)
        if kind not in due:
            raise troubles.not_results(kind, self._where, what)


def _unpacker(response: HTTPResponse):  # type: ignore[no-untyped-def]  # noqa: ANN202 - zlib does not name the class
    import zlib

    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in ("identity", ""):
        return None
    if coding in ("gzip", "x-gzip"):
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    raise troubles.cut(f"it is packed as {troubles.line(coding)}, which nobody asked for", response.geturl())


def _unpacked(packed, piece: bytes, where: str) -> Iterator[bytes]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    import zlib

    try:
        while piece:
            yield packed.decompress(piece, _PIECE)
            piece = packed.unconsumed_tail
    except zlib.error as error:
        raise troubles.cut(f"it cannot be unpacked: {error}", where) from error
