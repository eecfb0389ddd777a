"""The two walks of docs/contributing.md, from template to merge, as the page tells them, in a throw-away clone."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rltkg.corpus import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
SECTIONS = {text.split("\n", 1)[0]: text for text in PAGE.split("\n## ")[1:]}
UK, IRELAND = "A new guideline position in the UK, by spreadsheet", "An indicator for another country, in CSV"
MOST = 10  # commands from the template to the merged answer
STEP = re.compile(r"^```console\n(?P<session>.*?)^```$|(?P<table>(?:^\|[^\n]*\n)+)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)
FOUND = 1  # the exit status of validate for violations, and of diff for differences
Cells = list[tuple[str, str, str]]


def steps(section: str) -> Iterator[tuple[str, str] | Cells]:
    """Return the steps of a walk: (command, what the page shows of its output), or (sheet, column, value) of cells."""
    for found in STEP.finditer(SECTIONS[section]):
        if found["session"] is not None:
            yield from COMMAND.findall(found["session"])
            continue
        rows = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in found["table"].splitlines()[2:]]
        yield [(sheet, column, value) for sheets, column, value in rows for sheet in sheets.split(", ")]


def commands(section: str) -> list[str]:
    return [step[0] for step in steps(section) if isinstance(step, tuple)]


def settled(text: str) -> str:
    """Return `text` without what changes with every change of the data and tells nothing of this walk."""
    text = re.sub(r"\bdigest [0-9a-f]{12}\b", "digest", text)
    text = re.sub(r"; \d+ nodes judged by .*", "", text)
    text = re.sub(r"[\d,]+ before, [\d,]+ after", "before, after", text)
    return re.sub(r"\bof \d+ change\b", "change", text)


def matches(shown: str, output: str) -> bool:
    """Say whether `output` is what the page shows, where a line of three dots stands for any lines."""
    parts = ["".join(map(re.escape, part)) for part in re.split(r"^\.\.\.\n", settled(shown), flags=re.MULTILINE)]
    return re.fullmatch(r"(?:.*\n)*".join(parts), settled(output)) is not None


class Walk:
    """A repository, the clone of a contributor, and whoever types a command in one of them."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.clone = folder / "origin", folder / "clone"
        self.here = self.clone
        self.environment = {
            **os.environ,
            "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache"), "TMPDIR": str(folder),
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0",
            **{f"GIT_{who}_{what}": name for who in ("AUTHOR", "COMMITTER")
               for what, name in (("NAME", "A newcomer"), ("EMAIL", "newcomer@example.org"))},
        }  # fmt: skip
        for variable in ("RLTKG_STORE", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
            self.environment.pop(variable, None)
        for name in ("data", "ontology", "queries", "rltkg"):
            shutil.copytree(ROOT / name, self.origin / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", ".gitignore"):
            shutil.copy(ROOT / name, self.origin)
        for command in ("git init -q -b main .", "git add -A", "git commit -q -m base"):
            assert self.run(command, self.origin).returncode == 0
        assert self.run(f"git clone -q {self.origin} {self.clone}", folder).returncode == 0

    def run(self, command: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command line of the page in `folder` (default: where the walk is)."""
        words = shlex.split(command)
        place = folder or self.here
        if words[0] == "rltkg":
            words[:1] = [sys.executable, "-m", "rltkg"]
        return subprocess.run(
            words, capture_output=True, text=True, check=False, cwd=place, timeout=180,
            env={**self.environment, "PYTHONPATH": str(place)},
        )  # fmt: skip

    def walked(self, section: str, fill: Callable[[Cells], None]) -> list[str]:
        """Take every step of a section; return the output of each command."""
        outputs = []
        for step in steps(section):
            if isinstance(step, list):
                fill(step)
                continue
            command, shown = step
            if command.startswith("git merge"):
                self.here = self.origin  # the maintainer's, and from then on anybody's
            done = self.run(command)
            output = done.stdout or done.stderr
            differs = command.startswith("rltkg diff") or "violation" in shown

            assert done.returncode == (FOUND if differs else 0), f"{command}\n{done.stdout}{done.stderr}"
            assert not shown or matches(shown, output), f"{command}\n{output}"
            outputs.append(output)
        return outputs

    def changed(self) -> list[str]:
        """Return the files that the last commit of the repository changed."""
        return self.run("git show --name-status --format= main", self.origin).stdout.split("\n")[:-1]

    def answer(self, query: str) -> list[dict[str, str]]:
        """Return the rows of a query, asked in the repository."""
        bindings = json.loads(self.run(f"rltkg ask {query} --format json", self.origin).stdout)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    return Walk(tmp_path)


def fill_book(path: Path, cells: Cells) -> None:
    """Type `cells` into the first white row of each sheet, under the column that is named."""
    book = openpyxl.load_workbook(path)
    for name, column, value in cells:
        sheet = book[name]
        heads = [cell.value for cell in sheet[1]]
        white = next(row for row in range(2, 10) if not str(sheet.cell(row, 1).value or "").startswith("#"))
        sheet.cell(white, heads.index(column) + 1).value = value
    book.save(path)


def fill_folder(folder: Path, cells: Cells) -> None:
    """Add a row to the CSV file of each kind, with `cells` under the columns that are named."""
    for kind in dict.fromkeys(name for name, _, _ in cells):
        path = folder / f"{kind}.csv"
        heads = next(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        typed = {column: value for name, column, value in cells if name == kind}
        with path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads)
            writer.writerow(typed)


@pytest.mark.parametrize("section", [UK, IRELAND])
def test_ten_commands_are_enough(section: str) -> None:
    walked = commands(section)

    assert len(walked) <= MOST, walked
    assert walked[0].startswith("rltkg new ")
    assert walked[-2].startswith("git merge ")
    assert walked[-1].startswith("rltkg ask ")


def test_a_guideline_position_by_spreadsheet(walk: Walk) -> None:
    outputs = walk.walked(UK, lambda cells: fill_book(walk.clone / "ipg786.xlsx", cells))
    checked = [output for command, output in zip(commands(UK), outputs, strict=True) if " validate " in command]
    (row,) = walk.answer("guideline_positions --document nice-ipg786 --as-at now")
    described = walk.run(f"rltkg describe {row['statement']}").stdout

    assert [output.count("violation  ") for output in checked] == [1, 0]
    assert row["statement"] == "https://w3id.org/rltkg/page/nice-ipg786-counts-prrt-among-current-treatments"
    assert row["coverage"].endswith("coverage-brief")
    assert (row["place"], row["sections"]) == ("not stated", "page: NICE IPG786, current treatments")
    assert "https://www.nice.org.uk/guidance/ipg786/chapter/2-The-condition-current-treatments" in described
    assert walk.changed() == ["A\tdata/updates/ipg786.ttl"]
    assert "git worktree add --detach ../before main" in PAGE
    assert walk.run("git worktree add --detach ../before main~1", walk.origin).returncode == 0
    seen = walk.run("rltkg diff ../before . --no-answers", walk.origin)
    assert (seen.returncode, "statements: 1 added; documents: 1 added;" in seen.stdout) == (FOUND, True)
    assert_fit(walk, "data/updates/ipg786.ttl")


def test_an_indicator_of_another_country_in_csv(walk: Walk) -> None:
    before = walk.answer("readiness_matrix --as-at now")
    walk.walked(IRELAND, lambda cells: fill_folder(walk.clone / "ireland", cells))
    after = walk.answer("readiness_matrix --as-at now")
    (row,) = [row for row in after if row not in before]

    assert [each for each in before if each not in after] == []
    assert row["assessment"] == "https://w3id.org/rltkg/page/ireland-delivery-guidance-for-prrt"
    assert row["place"] == "https://w3id.org/rltkg/thing/ireland"
    assert (row["rests_on"], row["sections"]) == ("1", "page: HSE page on PRRT")
    assert walk.answer("readiness_matrix --place Ireland") == []  # a page of today tells nothing of 2021
    assert walk.changed() == ["A\tdata/updates/ireland.ttl"]
    assert_fit(walk, "data/updates/ireland.ttl")


def assert_fit(walk: Walk, path: str) -> None:
    """Fail unless the merged file needs no mending, has the layout of the release, and holds no comment."""
    for command in (f"rltkg validate --fail-on info {path}", f"rltkg format --check {path}"):
        done = walk.run(command, walk.origin)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert "#" not in re.sub(r"<[^>]*>", "", (walk.origin / path).read_text(encoding="utf-8"))


def test_what_is_walked_is_not_in_the_graph_yet() -> None:
    files = [word for section in (UK, IRELAND) for command in commands(section) for word in command.split()
             if word.startswith("data/")]  # fmt: skip

    assert set(files) == {"data/updates/ipg786.ttl", "data/updates/ireland.ttl"}
    assert [file for file in files if (shipped().root / file).exists()] == []
