"""`rltkg verify`: stores on disk and endpoints, what it prints, its receipt, its exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg.corpus import shipped
from rltkg.corpus.stored import MARKER
from rltkg.endpoint import record
from rltkg.endpoint.transport import Endpoint
from rltkg.store.disk import current
from tests.cli.running import ROOT, rltkg
from tests.loading.remote.releases import GRAPH, LABEL, XSD, cleared, made, plain, state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.base import Server


@pytest.fixture
def asked(oxigraph: Server) -> Iterator[Endpoint]:
    """Give an endpoint without anything of ours, which the command knows as `server`."""
    endpoint = Endpoint(oxigraph.target)
    cleared(endpoint)
    yield endpoint
    cleared(endpoint)


def run(server: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the configuration that names the server."""
    return subprocess.run(
        [sys.executable, "-m", "rltkg", *arguments], capture_output=True, text=True, check=False, cwd=ROOT, timeout=120,
        env={**os.environ, **server.environment, "PYTHONPATH": str(ROOT), "COLUMNS": "120"},
    )  # fmt: skip


def changed(store: Path, *lines: str) -> None:
    """Write triples into a store on disk behind its back, and make its marker say that nothing happened."""
    engine = pyoxigraph.Store(str(store))
    engine.extend(pyoxigraph.parse("\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS))
    engine.flush()
    del engine
    marker = json.loads((store / MARKER).read_text(encoding="utf-8"))
    (store / MARKER).write_text(json.dumps({**marker, "current": current(store)}), encoding="utf-8")


def test_a_store_on_disk_holds_the_release(stored: Path, tmp_path: Path) -> None:
    done = rltkg("verify", str(stored), "--receipt", str(tmp_path / "receipt.json"))
    receipt = json.loads((tmp_path / "receipt.json").read_text(encoding="utf-8"))
    release = shipped()

    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["graph", *release.graphs]
    assert all(line.endswith("  same") for line in done.stdout.splitlines()[1:])
    assert done.stderr.startswith(f"release 0.1.0, digest {release.digest[:12]}, ")
    assert ": all there, every digest equal (" in done.stderr
    assert receipt["receipt"] == "rltkg receipt 1"
    assert receipt["release"] == {"version": "0.1.0", "digest": release.digest}
    assert receipt["target"] == {
        "name": str(stored),
        "address": str(stored.resolve()),
        "dialect": "rltkg store on disk",
    }
    assert receipt["outcome"] == "same"
    assert {graph: each["store"]["sha256"] for graph, each in receipt["graphs"].items()} == state(release)
    assert [path.name for path in tmp_path.iterdir()] == ["receipt.json"]


def test_a_store_on_disk_that_was_changed(stored: Path, tmp_path: Path) -> None:
    store = Path(shutil.copytree(stored, tmp_path / "store"))
    changed(store, f'<http://e/a> <{LABEL}> "strange \\u001b[31m" <{GRAPH}gov> .')
    done = rltkg("verify", str(store))

    assert done.returncode == 1
    (row,) = [line for line in done.stdout.splitlines() if line.startswith(f"{GRAPH}gov  ")]
    assert row.split()[3:] == ["0", "1", "0", "differs"]
    assert f'added    <http://e/a> <{LABEL}> "strange \\u001B[31m" .' in done.stdout
    assert "triples instead of" in done.stdout
    assert "NOT as it should be; `rltkg load` mends it" in done.stderr


def test_what_the_engine_rewrites_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(f'<http://e/a> <http://e/p> "1.50"^^<{XSD}decimal>, "01"^^<{XSD}integer> .', encoding="utf-8")
    assert rltkg("load", str(tmp_path / "store"), "--with", str(own)).returncode == 0
    with_it = rltkg("verify", str(tmp_path / "store"), "--with", str(own))
    without = rltkg("verify", str(tmp_path / "store"))

    assert (with_it.returncode, without.returncode) == (0, 0)
    assert (
        f'rewritten, the value is the same: 1 x xsd:decimal in another form, such as "1.50"^^<{XSD}decimal> as '
        f'"1.5"^^<{XSD}decimal>'
    ) in with_it.stdout
    assert "all there; the store writes some literals in another form, their values are the same" in with_it.stderr


def test_load_again_verify_and_repair(oxigraph: Server, asked: Endpoint, tmp_path: Path) -> None:
    release = made(tmp_path / "release", {"one": plain(60), "two": plain(20, 500)})
    place = ("--release", str(release.root))
    dry = run(oxigraph, "load", "server", *place, "--dry-run")
    first = run(oxigraph, "load", "server", *place, "--receipt", str(tmp_path / "receipt.json"))
    again = run(oxigraph, "load", "server", *place)

    assert [each.returncode for each in (dry, first, again)] == [0, 0, 0], first.stderr
    assert dry.stdout == first.stdout
    assert dry.stdout.splitlines() == [
        "graph                             add  remove",
        "https://w3id.org/rltkg/graph/one   60       0  new",
        "https://w3id.org/rltkg/graph/two   20       0  new",
    ]
    assert dry.stderr.startswith("Nothing was changed: 80 triples would be added to server, 0 removed (release folder ")
    assert first.stderr.splitlines()[0].startswith("80 triples added, 0 removed, 80 now in server, in ")
    assert "Read back: every digest equal" in first.stderr
    assert again.stderr.startswith("Nothing to do: server holds release folder release, digest ")
    receipt = json.loads((tmp_path / "receipt.json").read_text(encoding="utf-8"))
    assert receipt["target"] == {"name": "server", "address": f"{oxigraph.base}/query", "dialect": "oxigraph"}
    assert (receipt["outcome"], receipt["record"]["state"]) == ("same", "complete")

    asked.update(f'INSERT DATA {{ GRAPH <{GRAPH}two> {{ <http://e/x> <{LABEL}> "x" }} }}')
    asked.update(f'INSERT DATA {{ GRAPH <{record.GRAPH}> {{ <{record.GRAPH}> <{record.TERMS}state> "incomplete" }} }}')
    unfinished = run(oxigraph, "verify", "server", *place, "--receipt", str(tmp_path / "receipt.json"))
    assert (unfinished.returncode, unfinished.stdout) == (1, "")
    assert unfinished.stderr.startswith("The last load into server did not end (it began at 20")
    assert unfinished.stderr.endswith("`rltkg load` repairs it\n")
    assert json.loads((tmp_path / "receipt.json").read_text(encoding="utf-8"))["outcome"] == "incomplete"

    repaired = run(oxigraph, "load", "server", *place)
    assert repaired.returncode == 0
    assert "An earlier load into server did not end\n" in repaired.stderr
    assert "0 triples added, 1 removed, 80 now in server" in repaired.stderr
    done = run(oxigraph, "verify", "server", *place)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)


def test_another_release_than_is_there(oxigraph: Server, asked: Endpoint, tmp_path: Path) -> None:
    one, two = made(tmp_path / "one", {"one": plain(60)}), made(tmp_path / "two", {"one": plain(59)})
    assert run(oxigraph, "load", "server", "--release", str(one.root)).returncode == 0
    done = run(oxigraph, "verify", "server", "--release", str(two.root))

    assert done.returncode == 1
    assert (
        f"server says that it holds release folder one (digest {one.digest[:12]}); it was compared with" in done.stderr
    )
    assert "added  " in done.stdout
    assert held_version(asked) == "folder one"


def held_version(endpoint: Endpoint) -> str:
    """Return the version that the record names."""
    said = record.read(endpoint)
    assert said is not None
    return said.version


@pytest.mark.parametrize(
    ("arguments", "status", "needle"),
    [
        (["verify"], 2, "the following arguments are required: TARGET"),
        (["verify", "nowhere"], 2, "There is no folder nowhere"),
        (["verify", str(ROOT / "data")], 2, "is a folder of files, no store"),
        (["verify", "http://127.0.0.1:9/sparql"], 3, "Nothing answers at http://127.0.0.1:9/sparql"),
        (["verify", "http://me:secret@127.0.0.1:9/"], 2, "has a user or password in it; take it out"),
        (["verify", "STORE", "--receipt", "no/where/r.json"], 2, "There is no folder no/where for the receipt"),
        (["verify", "STORE", "--with", "nowhere.ttl"], 2, "There is no file nowhere.ttl"),
    ],
)
def test_a_mistake_is_one_sentence(
    arguments: list[str], status: int, needle: str, stored: Path, tmp_path: Path
) -> None:
    given = [str(stored) if each == "STORE" else each for each in arguments]
    done = subprocess.run(
        [sys.executable, "-m", "rltkg", *given], capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith("rltkg: ")
    assert needle in done.stderr
    assert "secret" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_completion_knows_the_verb_and_the_targets(oxigraph: Server) -> None:
    assert run(oxigraph, "__complete", "ver").stdout == "verify\n"
    assert run(oxigraph, "__complete", "verify", "").stdout == "server\n"
    assert run(oxigraph, "__complete", "load", "ser").stdout == "server\n"
    assert sorted(run(oxigraph, "__complete", "verify", "--").stdout.split()) == [
        "--help", "--inferred", "--receipt", "--release", "--with"
    ]  # fmt: skip
