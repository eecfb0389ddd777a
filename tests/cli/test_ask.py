"""`rltkg ask` and `rltkg queries`, as processes: what they print, where, and how they end."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import ROOT, rltkg

if TYPE_CHECKING:
    from pathlib import Path


def test_the_answer_is_on_stdout_and_the_count_on_stderr() -> None:
    done = rltkg("ask", "guidelines_omitting_rlt")

    assert done.returncode == 0
    assert done.stdout.startswith("Guidelines that omit radioligand therapy\n\n")
    assert done.stdout.count("no reason") == 2
    assert done.stderr.startswith("5 rows in 0.")
    assert max(map(len, done.stdout.splitlines())) <= 120


def test_formats_hold_the_same_rows() -> None:
    csv_rows = list(csv.DictReader(io.StringIO(rltkg("ask", "guidelines_omitting_rlt", "--format", "csv").stdout)))
    found = json.loads(rltkg("ask", "guidelines_omitting_rlt", "--format=json").stdout)["results"]["bindings"]
    md_lines = rltkg("ask", "guidelines_omitting_rlt", "--format", "md").stdout.splitlines()

    assert [row["guideline"] for row in csv_rows] == [row["guideline"]["value"] for row in found]
    assert len(csv_rows) == 5
    assert md_lines[0] == "**Guidelines that omit radioligand therapy**"
    assert len([line for line in md_lines if line.startswith("| ")]) == 5 + 2


@pytest.mark.parametrize(
    ("arguments", "status", "needles"),
    [
        (["ask", "guidelines_omitting_rlt", "--indication", "lymphona"], 2, ["did you mean 'lymphoma'?"]),
        (["ask", "guidelines_omitting_rlt", "--indicaton", "x"], 2, ["unknown option '--indicaton'", "'--indication'"]),
        (["ask", "guidelines_omitting_rlt", "--indication"], 2, ["expected one argument"]),
        (["ask", "guidelines_omitting_rlt", "--format", "xml"], 2, ["invalid choice: 'xml'"]),
        (["ask", "guidelines_omitting_rlt", "stray"], 2, ["unknown argument 'stray'"]),
        (["ask", "guidelines"], 2, ["There is no query 'guidelines'", "guideline_positions"]),
        (["ask"], 2, ["say which query"]),
        (["aks"], 2, ["There is no verb 'aks'", "did you mean 'ask'?"]),
        (["queries", "nosuch"], 2, ["There is no query 'nosuch'"]),
        (["queries", "--sparql"], 2, ["say which query"]),
        (["queries", "figures", "--statistic", "target"], 2, ["--sparql only"]),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_2(arguments: list[str], status: int, needles: list[str]) -> None:
    done = rltkg(*arguments)

    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith("rltkg: ")
    assert done.stderr.count("\n") == 1
    assert [] == [needle for needle in needles if needle not in done.stderr]


def test_parameters_repeat_and_may_stand_before_the_id() -> None:
    twice = ["--indication", "lymphoma", "--indication", "prostate cancer"]
    after = rltkg("ask", "guidelines_omitting_rlt", *twice, "--format", "csv")
    before = rltkg("ask", "--format", "csv", *twice, "guidelines_omitting_rlt")

    assert after.stdout.count("\n") == 6
    assert before.stdout == after.stdout


def test_an_empty_answer_explains_itself_and_is_no_error() -> None:
    done = rltkg("ask", "guidelines_omitting_rlt", "--indication", "nen")

    assert done.returncode == 0
    assert "(no rows)" in done.stdout
    assert "without --indication 'neuroendocrine neoplasms' there would be 5" in done.stderr


def test_queries_are_listed_by_topic_and_shown_with_choices() -> None:
    listed, shown = rltkg("queries"), rltkg("queries", "guidelines_omitting_rlt")

    assert "\nguidelines\n" in listed.stdout
    assert "  guidelines_omitting_rlt  " in listed.stdout
    assert "queries. `rltkg queries ID` shows one" in listed.stdout
    assert "Which guidelines leave radioligand therapy out, why, and where is that written?" in shown.stdout
    assert "choices: " in shown.stdout
    assert "prostate-cancer" in shown.stdout
    assert "Default: 2021." in shown.stdout


def test_help_of_a_query_names_its_parameters() -> None:
    done = rltkg("ask", "guidelines_omitting_rlt", "--help")

    assert done.returncode == 0
    assert "--as-at AS_AT" in done.stdout
    assert "example: rltkg ask" in done.stdout
    assert rltkg().returncode == 2
    assert rltkg("--help").stdout == rltkg("help").stdout


def test_the_sparql_of_a_query_runs_in_another_client_on_the_named_graphs() -> None:
    """Without any union of graphs by default, the printed text alone finds the same rows."""
    import pyoxigraph

    from rltkg.corpus import shipped

    text = rltkg("queries", "guidelines_omitting_rlt", "--sparql", "--indication", "lymphoma").stdout
    engine = pyoxigraph.Store()
    for file in shipped().files:
        engine.load(path=str(file.path), format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode(file.graph))
    solutions = engine.query(text)

    assert text.count("\nFROM NAMED <") == len(shipped().graphs)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    assert len(list(solutions)) == 3


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = f"{sys.executable} -m rltkg ask statements --format csv | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)  # noqa: S607 - a shell, for its pipe

    assert done.stdout.startswith("kind,text,")
    assert "Traceback" not in done.stderr


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a folder with a copy of the package and of the release around it."""
    for part in ("rltkg", "ontology", "data", "queries"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_a_broken_data_file_is_named_with_its_line(copied: Path) -> None:
    path = copied / "data" / "things" / "places.ttl"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:12], "thing:oops a rlt:Place ; ; ; rdfs:label ", *lines[12:]]), encoding="utf-8")
    done = rltkg("ask", "guidelines_omitting_rlt", cwd=copied)

    assert (done.returncode, done.stdout) == (2, "")
    assert f"{path}:1" in done.stderr
    assert "Mend the file there" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("path", "needle"),
    [
        ("data/manifest.ttl", "is no release of rltkg"),
        ("ontology/rltkg.ttl", "holds no Turtle file"),
        ("queries/catalogue.json", "compile it with `python -m rltkg.canned`"),
    ],
)
def test_a_missing_file_is_named_with_the_mend(copied: Path, path: str, needle: str) -> None:
    (copied / path).unlink()
    done = rltkg("ask", "guidelines_omitting_rlt", cwd=copied)

    assert done.returncode == 3
    assert needle in done.stderr
    assert "Traceback" not in done.stderr


def test_a_manifest_that_leads_out_of_the_release_is_refused(copied: Path) -> None:
    manifest = copied / "data" / "manifest.ttl"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"data/gov"', '"../../etc"'), encoding="utf-8")
    done = rltkg("ask", "guidelines_omitting_rlt", cwd=copied)

    assert done.returncode == 2
    assert "leads out of the release" in done.stderr
