"""`rltkg diff` as a user runs it: what it prints, where, and how it ends."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from rltkg.corpus import shipped
from rltkg.review.form import check
from tests.cli.running import rltkg
from tests.review.copies import GUIDELINE

if TYPE_CHECKING:
    from pathlib import Path

ADDED = "statements: 1 added; documents: 1 added; answers: not asked"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.ttl"
    path.write_text(GUIDELINE, encoding="utf-8")
    return path


def test_no_difference_is_said(stored: Path) -> None:
    for places in (["shipped"], ["shipped", "shipped"], [str(shipped().root)], [str(stored), "shipped"]):
        done = rltkg("diff", *places)

        assert (done.returncode, done.stdout) == (0, "No difference.\n"), places
        assert done.stderr.startswith("compared in ")
    assert rltkg("diff", "shipped", "--format", "md").stdout.startswith("**No difference.** From the shipped release (")


def test_a_difference_is_told_in_words(sample: Path) -> None:
    done = rltkg("diff", str(sample), "--no-answers")
    lines = done.stdout.splitlines()
    start = lines.index(ADDED)  # what is compared stands before, in as many lines as the names need

    assert done.returncode == 1
    assert lines[start + 2 : start + 4] == [
        "Statements: 1 added",
        "  + The sample guideline recommends RLT (sample-guideline-recommends), position, in graph updates",
    ]
    assert "      The guideline of 2026 recommends RLT in lymphoma." in lines
    assert "      strength: recommends" in lines
    assert "      + Sample guideline [none cited] (passage-sample), passage, in graph updates" in lines
    assert "Documents: 1 added" in lines
    asked = lines.index("Answers: not asked")
    assert lines[asked + 1] == "  Not asked, as you wished (--no-answers)."
    assert " ".join(lines[-2:]) == (
        "This is a minor change: 3 nodes are new. Version 0.1.0 is to become 0.1.1 or higher (it was 0.1.0). "
        "Not judged: the answers, which were not asked."
    )
    assert max(map(len, lines[start:])) <= 120


def test_the_answers_that_change(sample: Path) -> None:
    done = rltkg("diff", "shipped", str(sample))

    assert done.returncode == 1
    assert "\n  guideline_positions (--as-at now): 1 row added; " in done.stdout
    assert "\n      + document: Sample guideline; year: 2026; indication: lymphoma; coverage: included;" in done.stdout


def test_formats_and_files(sample: Path, tmp_path: Path) -> None:
    starts = {
        "md": f"**S{ADDED[1:]}**\n",
        "json": '{\n "form": "rltkg review 1",\n',
        "txt": "From the shipped release (",
    }
    for suffix, start in starts.items():
        target = tmp_path / f"review.{suffix}"
        done = rltkg("diff", str(sample), "--no-answers", "-o", str(target))

        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.endswith(f", written to {target}\n")
        assert target.read_text(encoding="utf-8").startswith(start)
    made = check(json.loads((tmp_path / "review.json").read_bytes()))
    assert len(made["triples"]["added"]) == 21


def test_what_is_hidden_is_told(tmp_path: Path) -> None:
    path = tmp_path / "many.ttl"
    actors = "".join(
        f'thing:actor-{number} a rlt:Actor ; rdfs:label "Actor {number:02}"@en .\n' for number in range(25)
    )
    path.write_text(GUIDELINE + actors, encoding="utf-8")
    short, long = (rltkg("diff", str(path), "--no-answers", *options).stdout for options in ([], ["--all"]))

    assert "\nActors: 25 added\n" in short
    assert "Actor 19 (" in short
    assert "Actor 20 (" not in short
    assert "\n  ... and 5 more actors (5 added)\n" in short
    assert "\nNot all is shown; --all shows the rest, --format json has it as data.\n\nThis is a minor " in short
    assert "Actor 24 (" in long
    assert "Not all is shown" not in long


@pytest.mark.parametrize(
    ("arguments", "told", "status"),
    [
        ([], "the following arguments are required: A", 2),
        (["nowhere"], "There is no folder nowhere", 2),
        (["shipped", "shipped", "shipped"], "unknown argument 'shipped'", 2),
        (["x.docx"], "tells no RDF format", 2),
        (["broken.ttl"], "broken.ttl:1:", 2),
        (["http://127.0.0.1:9/sparql"], "is an address", 3),
        (["shipped", "--format", "html"], "invalid choice: 'html'", 2),
    ],
)
def test_mistakes_end_with_a_sentence(arguments: list[str], told: str, status: int, tmp_path: Path) -> None:
    for name in ("x.docx", "broken.ttl"):
        (tmp_path / name).write_text("thing:x", encoding="utf-8")
    places = [str(tmp_path / each) if each.startswith(("x.", "broken")) else each for each in arguments]
    done = rltkg("diff", *places)

    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith("rltkg: ")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_release_that_lacks_a_file(tmp_path: Path) -> None:
    for part in ("data", "ontology", "queries"):
        shutil.copytree(shipped().root / part, tmp_path / "b" / part)
    shutil.rmtree(tmp_path / "b" / "data" / "updates")
    done = rltkg("diff", "shipped", str(tmp_path / "b"))

    assert done.returncode == 3
    assert "holds no Turtle file; restore it" in done.stderr


def test_help_says_what_matters() -> None:
    shown = rltkg("diff", "--help").stdout

    for words in (
        "--no-answers",
        "--all",
        "text,md,json",
        "Exit status: 0 no difference",
        "example: rltkg diff shipped",
    ):
        assert words in shown
