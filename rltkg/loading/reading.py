"""Reads the files of a load once, as they are loaded, so that the digests are of what went into the store."""

from __future__ import annotations

import contextlib
import hashlib
import io
import time
from typing import IO, TYPE_CHECKING

from rltkg.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from _typeshed import WriteableBuffer

    from rltkg.corpus import GraphFile

EVERY = 5.0
_MB = 1 << 20


class Reading:
    """The files of a release, and the user's own; `tell` is given a line every few seconds: how far it is, how fast.

    They must be read in this order, each once. Then `digest` is that of the release, as `Release.digest` has it, and
    `own_digests` has the SHA-256 of each of the user's files.
    """

    def __init__(self, files: Sequence[GraphFile], own: Sequence[GraphFile], tell: Callable[[str], None]) -> None:
        """Look at the size of each file; UnavailableError where one cannot be read."""
        self.files = [*files, *own]
        self.sizes = {file: _size(file) for file in self.files}
        self.own_digests: dict[GraphFile, str] = {}
        self._own = frozenset(own)
        self._release = hashlib.sha256()
        self._tell = tell
        self._done = 0
        self._started = self._told = time.monotonic()

    @property
    def digest(self) -> str:
        """The digest of the release, once its files are read."""
        return self._release.hexdigest()

    def say(self, line: str) -> None:
        """Tell `line`, where the load takes long."""
        if time.monotonic() - self._started >= EVERY:
            self._tell(line)

    @contextlib.contextmanager
    def stream(self, file: GraphFile) -> Iterator[IO[bytes]]:
        """Give `file` as a stream of bytes, to be read to its end.

        Raises UnavailableError where it cannot be read, or is not as long as it was.
        """
        digest = hashlib.sha256() if file in self._own else self._release
        if digest is self._release:
            digest.update(f"{file.graph} {self.sizes[file]}\n".encode())
        before = self._done
        # The engine reads 2 kB at a time, which the buffer gives it without a line of Python.
        with io.BufferedReader(_Source(self, file, digest), _MB) as source:
            yield source
        if self._done - before != self.sizes[file]:
            raise UnavailableError(f"{file.path} changed while it was read; load again")
        if file in self._own:
            self.own_digests[file] = digest.hexdigest()

    def advanced(self, size: int) -> None:
        """Take note of `size` bytes read."""
        self._done += size
        now = time.monotonic()
        if now - self._told < EVERY:
            return
        self._told = now
        total, rate = sum(self.sizes.values()), self._done / (now - self._started)
        self._tell(
            f"{self._done / _MB:,.0f} of {total / _MB:,.0f} MB read, {rate / _MB:,.1f} MB a second, "
            f"about {(total - self._done) / rate:,.0f} s left"
        )


class _Source(io.RawIOBase):
    """One file while it is read: every byte goes into the digest and into the count."""

    def __init__(self, reading: Reading, file: GraphFile, digest: hashlib._Hash) -> None:
        self._reading = reading
        self._file = file
        self._digest = digest
        try:
            self._raw = file.path.open("rb", buffering=0)
        except OSError as error:
            raise _unreadable(file, error) from error

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer`, and return how many bytes are in it: 0 at the end."""
        try:
            size = self._raw.readinto(buffer)
        except OSError as error:
            raise _unreadable(self._file, error) from error
        self._digest.update(memoryview(buffer)[:size])
        self._reading.advanced(size)
        return size

    def close(self) -> None:
        """Close the file."""
        if hasattr(self, "_raw"):
            self._raw.close()
        super().close()


def _size(file: GraphFile) -> int:
    try:
        return file.path.stat().st_size
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: GraphFile, error: OSError) -> UnavailableError:
    return UnavailableError(f"{file.path} cannot be read ({error.strerror or error}); restore it")
