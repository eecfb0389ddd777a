"""The doctor at real servers: Oxigraph, read-only Oxigraph, Virtuoso as it comes and as Debian sets it up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rltkg.doctor import as_text, examine
from rltkg.endpoint.transport import Endpoint
from rltkg.errors import UnavailableError
from tests.endpoint.doctor.asking import READ, WRITTEN, named, states, told
from tests.servers.oxigraph import oxigraph_server
from tests.servers.release import put_release
from tests.servers.virtuoso import virtuoso_server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.base import Server

SCRATCH = "https://w3id.org/rltkg/graph/scratch-"


def graphs(server: Server) -> set[str]:
    """Return the named graphs of a server that have a triple."""
    found = json.loads(Endpoint(server.target).select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
    return {row["g"]["value"] for row in found["results"]["bindings"]}


def test_oxigraph_is_fit_and_is_left_as_it_was(oxigraph: Server) -> None:
    before = graphs(oxigraph)
    made = examine(f"{oxigraph.base}/query", write=True)
    found = states(made)

    assert set(found) == {*READ, *WRITTEN}
    assert len(found) == 48
    assert set(found) - {name for name, state in found.items() if state == "yes"} <= {"release"}
    assert (made.product.split("/")[0], made.dialect, made.missing) == ("Oxigraph", "oxigraph", [])
    assert told(made, "PUT") == "2 triples there"
    assert told(made, "long update").startswith("20,000 triples in ")
    assert told(made, "integers") == "in another form, the value is the same: 01 (integer) as 1 (integer)"
    assert told(made, "Unicode") == "unchanged"
    assert told(made, "default graph").startswith("a plain query sees no named graph")
    assert made.verdict("load").state == "works"
    assert as_text(made).rstrip().endswith(f"rltkg --store {oxigraph.base}/query ask guidelines_omitting_rlt")
    assert graphs(oxigraph) == before
    assert not any(each.startswith(SCRATCH) for each in before)


def test_oxigraph_that_only_reads(tmp_path: Path) -> None:
    with oxigraph_server(tmp_path / "data") as server:
        put_release(server)
    with oxigraph_server(tmp_path / "data", read_only=True) as closed:
        made = examine(f"{closed.base}/query", write=True)
        found = states(made)
        without = examine(f"{closed.base}/query")

    refused = {name for name, state in found.items() if state == "no"}
    assert refused == {"update address", "PUT", "INSERT DATA"}
    assert [each.name for each in without.missing] == ["update address"]
    assert "403: The server is read-only" in told(without, "update address")
    assert told(without, "GET") == "a graph comes in application/n-triples"
    assert told(without, "default-graph-uri") == "several are seen together, and nothing else"
    assert without.holds
    assert [without.verdict(verb).state for verb in ("ask", "sparql", "load", "verify")] == [
        "works", "works", "does not work", "works",
    ]  # fmt: skip
    assert "rltkg load" not in as_text(without).partition("Then:")[2]
    assert f"rltkg verify {closed.base}/query" in as_text(without)


def test_virtuoso_with_its_password(virtuoso: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    made = examine(named(virtuoso, monkeypatch), write=True)
    found = states(made)

    assert set(found) == {*READ, *WRITTEN}
    assert {name for name, state in found.items() if state == "no"} == set()
    beware = {name for name, state in found.items() if state == "beware"}
    assert beware - {"release"} == {
        "SELECT by POST direct", "paths", "computed truth", "long decimals", "durations",
    }  # fmt: skip
    assert "PT60S (duration) as 60.6 (duration)" in told(made, "durations")
    assert told(made, "computed truth") == "a truth that a query computes comes as 1 (xsd:integer)"
    assert told(made, "credentials") == "digest, from RLTKG_TEST_USER and RLTKG_TEST_PASSWORD"
    assert told(made, "default graph").startswith("a plain query sees all named graphs")
    assert (made.verdict("load").state, made.missing) == ("works", [])
    assert not any(each.startswith(SCRATCH) for each in graphs(virtuoso))


def test_virtuoso_by_its_bare_address_tells_the_table_that_works(virtuoso: Server) -> None:
    made = examine(f"{virtuoso.base}/sparql")
    text = as_text(made, 200)

    assert made.schemes == "digest"
    assert {each.name for each in made.missing} == {"update address", "graph store address"}
    for line in (
        "[targets.virtuoso]", 'dialect = "virtuoso"', f'update = "{virtuoso.base}/sparql-auth"',
        f'graph_store = "{virtuoso.base}/sparql-graph-crud-auth"', "[targets.virtuoso.credentials]",
        'scheme = "digest"', 'user_variable = "VIRTUOSO_USER"', "export VIRTUOSO_PASSWORD=...", "rltkg load virtuoso",
    ):  # fmt: skip
        assert f"    {line}\n" in text


def test_a_wrong_password_and_one_that_is_not_set(virtuoso: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    place = named(virtuoso, monkeypatch)
    monkeypatch.setenv("RLTKG_TEST_PASSWORD", "hunter2")
    wrong = examine(place)
    monkeypatch.delenv("RLTKG_TEST_PASSWORD")
    unset = examine(place)

    assert {each.name for each in wrong.missing} == {"update address", "graph store address"}
    assert "does not take the user and password in RLTKG_TEST_USER" in told(wrong, "update address")
    assert "hunter2" not in as_text(wrong)
    assert [each.name for each in unset.missing] == ["credentials"]
    assert "RLTKG_TEST_PASSWORD, which is not set" in told(unset, "credentials")
    assert "export RLTKG_TEST_PASSWORD=..." in as_text(unset)


def test_virtuoso_that_cuts_long_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with virtuoso_server(tmp_path / "server", sparql="ResultSetMaxRows = 10000\n") as server:
        made = examine(named(server, monkeypatch))

    assert told(made, "rows") == (
        "an answer of 12,000 rows is cut, and the server says so (x-sparql-maxrows: 10000)"
    )  # fmt: skip
    # Of a CONSTRUCT it says nothing.
    assert told(made, "triples") == "an answer of 12,000 triples is cut to 10,001, without a word"
    assert {each.name for each in made.verdict("sparql").because} >= {"rows", "triples"}
    assert made.missing == []


@pytest.mark.parametrize("path", ["/", "/sparq", "/update", "/store"])
def test_a_wrong_path_is_told_the_right_one(path: str, oxigraph: Server) -> None:
    with pytest.raises(UnavailableError) as caught:
        examine(f"{oxigraph.base}{path}")

    assert str(caught.value).endswith(
        f"An endpoint answers at {oxigraph.base}/query: `rltkg doctor {oxigraph.base}/query`"
    )
