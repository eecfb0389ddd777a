"""Servers that answer badly: one clear sentence for each way, exit 3, and never half an answer."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rltkg.endpoint import wire
from tests.endpoint.asking import ASK, endpoint, sentence
from tests.servers.bad import answer, authority, bad_server, chunked, head, raw
from tests.servers.base import HOST, free_port
from tests.servers.oxigraph import oxigraph_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.servers.bad import Asked
    from tests.servers.base import Server

    Reply = Callable[[Asked], Iterable[bytes | None]]

ROOT = Path(__file__).resolve().parents[2]
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://e/1"}}]}}'
TRIPLE = b"<http://e/1> <http://e/p> <http://e/2> .\n"
SELECT, CONSTRUCT = "SELECT ?s { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"
ROWS_TYPE, TRIPLES_TYPE = "application/sparql-results+json", "application/n-triples"
PACKED = gzip.compress(ROWS)

# The way in which an answer is bad, what is answered, and what the sentence must say.
BAD: dict[str, tuple[Reply, str]] = {
    "500": (answer(b"out of order", 500, "text/plain"), "500 Internal Server Error: out of order"),
    "500 in HTML": (answer(b"<html>trace of a stack</html>", 500, "text/html"), "(500 Internal Server Error); look"),
    "400": (answer(b"I do not understand\nline two", 400, "text/plain"), "400 Bad Request: I do not understand); it"),
    "403": (answer(b"", 403, ""), "403 Forbidden); the endpoint may be read-only"),
    "404": (answer(b"<html>", 404, "text/html"), "404 Not Found); there is nothing at this address"),
    "405": (answer(b"", 405, ""), "405 Method Not Allowed); it does not take this kind of request"),
    "406": (answer(b"", 406, ""), "406 Not Acceptable); it has no format that rltkg reads"),
    "413": (answer(b"", 413, ""), "); it takes no more at once"),
    "414": (answer(b"", 414, ""), "); the address is too long for it"),
    "429": (answer(b"", 429, "", [("Retry-After", "1")]), "429 Too Many Requests); it is asked too often"),
    "501": (answer(b"", 501, ""), "501 Not Implemented); it cannot do this"),
    "507": (answer(b"", 507, ""), "507 Insufficient Storage); its disk is full"),
    "a page": (answer(b"<html>Welcome</html>", 200, "text/html; charset=utf-8"), "a page of HTML, not with SPARQL"),
    "XML": (answer(b"<sparql/>", 200, "application/sparql-results+xml"), "in application/sparql-results+xml, not with"),
    "no type": (answer(ROWS, 200, ""), "without saying in what format"),
    "half a body": (answer(ROWS[:40], length=len(ROWS)), "is not whole (50 bytes are missing)"),
    "no body": (answer(b"", length=len(ROWS)), "is not whole (90 bytes are missing)"),
    "empty body": (answer(b""), "is not whole (it is no SPARQL JSON: "),
    "half a body, no length": (answer(ROWS[:40], length=None), "is not whole (it is no SPARQL JSON: "),
    "too much body": (answer(ROWS + b"<html>Error</html>"), "is not whole (it is no SPARQL JSON: "),
    "half of the chunks": (chunked(ROWS[:40], whole=False), "is not whole (the connection ended early)"),
    "chunks without end": (chunked(ROWS, whole=False), "is not whole (the connection ended early)"),
    "whole chunks, half an answer": (chunked(ROWS[:40]), "is not whole (it is no SPARQL JSON: "),
    "an error after the rows": (answer(ROWS[:-2] + b"Virtuoso S1T00 Error"), "is not whole (it is no SPARQL JSON: "),
    "another JSON": (answer(b'{"error": "no"}'), "is not whole (it is no SPARQL JSON: "),
    "a partial answer": (
        answer(ROWS, headers=[("X-SQL-State", "S1TAT"), ("X-SQL-Message", "RC...: Returning incomplete results")]),
        "is not whole (X-SQL-State: S1TAT; RC...: Returning incomplete results)",
    ),
    "a capped answer": (answer(ROWS, headers=[("X-SPARQL-MaxRows", "10000")]), "is not whole (X-SPARQL-MaxRows: 10000"),
    "half of a packed body": (
        answer(PACKED[:-10], headers=[("Content-Encoding", "gzip")]), "is not whole (the packed content ends early)",
    ),
    "no packed body": (
        answer(ROWS, headers=[("Content-Encoding", "gzip")]), "is not whole (it cannot be unpacked: ",
    ),
    "packed in another way": (answer(b"x", headers=[("Content-Encoding", "br")]), "it is packed as br, which nobody"),
    "nothing": (raw(), "closed the connection without an answer"),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "does not speak HTTP"),
    "a head only": (raw(b"HTTP/1.1 200 OK\r\nContent-Type: "), "in text/plain, not with SPARQL"),
    "a move to nowhere": (answer(b"", 302, "", [("Location", "mailto:somebody")]), "has moved, but to no address"),
    "a move with a password": (
        answer(b"", 302, "", [("Location", "http://user:hunter2@e/")]), "has a user or password in it",
    ),
    "a move in a circle": (answer(b"", 302, "", [("Location", "/sparql")]), "leads from one address to the next"),
    "a type with control characters": (answer(b"", 500, "text/plain\x1b[2J"), "500 Internal Server Error"),
}  # fmt: skip


@pytest.mark.parametrize("way", BAD)
def test_a_bad_answer_is_one_sentence(way: str) -> None:
    reply, due = BAD[way]
    with bad_server(reply) as server:
        told = sentence(lambda: endpoint(server.address).select(SELECT))

    assert due in told
    assert server.address in told
    assert told.isprintable()


def test_there_are_as_many_ways_as_are_counted() -> None:
    assert len(BAD) == 37


@pytest.mark.parametrize(
    ("reply", "due"),
    [
        (answer(TRIPLE[:-9], kind=TRIPLES_TYPE), "it is no N-Triples"),
        (answer(TRIPLE, kind=TRIPLES_TYPE, length=len(TRIPLE) + 1), "1 bytes are missing"),
        # Nobody could tell that a line is missing at its end.
        (answer(TRIPLE, kind=TRIPLES_TYPE, length=None), "it does not tell where it ends"),
        (chunked(TRIPLE, kind=TRIPLES_TYPE, whole=False), "the connection ended early"),
        (answer(b"<html>", kind="text/html"), "a page of HTML, not with N-Triples"),
    ],
)
def test_a_graph_is_whole_or_none(reply: Reply, due: str) -> None:
    with bad_server(reply) as server:
        asked = endpoint(server.address, graph_store=server.address)
        told = sentence(lambda: asked.construct(CONSTRUCT))
        streamed = sentence(lambda: list(asked.stream_graph("http://e/g")) or asked.construct(CONSTRUCT))

    assert due in told
    assert due in streamed


def test_a_server_that_hangs_is_given_up() -> None:
    with bad_server(raw(None)) as server:
        told = sentence(lambda: endpoint(server.address, timeout=0.3).select(ASK))

    assert told.startswith(f"{server.address} did not answer within 0.3 s")


def test_a_server_that_hangs_in_the_middle_is_given_up() -> None:
    with bad_server(raw(head(200, [("Content-Type", ROWS_TYPE), ("Content-Length", "90")]), ROWS[:9], None)) as server:
        told = sentence(lambda: endpoint(server.address, timeout=0.3).select(ASK))

    assert "did not answer within 0.3 s" in told


def test_an_answer_that_drips_is_given_up() -> None:
    def drip(_: Asked) -> Iterable[bytes | None]:
        yield head(200, [("Content-Type", ROWS_TYPE), ("Content-Length", "100000")])
        for _each in range(200):
            time.sleep(0.05)
            yield b" "

    with bad_server(drip) as server:
        told = sentence(lambda: endpoint(server.address, timeout=0.4).select(ASK))

    assert "did not answer within 0.4 s" in told


def test_an_answer_that_is_too_long_is_not_taken() -> None:
    many = b",".join([b'{"s":{"type":"uri","value":"http://e/1"}}'] * 20_000)
    with bad_server(answer(b'{"head":{"vars":["s"]},"results":{"bindings":[%s]}}' % many)) as server:
        told = sentence(lambda: endpoint(server.address).select(SELECT, largest=1 << 19))

    assert "is longer than 0 MiB" in told or "nothing of it was taken" in told


def test_a_packed_answer_that_unpacks_to_too_much_is_not_taken() -> None:
    bomb = gzip.compress(b'{"head":{"vars":["s"]},"results":{"bindings":[' + b" " * (1 << 20) + b"]}}")
    rows = gzip.compress(b'{"head":{"vars":["s"]},"results":{"bindings":[%s{}]}}' % (b"{}," * 900_000))
    with bad_server(*(answer(each, headers=[("Content-Encoding", "gzip")]) for each in (bomb, rows))) as server:
        asked = endpoint(server.address, timeout=30.0)
        assert asked.select(SELECT) == b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
        told = sentence(lambda: asked.select(SELECT, largest=1 << 20))

    assert "is longer than 1 MiB" in told


def test_nobody_listens() -> None:
    address = f"http://{HOST}:{free_port()}/sparql"

    assert sentence(lambda: endpoint(address).select(ASK)).startswith(
        f"Nothing answers at {address} (connection refused)"
    )


def test_no_such_host() -> None:
    told = sentence(lambda: endpoint("http://nowhere.invalid/sparql").select(ASK))

    assert told.startswith("The host of http://nowhere.invalid/sparql is not known") or "refused" in told


def test_an_unknown_certificate_is_refused_and_a_named_one_taken(tmp_path: Path) -> None:
    authority().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with bad_server(answer(), encrypted=True) as server:
        told = sentence(lambda: endpoint(server.address).select(ASK))
        taken = endpoint(server.address, ca_file=str(tmp_path / "ca.pem")).select(ASK)
        other = server.address.replace(HOST, "localhost.localdomain")

    assert f"The certificate of {server.address} is not trusted (" in told
    assert "ca_file" in told
    assert taken == b'{"head":{},"boolean":true}'
    assert other


def test_certificates_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nonsense")
    with bad_server(answer(), encrypted=True) as server:
        for name in ("ca.pem", "absent.pem"):
            told = sentence(lambda name=name: endpoint(server.address, ca_file=str(tmp_path / name)).select(ASK))  # type: ignore[misc]

            assert f"The certificates in {tmp_path / name} cannot be read" in told


def test_https_where_http_is_spoken() -> None:
    with bad_server(raw(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as server:
        told = sentence(lambda: endpoint(server.address.replace("http:", "https:"), timeout=1.0).select(ASK))

    assert told.startswith("No encrypted connection to ")
    assert "it may speak http, not https" in told


def test_http_where_https_is_spoken() -> None:
    with bad_server(answer(), encrypted=True) as server:
        told = sentence(lambda: endpoint(server.address.replace("https:", "http:")).select(ASK))

    assert "closed the connection without an answer" in told or "does not speak HTTP" in told


def test_a_server_that_is_read_only_says_so(tmp_path: Path) -> None:
    with oxigraph_server(tmp_path / "data") as server:
        assert server.pid  # it makes the folder that the other one serves
    with oxigraph_server(tmp_path / "data", read_only=True) as closed:
        asked = endpoint(closed.target.query, dialect="oxigraph")
        put = sentence(lambda: asked.put_graph("http://e/g", TRIPLE))
        changed = sentence(lambda: asked.update("INSERT DATA { <http://e/1> <http://e/p> 1 }"))

    assert "/store refused a graph (4" in put
    assert "/update refused an update (4" in changed
    assert "read-only" in put
    assert "read-only" in changed


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("select", (ASK,)),
        ("put_graph", ("http://e/g", TRIPLE)),
        ("post_graph", ("http://e/g", TRIPLE)),
        ("delete_graph", ("http://e/g",)),
        ("update", ("CLEAR ALL",)),
    ],
)
def test_a_write_is_never_tried_again_and_a_read_is(
    verb: str, arguments: tuple[str | bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_FIRST_PAUSE", 0.01)
    with bad_server(answer(b"", 503, "")) as server:
        asked = endpoint(server.address, update=server.address, graph_store=server.address, dialect="oxigraph")
        told = sentence(lambda: getattr(asked, verb)(*arguments))

    assert "503 Service Unavailable); it is overloaded" in told
    assert len(server.asked) == (wire.TRIES if verb == "select" else 1)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_server_that_recovers_is_asked_again(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_FIRST_PAUSE", 0.01)
    busy = answer(b"", status, "")
    with bad_server(busy, busy, answer()) as server:
        assert endpoint(server.address).select(ASK) == b'{"head":{},"boolean":true}'

    assert len(server.asked) == 3


def test_the_pause_that_a_server_asks_for_is_kept_within_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    asked_for = ["7", "86400", "Wed, 21 Oct 2015 07:28:00 GMT", "soon"]
    for value in asked_for:
        with bad_server(answer(b"", 503, "", [("Retry-After", value)]), answer()) as server:
            endpoint(server.address, timeout=120).select(ASK)

    assert pauses == [7.0, 30.0, 0.0, 0.5]


def test_no_pause_goes_beyond_the_time_limit() -> None:
    with bad_server(answer(b"", 503, "", [("Retry-After", "20")]), answer()) as server:
        told = sentence(lambda: endpoint(server.address, timeout=5).select(ASK))

    assert "503 Service Unavailable" in told
    assert len(server.asked) == 1


def test_a_refusal_is_heard_before_all_is_sent() -> None:
    many = TRIPLE * 400_000

    with bad_server(answer(b"no more than a megabyte", 413, "text/plain"), unread=True) as server:
        told = sentence(
            lambda: endpoint(server.address, graph_store=server.address, dialect="oxigraph").put_graph(
                "http://e/g", many
            )
        )

    assert "413" in told or "closed the connection without an answer" in told


def test_the_command_says_it_in_one_line_and_ends_with_3(tmp_path: Path) -> None:
    with bad_server(answer(b"<html>", 200, "text/html")) as server:
        for verb in (["ask", "guidelines_omitting_rlt"], ["sparql", ASK], ["find", "lymphoma"], ["describe", "nice"]):
            done = subprocess.run(
                [sys.executable, "-m", "rltkg", *verb, "--store", server.address],
                capture_output=True,
                text=True,
                check=False,
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                timeout=60,
            )

            assert done.returncode == 3
            assert done.stdout == ""
            assert done.stderr.count("\n") == 1
            assert done.stderr.startswith(f"rltkg: {server.address} answers with a page of HTML")


def test_a_wrong_path_of_a_real_server(oxigraph: Server) -> None:
    told = sentence(lambda: endpoint(f"{oxigraph.base}/sparq").select(ASK))

    assert "404 Not Found" in told
    assert told.endswith("check it (an endpoint often ends in /sparql or /query)")


def test_a_wrong_password_of_a_real_server(virtuoso: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from rltkg.endpoint.transport import Endpoint

    target = virtuoso.target
    monkeypatch.setenv("RLTKG_TEST_PASSWORD", "hunter2")
    asked = Endpoint(target)
    put = sentence(lambda: asked.put_graph("http://e/g", TRIPLE))
    update = sentence(lambda: asked.update("INSERT DATA { GRAPH <http://e/g> { <http://e/1> <http://e/p> 1 } }"))

    for told in (put, update):
        assert "does not take the user and password in RLTKG_TEST_USER and RLTKG_TEST_PASSWORD" in told
