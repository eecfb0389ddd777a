"""Canonical lines: a named graph as sorted lines of N-Triples, none twice, which a digest and a comparison go by.

A line is a triple as pyoxigraph writes it in N-Triples, UTF-8, with its line break; the order is that of the bytes.
Blank nodes are named as RDFC-1.0 names them, graph by graph, so a graph has the same lines wherever it comes from. The
digest of a graph is what ``LC_ALL=C sort -u graph.nt | sha256sum`` prints for such lines.
"""

from __future__ import annotations

import contextlib
import heapq
import tempfile
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, Self

from pyoxigraph import RdfFormat, parse

from rltkg.corpus.blank import blank_nodes, canonical
from rltkg.errors import InputError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from pyoxigraph import Triple

HELD = 32 * 1024 * 1024  # bytes of lines that are sorted at once; Python needs about one and a half times that
LABEL = "c14n"  # how RDFC-1.0 names blank nodes
RUNS = 64  # files that are merged at once
_BLANK = b"_:"


class Digest(NamedTuple):
    """What tells two graphs apart: `sha256` in 64 hexadecimal digits, and how many `triples` there are."""

    sha256: str
    triples: int


class Lines:
    """The canonical lines of one graph; give it triples, then go through it, as often as needed.

    Memory stays bounded: what is more than `held` bytes is sorted into temporary files below `folder` (default: the
    system's), which are gone when it is closed, or at the end of a `with`. Triples with blank nodes are all held.
    """

    def __init__(self, triples: Iterable[Triple] = (), *, held: int = HELD, folder: Path | None = None) -> None:
        self._limit = held
        self._folder = folder
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._runs: list[Path] = []
        self._made = 0
        self._waiting: list[bytes] = []
        self._size = 0
        self._loose: list[Triple] = []
        self.extend(triples)

    def extend(self, triples: Iterable[Triple]) -> None:
        """Add `triples`; what stands twice counts once. UnavailableError where a temporary file cannot be written."""
        waiting, size, limit = self._waiting, self._size, self._limit
        for triple in triples:
            line = b"%b .\n" % str(triple).encode()
            if _BLANK in line and blank_nodes(triple):
                self._loose.append(triple)
                continue
            waiting.append(line)
            size += len(line)
            if size > limit:
                self.put_down()
                size = 0
        self._size = size

    def read(self, source: IO[bytes] | bytes | Iterable[bytes], *, name: str = "the stream") -> None:
        """Add the triples of N-Triples in `source`: bytes, a file, or pieces of bytes as they come over a network.

        Raises InputError, with `name` and line, where it is not N-Triples.
        """
        stream = source if isinstance(source, bytes) or hasattr(source, "read") else _Pieces(source)
        try:
            self.extend(quad.triple for quad in parse(stream, format=RdfFormat.N_TRIPLES))  # type: ignore[arg-type]
        except SyntaxError as error:
            raise InputError.at(name, error) from error

    @property
    def blank(self) -> bool:
        """Whether the graph has blank nodes."""
        return bool(self._loose)

    def __iter__(self) -> Iterator[bytes]:
        """Give each line once, in the order of the bytes."""
        return self.named(LABEL)

    def named(self, label: str) -> Iterator[bytes]:
        """Give each line once, in order, with blank nodes named `label` and a number, in place of c14n and a number.

        For graphs that are to lie in one file and must not share blank nodes.
        """
        self._waiting.sort()
        runs: list[Iterable[bytes]] = [self._waiting]
        if self._loose:
            runs.append(sorted(b"%b .\n" % str(triple).encode() for triple in canonical(self._loose, label)))
        with contextlib.ExitStack() as opened:
            try:
                runs += [opened.enter_context(path.open("rb")) for path in self._runs]
                yield from _unique(heapq.merge(*runs) if len(self._runs) or self._loose else self._waiting)
            except OSError as error:
                raise _unusable(error) from error

    def digest(self) -> Digest:
        """Return the digest of the graph."""
        return digest(self)

    def close(self) -> None:
        """Remove the temporary files; it holds nothing any more."""
        self._waiting, self._loose, self._runs, self._size = [], [], [], 0
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def waiting(self) -> int:
        """How many bytes of lines are held in memory."""
        return self._size

    def put_down(self) -> None:
        """Write what is held in memory, sorted, into a temporary file; many of these become one."""
        if not self._waiting:
            return
        self._waiting.sort()
        try:
            if self._scratch is None:
                self._scratch = tempfile.TemporaryDirectory(prefix="rltkg-lines-", dir=self._folder)
            self._runs.append(self._written(_unique(self._waiting)))
            if len(self._runs) > RUNS:
                with contextlib.ExitStack() as opened:
                    files = [opened.enter_context(path.open("rb")) for path in self._runs]
                    merged = self._written(_unique(heapq.merge(*files)))
                for path in self._runs:
                    path.unlink()
                self._runs = [merged]
        except OSError as error:
            raise _unusable(error) from error
        self._waiting.clear()
        self._size = 0

    def _written(self, lines: Iterable[bytes]) -> Path:
        assert self._scratch is not None  # noqa: S101 - the only caller has made it
        self._made += 1
        path = Path(self._scratch.name, str(self._made))
        with path.open("wb", buffering=1 << 20) as file:
            file.writelines(lines)
        return path


def digest(lines: Iterable[bytes]) -> Digest:
    """Return the digest of canonical `lines`, which must be sorted, none twice, as `Lines` gives them."""
    total, count = sha256(), 0
    for line in lines:
        total.update(line)
        count += 1
    return Digest(total.hexdigest(), count)


def compare(one: Iterable[bytes], other: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Give the lines that are in one of two sorted streams only, in order; True where it is `one` that has it.

    Both are gone through side by side, so memory does not grow; each must be sorted, none twice.
    """
    left, right = iter(one), iter(other)
    here, there = next(left, None), next(right, None)
    while here is not None or there is not None:
        if there is None or (here is not None and here < there):
            assert here is not None  # noqa: S101 - else the loop would have ended
            yield here, True
            here = next(left, None)
        elif here is None or there < here:
            yield there, False
            there = next(right, None)
        else:
            here, there = next(left, None), next(right, None)


def triples(lines: Iterable[bytes]) -> Iterator[Triple]:
    """Give the triples of lines of N-Triples, in their order."""
    return (quad.triple for quad in parse(_Pieces(lines), format=RdfFormat.N_TRIPLES))  # type: ignore[arg-type]


def _unique(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line, _ in groupby(lines))


def _unusable(error: OSError) -> UnavailableError:
    return UnavailableError(
        f"Sorting needs temporary files, and they cannot be used ({error.strerror or error}); make room in "
        f"{tempfile.gettempdir()}, or name another folder with the variable TMPDIR"
    )


class _Pieces:
    """Pieces of bytes, read as a file."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._left = b""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most `size`; none at the end."""
        held, length = [self._left], len(self._left)
        while size < 0 or length < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            held.append(piece)
            length += len(piece)
        whole = b"".join(held)
        if size < 0:
            self._left = b""
            return whole
        self._left = whole[size:]
        return whole[:size]
