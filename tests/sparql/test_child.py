"""The child: it works, it is stopped, it may open nothing, and its end is a sentence for the caller."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg.errors import InputError, UnavailableError
from rltkg.sparql import child

if TYPE_CHECKING:
    from collections.abc import Callable


class Taken:
    """Keeps what comes from the child, and has enough after `enough` bytes."""

    def __init__(self, enough: int = 1 << 60) -> None:
        self.content = b""
        self.enough = enough

    def __call__(self, chunk: bytes) -> bool:
        """Keep `chunk`."""
        self.content += chunk
        return len(self.content) >= self.enough


OTHERS: set[str] = set()  # children that were there before a test, such as servers of a session


def children() -> set[str]:
    """Return the numbers of the children of this process, with those that ended and were not waited for."""
    return {each for path in Path("/proc/self/task").glob("*/children") for each in path.read_text().split()}


@pytest.fixture(autouse=True)
def _others() -> None:
    OTHERS.clear()
    OTHERS.update(children())


def no_children_left() -> bool:
    """Say whether every child that a test began has been waited for."""
    return children() <= OTHERS


def megabytes(sink: IO[bytes]) -> None:
    """Write much more than a pipe holds."""
    sink.write(bytes(range(256)) * 100_000)


def forever(sink: IO[bytes]) -> None:
    """Write without end."""
    while True:
        sink.write(b"x" * 100_000)


def asleep(_: IO[bytes]) -> None:
    """Do nothing for long."""
    time.sleep(60)


def busy(_: IO[bytes]) -> None:
    """Run a query that takes longer than anyone has."""
    store = pyoxigraph.Store()
    nodes = [pyoxigraph.NamedNode(f"http://a/{number}") for number in range(200)]
    store.extend(pyoxigraph.Quad(node, nodes[0], node) for node in nodes)
    store.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }")


def crashing(_: IO[bytes]) -> None:
    """Make the engine overflow its stack."""
    pyoxigraph.Store().query("ASK { FILTER(" + "+".join(["1"] * 200_000) + " > 0) }")


def greedy(_: IO[bytes]) -> None:
    """Take more memory than is allowed, in Python."""
    bytearray(2 << 30)


def greedy_engine(_: IO[bytes]) -> None:
    """Take more memory than is allowed, in the engine."""
    store = pyoxigraph.Store()
    nodes = [pyoxigraph.NamedNode(f"http://a/{number}") for number in range(3000)]
    store.extend(pyoxigraph.Quad(node, nodes[0], node) for node in nodes)
    next(iter(store.query("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?d")))  # type: ignore[arg-type]


def test_what_the_child_writes_comes_back_whole() -> None:
    taken = Taken()
    child.run(megabytes, taken, seconds=20)

    assert taken.content == bytes(range(256)) * 100_000
    assert no_children_left()


def test_the_child_is_ended_once_there_is_enough() -> None:
    taken = Taken(1_000_000)
    child.run(forever, taken, seconds=20)

    assert len(taken.content) >= 1_000_000
    assert no_children_left()


@pytest.mark.parametrize("work", [asleep, busy])
def test_the_child_is_stopped_at_its_time(work: child.Work) -> None:
    with pytest.raises(
        UnavailableError, match=r"stopped after 0\.2 s, its time limit; narrow it, or give it more time"
    ):
        child.run(work, Taken(), seconds=0.2)

    assert no_children_left()


def test_time_that_was_spent_before_counts() -> None:
    with pytest.raises(UnavailableError, match="stopped after 30 s"):
        child.run(asleep, Taken(), seconds=30, spent=29.9)


def test_a_crash_is_a_sentence() -> None:
    with pytest.raises(UnavailableError, match="brought its engine down: it is too long or too deep"):
        child.run(crashing, Taken(), seconds=20)

    assert no_children_left()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory is in use")
@pytest.mark.parametrize("work", [greedy, greedy_engine])
def test_too_much_memory_is_a_sentence(work: child.Work) -> None:
    with pytest.raises(UnavailableError, match="more than 256 MiB of memory and was stopped"):
        child.run(work, Taken(), seconds=60, memory=256 << 20)


def test_what_the_work_raises_is_raised_again() -> None:
    def wrong(_: IO[bytes]) -> None:
        raise InputError("this is wrong")

    def syntax(_: IO[bytes]) -> None:
        try:
            pyoxigraph.Store().query("SELECT")
        except SyntaxError as error:
            raise InputError("no query") from error

    def odd(_: IO[bytes]) -> None:
        raise KeyError("x\ny")

    with pytest.raises(InputError, match="this is wrong"):
        child.run(wrong, Taken(), seconds=20)
    with pytest.raises(child.NotSparqlError, match="error at 1:"):
        child.run(syntax, Taken(), seconds=20)
    with pytest.raises(UnavailableError, match=r"could not be run \(KeyError"):
        child.run(odd, Taken(), seconds=20)


def test_the_child_may_open_no_file_and_no_connection(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    said: list[str] = []

    def curious(sink: IO[bytes]) -> None:
        attempts: list[Callable[[], object]] = [
            (tmp_path / "secret").read_text,
            socket.socket,
            (tmp_path / "new").touch,
        ]
        for attempt in attempts:
            try:
                attempt()
                sink.write(b"opened;")
            except OSError as error:
                sink.write(f"{error.strerror};".encode())

    def note(chunk: bytes) -> bool:
        said.append(chunk.decode())
        return False

    child.run(curious, note, seconds=20)

    assert "".join(said) == "Too many open files;" * 3


def test_the_child_has_nothing_of_the_callers_open() -> None:
    """Neither a file, nor what Python has not yet written: an inherited pipe would also keep another query waiting."""
    source, end = os.pipe()

    def looking(sink: IO[bytes]) -> None:
        opened = []
        for number in range(256):
            try:
                os.fstat(number)
            except OSError:
                continue
            opened.append(number)
        sink.write(repr((end in opened, len(opened), os.fstat(1).st_rdev == os.fstat(0).st_rdev)).encode())

    taken = Taken()
    child.run(looking, taken, seconds=20)
    os.close(source)
    os.close(end)

    assert taken.content == b"(False, 5, True)"


def test_several_run_at_once_from_threads() -> None:
    taken = [Taken() for _ in range(8)]
    failed: list[BaseException] = []

    def one(number: int) -> None:
        try:
            child.run(megabytes if number % 2 else lambda _: time.sleep(0.5), taken[number], seconds=30)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert [len(each.content) for each in taken] == [0, 25_600_000] * 4


def test_the_callers_signals_stay_as_they_are() -> None:
    numbers = (signal.SIGINT, signal.SIGALRM, signal.SIGCHLD, signal.SIGPIPE, signal.SIGTERM)
    before = [signal.getsignal(number) for number in numbers]
    timer = signal.getitimer(signal.ITIMER_REAL)
    with pytest.raises(UnavailableError):
        child.run(asleep, Taken(), seconds=0.1)

    assert [signal.getsignal(number) for number in numbers] == before
    assert signal.getitimer(signal.ITIMER_REAL) == timer


def test_a_caller_that_collects_its_children_itself_gets_its_answer() -> None:
    taken = Taken()
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        child.run(megabytes, taken, seconds=20)
        with pytest.raises(UnavailableError):
            child.run(crashing, Taken(), seconds=20)
    finally:
        signal.signal(signal.SIGCHLD, before)

    assert len(taken.content) == 25_600_000


def test_an_interrupted_caller_leaves_no_child() -> None:
    def interrupted(_: bytes) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        child.run(forever, interrupted, seconds=20)

    assert no_children_left()


@pytest.mark.skipif(sys.platform != "linux", reason="looks a process up in /proc")
def test_a_child_whose_parent_is_gone_ends_by_itself(tmp_path: Path) -> None:
    """Its own timer ends it, a little later than the parent would have."""
    note = tmp_path / "pid"

    def noting(_: IO[bytes]) -> None:
        time.sleep(60)

    fork = child._fork  # noqa: SLF001 - the only place where the child's number is known
    parent = os.fork()
    if not parent:
        try:
            child._fork = lambda: _noted(fork(), note)  # noqa: SLF001
            child.run(noting, Taken(), seconds=1)
        finally:
            os._exit(0)
    _wait(lambda: note.exists() and note.read_text(encoding="ascii") != "")
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    pid = int(note.read_text(encoding="ascii"))

    _wait(lambda: not _is_running(pid))


def test_a_system_that_cannot_fork_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")

    with pytest.raises(UnavailableError, match=r"needs a system that can fork a process \(Linux, macOS, WSL\)"):
        child.run(megabytes, Taken(), seconds=1)


def test_a_system_without_room_for_a_process_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    before = len(os.listdir("/dev/fd"))  # noqa: PTH208
    monkeypatch.setattr(os, "fork", full)

    with pytest.raises(UnavailableError, match=r"not be started \(Resource temporarily unavailable\); try again"):
        child.run(megabytes, Taken(), seconds=1)
    assert len(os.listdir("/dev/fd")) == before  # noqa: PTH208


def _noted(pid: int, note: Path) -> int:
    if pid:
        note.write_text(str(pid), encoding="ascii")
    return pid


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _wait(until: object) -> None:
    for _ in range(1000):
        if until():  # type: ignore[operator]
            return
        time.sleep(0.02)
    pytest.fail("it never came to that")
