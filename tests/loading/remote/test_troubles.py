"""What goes wrong during a load: one sentence, what is left says so, and the next load completes it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rltkg.endpoint import record
from rltkg.endpoint.targets import Target
from rltkg.endpoint.transport import Endpoint
from rltkg.errors import UnavailableError
from rltkg.loading.pace import Pace
from rltkg.loading.remote import load_into
from tests.loading.remote.releases import GRAPH, XSD, held, made, plain, state, verified
from tests.servers.base import Server, running
from tests.servers.oxigraph import Oxigraph, oxigraph_server
from tests.servers.virtuoso import virtuoso_server

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# The limit on the size of a file stands in for a full disk; the server hears of it as an error.
_LIMITED = """
import os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.argv[2], sys.argv[2:])
"""


class Full(Oxigraph):
    """An Oxigraph server whose files may be `limit` bytes long."""

    limit = 300_000

    def command(self) -> list[str]:
        """Return the command that serves the folder, behind the limit."""
        return [sys.executable, "-c", _LIMITED, str(self.limit), *super().command()]


def test_a_full_disk_is_one_sentence_and_the_next_load_completes(tmp_path: Path) -> None:
    release = made(tmp_path / "release", {"one": plain(8000), "two": plain(8000, 9000)})
    with running(Full(tmp_path / "server")) as server, pytest.raises(UnavailableError) as caught:
        load_into(Endpoint(server.target), release, [])
    with oxigraph_server(tmp_path / "server") as server:
        endpoint = Endpoint(server.target)
        there = held(endpoint, release.graphs)
        said = record.read(endpoint)
        load_into(endpoint, release, [])
        completed = held(endpoint, release.graphs)

    assert str(caught.value).startswith("http://127.0.0.1:")
    assert "may hold a part of the release, and its record says so if it does; load again" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert there != state(release)
    assert said is None or not said.complete
    assert completed == state(release)


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_a_server_that_ends_in_the_middle_of_a_graph(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = made(tmp_path / "release", {f"g{number}": plain(3000) for number in range(3)})
    make = oxigraph_server if kind == "oxigraph" else virtuoso_server
    with make(tmp_path / "server") as server:
        sent = Pace.passing

        def ending(self: Pace, pieces: Iterable[bytes]) -> Iterator[bytes]:
            for number, piece in enumerate(sent(self, pieces)):
                yield piece
                if number == 1 and self.name.endswith("g1"):
                    server.kill()

        monkeypatch.setattr(Pace, "passing", ending)
        with pytest.raises(UnavailableError) as caught:
            load_into(Endpoint(server.target), release, [])
        monkeypatch.setattr(Pace, "passing", sent)
        server.start()
        endpoint = Endpoint(server.target)
        said = record.read(endpoint)
        there = held(endpoint, release.graphs)
        before = verified(endpoint, release)
        load_into(endpoint, release, [])

        assert held(endpoint, release.graphs) == state(release)
    assert "load again to complete it" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert said is not None
    assert (said.complete, sorted(said.graphs)) == (False, release.graphs)
    assert there[f"{GRAPH}g0"] == state(release)[f"{GRAPH}g0"]
    assert f"{GRAPH}g2" not in there
    assert (before.outcome, before.fine) == ("incomplete", False)


def test_a_server_that_cuts_long_answers(tmp_path: Path) -> None:
    """Virtuoso as Debian sets it up gives no more than 10,000 triples of a graph, and says nothing of the others."""
    blank = ["<http://e/C> <http://e/p> _:x .", f'_:x <http://e/v> "1.50"^^<{XSD}decimal> .']
    release = made(tmp_path / "release", {"one": [*plain(900), *blank], "two": plain(20)})
    with virtuoso_server(tmp_path / "server", sparql="ResultSetMaxRows = 300") as server:
        endpoint = Endpoint(server.target)
        done = load_into(endpoint, release, [])
        assert sum(piece.count(b"\n") for piece in endpoint.stream_graph(f"{GRAPH}one")) < 400

        assert done.verification is not None
        assert [each.outcome for each in done.verification.checks] == ["rewritten", "same"]
        assert done.verification.checks[0].found.triples == 902
        assert load_into(endpoint, release, []).changed is False
        endpoint.update(f"DELETE WHERE {{ GRAPH <{GRAPH}one> {{ <http://e/000007> ?p ?o }} }}")
        found = verified(endpoint, release)
        assert [(each.lacking, each.surplus) for each in found.checks] == [(2, 0), (0, 0)]


def test_a_server_that_only_reads(tmp_path: Path) -> None:
    release = made(tmp_path / "release", {"one": plain(10)})
    with oxigraph_server(tmp_path / "server"):
        pass  # makes the store that is then only read
    with oxigraph_server(tmp_path / "server", read_only=True) as server, pytest.raises(UnavailableError) as caught:
        load_into(Endpoint(server.target), release, [])

    assert "may be read-only" in str(caught.value) or "is read-only" in str(caught.value)
    assert str(caught.value).endswith("Nothing was changed")


def test_a_wrong_password(virtuoso: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = made(tmp_path / "release", {"one": plain(10)})
    asked = Endpoint(virtuoso.target)
    monkeypatch.setenv("RLTKG_TEST_PASSWORD", "wrong")
    with pytest.raises(UnavailableError, match="does not take the user and password in RLTKG_TEST_USER and") as caught:
        load_into(asked, release, [])
    assert "wrong" not in str(caught.value)


def test_an_endpoint_that_nobody_can_write_to(oxigraph: Server, tmp_path: Path) -> None:
    """Where no address for updates is known, that is said before anything is changed."""
    release = made(tmp_path / "release", {"one": plain(10)})
    target = Target(oxigraph.target.query + "?", name="reader", dialect="fuseki")
    with pytest.raises(UnavailableError, match="Nobody knows where reader takes updates; name the address as `update`"):
        load_into(Endpoint(target), release, [])


def test_a_store_without_the_graph_store_protocol(oxigraph: Server, tmp_path: Path) -> None:
    """Graphs go there by updates, and come back by queries."""
    release = made(
        tmp_path / "release",
        {"one": plain(120), "two": ["<http://e/a> <http://e/p> _:x .", '_:x <http://e/q> "y" .', *plain(3)]},
    )
    full = oxigraph.target
    target = Target(full.query + "?", name="plain", update=full.update)
    endpoint = Endpoint(target)
    endpoint.dialect  # noqa: B018 - learns that it is Oxigraph
    target.dialect, target.graph_store = "sparql11", None
    endpoint = Endpoint(target)
    endpoint.__dict__["dialect"] = __import__("rltkg.endpoint.dialects", fromlist=["DIALECTS"]).DIALECTS["sparql11"]
    done = load_into(endpoint, release, [])

    assert done.verification is not None
    assert done.verification.outcome == "same"
    assert held(Endpoint(full), release.graphs) == state(release)
    assert load_into(endpoint, release, []).changed is False
    for graph in (*release.graphs, record.GRAPH):
        endpoint.update(f"DROP SILENT GRAPH <{graph}>")


def test_two_loads_at_once_are_noticed(oxigraph: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rltkg.loading.remote.apply import Writer

    one, two = made(tmp_path / "one", {"one": plain(10)}), made(tmp_path / "two", {"one": plain(12)})
    endpoint = Endpoint(oxigraph.target)
    carried = Writer.carry_out

    def meanwhile(self: Writer, plan: object) -> None:
        carried(self, plan)  # type: ignore[arg-type]
        monkeypatch.setattr(Writer, "carry_out", carried)
        load_into(Endpoint(oxigraph.target), two, [])

    monkeypatch.setattr(Writer, "carry_out", meanwhile)
    with pytest.raises(UnavailableError, match="Another load into server began while this one ran"):
        load_into(endpoint, one, [])
    load_into(endpoint, one, [])

    assert held(endpoint, one.graphs) == state(one)
    for graph in (*one.graphs, record.GRAPH):
        endpoint.update(f"DROP SILENT GRAPH <{graph}>")


def test_the_command_tells_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rltkg", "verify", "http://127.0.0.1:9/query"],
        capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path.parent,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("rltkg: Nothing answers at http://127.0.0.1:9/query (connection refused); ")
    assert done.stderr.count("\n") == 1
