"""The remote store: which release it holds, which graphs a query sees, and what is said where it holds none or half."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rltkg
from rltkg.corpus import shipped
from rltkg.endpoint import record
from rltkg.endpoint.record import COMPLETE, INCOMPLETE, OWN, Held, Record, said
from rltkg.endpoint.targets import Target
from rltkg.endpoint.transport import Endpoint
from rltkg.errors import InputError, UnavailableError
from rltkg.results.answer import Answer
from rltkg.store.remote import RemoteStore
from tests.cli.running import rltkg as command
from tests.servers.bad import TRUE, answer, bad_server, head
from tests.servers.release import put_release

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.servers.bad import Asked
    from tests.servers.base import Server

ROOT = Path(__file__).resolve().parents[2]
TRIPLE = b'<http://e/1> <http://www.w3.org/2000/01/rdf-schema#label> "foreign" .\n'
GRAPH = "https://w3id.org/rltkg/graph/gov"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def store(oxigraph: Server) -> Iterator[Endpoint]:
    """Give an endpoint without data, and leave it so."""
    endpoint = Endpoint(oxigraph.target)
    endpoint.update("DROP ALL")
    yield endpoint
    endpoint.update("DROP ALL")


def write(endpoint: Endpoint, made: Record) -> None:
    """Put the load record `made` into the store."""
    lines = "\n".join([*made.lines(), said("state", made.state), ""])
    endpoint.put_graph(record.GRAPH, lines.encode())


def test_a_store_without_a_record_is_taken_for_the_shipped_release(store: Endpoint) -> None:
    put_release_at = RemoteStore(store)
    store.put_graph(GRAPH, TRIPLE)
    lacking = RemoteStore(Endpoint(store.target))

    assert lacking.graphs == shipped().graphs
    assert lacking.release.version == rltkg.__version__
    assert lacking.digest is None
    (told,) = lacking.remarks
    assert told.startswith(
        f"server has no load record; it is asked as if it held release {rltkg.__version__}, and lacks "
    )
    assert told.count("https://w3id.org/rltkg/graph/") == len(shipped().graphs) - 1
    assert put_release_at.endpoint is store


def test_a_store_that_holds_nothing_of_ours_says_so(store: Endpoint) -> None:
    store.put_graph("http://e/foreign", TRIPLE)
    with pytest.raises(UnavailableError) as caught:
        RemoteStore(store).graphs  # noqa: B018 - it is asked here

    assert str(caught.value) == "server holds no graph of the release; put it there with `rltkg load server`"


def test_a_load_that_did_not_end_answers_nothing(store: Endpoint) -> None:
    put = Record(INCOMPLETE, started="2026-11-21T12:00:00Z", load="x", graphs={GRAPH: Held()})
    store.put_graph(GRAPH, TRIPLE)
    write(store, put)
    with pytest.raises(UnavailableError) as caught:
        rltkg.open(store.target.query)

    assert "holds a load that did not end (begun 2026-11-21T12:00:00Z), so nobody knows what is in it" in str(
        caught.value
    )


def test_the_record_tells_release_and_graphs(store: Endpoint) -> None:
    graphs = {GRAPH: Held(1, digest="a" * 64), "file:///own.ttl": Held(1, digest="b" * 64, part=OWN)}
    made = Record(COMPLETE, version="9.9", digest="d" * 64, load="x", finished="2026-11-21T12:00:00Z", graphs=graphs)
    store.put_graph(GRAPH, TRIPLE)
    store.put_graph("file:///own.ttl", TRIPLE.replace(b"foreign", b"own"))
    store.put_graph("http://e/foreign", TRIPLE.replace(b"/1", b"/2"))
    write(store, made)
    found = RemoteStore(Endpoint(store.target))

    assert found.graphs == ["file:///own.ttl", GRAPH]
    assert (found.release.version, found.release.digest, found.release.citable) == ("9.9", "d" * 64, False)
    assert [file.path.name for file in found.own] == ["own.ttl"]
    ours = f"{rltkg.__version__} ({shipped().digest[:12]})"
    assert found.remarks == [f"server holds release 9.9 (digest {'d' * 12}), asked with the queries of {ours}."]
    # Neither the record nor what others have there is in any answer.
    assert b'"value":"2"' in found.select(COUNT)
    assert b'"value":"1"' in found.select(
        f"SELECT (COUNT(DISTINCT ?g) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{GRAPH}>) }}"
    )
    assert found.digest is None  # own files are in it


def test_the_digest_holds_while_nobody_has_changed_the_graphs(store: Endpoint) -> None:
    ours = shipped()
    store.put_graph(GRAPH, TRIPLE)
    write(store, Record(COMPLETE, version=ours.version, digest=ours.digest, graphs={GRAPH: Held(1, digest="a" * 64)}))
    held = RemoteStore(Endpoint(store.target))
    assert (held.digest, held.remarks, held.release.citable) == (ours.digest, [], True)

    store.post_graph(GRAPH, TRIPLE.replace(b"foreign", b"more"))
    assert RemoteStore(Endpoint(store.target)).digest is None


def test_files_of_an_endpoint_are_nowhere(store: Endpoint) -> None:
    write(store, Record(COMPLETE, version="9.9", digest="d" * 64, graphs={GRAPH: Held(1)}))
    with pytest.raises(UnavailableError, match="server is an endpoint, which keeps no files"):
        RemoteStore(store).release.files  # noqa: B018 - it is asked here


def test_an_endpoint_takes_no_files_beside(store: Endpoint) -> None:
    with pytest.raises(InputError, match=r"is an endpoint, which is only asked here; `rltkg load .* --with FILE`"):
        rltkg.open(store.target.query, extra="own.ttl")


def test_a_target_is_opened_by_its_name(
    oxigraph: Server, store: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_release(oxigraph)
    for name, value in oxigraph.environment.items():
        monkeypatch.setenv(name, value)
    by_option = command("ask", "guidelines_omitting_rlt", "--format", "csv", "--store", "server")
    monkeypatch.setenv("RLTKG_STORE", "server")
    by_variable = command("ask", "guidelines_omitting_rlt", "--format", "csv")
    monkeypatch.setenv("RLTKG_STORE", "sever")
    mistaken = command("ask", "guidelines_omitting_rlt")
    monkeypatch.delenv("RLTKG_STORE")
    here = command("ask", "guidelines_omitting_rlt", "--format", "csv")

    assert by_option.stdout == by_variable.stdout == here.stdout
    assert here.stdout.count("\n") == 6
    assert by_option.stderr.startswith("server has no load record; it is asked as if it held release ")
    assert (mistaken.returncode, mistaken.stdout) == (2, "")
    assert (
        mistaken.stderr == "rltkg: There is no folder and no target 'sever'; of the targets, did you mean 'server'?\n"
    )
    assert store.target.name == "server"
    assert tmp_path


def test_what_may_not_run_never_reaches_the_server() -> None:
    with bad_server(answer(TRUE)) as server:
        remote = RemoteStore(Endpoint(Target(server.address)))
        remote.__dict__ |= {"_record": None, "graphs": [GRAPH], "release": shipped()}
        graph = rltkg.KnowledgeGraph(remote, shipped())
        for text, due in (
            ("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }", "SERVICE would ask another endpoint"),
            ("DELETE WHERE { ?s ?p ?o }", "belongs to an update, and rltkg only reads"),
            ("SELECT * FROM <http://e/foreign> { ?s ?p ?o }", "there is no graph <http://e/foreign> here"),
            ("SELECT * { ?s ?p ?o", "this { is never closed"),
            ("SELECT ?a ?b { ?s ?p } ", "line 1"),
        ):
            with pytest.raises(InputError, match=due.replace("{", r"\{")):
                graph.sparql(text)

    assert server.asked == []


def test_a_free_query_says_what_it_sees() -> None:
    rows = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://e/1"}}]}}'
    with bad_server(answer(rows)) as server:
        remote = RemoteStore(Endpoint(Target(server.address)))
        remote.__dict__ |= {"_record": None, "graphs": [GRAPH, f"{GRAPH}2"], "release": shipped()}
        graph = rltkg.KnowledgeGraph(remote, shipped())
        whole = graph.sparql("SELECT ?s { ?s ?p ?o }")
        part = graph.sparql("SELECT ?s FROM graph:gov { ?s ?p ?o }")
    first, second = server.asked[0], server.asked[-1]

    assert isinstance(whole, Answer)
    assert isinstance(part, Answer)
    assert whole.rows == part.rows
    assert first.path.count("default-graph-uri=") == first.path.count("named-graph-uri=") == 2
    # By the protocol, graphs named beside a query would go before those that its FROM names.
    assert "graph-uri" not in second.path


def test_a_free_query_keeps_its_limits() -> None:
    def endless(_: Asked) -> Iterable[bytes | None]:
        yield head(200, [("Content-Type", "application/sparql-results+json"), ("Transfer-Encoding", "chunked")])
        piece = b'{"head":{"vars":["s"]},"results":{"bindings":['
        while True:
            yield b"%x\r\n%s\r\n" % (len(piece), piece)
            piece = b'{"s":{"type":"uri","value":"http://e/1"}},'

    def slow(_: Asked) -> Iterable[bytes | None]:
        yield None

    for reply in (endless, slow):
        with bad_server(reply) as server:
            remote = RemoteStore(Endpoint(Target(server.address)))
            remote.__dict__ |= {"_record": None, "graphs": [GRAPH], "release": shipped()}
            graph = rltkg.KnowledgeGraph(remote, shipped())
            if reply is endless:
                cut = graph.sparql("SELECT ?s { ?s ?p ?o }", max_rows=9)
                assert isinstance(cut, Answer)
                assert len(cut) == 9
                assert cut.cut_because == "The answer was cut at 9 rows, its limit; there are more rows."
            else:
                with pytest.raises(UnavailableError, match=r"did not answer within 0\.\d+ s"):
                    graph.sparql("SELECT ?s { ?s ?p ?o }", timeout=0.5)


def test_the_shipped_release_is_asked_without_any_of_this() -> None:
    code = (
        "import sys; from rltkg.cli import main; main(['ask', 'guidelines_omitting_rlt', '-o', sys.argv[1]]);"
        "print([name for name in sys.modules if name.split('.')[0] in ('SPARQLWrapper', 'tomllib', 'rdflib') "
        "or name.startswith(('rltkg.endpoint', 'urllib.request', 'http.client'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "/dev/null.csv"], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60
    )

    assert done.stdout.strip() in ("[]", ""), done.stderr


def test_a_remote_answer_needs_no_rdflib(oxigraph_with_release: Server, tmp_path: Path) -> None:
    code = (
        "import sys; from rltkg.cli import main; "
        f"main(['ask', 'guidelines_omitting_rlt', '--store', {oxigraph_with_release.target.query!r}, "
        f"'-o', {str(tmp_path / 'a.csv')!r}]); print([name for name in sys.modules if name.startswith('rdflib')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60
    )

    assert done.stdout.strip() == "[]", done.stderr
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").count("\n") == 6
