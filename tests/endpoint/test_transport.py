"""What goes over the wire: requests as they should be, credentials to nobody else, answers in any wrapping."""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from rltkg import __version__
from rltkg.endpoint.credentials import Credentials
from rltkg.endpoint.targets import Target
from rltkg.endpoint.transport import Endpoint
from rltkg.errors import UnavailableError
from tests.endpoint.asking import ASK, endpoint, sentence
from tests.servers.bad import TRUE, answer, bad_server, chunked, head

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.servers.bad import Asked
    from tests.servers.base import Server

GRAPHS = ("http://e/g?a=1&b=2", "http://e/ü")
TRIPLE = b"<http://e/1> <http://e/p> <http://e/2> .\n"
DONE = answer(b"", 204, "")
CHALLENGE = ("WWW-Authenticate", 'Digest realm="SPARQL", nonce="n0", qop="auth", opaque="o", algorithm=MD5')


@pytest.fixture(autouse=True)
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no netrc, no proxies, and the credentials that the targets of these tests name."""
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("WHO", "me")
    monkeypatch.setenv("WORD", "hunter2")


def known(scheme: str) -> Credentials:
    """Return credentials of this scheme in the variables WHO and WORD."""
    if scheme == "bearer":
        return Credentials("bearer", token="WORD")  # noqa: S106 - the name of a variable
    return Credentials(scheme, user="WHO", password="WORD")  # noqa: S106 - the name of a variable


def test_a_short_query_is_asked_by_get() -> None:
    with bad_server(answer()) as server:
        assert endpoint(f"{server.address}?key=1").select(ASK, graphs=GRAPHS) == TRUE
    (asked,) = server.asked

    assert asked.method == "GET"
    assert urlsplit(asked.path).path == "/sparql"
    assert parse_qs(urlsplit(asked.path).query) == {
        "key": ["1"],
        "query": [ASK],
        "default-graph-uri": [*GRAPHS],
        "named-graph-uri": [*GRAPHS],
    }
    assert asked.headers["User-Agent"] == f"rltkg/{__version__} (+https://w3id.org/rltkg)"
    assert asked.headers["Accept"] == "application/sparql-results+json"
    assert "Authorization" not in asked.headers


def test_a_long_query_is_asked_by_post() -> None:
    text = f"{ASK} #{'ü' * 3000}"
    with bad_server(answer()) as server:
        assert endpoint(server.address).select(text, graphs=GRAPHS) == TRUE
    (asked,) = server.asked

    assert (asked.method, asked.path) == ("POST", "/sparql")
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert sorted(parse_qsl(asked.body.decode())) == sorted(
        [("query", text), *((name, graph) for graph in GRAPHS for name in ("default-graph-uri", "named-graph-uri"))]
    )


def test_an_update_is_sent_as_it_is() -> None:
    text = "INSERT DATA { <http://e/1> <http://e/p> 'ü' }"
    with bad_server(DONE) as server:
        endpoint(server.address, update=server.address).update(text)
    (asked,) = server.asked

    assert asked.method == "POST"
    assert asked.headers["Content-Type"] == "application/sparql-update"
    assert asked.body.decode() == text


@pytest.mark.parametrize("form", ["file", "bytes", "pieces", "sized"])
def test_a_graph_is_sent_in_any_form(form: str, tmp_path: Path) -> None:
    (tmp_path / "g.nt").write_bytes(TRIPLE * 3)
    whole: dict[str, Path | bytes] = {"file": tmp_path / "g.nt", "bytes": TRIPLE * 3}
    size = len(TRIPLE) * 3 if form == "sized" else None
    for dialect, chunked_too in (("oxigraph", True), ("virtuoso", False)):
        with bad_server(DONE) as server:
            asked = endpoint(server.address, graph_store=f"{server.address}?x=1", dialect=dialect)
            data = whole.get(form) or iter([TRIPLE] * 3)
            asked.put_graph(GRAPHS[0], data, size=size, extra={"no_transaction": ""})
        (got,) = server.asked

        assert got.method == "PUT"
        assert parse_qs(urlsplit(got.path).query, keep_blank_values=True) == {
            "x": ["1"], "graph": [GRAPHS[0]], "no_transaction": [""],
        }  # fmt: skip
        assert got.headers["Content-Type"] == "application/n-triples"
        assert got.body == TRIPLE * 3
        # Virtuoso says that it has stored what comes in pieces, and stores nothing.
        assert (got.headers.get("Transfer-Encoding") == "chunked") == (form == "pieces" and chunked_too)


def test_nothing_is_left_of_a_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with bad_server(answer(b"", 500, "")) as server:
        asked = endpoint(server.address, graph_store=server.address, dialect="virtuoso")
        sentence(lambda: asked.put_graph("http://e/g", iter([TRIPLE])))

    assert len(server.asked) == 1
    assert list(tmp_path.glob("rltkg-*")) == []


def test_a_graph_that_is_not_there_is_empty_and_a_wrong_address_is_not() -> None:
    absent = answer(b"", 404, "")
    with bad_server(absent, answer(TRUE.replace(b"true", b"false"))) as server:
        asked = endpoint(server.address, graph_store=server.address)
        assert list(asked.stream_graph("http://e/g")) == []
    with bad_server(absent, answer()) as server:
        asked = endpoint(server.address, graph_store=server.address)
        assert "404 Not Found" in sentence(lambda: list(asked.stream_graph("http://e/g")))
    with bad_server(absent) as server:
        endpoint(server.address, graph_store=server.address, dialect="oxigraph").delete_graph("http://e/g")


def test_where_to_write_must_be_known() -> None:
    with bad_server(answer(headers=[("Server", "nginx")])) as server:
        asked = endpoint(server.address)
        told = [sentence(lambda: asked.update("CLEAR ALL")), sentence(lambda: asked.put_graph("http://e/g", TRIPLE))]

    assert "Nobody knows where " in told[0]
    assert "name the address as `update` of a target" in told[0]
    assert "name the address as `graph_store` of a target" in told[1]
    assert len(server.asked) == 1  # it was asked what it is, once


def test_a_bare_address_learns_the_dialect_from_the_server() -> None:
    with bad_server(answer(headers=[("Server", "Oxigraph/0.5.13")])) as server:
        asked = endpoint(server.address.replace("/sparql", "/query"))

        assert asked.dialect.name == "oxigraph"
        assert asked.update_address.endswith("/update")
        assert asked.graph_store_address.endswith("/store")


@pytest.mark.parametrize("scheme", ["basic", "bearer"])
def test_credentials_go_with_the_first_request(scheme: str) -> None:
    with bad_server(answer()) as server:
        assert endpoint(server.address, credentials=known(scheme)).select(ASK) == TRUE
    (asked,) = server.asked

    due = {"basic": "Basic " + b64encode(b"me:hunter2").decode(), "bearer": "Bearer hunter2"}
    assert asked.headers["Authorization"] == due[scheme]


def test_a_digest_is_answered_without_the_password() -> None:
    with bad_server(answer(b"", 401, "", [CHALLENGE]), answer()) as server:
        asked = endpoint(server.address, credentials=known("digest"))
        assert asked.select(ASK) == TRUE
        assert asked.select(ASK) == TRUE
    refused, first, second = server.asked

    assert "Authorization" not in refused.headers
    for count, each in enumerate((first, second), 1):
        given = each.headers["Authorization"]
        fields = dict(re.findall(r'(\w+)="?([^",]*)"?', given.removeprefix("Digest ")))
        secret, what = (md5(text) for text in ("me:SPARQL:hunter2", f"GET:{each.path}"))
        assert fields["nc"] == f"{count:08x}"
        assert fields["response"] == md5(f"{secret}:n0:{fields['nc']}:{fields['cnonce']}:auth:{what}")
        assert (fields["uri"], fields["opaque"]) == (each.path, "o")
        assert "hunter2" not in given


def test_nothing_large_goes_before_the_challenge() -> None:
    with bad_server(answer(b"", 401, "", [CHALLENGE], length=None), answer(b"", 204, "", length=None), DONE) as server:
        asked = endpoint(server.address, graph_store=server.address, dialect="virtuoso", credentials=known("digest"))
        asked.put_graph("http://e/g", TRIPLE)
        asked.put_graph("http://e/g", TRIPLE)

    assert [each.method for each in server.asked] == ["HEAD", "HEAD", "PUT", "PUT"]
    assert all("Authorization" in each.headers for each in server.asked[1:])


def test_netrc_is_asked_where_a_bare_address_is_refused(tmp_path: Path) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password hunter2\n")
    with bad_server(answer(b"", 401, "", [("WWW-Authenticate", 'Basic realm="x"')]), answer()) as server:
        assert endpoint(server.address).select(ASK) == TRUE
    (tmp_path / "netrc").write_text("machine example.org login me password hunter2\n")
    with bad_server(answer(b"", 401, "", [("WWW-Authenticate", 'Basic realm="x"')])) as other:
        told = sentence(lambda: endpoint(other.address).select(ASK))
        named = Credentials("basic", netrc=tmp_path / "netrc", where="the target")
        lacks = sentence(lambda: endpoint(other.address, credentials=named).select(ASK))
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me passwort hunter2\n")
    broken = sentence(lambda: endpoint(other.address, credentials=named).select(ASK))

    assert server.asked[1].headers["Authorization"] == "Basic " + b64encode(b"me:hunter2").decode()
    assert f"{other.address} asks who you are (basic); name the environment variables" in told
    assert "netrc has no entry for 127.0.0.1" in lacks
    assert "netrc, line 1, is no line of a netrc file" in broken


def test_a_wrong_password_is_said_without_it() -> None:
    for scheme, header in (("basic", 'Basic realm="x"'), ("digest", CHALLENGE[1]), ("bearer", "Bearer")):
        with bad_server(answer(b"<html>no", 401, "text/html", [("WWW-Authenticate", header)])) as server:
            told = sentence(lambda scheme=scheme: endpoint(server.address, credentials=known(scheme)).select(ASK))  # type: ignore[misc]

        due = "token in WORD; renew it" if scheme == "bearer" else "user and password in WHO and WORD; check both"
        assert f"{server.address} does not take the {due}" in told
        assert len(server.asked) == (2 if scheme == "digest" else 1)


def test_a_scheme_that_the_server_does_not_ask_for() -> None:
    with bad_server(answer(b"", 401, "", [CHALLENGE])) as server:
        told = sentence(lambda: endpoint(server.address, credentials=known("basic")).select(ASK))

    assert "asks for digest, and the target.scheme is basic; mend the target" in told


def test_a_variable_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORD")
    with bad_server(answer()) as server:
        told = sentence(lambda: endpoint(server.address, credentials=known("basic")).select(ASK))

    assert (
        told
        == "the target: password_variable names WORD, which is not set; set that variable, such as `export WORD=...`"
    )
    assert server.asked == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("long", [False, True])
def test_a_read_follows_a_move_without_credentials(status: int, long: bool) -> None:  # noqa: FBT001 - a table
    text = ASK + (f"#{'x' * 3000}" if long else "")
    with bad_server(answer()) as there:
        with bad_server(moved(status, there.address)) as here:
            assert endpoint(here.address, credentials=known("basic")).select(text) == TRUE
        (first,), (second,) = here.asked, there.asked

    assert "Authorization" in first.headers
    assert "Authorization" not in second.headers
    assert first.method == second.method == ("POST" if long else "GET")
    assert parse_qs(second.body.decode() if long else urlsplit(second.path).query) == {"query": [text]}


def test_a_move_within_the_server_keeps_credentials() -> None:
    with bad_server(moved(302, "/elsewhere"), answer()) as server:
        assert endpoint(server.address, credentials=known("basic")).select(ASK) == TRUE

    assert [urlsplit(each.path).path for each in server.asked] == ["/sparql", "/elsewhere"]
    assert all("Authorization" in each.headers for each in server.asked)


def test_another_host_that_asks_who_is_there_is_not_told() -> None:
    with bad_server(answer(b"", 401, "", [CHALLENGE])) as there, bad_server(moved(302, there.address)) as here:
        told = sentence(lambda: endpoint(here.address, credentials=known("digest")).select(ASK))

    assert "is another server than the target's" in told
    assert len(there.asked) == 1


def test_a_write_follows_no_move() -> None:
    with bad_server(moved(307, "http://127.0.0.1:1/elsewhere")) as server:
        asked = endpoint(server.address, update=server.address, graph_store=server.address, dialect="oxigraph")
        for call in (lambda: asked.update("CLEAR ALL"), lambda: asked.put_graph("http://e/g", TRIPLE)):
            told = sentence(call)

            assert "has moved to http://127.0.0.1:1/elsewhere, and nothing is written to" in told
    assert len(server.asked) == 2


def test_plain_http_to_another_machine_carries_no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "http://kg.example.invalid/sparql"
    for scheme in ("basic", "bearer"):
        told = sentence(lambda scheme=scheme: endpoint(address, credentials=known(scheme)).select(ASK))  # type: ignore[misc]
        assert f"{address} is not encrypted, so no credentials are sent there" in told
        assert "allow_plain_http = true" in told
    # Sent by a proxy, which this machine can be: then it can be seen what would go.
    with bad_server(answer()) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address.removesuffix("/sparql"))
        told = sentence(lambda: endpoint(address, credentials=known("basic")).select(ASK))
        assert proxy.asked == []
        assert endpoint(address, credentials=known("basic"), allow_plain_http=True).select(ASK) == TRUE
        assert endpoint(address).select(ASK) == TRUE

    assert "is not encrypted" in told
    assert ["Authorization" in each.headers for each in proxy.asked] == [True, False]
    assert all(each.path.startswith(address) for each in proxy.asked)


def test_proxies_of_environment_and_target(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "http://kg.example.invalid/sparql"
    with bad_server(answer()) as one, bad_server(answer()) as two:
        monkeypatch.setenv("http_proxy", one.address.removesuffix("/sparql"))
        assert endpoint(address).select(ASK) == TRUE
        assert endpoint(address, proxy=two.address.removesuffix("/sparql")).select(ASK) == TRUE
        # This machine is never asked by a proxy.
        with bad_server(answer()) as here:
            assert endpoint(here.address).select(ASK) == TRUE
            assert len(here.asked) == 1

    assert (len(one.asked), len(two.asked)) == (1, 1)


def test_packed_answers_are_asked_for_on_a_network_and_taken_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = answer(gzip.compress(TRUE), headers=[("Content-Encoding", "gzip")])
    with bad_server(packed) as server:
        assert endpoint(server.address).select(ASK) == TRUE
        monkeypatch.setenv("http_proxy", server.address.removesuffix("/sparql"))
        assert endpoint("http://kg.example.invalid/sparql").select(ASK) == TRUE

    assert [each.headers["Accept-Encoding"] for each in server.asked] == ["identity", "gzip"]


def test_answers_are_the_w3c_format_whatever_the_layout() -> None:
    spaced = b'\n{ "head": { "link": [], "vars": ["a", "b"] },\n "results": { "distinct": false, "ordered": true,'
    rows = b' "bindings": [ { "a": { "type": "bnode", "value": "nodeID://b1" }\t, "b": { "type": "typed-literal",'
    rest = b' "datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "1" }},\n {} ] } }'
    whole = b"".join((spaced, rows, rest))
    virtuoso = [("Server", "Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu")]
    for size in (1, 7, 10_000):
        pieces = [whole[place : place + size] for place in range(0, len(whole), size)]
        with bad_server(within(chunked(*pieces), virtuoso)) as server:
            found = endpoint(server.address).select("SELECT * { ?a ?p ?b }")

        assert found == (
            b'{"head":{"vars":["a","b"]},"results":{"bindings":[{"a":{"type":"bnode","value":"b1"},"b":{"type":"literal",'
            b'"value":"true","datatype":"http://www.w3.org/2001/XMLSchema#boolean"}},{}]}}'
        )


def test_texts_that_look_like_rewriting_stay_as_they_are() -> None:
    value = b'"type": \\"bnode\\", \\"value\\": \\"nodeID://b1'
    body = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":%s"}}]}}' % value.replace(
        b'"type"', b'"\\"type\\"'
    )
    with bad_server(answer(body, headers=[("Server", "Virtuoso/07")])) as server:
        assert endpoint(server.address).select("SELECT * { ?s ?p ?a }") == body


def test_leaving_an_answer_closes_the_connection() -> None:
    def endless(_: Asked) -> Iterable[bytes | None]:
        yield head(200, [("Content-Type", "application/n-triples"), ("Transfer-Encoding", "chunked")])
        while True:
            yield b"%x\r\n%s\r\n" % (len(TRIPLE), TRIPLE)

    with bad_server(endless) as server:
        pieces = endpoint(server.address).pieces("CONSTRUCT WHERE { ?s ?p ?o }", graph=True)
        assert next(pieces).startswith(TRIPLE)
        pieces.close()


def test_graphs_there_and_back(oxigraph: Server, virtuoso: Server, tmp_path: Path) -> None:
    many = b"".join(b'<http://e/%d> <http://e/p> "%d" .\n' % (number, number) for number in range(20_000))
    (tmp_path / "many.nt").write_bytes(many)
    for server in (oxigraph, virtuoso):
        asked = Endpoint(server.target)
        graph = "http://e/there-and-back"
        asked.put_graph(graph, tmp_path / "many.nt")
        asked.post_graph(graph, iter([TRIPLE]))
        back = b"".join(asked.stream_graph(graph)).replace(b"\t", b" ")
        asked.update(f"DELETE WHERE {{ GRAPH <{graph}> {{ <http://e/1> ?p ?o }} }}")
        left = b"".join(asked.stream_graph(graph)).replace(b"\t", b" ")
        asked.delete_graph(graph)

        assert sorted(back.splitlines()) == sorted((many + TRIPLE).splitlines())
        assert len(left.splitlines()) == 19_999
        assert list(asked.stream_graph(graph)) == []


def md5(text: str) -> str:
    """Return the hash that a digest is made of."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def moved(status: int, to: str):  # type: ignore[no-untyped-def]  # noqa: ANN201 - a reply
    """Return the reply that the address is another one, with the same query behind it."""

    def reply(asked: Asked) -> Iterable[bytes | None]:
        query = urlsplit(asked.path).query
        yield head(status, [("Location", to + (f"?{query}" if query else "")), ("Content-Length", "0")])

    return reply


def within(reply, headers: list[tuple[str, str]]):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - replies
    """Return `reply` with more `headers`."""
    more = "".join(f"{name}: {value}\r\n" for name, value in headers).encode()

    def made(asked: Asked) -> Iterable[bytes | None]:
        first, *rest = reply(asked)
        yield first.replace(b"\r\n", b"\r\n" + more, 1)
        yield from rest

    return made


def test_target_and_credentials_show_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = f"{Target('https://e.org/sparql?key=hunter2', credentials=known('basic'))!r} {known('bearer')!r}"

    assert "hunter2" not in shown
    assert known("basic").secrets("e.org") == ("me", "hunter2")
    assert known("bearer").secrets("e.org") == ("", "hunter2")
    monkeypatch.setenv("WORD", "")
    with pytest.raises(UnavailableError, match="token_variable names WORD, which is not set"):
        known("bearer").secrets("e.org")
