"""How the command behaves among other tools: pipes, Ctrl-C, versions, help that can be run, a true reference."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rltkg import __version__
from rltkg.cli import USAGE, VERBS, main, reference
from rltkg.cli.parsing import parser_of
from rltkg.corpus import shipped
from tests.cli.running import ROOT, rltkg
from tests.examples import surrounded

INTERRUPTED = """
import os, signal, sys
from rltkg.results import Answer
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background of a shell ignores it
Answer.serialize = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT) or b""
from rltkg.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


# Buffered as for a user: what is left in the buffer is written when the process ends, out of reach of any `except`.
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def in_bash(command: str) -> subprocess.CompletedProcess[str]:
    """Run `command` in bash, for its pipes, and return what came of it."""
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT, env=BUFFERED, timeout=60  # noqa: S607
    )  # fmt: skip


@pytest.mark.parametrize("verb", ["ask statements", "ask statements --format jsonl", "queries", "ask --help", "cite"])
@pytest.mark.parametrize("reader", ["head -1", "head -c 1", "true"])
def test_a_reader_that_leaves_early_hears_nothing(verb: str, reader: str, tmp_path: Path) -> None:
    done = in_bash(f"{sys.executable} -m rltkg {verb} 2>{tmp_path}/err | {reader}; echo ${{PIPESTATUS[0]}}")
    told = (tmp_path / "err").read_text(encoding="utf-8")

    assert done.stdout.endswith("0\n")
    assert re.fullmatch(r"(\d+ rows in .*\n)?", told), told


def test_a_closed_stderr_is_no_error_either() -> None:
    done = in_bash(f"{sys.executable} -m rltkg ask statements --format csv 2>&1 | head -1; echo ${{PIPESTATUS[0]}}")

    assert done.stdout.splitlines()[1:] == ["0"]


def test_ctrl_c_ends_with_a_clean_line_and_130(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, "ask", "figures", "-o", str(target)],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=60,
    )  # fmt: skip

    assert done.returncode == 128 + signal.SIGINT == 130
    assert (done.stdout, done.stderr) == ("", "\nrltkg: interrupted\n")
    assert not target.exists()


def test_the_version_has_the_digest_of_the_release() -> None:
    done = rltkg("--version")

    assert done.stdout == f"rltkg {__version__} (release {shipped().digest[:12]})\n"
    assert re.fullmatch(r"[0-9a-f]{64}", shipped().digest)
    assert rltkg("-V").stdout == done.stdout


def test_cite_prints_the_forms(tmp_path: Path) -> None:
    assert rltkg("cite").stdout.startswith("The rltkg contributors (2026). rltkg: a knowledge graph")
    assert rltkg("cite", "--format", "ris").stdout.startswith("TY  - DATA\n")
    rltkg("cite", "-o", str(tmp_path / "rltkg.bib"))
    assert (tmp_path / "rltkg.bib").read_text(encoding="utf-8").startswith("@misc{")
    assert rltkg("cite", "--format", "apa").returncode == 2
    assert rltkg("cite", "stray").returncode == 2


def test_help_comes_from_every_side(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in VERBS:
        assert main([verb, "--help"]) == 0
        assert f"usage: rltkg {verb}" in capsys.readouterr().out
    assert main(["--help"]) == 0
    assert capsys.readouterr().out == USAGE
    assert main([]) == 2


def test_every_verb_is_in_the_usage_the_reference_and_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    page = reference.TARGET.read_text(encoding="utf-8")

    assert len(VERBS) == len(set(VERBS)) >= 4
    assert [verb for verb in VERBS if f"  rltkg {verb} " not in USAGE] == []
    assert [verb for verb in VERBS if f"\n## `rltkg {verb}`\n" not in page] == []
    assert [verb for verb in VERBS if f"rltkg {verb}" not in readme] == []


def test_every_verb_has_a_module_and_every_module_of_a_verb_is_one() -> None:
    modules = {path.stem for path in Path(ROOT, "rltkg", "cli").glob("*.py")}
    with_main = {name for name in modules - {"__init__", "reference"} if "\ndef main(" in
                 Path(ROOT, "rltkg", "cli", f"{name}.py").read_text(encoding="utf-8")}  # fmt: skip

    assert with_main == set(VERBS)


def test_the_reference_is_what_the_parsers_say(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert reference.main(["--check"]) == 0, "run python -m rltkg.cli.reference"
    monkeypatch.setattr(reference, "TARGET", tmp_path / "cli.md")
    (tmp_path / "cli.md").write_text("stale", encoding="utf-8")
    assert reference.main(["--check"]) == 1
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0


def test_the_reference_has_every_option_and_choice() -> None:
    page = reference.TARGET.read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `rltkg (\w+)`\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))

    for verb in VERBS:
        for option in parser_of(verb, []).options:
            assert option in ("-h", "--help") or f"`{option}`" in sections[verb], (verb, option)
    assert all(form in sections["ask"] for form in ("table", "csv", "tsv", "json", "jsonl", "md", "xlsx"))


def shown() -> list[tuple[str, str]]:
    """Return (verb, command) of each example in the help of a verb, and of the whole command."""
    found = [(verb, each) for verb in VERBS for each in reference.examples(parser_of(verb, []))]
    return found + [("", line.removeprefix(reference.EXAMPLE)) for line in USAGE.splitlines() if "example:" in line]


def test_every_verb_shows_an_example() -> None:
    assert {verb for verb, _ in shown()} == {*VERBS, ""}


@pytest.mark.parametrize(("verb", "command"), shown())
def test_the_examples_in_the_help_work(verb: str, command: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    name, *arguments = shlex.split(surrounded(command, tmp_path, request))
    done = subprocess.run(
        [sys.executable, "-m", name, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip

    assert command.startswith(f"rltkg {verb}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or (verb in {"convert", "fix", "format", "new"} and done.stderr.strip())


def test_control_characters_of_the_input_do_not_reach_the_terminal() -> None:
    done = rltkg("ask", "figures", "--with", "\x1b[31mred.ttl")

    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert "\ufffd[31mred.ttl" in done.stderr
