"""Where an export goes: a file or a folder, which hold what they held before or all that is new."""

from __future__ import annotations

import contextlib
import errno
import gzip
import secrets
import shutil
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from rltkg.errors import InputError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

SUMS = "SHA256SUMS"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Written(NamedTuple):
    """A file of an export: its `name`, its `size` in bytes, its SHA-256, and whether it is compressed (gzip)."""

    name: str
    size: int
    sha256: str
    gzip: bool


def check(path: Path, *, folder: bool = False) -> None:
    """Raise InputError where `path` can be no file, or with `folder` no folder, of an export."""
    target = path.resolve()
    if folder and target.exists() and not target.is_dir():
        raise InputError(f"{path} is a file; name a folder, since the export has several files")
    if not target.parent.is_dir():
        raise InputError(f"There is no folder {target.parent}; make it first, or name another place")


class Tally:
    """Counts and sums what goes through it into `sink`."""

    def __init__(self, sink: IO[bytes]) -> None:
        self._sink = sink
        self._sum = sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Write `data`, and return how many bytes it has."""
        self._sink.write(data)
        self._sum.update(data)
        self.size += len(data)
        return len(data)

    def writelines(self, lines: Iterator[bytes]) -> None:
        """Write `lines`, some thousand at a time."""
        held: list[bytes] = []
        for line in lines:
            held.append(line)
            if len(held) == 1 << 12:
                self.write(b"".join(held))
                held = []
        self.write(b"".join(held))

    def flush(self) -> None:
        """Flush the sink."""
        self._sink.flush()

    @property
    def sha256(self) -> str:
        """The SHA-256 of all that was written, 64 hexadecimal digits."""
        return self._sum.hexdigest()


@contextlib.contextmanager
def poured(sink: IO[bytes], *, zipped: bool = False) -> Iterator[Tally]:
    """Give what is written on to `sink`, compressed if wanted.

    The compressed bytes hold no time and no name: the same content gives the same bytes from the same zlib.
    """
    tally = Tally(sink)
    if not zipped:
        yield tally
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=cast("IO[bytes]", tally), mtime=0) as packed:
        yield Tally(cast("IO[bytes]", packed))


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write to; at the end it takes the place of `path`, unless an error comes out.

    What is no regular file (a pipe, a device) is written to as it is. Raises InputError where it cannot be written.
    """
    scratch = None
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
            return
        target = path.resolve()
        scratch = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        with scratch.open("wb") as file:
            yield file
        if target.exists():
            shutil.copymode(target, scratch)
        scratch.replace(target)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if scratch is not None:
            scratch.unlink(missing_ok=True)


class Folder:
    """A folder that an export fills: its files are made beside it and moved in when all are there, the sums last.

    A folder whose sums are right is therefore whole. Files of an earlier export that this one does not have are taken
    away; what others put there stays.
    """

    def __init__(self, target: Path) -> None:
        """Look at the place; InputError where it is a file, or where its parent is not there."""
        check(target, folder=True)
        self.target = target.resolve()
        self.written: list[Written] = []
        self._scratch = self.target.with_name(f".{self.target.name}.{secrets.token_hex(4)}.part")

    @contextlib.contextmanager
    def settled(self) -> Iterator[None]:
        """Make room for new files, and at the end move them in, unless an error comes out."""
        try:
            self._scratch.mkdir()
            yield
            self._move()
        except OSError as error:
            raise _unwritable(self.target, error) from error
        finally:
            shutil.rmtree(self._scratch, ignore_errors=True)

    @contextlib.contextmanager
    def file(self, name: str, *, zipped: bool = False) -> Iterator[Tally]:
        """Give a new file called `name`, with `.gz` behind it where it is compressed; `written` has it in the end."""
        name += ".gz" if zipped else ""
        with (self._scratch / name).open("wb") as raw:
            total = Tally(raw)
            with poured(cast("IO[bytes]", total), zipped=zipped) as tally:
                yield tally
        self.written.append(Written(name, total.size, total.sha256, zipped))

    def _move(self) -> None:
        self.written.sort()
        lines = "".join(f"{each.sha256}  {each.name}\n" for each in self.written)
        (self._scratch / SUMS).write_bytes(lines.encode())
        self.target.mkdir(exist_ok=True)
        stale = self._earlier() - {each.name for each in self.written}
        for each in self.written:
            (self._scratch / each.name).replace(self.target / each.name)
        for name in stale:
            (self.target / name).unlink(missing_ok=True)
        (self._scratch / SUMS).replace(self.target / SUMS)

    def _earlier(self) -> set[str]:
        """Return the names of the files that an earlier export wrote here and nobody changed."""
        try:
            pairs = [line.split("  ", 1) for line in (self.target / SUMS).read_text(encoding="utf-8").splitlines()]
        except (OSError, UnicodeDecodeError):
            return set()
        found = {pair[1]: pair[0] for pair in pairs if len(pair) > 1 and Path(pair[1]).name == pair[1]}
        return {name for name, digest in found.items() if _sum(self.target / name) == digest}


def _sum(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        total = sha256()
        while piece := file.read(1 << 20):
            total.update(piece)
    return total.hexdigest()


def _unwritable(path: Path, error: OSError) -> UnavailableError | InputError:
    told = f"{path} cannot be written ({error.strerror or error})"
    if error.errno in _FULL:
        return UnavailableError(f"{told}; make room, or name another place")
    return InputError(f"{told}; name another place")
