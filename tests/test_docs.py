"""What the documents show can be run, and says what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples import surrounded

ROOT = Path(__file__).resolve().parents[1]
DOCS = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUIET = re.compile(r"^rltkg (convert|fix|format|new) ")  # verbs that may only write files
SETUP = "python3 -m venv"  # README's two commands; CI runs the second one, the first is run by hand before a release


def blocks(language: str) -> list[tuple[str, str]]:
    """Return (document, text) of each code block in `language`, the two set-up commands left out."""
    found = [(path.name, text) for path in DOCS for kind, text in BLOCK.findall(path.read_text(encoding="utf-8"))
             if kind == language]  # fmt: skip
    return [(name, text) for name, text in found if SETUP not in text]


def commands() -> list[tuple[str, str]]:
    """Return (document, command) of each command line that the documents show."""
    return [(name, line) for name, text in blocks("sh") for line in text.splitlines() if line.startswith("rltkg ")]


def test_examples_are_collected() -> None:
    assert len(commands()) >= 8
    assert len(blocks("python")) >= 1
    assert sum(len(text.splitlines()) for _, text in blocks("sh")) == len(commands())


@pytest.mark.parametrize(("document", "command"), commands())
def test_command_in_the_documents_works(
    document: str, command: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = Path(sys.executable).parent
    command = surrounded(command, tmp_path, request)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{folder}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", "-c", re.sub(r"(^|\| )rltkg ", rf"\1{sys.executable} -m rltkg ", command)],  # noqa: S607 - a shell, as a user has
        capture_output=True, text=True, check=False, cwd=tmp_path, env=environment, timeout=60,
    )  # fmt: skip

    assert done.returncode == 0, f"{document}: {command}\n{done.stderr}"
    assert done.stdout.strip() or (QUIET.search(command) and done.stderr.strip())


@pytest.mark.parametrize(("document", "code"), blocks("python"))
def test_python_in_the_documents_works(document: str, code: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert done.returncode == 0, f"{document}: {done.stderr}"
    assert done.stdout.strip()
    assert [shown for shown in re.findall(r"# -> (.*)", code) if shown not in done.stdout] == [], document


def test_the_answer_in_the_readme_is_the_answer() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = [text for kind, text in BLOCK.findall(readme) if kind == "text"]
    done = subprocess.run(
        [sys.executable, "-m", "rltkg", "ask", "guidelines_omitting_rlt"],
        capture_output=True, text=True, check=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120"},
    )  # fmt: skip

    assert shown == done.stdout


def test_links_in_the_documents_lead_somewhere() -> None:
    links = [(path, link) for path in DOCS for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))]

    assert len(links) >= 4
    assert [(path.name, link) for path, link in links if not (path.parent / link).exists()] == []
