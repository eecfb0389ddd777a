"""The store on disk: pyoxigraph on a folder that `rltkg load` made, only ever read here."""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from functools import cached_property

import pyoxigraph

from rltkg.corpus.stored import read
from rltkg.errors import InputError, UnavailableError
from rltkg.store.embedded import EmbeddedStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from rltkg.corpus.stored import Stored

CURRENT = "CURRENT"
LOCK = "LOCK"
DATA = ".sst"
# How the engine begins what it says of its files.
_CORRUPTION = "Corruption"
_OF_FILES = (_CORRUPTION, "IO error")
_OWN_LOCKS = sys.platform == "linux" and sys.maxsize > 1 << 32


class DiskStore(EmbeddedStore):
    """The store in the folder of `release`, opened at the first query.

    It is what the marker says, or an error: where another program has written into it, or another load has replaced it
    since the marker was read, it gives nothing. As long as it lives, no other process may write into the folder; any
    number may read.
    """

    release: Stored

    def __init__(self, release: Stored) -> None:
        """Hold the folder for reading; UnavailableError where another process holds it for writing, or has written."""
        self.release = release
        self.own = release.own
        self._hold = Hold(release.root)
        if current(release.root) != release.marker["current"]:
            self._check_marker()
            root = release.root
            raise UnavailableError(
                f"{root} was opened for writing by another program after it was loaded, so nobody knows what is in it; "
                f"load it again with `rltkg load {root}`"
            )

    @cached_property
    def _engine(self) -> pyoxigraph.Store:  # type: ignore[override]
        return self._opened()

    def reopen(self) -> int:
        """Open the store anew in this process, the forked child of another one."""
        # The engine of the parent works with files that the child has closed; it may not even be ended here.
        self._left = self.__dict__.get("_engine")
        self.__dict__["_engine"] = self._opened()
        needed = [each for each in os.listdir(self.release.root) if each.endswith(DATA)]  # noqa: PTH208 - names do
        return max(0, len(needed) - _open_data())

    @property
    def digest(self) -> str | None:
        """The digest of all that it holds."""
        return self.release.content_digest

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs that it holds, sorted."""
        return self.release.graphs

    def select(self, text: str) -> bytes:
        """Run a SELECT or ASK query; the base class tells the form of the result and what is raised."""
        with self._readable():
            return super().select(text)

    def construct(self, text: str) -> bytes:
        """Run a CONSTRUCT or DESCRIBE query; the base class tells the form of the result and what is raised."""
        with self._readable():
            return super().construct(text)

    def pour(self, text: str, sink: IO[bytes], *, graph: bool, union: bool = True) -> None:
        """Run any query and write its result to `sink` as it comes; the base class tells more."""
        with self._readable():
            super().pour(text, sink, graph=graph, union=union)

    def __len__(self) -> int:
        """Return how many triples the store holds, over all graphs."""
        return int(self.release.marker["triples"])

    def _opened(self) -> pyoxigraph.Store:
        """Return the engine on the folder, which is the one that the marker was read from."""
        root = self.release.root
        try:
            engine = pyoxigraph.Store.read_only(str(root))
        except (OSError, RuntimeError) as error:
            self._check_marker()
            raise _unreadable(root, error) from error
        self._check_marker()
        return engine

    def _check_marker(self) -> None:
        try:
            same = read(self.release.root)["id"] == self.release.marker["id"]
        except UnavailableError:
            same = False
        if not same:
            raise UnavailableError(
                f"{self.release.root} was replaced or removed since it was opened; open it again"
            ) from None

    @contextlib.contextmanager
    def _readable(self) -> Iterator[None]:
        """Make a sentence of what the engine says of a damaged file in the middle of a query."""
        try:
            yield
        except (InputError, OSError, RuntimeError) as error:
            told = error.__cause__ if isinstance(error, InputError) else error
            if isinstance(told, OSError | RuntimeError) and str(told).startswith(_OF_FILES):
                raise _unreadable(self.release.root, told) from error
            raise


def current(root: Path) -> str:
    """Return the name of the engine's list of files, which each opening for writing changes; "" where there is none."""
    try:
        return (root / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


class Hold:
    """A lock for reading on the store in `root`, until it is closed or forgotten; others may have one too.

    The engine locks the same file for writing. Where the system or the file system has no locks, this does nothing.
    """

    def __init__(self, root: Path) -> None:
        """Take the lock; UnavailableError where the store is locked for writing."""
        self._number = -1
        try:
            import fcntl

            self._number = os.open(root / LOCK, os.O_RDONLY | os.O_CLOEXEC)
        except (ImportError, OSError):
            return
        try:
            if _OWN_LOCKS:
                # A lock of this open file. One of the process would end with the first of its files that is closed.
                fcntl.fcntl(
                    self._number, fcntl.F_OFD_SETLK, struct.pack("hhqqi0q", fcntl.F_RDLCK, os.SEEK_SET, 0, 0, 0)
                )
            else:
                fcntl.lockf(self._number, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            raise UnavailableError(
                f"{root} is open for writing elsewhere (such as in `oxigraph serve`); end that, or wait for its end"
            ) from None
        except OSError:
            self.close()

    def close(self) -> None:
        """Give the lock back."""
        if self._number >= 0:
            os.close(self._number)
            self._number = -1

    __del__ = close


def _open_data() -> int:
    """Return how many files of data this process has open; 0 where the system does not tell."""
    found = 0
    for each in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else ():  # noqa: PTH112, PTH208
        with contextlib.suppress(OSError):
            found += os.readlink(f"/proc/self/fd/{each}").endswith(DATA)  # noqa: PTH115
    return found


def _unreadable(root: Path, error: Exception) -> UnavailableError:
    told = " ".join(str(error).split())[:200]
    if told.startswith(_CORRUPTION) or isinstance(error, FileNotFoundError):
        return UnavailableError(f"{root} is damaged ({told}); load it again with `rltkg load {root}`")
    return UnavailableError(f"{root} cannot be read ({told}); check its rights and the limits of this process")
