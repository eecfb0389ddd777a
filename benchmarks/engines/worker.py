"""A live engine in a child process, as the harness sees it."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import tempfile
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Self

from benchmarks.measure.machine import ROOT
from benchmarks.measure.process import Failed, environment

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.engines.base import Case, Source


GRACE = 30.0


class Worker:
    """The engine `name` in a process of its own. A context; it is ended with it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.alive = True
        self._talk = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.engines", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._talk,
            text=True,
            cwd=ROOT,
            env=environment(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End the process, whatever it does."""
        self.alive = False
        self._process.kill()
        self._process.communicate()
        self._talk.close()

    def load(self, source: Source, where: Path, limit: float, *, count: bool = True) -> dict[str, Any]:
        """Load `source` (into the new folder `where` if on disk): seconds, peak in bytes and, with `count`, triples."""
        return self._call("load", limit, **asdict(source), where=str(where), count=count)

    def open(self, where: Path, limit: float) -> dict[str, Any]:
        """Open what lies in the folder `where`: seconds, peak in bytes."""
        return self._call("open", limit, files=[], folder=None, where=str(where), count=False)

    def text(self, case: Case, limit: float) -> str:
        """Return the SPARQL text of `case`."""
        return str(self._call("text", limit, case=asdict(case), check=False)["text"])

    def ask(self, case: Case, limit: float, *, check: bool = False) -> dict[str, Any]:
        """Ask `case`: seconds, peak in bytes and, with `check`, rows and digest of the answer."""
        return self._call("ask", limit, case=asdict(case), check=check)

    def rows(self, case: Case, limit: float) -> dict[str, Any]:
        """Ask `case` and make a tuple of each row: seconds, rows."""
        return self._call("rows", limit, case=asdict(case), check=False)

    def _call(self, do: str, limit: float, **request: object) -> dict[str, Any]:
        source, sink = self._process.stdout, self._process.stdin
        if source is None or sink is None:
            raise Failed("the worker has no pipes")
        try:
            sink.write(json.dumps({"do": do, "limit": limit, **request}) + "\n")
            sink.flush()
            # An engine that can be interrupted says by itself that it takes too long; the comparison takes time, too.
            ready = select.select([source], [], [], limit + (GRACE if request.get("check") else 1.0))[0]
            line = source.readline() if ready else None
        except BrokenPipeError:
            line = ""
        if not line:
            self.alive = False
        if line is None:
            self._process.kill()
            raise Failed(f"not finished after {limit:g} s")
        if not line:
            raise Failed(f"the process died: {self._last_words()}")
        reply: dict[str, Any] = json.loads(line)
        if "failed" in reply:
            raise Failed(reply["failed"])
        return reply

    def _last_words(self) -> str:
        status = self._process.wait()
        self._talk.seek(0)
        told = self._talk.read().decode(errors="replace").strip().splitlines()
        return f"status {status}, {told[-1][:200]}" if told else f"status {status}"
