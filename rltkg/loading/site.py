"""Where a store on disk is built: beside its place, which it takes in one step once it is whole."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import re
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rltkg.corpus.stored import MARKER, is_store
from rltkg.errors import InputError, UnavailableError
from rltkg.store.disk import Hold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from rltkg.store.opening import Place

_OURS = re.compile(
    rf"{re.escape(MARKER)}|CITATION\.cff|queries|CURRENT|IDENTITY|LOCK|LOG(\.old\.\d+)?|(MANIFEST|OPTIONS)-\d+(\.dbtmp)?"
    r"|\d+\.(sst|log|blob|dbtmp)"
)
_HERE = -100  # AT_FDCWD of Linux
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


class Site:
    """A new folder beside `target`, in which a store is built; what is unfinished is removed at the end.

    What the process of an earlier load left when it was killed is removed too; what another one is building stays.
    """

    def __init__(self, target: Place) -> None:
        """Look at the place; InputError where it is not ours to take, UnavailableError where somebody writes there."""
        text = os.fspath(target)
        if not text or "\0" in text:
            raise InputError(f"{text!r} is no name of a folder; give one")
        self.target = Path(text).resolve()
        if not self.target.parent.is_dir():
            raise InputError(f"There is no folder {self.target.parent}; make it first, or name another place")
        self._check()
        name = self.target.name[:100]
        self._leftovers = f".{name}.*.loading"
        self.folder = self.target.with_name(f".{name}.{secrets.token_hex(4)}.loading")
        self._lock = -1

    def __enter__(self) -> Self:
        try:
            with _alone(self.target.parent):
                for each in self.target.parent.glob(_literal(self._leftovers)):
                    _remove_if_abandoned(each)
                self.folder.mkdir()
                self._lock = _locked(self.folder)
        except OSError as error:
            raise UnavailableError(
                f"Nothing can be written in {self.target.parent} ({error.strerror or error}); name another place"
            ) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After `settle` it is the old store that lies here.
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)

    def settle(self) -> None:
        """Put the folder in the place of the target, where there is nothing, an empty folder or a store of ours."""
        self._check()
        try:
            if not is_store(self.target):
                self.folder.rename(self.target)
            elif not _exchanged(self.folder, self.target):
                # Only here is there a moment without a store: on a system or a file system that cannot exchange two.
                aside = self.folder.with_suffix(".old.loading")
                self.target.rename(aside)
                self.folder.rename(self.target)
                aside.rename(self.folder)
        except OSError as error:
            raise UnavailableError(
                f"The store is built, but {self.target} cannot be replaced ({error.strerror or error}); name another "
                "place"
            ) from error

    def _check(self) -> None:
        """Raise an error where the target is not ours to take."""
        target = self.target
        if not target.exists():
            return
        if not target.is_dir():
            raise InputError(f"{target} is a file; name a folder, which becomes a store on disk")
        if target == Path.cwd():
            raise InputError(f"{target} is the folder you are in, and it would be replaced; name it from outside")
        try:
            held = sorted(os.listdir(target))  # noqa: PTH208 - names do
        except OSError as error:
            raise UnavailableError(f"{target} cannot be read ({error.strerror}); name another place") from error
        foreign = [each for each in held if not _OURS.fullmatch(each)]
        if held and (foreign or not is_store(target)):
            shown = ", ".join((foreign or held)[:3]) + (", ..." if len(foreign or held) > 3 else "")  # noqa: PLR2004
            what = (
                f"a store, but holds {shown} beside it" if is_store(target) else f"no store of rltkg: it holds {shown}"
            )
            raise InputError(f"{target} is {what}. Nothing was changed; name another folder, or move that away")
        Hold(target).close()


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other loads from looking for leftovers while this one begins."""
    lock = _locked(folder, wait=True)
    try:
        yield
    finally:
        if lock >= 0:
            os.close(lock)


def _locked(folder: Path, *, wait: bool = False) -> int:
    """Return the number of `folder`, opened and locked until it is closed; -1 where there are no locks for folders.

    Raises BlockingIOError where another process has locked it, unless this one may `wait`.
    """
    try:
        import fcntl

        number = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        return -1
    try:
        fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(number)
        raise
    except OSError:
        os.close(number)
        return -1
    return number


def _remove_if_abandoned(folder: Path) -> None:
    try:
        lock = _locked(folder)
    except BlockingIOError:
        return
    if lock >= 0:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where that is not possible here."""
    if os.name != "posix":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, first, _HERE, second, _EXCHANGE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(first, second, _EXCHANGE)
    else:
        return False
    if failed and ctypes.get_errno() not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return not failed


def _literal(pattern: str) -> str:
    """Return `pattern` with its only wildcard in the place before `.loading`."""
    start, _, end = pattern.rpartition("*")
    return re.sub(r"([\[\]*?])", r"[\1]", start) + "*" + end
