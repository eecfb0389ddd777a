"""The rules that a tool can hold: lint, format, types, size."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 300


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]],
    ids=["lint", "format", "types"],
)
def test_tool_finds_nothing(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False, cwd=ROOT, timeout=300
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_two_rooms() -> None:
    modules = sorted(ROOT.glob("rltkg/**/*.py"))
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}

    assert len(modules) >= 20
    assert {path: length for path, length in lengths.items() if length > LONGEST} == {}
