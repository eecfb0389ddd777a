"""`rltkg format` as a user runs it: what it writes, what it leaves, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import ROOT, rltkg

if TYPE_CHECKING:
    from pathlib import Path

UGLY = """\
@prefix r: <https://w3id.org/rltkg/ontology/> . @prefix my: <http://e/> .
# second
my:b r:value 02, 1 ; a r:Actor. # b
# first
my:a a r:Actor .
"""
LAID = """\
@prefix my: <http://e/> .
@prefix rlt: <https://w3id.org/rltkg/ontology/> .

# first
my:a a rlt:Actor .

# second
my:b a rlt:Actor ;  # b
    rlt:value
        02 ,
        1 .
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file without the layout, alone in a folder."""
    path = tmp_path / "my.ttl"
    path.write_text(UGLY, encoding="utf-8")
    return path


def test_a_file_is_rewritten_once(file: Path) -> None:
    ran = rltkg("format", str(file))

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", f"{file}: rewritten\n")
    assert file.read_text(encoding="utf-8") == LAID
    assert list(file.parent.iterdir()) == [file]
    again = rltkg("format", str(file))
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_check_names_what_would_change_and_writes_nothing(file: Path) -> None:
    good = file.with_name("good.ttl")
    good.write_text(LAID, encoding="utf-8")
    ran = rltkg("format", "--check", str(file.parent))

    assert (ran.returncode, ran.stdout, ran.stderr) == (1, f"{file}\n", "")
    assert file.read_text(encoding="utf-8") == UGLY
    assert rltkg("format", "--check", str(good)).returncode == 0


def test_diff_shows_what_would_change_so_that_patch_can_do_it(file: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, "-m", "rltkg", "format", "--diff", "my.ttl"],
        capture_output=True, text=True, check=False, cwd=file.parent, env=environment, timeout=60,
    )  # fmt: skip

    assert ran.returncode == 1
    assert ran.stdout.startswith("--- my.ttl\n+++ my.ttl\n@@ -1,5 +1,11 @@\n")
    assert file.read_text(encoding="utf-8") == UGLY
    subprocess.run(["patch", "-p0"], input=ran.stdout, text=True, check=True, cwd=file.parent, capture_output=True)  # noqa: S607
    assert file.read_text(encoding="utf-8") == LAID


@pytest.mark.parametrize(("options", "status", "told"), [([], 0, LAID), (["--check"], 1, "<stdin>\n")])
def test_standard_input_goes_to_standard_output(options: list[str], status: int, told: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "rltkg", "format", "-", *options],
        input=UGLY, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60,
    )  # fmt: skip

    assert (ran.returncode, ran.stdout, ran.stderr) == (status, told, "")


@pytest.mark.parametrize("option", [[], ["--check"], ["--diff"]], ids=["rewrite", "check", "diff"])
def test_one_bad_file_stops_no_other(option: list[str], file: Path) -> None:
    """Every file that cannot have the layout is told in a line of its own, and is as it was; the others are seen to."""
    texts = {
        "broken.ttl": "@prefix x: <urn:x:> .\nx:a x:b x:c\nx:d",
        "comment.ttl": "<urn:a> <urn:b> (\n 1 # one\n) .\n",
        "knot.ttl": "\n<urn:a> <urn:b> _:x .\n<urn:c> <urn:b> _:x .\n",
        "other.nt": "<urn:a> <urn:b> <urn:c> .\n",
    }
    for name, text in texts.items():
        file.with_name(name).write_text(text, encoding="utf-8")
    places = [str(file.with_name(name)) for name in [*texts, "missing.ttl"]]
    ran = rltkg("format", *option, *places, str(file))
    told = [line.removeprefix("rltkg: ") for line in ran.stderr.splitlines() if line.startswith("rltkg: ")]

    assert ran.returncode == 2
    assert [line.split(": ")[0].split(" ")[0] for line in told] == [
        f"{places[0]}:3:1", f"{places[1]}:2", f"{places[2]}:2", places[3], "There",
    ]  # fmt: skip
    assert {name: file.with_name(name).read_text(encoding="utf-8") for name in texts} == texts
    assert (file.read_text(encoding="utf-8") == LAID) is not bool(option)
    assert "Traceback" not in ran.stderr


def test_a_file_that_is_read_only_is_told(file: Path) -> None:
    file.chmod(0o444)
    ran = rltkg("format", str(file))

    assert ran.returncode == 2
    assert ran.stderr == f"rltkg: {file} is read-only; make it writable (chmod u+w) or work on a copy\n"
    assert rltkg("format", "--check", str(file)).returncode == 1
    assert file.read_text(encoding="utf-8") == UGLY


def test_a_name_with_control_characters_steers_no_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m.ttl"
    path.write_text("<urn:a>", encoding="utf-8")
    ran = rltkg("format", str(path))

    assert ran.returncode == 2
    assert "\x1b" not in ran.stderr


def test_the_release_has_the_layout() -> None:
    ran = rltkg("format", "--check", "data", "ontology")

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_help_tells_what_matters() -> None:
    ran = rltkg("format", "--help")

    assert ran.returncode == 0
    for words in ("--check", "--diff", "Comments stay", "Exit status", "example: rltkg format", "blank node"):
        assert words in ran.stdout
    assert rltkg("format").returncode == 2
