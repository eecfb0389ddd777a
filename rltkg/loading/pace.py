"""How far a long piece of work is: bytes done of how many, how fast, how long it will still take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Watch = Callable[[str, float], None]

EVERY = 0.2  # seconds between two tellings
_MB = 1 << 20


class Pace:
    """Tells `watch` what is being done, with rate and time left, and which share of the whole is done (0 to 1).

    The work has steps, each a share of the whole: `step` begins one of so many bytes, `passed` counts them; `name` is
    what the step is called; it may be set anew within the step.
    """

    def __init__(self, watch: Watch | None) -> None:
        self._watch = watch or (lambda _step, _share: None)
        self._before = self._share = 0.0
        self.name = ""
        self._total = self._done = 0
        self._began = self._told = time.monotonic()

    def step(self, name: str, size: int, until: float) -> None:
        """Begin the step `name` of `size` bytes (0: not known), at whose end the share `until` of all is done."""
        self._before, self._share = self._share, until
        self.name, self._total, self._done = name, size, 0
        self._began = self._told = time.monotonic()
        self._watch(name, self._before)

    def passed(self, size: int) -> None:
        """Take note of `size` bytes more."""
        self._done += size
        now = time.monotonic()
        if now - self._told < EVERY:
            return
        self._told = now
        rate = self._done / max(now - self._began, 1e-9)
        # Short: it stands behind a bar, on a line of 80 characters.
        text = f"{self.name}: {self._done / _MB:,.1f} MB, {rate / _MB:,.1f} MB/s"
        part = 0.0
        if self._total and rate:
            part = min(self._done / self._total, 1.0)
            left = max(self._total - self._done, 0) / rate
            text = (
                f"{self.name}: {self._done / _MB:,.1f}/{self._total / _MB:,.1f} MB, {rate / _MB:,.1f} MB/s, "
                f"{left:,.0f} s left"
            )
        self._watch(text, self._before + part * (self._share - self._before))

    def passing(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Give `pieces` as they are, each counted."""
        for piece in pieces:
            self.passed(len(piece))
            yield piece


def short(graph: str) -> str:
    """Return the last part of the IRI of a graph, for a line that has little room."""
    return graph.rstrip("/#").rsplit("/", 1)[-1]
