"""Completion: what is offered where, and that a real bash gets it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import rltkg as package
from rltkg.cli import VERBS
from rltkg.cli.completion import SCRIPTS
from rltkg.cli.output import ROWS
from tests.cli.running import ROOT, rltkg

if TYPE_CHECKING:
    from pathlib import Path

IDS = [query.id for query in package.catalogue()]
QUERY = "guidelines_omitting_rlt"


def offered(*words: str) -> list[str]:
    """Return what is offered in the place of the last of `words`."""
    done = rltkg("__complete", *words)

    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["--st"], ["--store"]),
        (["as"], ["ask"]),
        (["ask", ""], IDS),
        (["queries", "readi"], ["readiness_matrix"]),
        (["ask", "--format", "csv", "readi"], ["readiness_matrix"]),
        (["ask", QUERY, "--format", ""], list(ROWS)),
        (["ask", QUERY, "--format=c"], ["--format=csv"]),
        (["ask", QUERY, "--format", "=", "c"], ["csv"]),
        (["ask", QUERY, "--format", "="], list(ROWS)),
        (["ask", QUERY, "--ind"], ["--indication"]),
        (["ask", QUERY, "--indication", "lymphom"], ["lymphoma"]),
        (["ask", QUERY, "--indication=lymphom"], ["--indication=lymphoma"]),
        (["ask", QUERY, "--as-at", ""], []),
        (["ask", QUERY, "-o", ""], []),
        (["ask", QUERY, "--with", ""], []),
        (["--store", ""], []),
        (["--store", "nowhere", "ask", ""], []),
        (["ask", "no_such_query", "--"], []),
        (["ask", QUERY, ""], []),
        (["nosuch", ""], []),
        (["cite", "--format", "b"], ["bibtex"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["val"], ["validate"]),
        (["validate", "--fail-on", ""], ["violation", "warning", "info"]),
        (["validate", "--engine=pysh"], ["--engine=pyshacl", "--engine=pyshifty"]),
        (["validate", ""], []),
        ([], [*VERBS, "--store", "--with", "--help", "--version"]),
    ],
    ids=lambda each: " ".join(each)[:40] if isinstance(each, list) else None,
)
def test_what_fits_is_offered_and_nothing_else(words: list[str], wanted: list[str]) -> None:
    assert offered(*words) == wanted


def test_the_parameters_of_every_query_are_offered(graph: package.KnowledgeGraph) -> None:
    from rltkg.cli.completion import _candidates

    for query in graph.catalogue:
        found = _candidates(["ask", query.id, "--"])

        assert {parameter.option for parameter in query.parameters} < set(found), query.id
        assert {"--format", "--labels", "--output", "--store", "--with"} < set(found)


def test_things_of_the_users_own_file_are_offered(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(
        "<https://w3id.org/rltkg/thing/zzz> a <https://w3id.org/rltkg/ontology/Indication> ;"
        "<http://www.w3.org/2000/01/rdf-schema#label> 'mine' .",
        encoding="utf-8",
    )

    assert offered("ask", QUERY, "--with", str(tmp_path / "own.ttl"), "--indication", "zz") == ["zzz"]
    assert offered("--with", str(tmp_path / "own.ttl"), "ask", QUERY, "--indication", "zz") == ["zzz"]


@pytest.mark.parametrize("words", [["ask", ""], ["ask", QUERY, "--"], ["ask", QUERY, "--format", ""]])
def test_no_graph_is_loaded_for_ids_options_and_formats(words: list[str]) -> None:
    code = (
        "import sys; from rltkg.store import EmbeddedStore; EmbeddedStore.holding = None;"
        "from rltkg.cli import main; main(['__complete', *sys.argv[1:]])"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, cwd=ROOT)

    assert len(done.stdout.splitlines()) >= 7


@pytest.fixture
def bash(tmp_path: Path) -> Path:
    """Return a folder with a command `rltkg` in it."""
    command = tmp_path / "rltkg"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m rltkg "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("rltkg comp", ["completion"]),
        ("rltkg ask readi", ["readiness_matrix"]),
        (f"rltkg ask {QUERY} --pl", ["--place"]),
        (f"rltkg ask {QUERY} --format js", ["json", "jsonl"]),
        (f"rltkg ask {QUERY} --format = js", ["json", "jsonl"]),
        (f"rltkg ask {QUERY} --indication lymphom", ["lymphoma"]),
        (f"rltkg ask {QUERY} -o some", []),
        ("./rltkg ask readi", ["readiness_matrix"]),
        ("rltkg completion ", ["bash", "zsh", "fish"]),
        ("rltkg r*", []),
        ("rltkg ask $(touch hacked) readi", []),
        ("rltkg ask readi`touch hacked`", []),
    ],
)
def test_a_real_bash_completes(bash: Path, line: str, wanted: list[str]) -> None:
    """Bash hands the words over in COMP_WORDS (an = apart from what it joins) and takes the answer from COMPREPLY."""
    words = " ".join(f"'{word}'" for word in line.split(" "))
    script = (
        f'PATH="{bash}:$PATH"; eval "$(rltkg completion bash)"; complete -p rltkg >/dev/null || exit 9;'
        f'COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _rltkg; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", script], capture_output=True, text=True, check=False, cwd=bash, timeout=60  # noqa: S607
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == wanted
    assert sorted(path.name for path in bash.iterdir()) == ["rltkg"]


def test_each_shell_has_a_script_that_tells_how_to_use_it() -> None:
    for shell, script in SCRIPTS.items():
        done = rltkg("completion", shell)

        assert done.stdout == script
        assert f"rltkg completion {shell}" in "".join(script.splitlines(keepends=True)[:2])
        assert "__complete" in script
    assert rltkg("completion", "tcsh").returncode == 2
    assert rltkg("completion").returncode == 2


def test_the_script_for_bash_is_sound() -> None:
    done = subprocess.run(
        ["bash", "-n"], input=SCRIPTS["bash"], capture_output=True, text=True, check=False, timeout=60  # noqa: S607
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
