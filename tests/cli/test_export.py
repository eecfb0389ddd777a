"""`rltkg export` as a user runs it."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from rltkg.corpus import shipped
from rltkg.corpus.graphs import GraphLines
from tests.cli.running import ROOT, rltkg

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def told() -> str:
    """Return how many triples and graphs the release has, as the verb says it."""
    with GraphLines(shipped().files) as graphs:
        return f"{sum(lines.digest().triples for lines in graphs.values()):,} triples in {len(graphs)} graphs"


def run(*arguments: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "rltkg", "export", *arguments],
        capture_output=True, check=False, cwd=cwd, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), **more},
    )  # fmt: skip


def test_n_quads_go_to_stdout(told: str, tmp_path: Path) -> None:
    done = run(cwd=tmp_path)
    lines = done.stdout.splitlines()

    assert (done.returncode, done.stderr.decode()) == (0, f"{told}\n")
    assert f"{len(lines):,} triples in 10 graphs" == told
    assert lines == sorted(set(lines))
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_tells_the_format(told: str, tmp_path: Path) -> None:
    for name, start in (("a.trig", b"@prefix"), ("a.jsonld", b'{"@context"'), ("a.nq", b"<http://")):
        done = run("-o", name, cwd=tmp_path)
        assert (done.returncode, done.stderr.decode()) == (0, f"{told}, written to {name}\n")
        assert (tmp_path / name).read_bytes().startswith(start)


def test_gz_compresses(tmp_path: Path) -> None:
    run("-o", "a.nq.gz", cwd=tmp_path)
    run("--gzip", "--format", "nq", "-o", "b", cwd=tmp_path)
    packed = run("--gzip", cwd=tmp_path).stdout

    assert (tmp_path / "a.nq.gz").read_bytes() == (tmp_path / "b").read_bytes() == packed
    assert gzip.decompress(packed) == run(cwd=tmp_path).stdout


def test_turtle_is_a_folder_with_a_file_for_each_graph(told: str, tmp_path: Path) -> None:
    done = run("--format", "ttl", "-o", "turtle", cwd=tmp_path)
    names = sorted(each.name for each in (tmp_path / "turtle").iterdir())
    sums = subprocess.run(
        ["sha256sum", "--quiet", "-c", "SHA256SUMS"],  # noqa: S607 - as a user has it
        cwd=tmp_path / "turtle", capture_output=True, text=True, check=False,
    )  # fmt: skip

    rows = [line.split() for line in done.stdout.decode().splitlines()]

    with GraphLines(shipped().files) as graphs:
        assert [(sha, int(number.replace(",", "")), graph) for sha, number, graph in rows] == [
            (*lines.digest(), graph) for graph, lines in graphs.items()
        ]
    assert done.stderr.decode().startswith(f"{told}, written to turtle: 13 files, ")
    assert names == sorted(
        ["SHA256SUMS", "dataset.jsonld", "dataset.ttl", *(f"{each.rsplit('/', 1)[1]}.ttl" for each in shipped().graphs)]
    )
    assert (sums.returncode, sums.stdout) == (0, "")
    assert not [path for path in tmp_path.iterdir() if path.name != "turtle"]


def test_several_formats_and_another_time(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert run("--format", "nt", "--format", "nq", "-o", "out", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out" / "gov.nt").exists()
    assert run("--format", "nq", "--gzip", "-o", "out", cwd=tmp_path).returncode == 0

    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "SHA256SUMS", "dataset.jsonld", "dataset.ttl", "rltkg.nq.gz",
    ]  # fmt: skip


def test_one_graph_goes_to_stdout_and_its_digest_is_that_of_the_description(tmp_path: Path) -> None:
    done = run("--graph", "gov", "--format", "nt", cwd=tmp_path)
    (tmp_path / "gov.nt").write_bytes(done.stdout)
    told = run("--description", cwd=tmp_path).stdout.decode()
    digest = subprocess.run(
        ["sh", "-c", "LC_ALL=C sort -u gov.nt | sha256sum"],  # noqa: S607 - as the help says it
        cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout.split()[0]  # fmt: skip

    assert "<https://w3id.org/rltkg/dataset/0.1.0/graph/gov/sha256> a spdx:Checksum" in told
    assert f'"{digest}"^^xsd:hexBinary' in told
    assert done.stderr.decode() == f"{len(done.stdout.splitlines()):,} triples in 1 graph\n"


def test_the_description_alone(tmp_path: Path) -> None:
    ttl, jsonld = run("--description", cwd=tmp_path), run("--description", "-o", "d.jsonld", cwd=tmp_path)

    assert ttl.stderr.startswith(b"description of ")
    assert jsonld.stderr.endswith(b"written to d.jsonld\n")
    assert set(ox.parse(ttl.stdout, format=ox.RdfFormat.TURTLE)) == set(ox.parse(path=str(tmp_path / "d.jsonld")))


def test_a_store_on_disk_and_the_variable(stored: Path, tmp_path: Path) -> None:
    plain = run(cwd=tmp_path).stdout

    assert run("--store", str(stored), cwd=tmp_path).stdout == plain
    assert run(cwd=tmp_path, RLTKG_STORE=str(stored)).stdout == plain
    manifest = rltkg("--store", str(stored), "export", "--graph", "manifest").stdout
    assert set(manifest.encode().splitlines()) < set(plain.splitlines())
    assert run("--release", str(ROOT), cwd=tmp_path, RLTKG_STORE="nowhere").stdout == plain


def test_own_files_lie_beside_the_release(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text("<http://e/a> <http://e/p> 01 .", encoding="utf-8")
    done = run("--with", "own.ttl", "--graph", "own.ttl", cwd=tmp_path)
    graph = (tmp_path / "own.ttl").as_uri()

    assert done.stdout.decode() == (
        f'<http://e/a> <http://e/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> <{graph}> .\n'
    )


@pytest.mark.parametrize(
    ("arguments", "status", "needle"),
    [
        (["--format", "ttl"], 2, "Turtle names no graphs, so each of the 10 needs a file of its own"),
        (["--format", "nt", "-o", "a.nt"], 2, "name a folder with -o FOLDER/, or one graph with --graph NAME"),
        (["--format", "nq", "--format", "trig"], 2, "Several formats need a folder"),
        (["--format", "rdfxml"], 2, "invalid choice: 'rdfxml'"),
        (["-o", "a.xyz"], 2, "the suffix tells none of the formats nq, trig, ttl, nt, jsonld"),
        (["-o", "no/where/"], 2, "There is no folder"),
        (["-o", "file/"], 2, "is a file; name a folder"),
        (["-o", "/dev/full"], 3, "No space left on device); make room"),
        (["--graph", "gvo"], 2, "There is no graph 'gvo'; did you mean 'gov'"),
        (["--description", "--format", "nt"], 2, "A description is written as ttl or jsonld"),
        (["--description", "-o", "here/"], 2, "A folder has its description anyway"),
        (["--store", "nowhere"], 2, "There is no folder nowhere"),
        (["--store", "a", "--release", "b"], 2, "both say what to export; give one"),
        (["--with", "broken.ttl"], 2, "broken.ttl:1:"),
        (["--grpah", "gov"], 2, "did you mean '--graph'"),
    ],
)
def test_a_mistake_is_one_sentence(arguments: list[str], status: int, needle: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "broken.ttl").write_text("<http://e/a> <http", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    done = run(*arguments, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (status, b"")
    assert done.stderr.startswith(b"rltkg: ")
    assert needle in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_a_reader_that_goes_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m rltkg export | head -1"],  # noqa: S607 - a shell, as a user has
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def test_completion_knows_the_verb() -> None:
    assert rltkg("__complete", "exp").stdout == "export\n"
    assert rltkg("__complete", "export", "--format", "n").stdout == "nq\nnt\n"
