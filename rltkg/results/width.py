"""How wide a terminal is, without shutil, which takes longer to import than most answers to lay out."""

from __future__ import annotations

import os
import sys


def terminal_width(otherwise: int) -> int:
    """Return how many characters a line of the terminal holds: as COLUMNS says, or the terminal, else `otherwise`."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or otherwise  # type: ignore[union-attr]
    except (AttributeError, OSError, ValueError):  # stdout is no terminal, or closed
        return otherwise
