"""`rltkg find`, as a process: what it prints, where, and how it ends."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import rltkg

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache folder for this test alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "rltkg"


@pytest.mark.parametrize(
    ("word", "first", "told"),
    [
        ("lymphona", "https://w3id.org/rltkg/thing/lymphoma", "No hit for 'lymphona'; showing lymphoma."),
        (
            "nueroendocrine",
            "https://w3id.org/rltkg/thing/nen",
            "No hit for 'nueroendocrine'; showing neuroendocrine.",
        ),
    ],
)
def test_a_misspelt_word_finds_what_was_meant(word: str, first: str, told: str) -> None:
    done = rltkg("find", word, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))

    assert done.returncode == 0
    assert rows[0]["thing"] == first
    assert told in done.stderr


def test_nothing_found_is_said_and_no_error() -> None:
    done = rltkg("find", "Nestle", "Toyota")

    assert done.returncode == 0
    assert done.stdout == "Found for 'Nestle Toyota'\n\n(nothing)\n"
    assert "Nothing in the graph holds 'Nestle' or 'Toyota' or words like them." in done.stderr


def test_the_page_stands_by_kind_and_is_the_same_from_a_kept_index(cache_folder: Path) -> None:
    first, again = rltkg("find", "NICE", "lymphoma"), rltkg("find", "NICE", "lymphoma")

    assert first.stdout == again.stdout
    assert "  NICE lymphoma guideline 2016  (nice-lymphoma-guideline-2016)" in first.stdout.splitlines()
    assert "      GOV 2 Summary [none cited]; GOV 2.2 [43]" in first.stdout.splitlines()
    assert max(map(len, first.stdout.splitlines())) <= 120
    assert first.stderr.splitlines()[0].split(" in ")[0] == "20 rows"
    assert len(list(cache_folder.iterdir())) == 1


def test_formats_hold_the_same_hits(tmp_path: Path) -> None:
    arguments = ["find", "lymphoma", "--limit", "4"]
    held = json.loads(rltkg(*arguments, "--format", "json").stdout)["results"]["bindings"]
    rows = list(csv.DictReader(io.StringIO(rltkg(*arguments, "--format", "csv", "--labels").stdout)))
    lines = [json.loads(line) for line in rltkg(*arguments, "--format", "jsonl").stdout.splitlines()]
    target = tmp_path / "hits.md"
    written = rltkg(*arguments, "-o", str(target))

    assert len(held) == len(rows) == len(lines) == 4
    assert [row["thing"]["value"] for row in held] == [row["thing"] for row in rows]
    assert [row["thing_label"] for row in rows] == [row["label"] for row in rows]
    assert [row["thing"]["value"] for row in lines] == [row["thing"] for row in rows]
    assert target.read_text(encoding="utf-8").startswith("**Found for 'lymphoma'**")
    assert (written.returncode, written.stdout) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "needle"),
    [
        (["***"], "There is no word to look for in '***'"),
        (["a", "--kind", "thin"], "invalid choice: 'thin'"),
        (["a", "--limit", "0"], "it must be a whole number from 1 to 10,000"),
        (["a", "--limit", "few"], "invalid int value: 'few'"),
        (["x" * 501], "501 characters long; 500 are allowed"),
        ([], "the following arguments are required: WORD"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_2(arguments: list[str], needle: str) -> None:
    done = rltkg("find", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("rltkg: ")
    assert done.stderr.count("\n") == 1
    assert needle in done.stderr


@pytest.mark.parametrize("words", ['lymphoma" OR 1=1 --', "label:lymphoma*", "NEAR(lymphoma", "\u202elymphoma"])
def test_hostile_words_are_words(words: str) -> None:
    done = rltkg("find", words, "--format", "csv", "--limit", "3")

    assert done.returncode == 0
    assert "lymphoma" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    done = rltkg("find", "lymphoma", "--limit", "1")

    assert done.returncode == 0
    assert "  lymphoma  (lymphoma)" in done.stdout
    assert done.stderr.count("\n") == 2


def test_a_users_own_file_is_searched_too(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "<http://example.org/x> a <https://w3id.org/rltkg/ontology/Actor> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "Zyxwv Institute" .',
        encoding="utf-8",
    )

    assert "Zyxwv Institute" in rltkg("find", "zyxwv", "--with", str(own)).stdout
    assert "Zyxwv" not in rltkg("find", "institute").stdout
