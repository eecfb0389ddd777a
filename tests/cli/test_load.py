"""`rltkg load`, and every verb on the store that it makes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from rltkg.corpus import shipped
from rltkg.corpus.stored import MARKER
from tests.cli.running import ROOT, rltkg

ASK = ("ask", "guidelines_omitting_rlt", "--format", "csv")


def test_it_tells_what_it_loaded(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text("<http://e/a> <http://e/b> <http://e/c> .", encoding="utf-8")
    done = rltkg("load", str(tmp_path / "store"), "--with", str(own))
    rows = {graph: count for count, graph in (line.split("  ") for line in map(str.strip, done.stdout.splitlines()))}
    marker = json.loads((tmp_path / "store" / MARKER).read_text(encoding="utf-8"))

    assert done.returncode == 0
    assert rows == {graph: f"{count:,}" for graph, count in marker["graphs"].items()}
    assert rows[own.as_uri()] == "1"
    assert done.stderr.startswith(
        f"{marker['triples']:,} triples in {len(rows)} graphs loaded into {tmp_path}/store in "
    )
    assert done.stderr.endswith(f" a second): release 0.1.0, digest {shipped().digest[:12]}\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "verb",
    [
        ASK,
        ("ask", "guidelines_omitting_rlt", "--indication", "nen", "--explain"),
        ("ask", "figures", "--labels", "--format", "jsonl"),
        ("sparql", "SELECT ?g ?y { ?g rlt:publicationYear ?y } ORDER BY ?g ?y LIMIT 5", "--format", "tsv"),
        ("sparql", "ASK { thing:lymphoma a rlt:Indication }"),
        ("find", "lymphoma", "guidelines", "--limit", "5"),
        ("describe", "nice-lymphoma-guideline-2016"),
        ("queries",),
        ("queries", "guidelines_omitting_rlt"),
        ("queries", "guidelines_omitting_rlt", "--sparql", "--indication", "lymphoma"),
        ("cite",),
        ("--version",),
        ("__complete", "ask", "guidelines_omitting_rlt", "--indication", "ly"),
    ],
)
def test_every_verb_says_the_same_on_disk(verb: tuple[str, ...], stored: Path) -> None:
    memory = rltkg(*verb)
    environment = {**os.environ, "RLTKG_STORE": str(stored), "PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    disk = subprocess.run(
        [sys.executable, "-m", "rltkg", *verb], capture_output=True, text=True, check=False, cwd=ROOT, env=environment,
        timeout=60,
    )  # fmt: skip

    assert (disk.returncode, memory.returncode) == (0, 0), disk.stderr
    assert disk.stdout == memory.stdout
    assert disk.stdout.strip()


def test_version_and_citation_are_those_of_the_store(stored: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(stored, tmp_path / "store"))
    marker = json.loads((store / MARKER).read_text(encoding="utf-8"))
    (store / MARKER).write_text(json.dumps({**marker, "version": "0.0.9", "digest": "ab" * 32}), encoding="utf-8")

    assert rltkg("--store", str(store), "--version").stdout == "rltkg 0.1.0 (release 0.0.9, abababababab)\n"
    assert "release digest abababababab" in rltkg("--store", str(store), "cite").stdout
    assert "ab" * 32 in rltkg("cite", "--format", "bibtex", "--store", str(store)).stdout
    assert rltkg("--version").stdout == f"rltkg 0.1.0 (release {shipped().digest[:12]})\n"


def test_the_version_is_told_where_the_store_is_not_there() -> None:
    done = rltkg("--store", "nowhere", "--version")

    assert (done.returncode, done.stdout) == (2, "rltkg 0.1.0\n")
    assert "There is no folder nowhere" in done.stderr


def test_what_nobody_published_has_no_citation(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("<http://e/a> <http://e/b> <http://e/c> .", encoding="utf-8")
    done = rltkg("--store", str(tmp_path), "cite")

    assert (done.returncode, done.stdout) == (2, "")
    assert "holds no published release of rltkg" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "needle"),
    [
        (["load"], 2, "the following arguments are required: TARGET"),
        (["load", "a", "b"], 2, "unknown argument 'b'"),
        (["load", "a", "--relase", "b"], 2, "did you mean '--release'?"),
        (["load", "http://127.0.0.1:9/"], 3, "Nothing answers at http://127.0.0.1:9/ (connection refused)"),
        (["load", "s3://bucket/store"], 2, "There is no target 's3://bucket/store'"),
        (["load", "a", "--dry-run"], 2, "--dry-run is for endpoints"),
        (["load", "a", "--receipt", "r.json"], 2, "`rltkg verify FOLDER` proves what is in it"),
        (["load", "a", "--release", "nowhere"], 2, "There is no folder nowhere"),
        (["load", "a", "--with", "nowhere.ttl"], 2, "There is no file nowhere.ttl"),
        (["load", "full"], 2, "full is no store of rltkg: it holds x. Nothing was changed"),
        (["load", "no/where"], 2, "There is no folder"),
        (["--store", "raw", *ASK], 3, "of another program, or of a load that did not finish"),
        (["--store", "store", *ASK, "--with", "x.ttl"], 2, "is only read; make it anew with the file in it"),
        (["--store", "damaged", *ASK], 3, "damaged is damaged (Corruption"),
        (["--store", "damaged", "sparql", "SELECT * { ?s ?p ?o }"], 3, "damaged is damaged (Corruption"),
        (["--store", "form", *ASK], 3, "made by another version of rltkg (form 'rltkg store 0', not 'rltkg store 1')"),
    ],
)
def test_a_mistake_is_one_sentence(
    arguments: list[str], status: int, needle: str, stored: Path, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    (tmp_path / "store").symlink_to(stored)
    pyoxigraph.Store(str(tmp_path / "raw"))
    damaged = Path(shutil.copytree(stored, tmp_path / "damaged"))
    for path in damaged.glob("*.sst"):
        path.write_bytes(path.read_bytes()[:-10])
    form = Path(shutil.copytree(stored, tmp_path / "form"))
    (form / MARKER).write_text('{"form": "rltkg store 0"}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "rltkg", *arguments], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith("rltkg: ")
    assert needle in done.stderr
    assert done.stderr.count("\n") == 1


def test_completion_knows_the_verb() -> None:
    assert rltkg("__complete", "lo").stdout == "load\n"
    assert sorted(rltkg("__complete", "load", "--").stdout.split()) == [
        "--dry-run", "--help", "--inferred", "--no-verify", "--receipt", "--release", "--with"
    ]  # fmt: skip
    assert rltkg("__complete", "load", "").stdout == ""  # folders, which the shell knows
    assert rltkg("__complete", "load", "x", "--release", "").stdout == ""
