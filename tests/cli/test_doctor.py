"""`rltkg doctor` as a user runs it: the table, the exit status, JSON, and what is said where nothing answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import rltkg
from tests.endpoint.doctor.asking import READ, WRITTEN, pretended
from tests.endpoint.doctor.pretending import Pretend
from tests.servers.bad import answer, bad_server
from tests.servers.base import HOST, free_port

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.base import Server


def test_oxigraph_is_fit(oxigraph: Server) -> None:
    address = f"{oxigraph.base}/query"
    done = rltkg("doctor", address, "--write")

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"{address}: Oxigraph/")
    assert lines[2].split() == ["area", "what", "what", "was", "seen"]
    assert max(map(len, lines)) <= 120
    assert [line.split()[:2] for line in lines if line.startswith("rltkg ")] == [
        ["rltkg", verb] for verb in ("ask", "sparql", "load", "verify")
    ]  # fmt: skip
    assert lines[-3:] == [
        f"    rltkg load {address}", f"    rltkg verify {address}",
        f"    rltkg --store {address} ask guidelines_omitting_rlt",
    ]  # fmt: skip


def test_json_holds_what_the_table_holds(oxigraph: Server, tmp_path: Path) -> None:
    place = tmp_path / "found.json"
    done = rltkg("doctor", f"{oxigraph.base}/query", "--write", "-o", str(place))

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"48 findings, written to {place}\n"
    found = json.loads(place.read_text(encoding="utf-8"))
    assert {each["name"] for each in found["findings"]} == {*READ, *WRITTEN}
    assert (found["dialect"], found["written"], found["missing"]) == ("oxigraph", True, [])
    assert found["addresses"] == {
        "query": f"{oxigraph.base}/query", "update": f"{oxigraph.base}/update",
        "graph_store": f"{oxigraph.base}/store",
    }  # fmt: skip
    assert found["verbs"]["load"] == {"state": "works", "because": []}


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pretended(Pretend(forbids={"GET /update": 403}), tmp_path, monkeypatch):
        done = rltkg("doctor", "lab")

    assert done.returncode == 1
    assert done.stderr == "lab lacks what `ask` or `load` need: update address\n"
    assert "To be mended first:\n  - update address: ask whoever runs it for the right to write" in done.stdout


def test_credentials_that_the_target_lacks_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    with pretended(Pretend(forbids={"GET /update": 401}), tmp_path, monkeypatch):
        done = rltkg("doctor", "lab")

    assert done.returncode == 1
    start = done.stdout.index("    [targets.lab.credentials]\n")
    assert done.stdout[start:].startswith(
        '    [targets.lab.credentials]\n    scheme = "basic"\n    user_variable = "STORE_USER"\n'
        '    password_variable = "STORE_PASSWORD"\n\nThen:\n\n    export STORE_USER=...\n'
    )
    assert "    rltkg load lab\n" in done.stdout


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (
            answer(b"<html>Welcome</html>", kind="text/html"),
            "answers with a page of HTML, not with SPARQL JSON results",
        ),
        (answer(b"", 500, ""), "refused the query (500 Internal Server Error)"),
        (answer(b'{"head":{}', length=90), "is not whole (80 bytes are missing)"),
        (answer(b"{}"), "but with no SPARQL results"),
        (answer(b"", 401, "", [("WWW-Authenticate", "Basic realm=x")]), "asks who you are (basic)"),
    ],
)
def test_no_endpoint_is_one_sentence(reply: object, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    with bad_server(reply) as server:  # type: ignore[arg-type]
        done = rltkg("doctor", server.address, "--write")
        asked = list(server.asked)

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert {each.method for each in asked} == {"GET"}


def test_nobody_there_and_no_such_target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    nobody = rltkg("doctor", f"http://{HOST}:{free_port()}/sparql")
    unknown = rltkg("doctor", "nowhere")

    assert (nobody.returncode, unknown.returncode) == (3, 2)
    assert "(connection refused)" in nobody.stderr
    assert unknown.stderr.startswith("rltkg: There is no target 'nowhere'")


def test_targets_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pretended(Pretend(), tmp_path, monkeypatch):
        assert rltkg("__complete", "doctor", "la").stdout == "lab\n"
    assert rltkg("__complete", "doctor", "--wr").stdout == "--write\n"
