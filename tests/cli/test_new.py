"""`rltkg new` as a user runs it: what it writes, where, and what it refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.cli.running import rltkg

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_kind_the_kinds_are_listed_with_what_each_is() -> None:
    ran = rltkg("new")
    names = re.findall(r"(?m)^([a-z][a-z-]*) {2}", ran.stdout)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert len(names) == 55
    assert names[:3] == ["activity", "actor", "any-of"]
    assert names[-4:] == ["guideline", "strategy", "web-page", "omission"]
    assert "position              A document content whose topic is radioligand therapy itself;" in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 120


def test_turtle_goes_to_stdout_and_talk_does_not() -> None:
    ran = rltkg("new", "position")

    assert ran.returncode == 0
    assert ran.stdout.startswith("# A contribution to rltkg: position, document, passage.\n")
    assert ran.stdout.count("FILL-IN") > 40
    assert ran.stderr == "a template for position, document, passage\n"


def test_only_leaves_out_what_is_needed_beside_it() -> None:
    ran = rltkg("new", "position", "--only")

    assert re.findall(r"(?m)^    a (\S+) \.$", ran.stdout) == ["rlt:Position"]
    assert ran.stderr == "a template for position\n"


def test_a_workbook_by_its_suffix(tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    ran = rltkg("new", "position", "Guideline", "position", "-o", str(file))

    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr == f"a template for position, guideline, document-fact, document, passage, written to {file}\n"
    assert openpyxl.load_workbook(file).sheetnames == [
        "read me",
        "position",
        "guideline",
        "document-fact",
        "document",
        "passage",
        "lists",
    ]


@pytest.mark.parametrize("name", ["mine.xlsx", "mine.ttl", "mine.csv"])
def test_what_is_there_is_never_written_over(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text("mine", encoding="utf-8")
    ran = rltkg("new", "place", "-o", str(file))

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"rltkg: {file} exists already, and may hold work of yours; name another file\n"
    assert file.read_text(encoding="utf-8") == "mine"
    assert list(tmp_path.iterdir()) == [file]


def test_csv_of_one_kind(tmp_path: Path) -> None:
    file = tmp_path / "place.csv"
    there = rltkg("new", "place", "-o", str(file))
    piped = rltkg("new", "place", "--format", "csv")

    assert (there.returncode, piped.returncode) == (0, 0)
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid,label,place kind,")
    assert piped.stdout.startswith("id,label,place kind,")
    assert [line.split(",")[0] for line in piped.stdout.splitlines()][:4] == ["id", "# needed?", "# means", "# takes"]


def test_csv_of_several_kinds_fills_a_folder_once(tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    ran = rltkg("new", "position", "-o", f"{folder}/")
    again = rltkg("new", "position", "-o", str(folder))

    assert ran.stderr == f"a template for position, document, passage, written to {folder}\n"
    assert sorted(path.name for path in folder.iterdir()) == ["document.csv", "passage.csv", "position.csv"]
    assert again.returncode == 2
    assert again.stderr == (
        f"rltkg: {folder}/position.csv exists already, and may hold work of yours; name another folder\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["postion"], "there is no kind 'postion'; did you mean 'position'"),
        (
            ["position", "--format", "csv"],
            "CSV has one file a kind, and here are 3 (position, document, passage); ",
        ),
        (["-o", "x.ttl"], "say of which kind: `rltkg new KIND...`; without any, the kinds are listed"),
        (["place", "-o", "x.docx"], "-o x.docx: the suffix tells none of the formats ttl, csv, xlsx"),
        (["place", "--fromat", "csv"], "unknown option '--fromat'; did you mean '--format'"),
        (["place", "--format", "xls"], "argument --format: invalid choice: 'xls'"),
    ],
)
def test_what_is_refused(arguments: list[str], told: str, tmp_path: Path) -> None:
    ran = rltkg("new", *arguments)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_template_is_refused_line_by_line_until_it_is_filled(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    rltkg("new", "place", "-o", str(file))
    ran = rltkg("validate", str(file))
    lines = file.read_text(encoding="utf-8").splitlines()

    assert ran.returncode == 1
    assert "thing:FILL-IN-place is the name that the template gives; choose one of your own." in ran.stdout
    for start in ("    rdfs:label ", "    rlt:placeKind "):
        number = next(place for place, line in enumerate(lines, 1) if line.startswith(start))
        name = start.split(":")[1].strip() if "rdfs" in start else start.strip()
        assert f"  {number}:{len(start) + 1}  violation  Put the value of {name} in the place of FILL-IN" in ran.stdout
    assert ran.stdout.count("[placeholder]") == 3

    text = file.read_text(encoding="utf-8").replace("FILL-IN-place", "fife").replace('"FILL-IN"@en', '"Fife"@en', 1)
    file.write_text(text.replace("code:FILL-IN", "code:place-kind-region", 1), encoding="utf-8")
    ran = rltkg("validate", str(file))
    assert (ran.returncode, "[placeholder]" in ran.stdout) == (0, False), ran.stdout


def test_kinds_are_completed() -> None:
    assert rltkg("__complete", "new", "po").stdout.split() == ["policy-action", "position"]
    assert rltkg("__complete", "new", "position", "--format", "").stdout.split() == ["ttl", "csv", "xlsx"]
