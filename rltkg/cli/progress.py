"""A line on stderr that tells how far a long piece of work is, while a person watches."""

from __future__ import annotations

import os
import sys
import time

from rltkg.results.width import terminal_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from threading import Event, Thread
    from types import TracebackType
    from typing import Self

PATIENCE = 1.0  # seconds before a line is shown: what is quick needs none
_BEAT = 0.2  # seconds between two looks of the line
_BAR = 20  # characters
_BEGINNING = "\r\033[K"  # back to the first column, the line emptied


class Progress:
    """Shows a bar, what is being done, and for how long; nothing where stderr is no terminal.

    The share of the work that is done is an estimate, step by step; within a step the seconds go on.
    """

    def __init__(self) -> None:
        self.step = ""
        self.share = 0.0
        self._began = time.monotonic()
        self._stop: Event | None = None
        self._thread: Thread | None = None

    def __call__(self, step: str, share: float) -> None:
        """Say what comes next, and which share of the work is done, from 0 to 1."""
        self.step, self.share = step, share

    def __enter__(self) -> Self:
        if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
            from threading import Event, Thread

            self._stop = Event()
            self._thread = Thread(target=self._show, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stop and self._thread:
            self._stop.set()
            self._thread.join()

    def line(self, width: int) -> str:
        """Return the line as it looks now, at most `width` characters long."""
        full = round(self.share * _BAR)
        seconds = time.monotonic() - self._began
        return f"[{'#' * full}{'.' * (_BAR - full)}] {seconds:3.0f} s  {self.step}"[:width]

    def _show(self) -> None:
        assert self._stop is not None  # noqa: S101 - whoever starts this thread has made it
        shown = False
        pause = PATIENCE
        while not self._stop.wait(pause):
            pause, shown = _BEAT, True
            print(_BEGINNING + self.line(terminal_width(80) - 1), end="", file=sys.stderr, flush=True)
        if shown:
            print(_BEGINNING, end="", file=sys.stderr, flush=True)
