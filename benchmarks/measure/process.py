"""Whole processes: how long one takes from start to end, and its peak memory."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from benchmarks.measure.launcher import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Sequence

LAUNCHER = Path(__file__).with_name("launcher.py")


class Failed(Exception):  # noqa: N818 - it is a result, not a fault of the harness
    """Something that was measured did not end well; the text says how, in a few words."""


@dataclass(frozen=True)
class Ended:
    """A process that ended with status 0: wall time in seconds, peak resident memory in bytes, what it printed."""

    seconds: float
    peak: int
    output: bytes


class Launcher:
    """Starts programs through a small process (see launcher.py). A context; its scratch folder goes with it."""

    def __init__(self) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="rltkg-bench-")
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(LAUNCHER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()
        self._scratch.cleanup()

    def run(self, command: Sequence[str], limit: float) -> Ended:
        """Run `command` (a program by its path, and arguments); Failed where its status is not 0 or `limit` passes."""
        source, sink = self._process.stdout, self._process.stdin
        if source is None or sink is None:
            raise Failed("the launcher has no pipes")
        sink.write(SEPARATOR.join([self._scratch.name, *command]) + "\n")
        sink.flush()
        process = int(source.readline())
        if not select.select([source], [], [], limit)[0]:
            os.kill(process, signal.SIGKILL)
            source.readline()
            raise Failed(f"not finished after {limit:g} s")
        status, seconds, peak = source.readline().split()
        if int(status):
            told = Path(self._scratch.name, "stderr").read_text(encoding="utf-8", errors="replace").strip()
            raise Failed(f"status {status}: {told.splitlines()[-1] if told else 'no message'}"[:200])
        return Ended(float(seconds), int(peak), Path(self._scratch.name, "stdout").read_bytes())


def environment() -> dict[str, str]:
    """Return the variables that measured processes see: those of this one, but compiled modules are kept.

    Users' machines keep them; so do these runs, whatever the environment says.
    """
    dropped = ("PYTHONDONTWRITEBYTECODE", "RLTKG_STORE", "PYTHONPROFILEIMPORTTIME")
    return {key: value for key, value in os.environ.items() if key not in dropped}


def peak_of(process: int | str = "self") -> int:
    """Return the peak resident memory of a running process, in bytes, as Linux tells it; 0 on other systems."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)
