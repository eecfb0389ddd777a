"""Runs work in a forked child that cannot outlive its time, outgrow its memory, or open anything.

No signal interrupts a running engine, and some queries kill the process that runs them. So the store is loaded in the
parent and asked in the child, which shares its pages: a crash there is a sentence here. The child may open no file and
no connection whatever the engine is told to do, since its limit on open files is zero; nor can it write into a file.
A store on disk is opened by the child itself, before its limits are set: what is open stays readable. Memory is limited
where the system tells how much is in use (Linux).

Where the system cannot fork (Windows), free SPARQL is refused: a thread cannot be stopped and would keep the process.
"""

from __future__ import annotations

import contextlib
import os
import time

from rltkg.errors import InputError, RltkgError, UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    Work = Callable[[IO[bytes]], object]

MEMORY = 1 << 30
_CHUNK = 1 << 18
_FILES = 1 << 16
# The child ends itself a little after the parent would have ended it: for the case that the parent is gone.
_GRACE = 1.0
_SYNTAX = b"S"
_INPUT = b"I"
_MISSING = b"M"
_OTHER = b"O"
_DONE = b"D"


class NotSparqlError(InputError):
    """The engine found that the text is not SPARQL; its text is what the engine said."""


_ERRORS = {_SYNTAX: NotSparqlError, _INPUT: InputError, _MISSING: UnavailableError}


def run(  # noqa: PLR0913 - what is run, and what holds it in
    work: Work,
    take: Callable[[bytes], bool],
    *,
    seconds: float,
    spent: float = 0.0,
    memory: int = MEMORY,
    ready: Callable[[], int] = int,
) -> None:
    """Call `work(sink)` in a child, and `take` here with each piece that it writes, until it is done.

    Before that, the child calls `ready()`, which may open files; it tells how many more `work` must be able to open.

    `seconds` is the time that it may take, less what was `spent` on it before; `memory` how many bytes it may have
    beyond what this process has. Where `take` returns true, that is enough and the child is ended. No signal handler
    and no file of the caller changes. Raises InputError where `work` does (NotSparqlError where a SyntaxError is behind
    it); UnavailableError where `work` or `ready` does, where the child ran out of time or memory or died, or where the
    system cannot fork.
    """
    if not hasattr(os, "fork"):
        raise UnavailableError(
            "Free SPARQL needs a system that can fork a process (Linux, macOS, WSL); canned queries run everywhere"
        )
    deadline = time.monotonic() + seconds - spent
    ends: list[int] = []
    try:
        ends += os.pipe()
        ends += os.pipe()
        pid = _fork()
    except OSError as error:
        for each in ends:
            os.close(each)
        raise UnavailableError(f"The query could not be started ({error.strerror}); try again") from error
    answer, answer_end, verdict, verdict_end = ends
    if not pid:
        _child(work, ready, (answer_end, verdict_end), seconds, memory)
    os.close(answer_end)
    os.close(verdict_end)
    said = b""
    enough = late = False
    try:
        while not enough and (chunk := _read(answer, deadline)):
            enough = take(chunk)
        while not enough and (chunk := _read(verdict, deadline)):
            said += chunk
    except TimeoutError:
        late = True
    finally:
        os.close(answer)
        os.close(verdict)
        status = _end(pid, kill=not said)
    if enough or said[:1] == _DONE:
        return
    if late:
        raise _too_late(seconds)
    raise _error(said, status, seconds, memory)


def _fork() -> int:
    import warnings

    with warnings.catch_warnings():
        # Python warns of threads that may hold locks; the child takes none of theirs, and its time is limited.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _read(source: int, deadline: float) -> bytes:
    """Return what comes next from `source`, b"" at its end; TimeoutError at the deadline."""
    import select

    waiting = select.poll()
    waiting.register(source, select.POLLIN)
    left = deadline - time.monotonic()
    if left <= 0 or not waiting.poll(left * 1000):
        raise TimeoutError
    return os.read(source, _CHUNK)


def _end(pid: int, *, kill: bool) -> int:
    """Wait for the child, killed first where it need not finish; return its exit code, negative for a signal."""
    import signal

    if kill:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:  # the caller's program collects its children by itself
        return 0


def _child(work: Work, ready: Callable[[], int], ends: tuple[int, int], seconds: float, memory: int) -> None:
    """Do the work, say how it ended, and end the process: nothing of the caller's is flushed, closed or unwound."""
    answer, verdict = ends
    said = _OTHER
    try:
        _leave(ends, seconds)
        _limit(ready(), memory)
        with os.fdopen(answer, "wb", buffering=_CHUNK) as sink:
            work(sink)
        said = _DONE
    except MemoryError:
        os._exit(_NO_MEMORY)
    except RltkgError as error:
        cause = error.__cause__
        kind = _MISSING if isinstance(error, UnavailableError) else _INPUT
        said = _SYNTAX + cause.msg.encode() if isinstance(cause, SyntaxError) else kind + str(error).encode()
    except BaseException as error:  # noqa: BLE001 - whatever it is, it must not get into the caller's code twice
        said = _OTHER + f"{type(error).__name__}: {error}".encode()
    finally:
        with contextlib.suppress(OSError):
            os.write(verdict, said[:4000])
        os._exit(0)


_NO_MEMORY = 77


def _leave(ends: tuple[int, int], seconds: float) -> None:
    """Part this process from its parent: its time is limited, and `ends` are the only files that it keeps."""
    import signal

    for number in (signal.SIGINT, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for each in range(3):
        os.dup2(nowhere, each)
    first, second = sorted(ends)
    os.closerange(3, first)
    os.closerange(first + 1, second)
    os.closerange(second + 1, _FILES)


def _limit(files: int, memory: int) -> None:
    """Put the limits on this process, which may open `files` more files, and write into none."""
    import resource

    limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_NOFILE: _room_for(files)}
    used = _in_use()
    if used:
        limits[resource.RLIMIT_AS] = used + memory
    for which, wanted in limits.items():
        hard = resource.getrlimit(which)[1]
        least = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(ValueError, OSError):  # a limit that this system does not have
            resource.setrlimit(which, (least, least))


def _room_for(files: int) -> int:
    """Return the number below which `files` numbers of files are free."""
    number = 0
    while files:
        try:
            os.fstat(number)
        except OSError:
            files -= 1
        number += 1
    return number


def _in_use() -> int:
    """Return how many bytes of address space this process has; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - pathlib is not needed on this path
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _error(said: bytes, status: int, seconds: float, memory: int) -> RltkgError:
    import signal

    kind, text = said[:1], said[1:].decode(errors="replace")
    if kind in _ERRORS:
        return _ERRORS[kind](text)
    if kind == _OTHER and text:
        return UnavailableError(f"The query could not be run ({text}); simplify it")
    if status == -signal.SIGALRM:
        return _too_late(seconds)
    if status in (_NO_MEMORY, -signal.SIGABRT, -signal.SIGKILL):
        return UnavailableError(f"The query needed more than {memory >> 20:,} MiB of memory and was stopped; narrow it")
    return UnavailableError(
        "The query brought its engine down: it is too long or too deep for it; split it or make it shorter"
    )


def _too_late(seconds: float) -> UnavailableError:
    return UnavailableError(
        f"The query was stopped after {seconds:g} s, its time limit; narrow it, or give it more time "
        "(--timeout; timeout= in Python)"
    )
