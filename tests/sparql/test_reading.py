"""What may run is read; what would change data, leave the graph or name what is not there is refused with its place."""

from __future__ import annotations

import contextlib
import random
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg.errors import InputError
from rltkg.sparql.reading import Reading, read

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAPHS = ["https://w3id.org/rltkg/graph/gov", "https://w3id.org/rltkg/graph/eur"]
PIECES = [
    '"', "'", '"""', "'''", "#", "\n", "\r", "<", ">", "?a", "(", ")", "{", "}", ".", ";", "SERVICE", "x:foo", ":foo",
    "SERVICEx:foo", "true", "1", "1.", "1e5", "a", "\\", "\\#", "@en", "^^", "x:a.", "FILTER(", "&&", "<=", "?a<",
    "GRAPH", "{?s ?p ?o}", "_:b.", "?aSERVICE", "%20", "\\u0022", "x:a\\", "!", "<#>", "<'>", "<a#b>", "[", "]", "'>'",
]  # fmt: skip
FRAMES = [
    "?s ?p %s . ", "?s ?p %s ", "FILTER(?s<%s) ", "FILTER(?s = %s)", "BIND(%s AS ?z)", "?s ?p (1 %s) . ",
    "VALUES ?v {%s}", "# %s\n", "# %s\r", "?s ?p ?o%s", "?s ?p x:a%s . ", "FILTER(?a<%s>1)", "FILTER((?a<%s)&&1>2)",
]  # fmt: skip


class _Door(BaseHTTPRequestHandler):
    """Counts who knocks."""

    knocks = 0

    def do_GET(self) -> None:
        _Door.knocks += 1
        self.send_response(500)
        self.end_headers()

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def door() -> Iterator[str]:
    """Give the address of a server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("text", "form", "gives_graph"),
    [
        ("SELECT * { }", "SELECT", False),
        ("# a comment\nPREFIX a: <http://a/> BASE <http://b/> ask { }", "ASK", False),
        ("construct where { ?s ?p ?o }", "CONSTRUCT", True),
        ('VERSION "1.2" Describe thing:lymphoma', "DESCRIBE", True),
    ],
)
def test_the_form_is_told(text: str, form: str, gives_graph: bool) -> None:  # noqa: FBT001
    reading = read(text, GRAPHS)

    assert (reading.form, reading.is_graph) == (form, gives_graph)


def test_prefixes_of_ours_are_filled_in_where_they_are_used() -> None:
    text = 'PREFIX code: <http://mine/>\nSELECT * { ?s a rlt:Guideline ; code:x "skos:y" } # owl:Class'
    reading = read(text, GRAPHS)

    assert reading.full == f"PREFIX rlt: <https://w3id.org/rltkg/ontology/>\n{text}"
    assert reading.lines == 1
    assert [iri for _, iri in reading.iris] == ["https://w3id.org/rltkg/ontology/Guideline", "http://mine/x"]


def test_escapes_in_a_name_are_read() -> None:
    assert read("ASK { ?s ?p thing:a\\.b\\#c%20d }", GRAPHS).iris[0][1] == "https://w3id.org/rltkg/thing/a.b#c%20d"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1, column 1: there is no query here; it begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("# only a comment", "there is no query here"),
        ("PREFIX a: <http://a/>", "there is no query here"),
        ("PREFIX a <http://a/> ASK {}", "line 1, column 1: this declaration is not complete"),
        ("PREFIX a: ASK {}", "line 1, column 1: this declaration is not complete; write PREFIX name: <...>"),
        ("BASE a:b ASK {}", "this declaration is not complete; write BASE <...>"),
        ("{ ?s ?p ?o }", "column 1: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with {"),
        ("INSERT DATA { thing:a thing:b thing:c }", "column 1: INSERT belongs to an update, and rltkg only reads"),
        ("PREFIX x: <http://x/>\nDELETE WHERE { ?s ?p ?o }", "line 2, column 1: DELETE belongs to an update"),
        ("LOAD <http://127.0.0.1:9/>", "LOAD belongs to an update"),
        ("load <file:///etc/passwd> INTO GRAPH graph:gov", "column 1: LOAD belongs to an update"),
        ("load <file:///etc/passwd>", "LOAD belongs to an update"),
        ("CLEAR GRAPH graph:gov", "CLEAR belongs to an update"),
        ("DROP GRAPH graph:gov", "DROP belongs to an update"),
        ("CREATE GRAPH graph:new", "CREATE belongs to an update"),
        ("COPY graph:gov", "COPY belongs to an update"),
        ("MOVE graph:gov", "MOVE belongs to an update"),
        ("ADD graph:gov", "ADD belongs to an update"),
        ("WITH graph:gov DELETE { ?s ?p ?o } WHERE { }", "WITH belongs to an update"),
        ("SELECT * { ?s ?p ?o } ; INSERT DATA { }", "INSERT belongs to an update"),
        ("SELECT * { ?s ?p ?o }; DELETE { } WHERE { }", "line 1, column 24: DELETE belongs"),
        ("SELECT * {\n  SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "line 2, column 3: SERVICE would ask another"),
        ("SELECT * { service silent ?where { } }", "SERVICE would ask another endpoint"),
        ("SELECT * { { { OPTIONAL { SERVICE x:y { } } } } }", "SERVICE would ask another endpoint"),
        ("PREFIX SERVICEx: <http://a/> SELECT * { SERVICEx:y { } }", "SERVICE would ask another endpoint"),
        ("PREFIX SERVICE: <http://a/> SELECT * { ?s ?p 1.SERVICE:y { ?a ?b ?c } }", "SERVICE would ask another"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "column 15: there is no graph <file:///etc/passwd> here"),
        ("SELECT * FROM NAMED <http://127.0.0.1:9/> { }", "there is no graph <http://127.0.0.1:9/> here"),
        ("SELECT * FROM graph:gov FROM graph:nowhere { }", "there is no graph graph:nowhere here"),
        ("ASK FROM <x> { }", "name one of graph:eur, graph:gov"),
        ("ASK { ?s exx:a ?o }", "column 10: the prefix exx: is not declared; write PREFIX exx: <...>"),
        ("ASK { ?s sko:prefLabel ?o }", "the prefix sko: is not declared (did you mean skos:?)"),
        ("ASK { ?s :a ?o }", "the prefix : is not declared; write"),
    ],
)  # fmt: skip
def test_what_may_not_run_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text, GRAPHS)

    assert said in str(caught.value)
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    "text",
    [
        'ASK { ?s rdfs:label "SERVICE <http://a/> { }" , \'INSERT DATA\', """FROM <file:a>\nLOAD""" }',
        "ASK { # SERVICE <http://a/> { ?s ?p ?o }\n }",
        "ASK { <http://a/SERVICE> ?from ?load }",
        "PREFIX service: <http://a/> ASK { ?s service:load service:insert . GRAPH service:g { ?a a service:b } }",
        "ASK { ?service $insert _:delete }",
        'ASK { ?s ?p "x"@from }',
        "DESCRIBE thing:service thing:from { }",
    ],
)
def test_a_keyword_is_none_where_sparql_reads_no_word(text: str) -> None:
    assert isinstance(read(text, GRAPHS), Reading)


def test_graphs_of_the_release_may_be_named() -> None:
    assert read("SELECT * FROM graph:gov FROM NAMED <https://w3id.org/rltkg/graph/eur> { }", GRAPHS).names_graphs
    assert not read('SELECT * { ?s ?p "FROM" }', GRAPHS).names_graphs


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_engine_would_fetch_is_refused(seed: int, door: str) -> None:
    """Random texts with SERVICE behind quotes, comments and names run together: if the engine knocks, we refused."""
    chance = random.Random(seed)  # noqa: S311 - a test
    store = pyoxigraph.Store()
    store.add(pyoxigraph.Quad(*(pyoxigraph.NamedNode(f"http://a/{each}") for each in "spo")))
    heads = [
        f"PREFIX x: <{door}> PREFIX : <{door}> PREFIX SERVICE: <{door}> PREFIX SERVICEx: <{door}> ",
        f"BASE <{door}> PREFIX x: <> PREFIX SERVICEx: <> PREFIX : <> ",
    ]
    knocked, passed = 0, []
    for _ in range(150):
        frame, value = chance.choice(FRAMES), "".join(chance.choices(PIECES, k=chance.randint(0, 4)))
        call = chance.choice(
            [f"SERVICE<{door}>{{?s ?p ?o}}", "SERVICE x:foo{}", "SERVICEx:foo{}", "SERVICE:foo{?s ?p ?o}"]
        )
        behind = chance.choice(["", f"#{value}", "'", "'''", '"', frame % value])
        text = f"{chance.choice(heads)}SELECT * {{{frame % value}{chance.choice(['', ' ', '. '])}{call}{behind}\n}}"
        before = _Door.knocks
        with contextlib.suppress(SyntaxError, OSError, RuntimeError):
            list(store.query(text))  # type: ignore[arg-type]
        if _Door.knocks == before:
            continue
        knocked += 1
        try:
            read(text, GRAPHS)
        except InputError:
            continue
        passed.append(text)

    assert knocked > 0
    assert passed == []
