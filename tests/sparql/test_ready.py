"""What the child opens before its limits are set, and that it can open and write nothing else after that."""

from __future__ import annotations

import os
import shutil
import sys
from typing import IO, TYPE_CHECKING

import pytest

import rltkg
from rltkg.errors import InputError, UnavailableError
from rltkg.sparql import child

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rltkg import KnowledgeGraph


class Opened:
    """Opens `path` when it is made ready, and is then asked to do `work`, given what was opened."""

    def __init__(self, path: Path, work: Callable[[IO[bytes]], object], more: int = 0) -> None:
        self.path = path
        self.work = work
        self.more = more

    def ready(self) -> int:
        """Open the file."""
        self.file = self.path.open("r+b")
        return self.more

    def run(self) -> bytes:
        """Return what the work writes in a child."""
        taken = bytearray()

        def take(chunk: bytes) -> bool:
            taken.extend(chunk)
            return False

        child.run(lambda sink: sink.write(str(self.work(self.file)).encode()), take, seconds=20, ready=self.ready)
        return bytes(taken)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file that holds a word."""
    path = tmp_path / "file"
    path.write_bytes(b"word")
    return path


def refused(attempt: Callable[[], object]) -> str:
    """Return the name of the error of `attempt`."""
    try:
        attempt()
    except OSError as error:
        return os.strerror(error.errno or 0)
    return "done"


def test_what_is_opened_before_stays_readable(path: Path) -> None:
    assert Opened(path, lambda file: os.pread(file.fileno(), 100, 0)).run() == b"b'word'"


def test_nothing_else_can_be_opened(path: Path) -> None:
    assert Opened(path, lambda _: refused(path.read_bytes)).run() == b"Too many open files"


def test_only_as_many_files_as_were_said(path: Path) -> None:
    def several(_: IO[bytes]) -> list[str]:
        held: list[object] = []
        return [refused(lambda: held.append(path.open("rb"))) for _ in range(4)]

    assert Opened(path, several, more=2).run() == b"['done', 'done', 'Too many open files', 'Too many open files']"


def test_nothing_can_be_written(path: Path) -> None:
    """Not even into a file that is open for it."""
    assert Opened(path, lambda file: refused(lambda: os.pwrite(file.fileno(), b"x", 100))).run() == b"File too large"
    assert Opened(path, lambda _: refused(lambda: path.write_bytes(b"x")), more=1).run() == b"File too large"
    path.write_bytes(b"")


@pytest.mark.parametrize("kind", [InputError, UnavailableError])
def test_an_error_before_the_work_comes_through(kind: type[Exception]) -> None:
    def ready() -> int:
        raise kind("the store is gone")

    with pytest.raises(kind, match="the store is gone"):
        child.run(lambda sink: sink.write(b"x"), lambda _: False, seconds=20, ready=ready)


def test_a_store_that_cannot_be_asked_so_is_unavailable(graph: KnowledgeGraph) -> None:
    def work(_: IO[bytes]) -> None:
        raise UnavailableError("leave FROM out")

    with pytest.raises(UnavailableError, match="leave FROM out"):
        child.run(work, lambda _: False, seconds=20)
    assert graph.store.reopen() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only here the system tells which files are open")
def test_a_store_on_disk_is_asked_with_no_right_to_open_anything(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are all open before; the parent, which has them open too, is not disturbed."""
    store = rltkg.open(shutil.copytree(stored, tmp_path / "copy")).store
    before = store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    left: list[int] = []
    monkeypatch.setattr(child, "_limit", lambda files, _: os._exit(40 + files))
    pid = os.fork()
    if not pid:
        child._limit(store.reopen(), 0)  # noqa: SLF001 - the count is only known inside
    left.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) - 40)

    assert left == [0]
    assert store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == before


def test_a_store_on_disk_is_asked_after_the_parent_has_asked_it(stored: Path) -> None:
    graph = rltkg.open(stored)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = graph.store.select(count)

    for _ in range(3):
        assert graph.sparql(count).rows[0][0].value == str(len(graph.store))  # type: ignore[union-attr, arg-type]
        assert graph.store.select(count) == before


def test_a_store_on_disk_is_not_opened_by_a_parent_that_does_not_ask(
    stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = rltkg.open(stored)

    assert graph.sparql("ASK { thing:lymphoma a rlt:Indication }") is True
    assert "_engine" not in vars(graph.store)
    monkeypatch.setattr("pyoxigraph.Store.read_only", None)
    with pytest.raises(UnavailableError, match="could not be run"):
        graph.sparql("ASK { thing:lymphoma a rlt:Indication }")
