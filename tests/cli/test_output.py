"""`--format`, `-o` and `--labels`: what is written, where, in one step, and what a terminal is spared."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rltkg.cli import main
from rltkg.cli.output import ROWS, replace
from rltkg.errors import InputError
from tests.cli.running import ROOT, rltkg

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

ASK = ("ask", "guidelines_omitting_rlt")


@pytest.mark.parametrize("form", [form for form in ROWS if form != "table"])
def test_a_file_has_the_bytes_of_python(tmp_path: Path, form: str, graph: KnowledgeGraph) -> None:
    path = tmp_path / f"out.{form}"
    done = rltkg(*ASK, "-o", str(path))

    assert (done.returncode, done.stdout) == (0, "")
    assert f"written to {path}" in done.stderr
    assert path.read_bytes() == graph.ask("guidelines_omitting_rlt").serialize(form)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "start"),
    [("a.TXT", "Guidelines that"), ("a.markdown", "**Guid"), ("a.ndjson", "{"), ("a.CSV", "guideline,")],
)
def test_the_suffix_tells_the_format(tmp_path: Path, name: str, start: str) -> None:
    rltkg(*ASK, "--output", str(tmp_path / name))

    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_the_format_beats_the_suffix(tmp_path: Path) -> None:
    for arguments in (["-o", "a.csv", "--format", "jsonl"], ["--format", "jsonl", "-o", "b.csv"]):
        rltkg(*ASK, arguments[0], *(str(tmp_path / each) if each.endswith(".csv") else each for each in arguments[1:]))

    assert [json.loads(path.read_text(encoding="utf-8").splitlines()[0])["year"]["value"] for path in
            sorted(tmp_path.iterdir())] == ["2013", "2013"]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "needle"),
    [
        (["-o", "out.parquet"], "the suffix tells none of the formats table, csv"),
        (["-o", "out"], "say which with --format"),
        (["-o", "."], "-o . is a folder"),
        (["-o", "nowhere/out.csv"], "cannot be written (No such file or directory)"),
        (["--labels", "--format", "json"], "take --format jsonl"),
        (["--labels", "-o", "out.json"], "without room for labels"),
        (["--format", "yaml"], "invalid choice: 'yaml'"),
    ],
)
def test_what_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path, arguments: list[str], needle: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rltkg", *ASK, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert needle in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_dash_is_stdout_and_a_device_is_written_to() -> None:
    dash, null = rltkg(*ASK, "-o", "-", "--format", "csv"), rltkg(*ASK, "-o", os.devnull)

    assert dash.stdout.startswith("guideline,year")
    assert null.returncode == 0
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode), "it was not replaced by a file"


def test_an_old_file_keeps_its_rights_and_a_link_its_target(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    rltkg(*ASK, "-o", str(link))

    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("guideline,")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failing_writer_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    status = main([*ASK, "-o", str(path)])

    assert status == (130 if isinstance(error, KeyboardInterrupt) else 2)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("when", ["fsync", "replace"])
def test_a_killed_process_leaves_the_old_file(tmp_path: Path, when: str) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")
    code = f"""
import os, pathlib, signal, sys
kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
setattr(os, "fsync", kill) if {when!r} == "fsync" else setattr(pathlib.Path, "replace", kill)
from rltkg.cli import main
main(sys.argv[1:])
"""
    done = subprocess.run([sys.executable, "-c", code, *ASK, "-o", str(path)], check=False, cwd=ROOT, timeout=60)

    assert done.returncode == -signal.SIGKILL
    assert path.read_text(encoding="utf-8") == "old"


def test_a_stranger_cannot_lay_a_link_in_the_way(tmp_path: Path) -> None:
    """In a folder that others write to, the file beside the place may be there already, and lead elsewhere."""
    victim = tmp_path / "victim"
    victim.write_text("safe", encoding="utf-8")
    (tmp_path / f".out.csv.{os.getpid()}").symlink_to(victim)

    with pytest.raises(OSError, match="File exists"):
        replace(tmp_path / "out.csv", b"new")
    assert victim.read_text(encoding="utf-8") == "safe"


def test_labels_on_the_command_line(tmp_path: Path) -> None:
    csv = rltkg(*ASK, "--labels", "--format", "csv").stdout
    rltkg(*ASK, "--labels", "-o", str(tmp_path / "a.xlsx"))
    head = next(openpyxl.load_workbook(tmp_path / "a.xlsx")["rows"].iter_rows(values_only=True))

    assert csv.startswith("guideline,guideline_label,year,indication,indication_label,")
    assert list(head) == csv.splitlines()[0].split(",")
    assert rltkg(*ASK, "--labels").stdout == rltkg(*ASK).stdout, "a table has labels anyway"


def test_xlsx_can_be_piped() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rltkg", *ASK, "--format", "xlsx"], capture_output=True, check=True, cwd=ROOT, timeout=60
    )

    assert openpyxl.load_workbook(io.BytesIO(done.stdout)).sheetnames == ["rows", "about"]


def on_a_terminal(*arguments: str, **environment: str) -> tuple[int, str]:
    """Run the command with a terminal for stdout; return its exit status and what the terminal got."""
    ours, theirs = pty.openpty()
    # What other tests of a session may have set must not decide.
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    process = subprocess.Popen(
        [sys.executable, "-m", "rltkg", *arguments], stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE,
        cwd=ROOT, env={**kept, "TERM": "xterm", **environment},
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end has closed
            break
        if not part:
            break
        seen += part
    assert process.stderr is not None
    told = process.stderr.read()
    process.stderr.close()
    os.close(ours)
    return process.wait(60), (seen + told).decode()


def test_a_terminal_gets_bold_heads_unless_told_not_to() -> None:
    assert on_a_terminal(*ASK)[1].startswith("\x1b[1mGuidelines that omit radioligand therapy\x1b[0m")
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        status, seen = on_a_terminal(*ASK, **{name: value})

        assert status == 0
        assert "\x1b" not in seen
        assert "Guidelines that omit radioligand therapy" in seen
    assert "\x1b[1m" in on_a_terminal(*ASK, NO_COLOR="")[1], "an empty variable says nothing, as no-color.org has it"


def test_a_file_never_holds_terminal_codes(tmp_path: Path) -> None:
    on_a_terminal(*ASK, "-o", str(tmp_path / "a.txt"))

    assert "\x1b" not in (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_xlsx_is_kept_from_a_terminal() -> None:
    status, seen = on_a_terminal(*ASK, "--format", "xlsx")

    assert status == 2
    assert seen == "rltkg: xlsx is no text for a terminal; write it to a file with -o FILE.xlsx\n"


def test_the_sentence_names_the_file_that_cannot_be_written(tmp_path: Path) -> None:
    from argparse import Namespace

    from rltkg.cli.output import give

    with pytest.raises(InputError, match=r"x\.csv cannot be written"):
        give(b"", Namespace(output=str(tmp_path / "no" / "x.csv")))
