"""`rltkg validate` as a user runs it: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from rltkg.cli.progress import Progress
from rltkg.cli.validate import WORTHLESS
from rltkg.validation.formats import FORMATS
from tests.cli.running import ROOT, rltkg
from tests.validation.samples import HEAD, SAMPLE, written

if TYPE_CHECKING:
    from pathlib import Path

WRONG = ("rlt:authority", "rlt:autority")
WORDS = ["info", "warning", "violation"]
FAST = ("--engine", "pyshifty")


def test_nothing_to_mend(tmp_path: Path) -> None:
    ran = rltkg("validate", str(written(tmp_path)))

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Nothing to mend: 1 file, 28 triples; ")
    assert "(pyshacl " in ran.stdout


def test_a_misspelt_property_is_told_with_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, WRONG)
    ran = rltkg("validate", str(file), *FAST)
    line = SAMPLE.splitlines().index("    rlt:authority my:agency ;") + 1

    assert ran.returncode == 1
    assert ran.stdout.splitlines()[0] == str(file)
    assert f"  {line}:18  violation  The graph has no property 'autority'; did you mean authority?\n" in ran.stdout
    assert "Licence of a sample, autority  [unknown-property]\n" in ran.stdout
    assert ran.stderr == ""


@pytest.mark.parametrize("fail_on", WORDS)
@pytest.mark.parametrize("severity", WORDS)
def test_what_fails_is_for_the_user_to_say(severity: str, fail_on: str, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        f"{HEAD}my:event a sh:NodeShape ; sh:targetClass rlt:StatusEvent ; sh:property my:event-has-no-step .\n"
        "my:event-has-no-step a sh:PropertyShape ; sh:path rlt:step ; sh:maxCount 0 ;\n"
        f'    sh:severity sh:{severity.capitalize()} ; sh:message "Take the step out."@en .\n',
        encoding="utf-8",
    )
    file = written(tmp_path)
    ran = rltkg("validate", str(file), "--shapes", str(shapes), "--fail-on", fail_on, *FAST)

    assert f"  22:14  {severity}  Take the step out.\n" in ran.stdout
    assert ran.returncode == int(WORDS.index(severity) >= WORDS.index(fail_on))


@pytest.mark.parametrize("rule", ["syntax-error", "encoding"])
def test_a_file_that_cannot_be_read_ends_with_2(rule: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_bytes({"syntax-error": SAMPLE.encode() + b"my:x rlt:y .", "encoding": b"\xff\xfe"}[rule])
    ran = rltkg("validate", str(file), *FAST)

    assert rule in WORTHLESS
    assert ran.returncode == 2
    assert f"[{rule}]" in ran.stdout
    assert "Traceback" not in ran.stderr + ran.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "say which file"),
        (["nowhere.ttl"], "nowhere.ttl"),
        (["x.docx"], "tells no RDF format"),
        (["--fail-on", "error", "x.ttl"], "invalid choice: 'error'"),
        (["--engine", "jena", "x.ttl"], "invalid choice: 'jena'"),
        (["--hole", "x.ttl"], "--whole"),
        (["x.ttl", "-o", "report.pdf"], "the suffix tells none of the formats text, json, sarif, github, junit, ttl"),
    ],
)
def test_mistakes_end_with_2_and_a_sentence(arguments: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_text("x", encoding="utf-8")
    places = [str(tmp_path / each) if each.startswith(("x.", "nowhere")) else each for each in arguments]
    ran = rltkg("validate", *places)

    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith("rltkg: ")
    assert told in ran.stderr


def test_an_engine_that_is_not_installed_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "shifty.py").write_text("", encoding="utf-8")  # no package: nothing can be found in it
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    ran = subprocess.run(
        [sys.executable, "-m", "rltkg", "validate", "--whole", *FAST],
        capture_output=True, text=True, check=False, env=environment, timeout=60,
    )  # fmt: skip

    assert ran.returncode == 3
    assert ran.stderr == ("rltkg: The engine pyshifty is not installed; install it with `pip install rltkg[fast]`\n")


@pytest.mark.parametrize(
    ("text", "options", "name"),
    [
        (SAMPLE.replace(*WRONG), [], "Turtle"),
        ('{"@id": "https://w3id.org/rltkg/sample/x", "https://w3id.org/rltkg/ontology/autority": "x"}', [], "JSON-LD"),
        ("<urn:a> <https://w3id.org/rltkg/ontology/autority> <urn:b> <urn:g> .", ["--input-format", "nq"], "N-Quads"),
    ],
    ids=["ttl", "jsonld", "nq"],
)
def test_standard_input(text: str, options: list[str], name: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "rltkg", "validate", "-", *FAST, *options],
        input=text, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60,
    )  # fmt: skip

    assert ran.returncode == 1, name
    assert ran.stdout.startswith("<stdin>\n")
    assert "[unknown-property]" in ran.stdout


def test_a_folder_stands_for_the_files_below_it(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    written(tmp_path / "below", WRONG, name="b.ttl")
    written(tmp_path, ("my:licence", "my:other"), name="a.ttl")
    (tmp_path / "notes.txt").write_text("not RDF", encoding="utf-8")
    ran = rltkg("validate", str(tmp_path), *FAST, "--format", "json")
    report = json.loads(ran.stdout)

    assert report["files"] == [str(tmp_path / "a.ttl"), str(tmp_path / "below" / "b.ttl")]
    assert [finding["file"] for finding in report["findings"] if finding["rule"] == "unknown-property"] == [
        str(tmp_path / "below" / "b.ttl")
    ]


def test_the_whole_graph(tmp_path: Path) -> None:
    ran = rltkg("validate", "--whole", *FAST, "-o", str(tmp_path / "report.json"))
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))

    assert ran.returncode == 0, ran.stderr
    assert report["passed"] is True
    assert report["counts"]["violation"] == report["counts"]["warning"] == 0
    assert report["nodes"] > 3000
    assert len(report["shapes"]) > 200
    assert len(report["checks"]) > 15


def test_the_suffix_of_the_file_tells_the_format(tmp_path: Path) -> None:
    file = written(tmp_path, WRONG)
    starts = {
        "txt": f"{file}\n",
        "json": '{\n  "form": "rltkg validation report 1"',
        "sarif": '{\n  "$schema": "https://docs.oasis-open.org/sarif/',
        "xml": "<?xml version='1.0' encoding='utf-8'?>\n<testsuites ",
        "ttl": "@prefix ",
    }
    for suffix, start in starts.items():
        target = tmp_path / "reports" / f"report.{suffix}"
        target.parent.mkdir(exist_ok=True)
        ran = rltkg("validate", str(file), *FAST, "-o", str(target))

        assert ran.returncode == 1
        assert target.read_text(encoding="utf-8").startswith(start)
        assert ran.stdout == ""
        assert ran.stderr.startswith("2 violations: 1 file, ")
        assert ran.stderr.endswith(f" checks, written to {target}\n")
    assert sorted(each.name for each in (tmp_path / "reports").iterdir()) == sorted(f"report.{each}" for each in starts)


def test_formats_on_stdout(tmp_path: Path) -> None:
    file = written(tmp_path, WRONG)
    shown = {form: rltkg("validate", str(file), *FAST, "--format", form) for form in FORMATS}

    assert all(ran.returncode == 1 for ran in shown.values())
    assert shown["github"].stdout.startswith("::error title=Licence of a sample [")
    assert ET.fromstring(shown["junit"].stdout).get("failures") == "2"  # noqa: S314 - our own
    assert json.loads(shown["sarif"].stdout)["version"] == "2.1.0"
    assert [form for form, ran in shown.items() if not ran.stderr] == ["text", "github"]


def test_colour_is_for_terminals_only_and_not_for_those_who_want_none(tmp_path: Path) -> None:
    file = written(tmp_path, WRONG)
    shown = {name: on_a_terminal(file, **{name: "1"}) for name in ("ANY", "NO_COLOR")}

    assert "\033[31mviolation\033[0m" in shown["ANY"]
    assert "\033[" not in shown["NO_COLOR"]
    assert "\033[" not in rltkg("validate", str(file), *FAST).stdout


def on_a_terminal(file: Path, **variables: str) -> str:
    """Run the verb with stdout on a terminal; return what that shows."""
    control, terminal = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environment |= {"PYTHONPATH": str(ROOT), "TERM": "xterm", **variables}
    with subprocess.Popen(
        [sys.executable, "-m", "rltkg", "validate", str(file), *FAST],
        stdout=terminal, stderr=subprocess.DEVNULL, env=environment,
    ) as process:  # fmt: skip
        os.close(terminal)
        shown = b""
        try:
            while part := os.read(control, 4096):
                shown += part
        except OSError:  # Linux says so at the end of a terminal
            pass
        assert process.wait(60) == 1
    os.close(control)
    return shown.decode()


@pytest.mark.parametrize("width", [60, 100, 160])
def test_the_width_of_the_terminal(width: int, tmp_path: Path) -> None:
    """Messages wrap; the first line, a name, and the last one, the summary, stay in one piece."""
    ran = rltkg("validate", str(written(tmp_path, WRONG)), *FAST, width=width)
    lines = ran.stdout.splitlines()[1:-1]

    assert max(map(len, lines)) <= width
    assert len(lines) > (6 if width == 60 else 3)


def test_the_line_of_progress() -> None:
    progress = Progress()
    progress("judging 1,017,345 triples by 236 shapes", 0.25)

    assert progress.line(100) == "[#####...............]   0 s  judging 1,017,345 triples by 236 shapes"
    assert len(progress.line(40)) == 40


def test_progress_is_for_terminals_only() -> None:
    """A report of seconds on a pipe has no line of progress; see the tests above, whose stderr is empty."""
    with Progress() as progress:
        progress("at work", 0.5)

    assert progress._thread is None  # noqa: SLF001


def test_help_tells_what_matters() -> None:
    shown = rltkg("validate", "--help").stdout

    for words in ("--whole", "--fail-on", "--engine", "--shapes", "Exit status", "example: rltkg validate", "JSON-LD"):
        assert words in shown
    assert max(map(len, shown.splitlines())) <= 120


def test_the_document_shows_what_is_printed(tmp_path: Path) -> None:
    """All but the numbers of the summary, which grow with shapes and checks."""
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    (data,) = re.findall(r"^```turtle\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (shown,) = re.findall(r"^```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "my-guideline.ttl").write_text(data, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "rltkg", "validate", "my-guideline.ttl"],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
    )  # fmt: skip
    numbers = re.compile(r"(?<=triples; ).*")

    assert ran.returncode == 1
    assert numbers.sub("", ran.stdout) == numbers.sub("", shown)
