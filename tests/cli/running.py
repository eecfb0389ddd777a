"""Runs the command as a user does: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rltkg(*arguments: str, cwd: Path | None = None, width: int = 120) -> subprocess.CompletedProcess[str]:
    """Run `python -m rltkg` with `arguments`, this checkout first on the path, and return what came of it."""
    environment = {**os.environ, "PYTHONPATH": str(cwd or ROOT), "COLUMNS": str(width), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "rltkg", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd or ROOT,
        env=environment,
        timeout=60,
    )
