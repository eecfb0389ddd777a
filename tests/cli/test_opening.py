"""`--store` and `--with` on the command line: where they may stand, and what they say when they fail."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import ROOT, rltkg

if TYPE_CHECKING:
    from pathlib import Path

OWN = """\
@prefix rlt: <https://w3id.org/rltkg/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/rltkg/thing/my-tumour> a rlt:Indication ; rdfs:label "my own tumour"@en .
"""
ASK = ("ask", "guidelines_omitting_rlt", "--format", "csv")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a file of a user, in a folder of its own."""
    path = tmp_path / "folder" / "own.ttl"
    path.parent.mkdir()
    path.write_text(OWN, encoding="utf-8")
    return path


def test_the_store_may_stand_before_or_after_the_verb_or_around_it(own: Path) -> None:
    folder = str(own.parent)
    runs = [
        rltkg("--store", folder, *ASK),
        rltkg(f"--store={folder}", *ASK),
        rltkg(*ASK, "--store", folder),
        rltkg("ask", "--store", folder, *ASK[1:]),
        subprocess.run(
            [sys.executable, "-m", "rltkg", *ASK], capture_output=True, text=True, check=False, cwd=ROOT,
            env={**os.environ, "RLTKG_STORE": folder}, timeout=60,
        ),
    ]  # fmt: skip

    assert [(done.returncode, done.stdout.count("\n"), "0 rows" in done.stderr) for done in runs] == [(0, 1, True)] * 5


def test_an_option_beats_the_variable_and_an_empty_variable_is_none(own: Path) -> None:
    def run(*arguments: str, store: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "rltkg", *arguments, *ASK], capture_output=True, text=True, check=False, cwd=ROOT,
            env={**os.environ, "RLTKG_STORE": store}, timeout=60,
        )  # fmt: skip
        return done.stderr

    assert "There is no folder /nowhere" in run(store="/nowhere")
    assert run("--store", str(own.parent), store="/nowhere").startswith("0 rows")
    assert run(store="").startswith("5 rows")


def test_own_files_add_to_the_release_before_the_query(own: Path) -> None:
    asked = ("ask", "guidelines_omitting_rlt", "--indication", "my own tumour")
    before, after = rltkg("--with", str(own), *asked), rltkg(*asked, "--with", str(own), "--with", str(own))

    assert "nothing is called 'my own tumour'" in rltkg(*asked).stderr
    assert before.returncode == after.returncode == 0
    assert before.stdout == after.stdout
    assert "without --indication 'my own tumour' there would be 5" in before.stderr


def test_queries_show_the_choices_of_the_graph_that_is_asked(own: Path) -> None:
    shown = rltkg("queries", "guidelines_omitting_rlt", "--with", str(own)).stdout
    printed = rltkg("queries", "guidelines_omitting_rlt", "--sparql", "--indication", "my-tumour", "--with", str(own))

    assert "my-tumour" in shown
    assert "my-tumour" not in rltkg("queries", "guidelines_omitting_rlt").stdout
    assert f"FROM <{own.as_uri()}>" in printed.stdout
    assert "VALUES ?indication { <https://w3id.org/rltkg/thing/my-tumour> }" in printed.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "needle"),
    [
        (["--store", "nowhere"], 2, "There is no folder nowhere"),
        (["--store", ""], 2, "no name of a file or folder"),
        (["--store", "http://127.0.0.1:9/sparql"], 3, "Nothing answers at http://127.0.0.1:9/sparql"),
        (["--store", "empty"], 2, "empty holds no file in Turtle"),
        (["--store"], 2, "expected one argument"),
        (["--with", "nowhere.ttl"], 2, "There is no file nowhere.ttl"),
        (["--with", "https://example.org/a.ttl"], 2, "nothing is fetched from a network"),
        (["--with", "empty"], 2, "empty is a folder"),
        (["--with", "broken.ttl"], 2, "broken.ttl:1:14: "),
        (["--with", "binary.ttl"], 2, "binary.ttl:1:1: "),
    ],
)
def test_a_mistake_is_one_sentence(tmp_path: Path, arguments: list[str], status: int, needle: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.ttl").write_text("<http://e/a> [] .", encoding="utf-8")
    (tmp_path / "binary.ttl").write_bytes(b"\x00\x1b[31m\x07\xff\xfe")
    done = subprocess.run(
        [sys.executable, "-m", "rltkg", *ASK, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith("rltkg: ")
    assert needle in done.stderr
    assert done.stderr.count("\n") == 1
    assert all(each == "\n" or each.isprintable() for each in done.stderr)


def test_verbs_without_a_graph_take_no_store() -> None:
    done = rltkg("--store", "x", "load", "y")

    assert done.returncode == 2
    assert "unknown option '--store'" in done.stderr
