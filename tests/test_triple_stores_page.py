"""The recipes of docs/triple-stores.md, run as they stand there, against the real programs."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

from rltkg.corpus import shipped
from rltkg.corpus.graphs import GraphLines
from rltkg.endpoint.dialects import DIALECTS
from tests.servers.base import free_port
from tests.servers.oxigraph import binary as oxigraph_binary
from tests.servers.virtuoso import binary as virtuoso_binary
from tests.servers.virtuoso import libraries, virtuoso_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.base import Server

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "triple-stores.md").read_text(encoding="utf-8")
SECTIONS = {text.split("\n", 1)[0]: text for text in PAGE.split("\n## ")[1:]}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| \[([^\]]+)\]\((https?://[^)]+)\) \(not tested\) \| `(\w+)`", re.MULTILINE)
OXIGRAPH, SPARQL, SQL = "127.0.0.1:7878", "127.0.0.1:8890", "127.0.0.1:1111"
PATIENCE = 120


def blocks(section: str, kind: str) -> list[str]:
    return [text for found, text in BLOCK.findall(SECTIONS[section]) if found == kind]


@pytest.fixture(scope="module")
def counts() -> dict[str, int]:
    """Return how many triples each graph has."""
    with GraphLines(shipped().files) as graphs:
        return {graph: lines.digest().triples for graph, lines in graphs.items()}


def counted(output: str) -> dict[str, int]:
    """Return the numbers that stand behind the IRIs of graphs."""
    return {graph: int(number) for graph, number in re.findall(r"^(https://\S+?)[ ,](\d+)\s*$", output, re.MULTILINE)}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which a shell finds `rltkg`, `oxigraph` and `python` of this checkout."""
    place = tmp_path / "bin"
    place.mkdir()
    shim = place / "rltkg"
    shim.write_text(f'#!/bin/sh\nexec {sys.executable} -m rltkg "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    path = os.pathsep.join([str(place), str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "HOME": str(tmp_path)}


def shell(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],  # noqa: S607 - a shell, as a user has
        cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture
def served(tmp_path: Path, environment: dict[str, str]) -> Iterator[int]:
    """Start the server as the page does, on another port; give that."""
    oxigraph_binary()
    port = free_port()
    command = shlex.split(blocks("Oxigraph", "bash")[0].replace(OXIGRAPH, f"127.0.0.1:{port}"))
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D", timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
        try:
            yield port
        finally:
            process.kill()


def test_oxigraph_by_rltkg(served: int, tmp_path: Path, environment: dict[str, str]) -> None:
    recipe = blocks("Oxigraph", "bash")[1].replace(OXIGRAPH, f"127.0.0.1:{served}")
    done = shell(recipe, tmp_path, environment)

    assert "NICE lymphoma" in done.stdout
    assert json.loads((tmp_path / "receipt.json").read_text(encoding="utf-8"))["outcome"] == "same"
    assert "Nothing to do" in shell(recipe, tmp_path, environment).stderr


def test_oxigraph_by_its_own_loader(tmp_path: Path, environment: dict[str, str], counts: dict[str, int]) -> None:
    oxigraph_binary()
    done = shell(blocks("Oxigraph", "bash")[2], tmp_path, environment)

    assert counted(done.stdout) == counts
    assert len(blocks("Oxigraph", "bash")) == 3


def virtuoso_environment(server: Server, folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """Write the configuration as the page has it, and return what its recipes need."""
    config = folder / "config.toml"
    (text,) = blocks("Virtuoso", "toml")
    config.write_text(text.replace(SPARQL, f"127.0.0.1:{server.port}"), encoding="utf-8")
    program = virtuoso_binary()
    found = {**environment, **libraries(program), "RLTKG_CONFIG": str(config), "VIRTUOSO_FOLDER": str(server.folder)}
    user, password = server.secrets.values()
    path = f"{found['PATH']}{os.pathsep}{program.parent}"
    return {**found, "VIRTUOSO_USER": user, "VIRTUOSO_PASSWORD": password, "PATH": path}


def test_virtuoso_by_its_own_loader_and_by_rltkg(tmp_path: Path, environment: dict[str, str]) -> None:
    by_rltkg, by_loader = blocks("Virtuoso", "bash")
    with virtuoso_server(tmp_path / "server") as server:
        found = virtuoso_environment(server, tmp_path, environment)
        settings = (server.folder / "virtuoso.ini").read_text(encoding="utf-8")
        (sql,) = set(re.findall(r"^ServerPort = (\S+)", settings, re.MULTILINE)) - {server.base.removeprefix("http://")}
        by_loader = by_loader.replace(SQL, sql)
        done = shell(by_loader, tmp_path, found)
        assert len(re.findall(r"^https://w3id\.org/rltkg/graph/\w+ .* 0 +0 +\d+ ", done.stdout, re.MULTILINE)) == 10
        assert "all there" in done.stderr

        twice = subprocess.run(
            ["bash", "-c", by_loader.replace("rltkg.nq", "again.nq")],  # noqa: S607
            cwd=tmp_path, env=found, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        assert twice.returncode == 1  # verify, the last command, finds the triples that the page warns of
        ontology = [quad.triple for quad in parse(path=ROOT / "ontology" / "rltkg.ttl", format=RdfFormat.TURTLE)]
        nameless = [
            each for each in ontology if isinstance(each.subject, BlankNode) or isinstance(each.object, BlankNode)
        ]
        held = len(ontology)
        assert re.search(rf"graph/ontology +{held:,} +{held + len(nameless):,} ", twice.stdout)

        mended = shell(by_rltkg, tmp_path, found)

    assert "NICE lymphoma" in mended.stdout
    receipt = json.loads((tmp_path / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["outcome"] in ("same", "rewritten")


@pytest.mark.parametrize("section", ["pyoxigraph", "rdflib"])
def test_libraries(section: str, tmp_path: Path, environment: dict[str, str], counts: dict[str, int]) -> None:
    (script,), (program,) = blocks(section, "bash"), blocks(section, "py")
    shell(script, tmp_path, environment)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        timeout=PATIENCE,
    )  # fmt: skip

    assert (counted(done.stdout), done.stderr) == (counts, "")


def test_every_recipe_is_run_or_marked() -> None:
    run = ("Oxigraph", "Virtuoso", "pyoxigraph", "rdflib")

    assert [name for name in SECTIONS if blocks(name, "bash") or blocks(name, "py")] == list(run)
    assert sum(len(blocks(name, "bash")) for name in run) == 7


def test_dialects_are_those_of_the_table() -> None:
    rows = ROW.findall(SECTIONS["Not tested here"])
    tested = {name for name, each in DIALECTS.items() if each.tested}

    assert tested == {"oxigraph", "virtuoso"}
    assert {dialect for _, _, dialect in rows} == set(DIALECTS) - tested
    assert len(rows) == SECTIONS["Not tested here"].count("\n| ") - 1


def test_the_configuration_that_is_shown_is_what_the_dialect_knows() -> None:
    (text,) = blocks("Virtuoso", "toml")
    table = tomllib.loads(text)["targets"]["virtuoso"]

    assert DIALECTS["virtuoso"].beside(table["query"]) == (table["update"], table["graph_store"])
