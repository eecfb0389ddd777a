"""What groups share: where and how long they may measure."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.measure.process import Launcher


@dataclass(frozen=True)
class Bench:
    """How a run measures.

    `scratch` is an empty folder of its own; `limit` and `load_limit` are the seconds that one query and one load may
    take; `rounds` is how often at most each thing is measured; `engines` are those to compare; `hopeless` tells by
    (case, engine) what is not tried, and why.
    """

    launcher: Launcher
    scratch: Path
    limit: float
    load_limit: float
    rounds: int
    engines: tuple[str, ...]
    hopeless: dict[tuple[str, str], str] = field(default_factory=dict)

    def say(self, text: str) -> None:
        """Tell the person who waits what goes on."""
        print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
