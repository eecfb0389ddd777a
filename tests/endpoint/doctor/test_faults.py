"""The doctor at an endpoint with one fault after the other: each is found, by name, with the verbs that it stops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest

from rltkg.corpus import shipped
from rltkg.doctor import as_text, examine
from rltkg.doctor.findings import VERBS
from rltkg.doctor.literals import IN_RELEASE, SENT
from rltkg.errors import UnavailableError
from tests.endpoint.doctor.asking import READ, WRITTEN, examined, pretended, states, told
from tests.endpoint.doctor.pretending import Pretend

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = "https://w3id.org/rltkg/graph/gov"

# By fault: how it is had, the finding that tells it with its state, words of it, and the verbs that do not work then.
FAULTS: dict[str, tuple[dict[str, Any], str, str, str, tuple[str, ...]]] = {
    "ignores the graphs that are named": (
        {"deaf": True, "union": True}, "default-graph-uri", "beware", "it is ignored: a query sees more", (),
    ),
    "ignores them and has no union": (
        {"deaf": True}, "default-graph-uri", "no", "what it names is not seen", ("ask", "sparql"),
    ),
    "cuts rows without a word": ({"cap": 10_000}, "rows", "beware", "is cut to 10,000 without a word", ()),
    "cuts triples without a word": ({"cap": 10_000}, "triples", "beware", "is cut to 10,000, without a word", ()),
    "cuts graphs": ({"cap": 10_000}, "long graph", "beware", "of 12,000 triples 10,000 are given back", ()),
    "answers in XML only": (
        {"only": "application/sparql-results+xml"}, "results", "no", "JSON as application/sparql-results+xml", VERBS,
    ),
    "takes no POST of queries": (
        {"forbids": {"POST /sparql": 405}}, "SELECT by POST form", "no", "405", ("ask", "sparql"),
    ),
    "takes no GET of queries": ({"forbids": {"GET /sparql": 405}}, "SELECT by GET", "no", "405", VERBS),
    "forbids updates": ({"forbids": {"POST /update": 403}}, "INSERT DATA", "no", "forbids it (403", ("load",)),
    "asks who updates": (
        {"forbids": {"POST /update": 401}}, "INSERT DATA", "no", "asks who you are (basic)", ("load",),
    ),
    "has no updates": (
        {"forbids": {"GET /update": 404, "POST /update": 404}}, "update address", "no", "there is nothing", ("load",),
    ),
    "forbids PUT": ({"forbids": {"PUT /data": 403}}, "PUT", "no", "forbids it (403", ("load",)),
    "has no graph store": (
        {"forbids": {f"{verb} /data": 501 for verb in ("GET", "PUT", "POST", "DELETE")}}, "graph store address", "no",
        "501 Not Implemented", ("load", "verify"),
    ),
    "removes no graphs": ({"keeps": True}, "removal", "no", "cannot be removed", ("load",)),
    "loses years": (
        {"loses": "#gYear>"}, "years", "beware", "changed: 2016 (gYear) as nothing; the release has none", (),
    ),
    "loses months": ({"loses": "#gYearMonth>"}, "months", "no", "changed: 2020-05 (gYearMonth) as", ("load", "verify")),
    "loses long texts": (
        {"loses": "x" * 5_000}, "long texts", "no", "(5,000 characters) as nothing", ("load", "verify"),
    ),
    "takes short requests only": (
        {"longest": 50_000}, "request size", "beware", "one of 10,000 is", ("load", "verify"),
    ),
    "takes no long update": (
        {"longest": 150_000}, "long update", "no", "takes no more at once", ("load",),
    ),
}  # fmt: skip


def test_an_endpoint_without_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend = Pretend(union=True)
    pretend.add(RELEASE, "s", "p", "o")
    made = examined(pretend, tmp_path, monkeypatch)
    found = states(made)

    assert set(found) == {*READ, *WRITTEN}
    assert {name for name, state in found.items() if state != "yes"} == {"release"}
    assert (made.dialect, made.product, made.missing) == ("sparql11", "", [])
    assert len(pretend.store) == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, name, state, words, stopped = FAULTS[fault]
    made = examined(Pretend(**settings), tmp_path, monkeypatch)
    found = made.has(name)

    assert found is not None
    assert (found.state, words in found.told) == (state, True), found.told
    stops = tuple(verb for verb in VERBS if made.verdict(verb).state == "does not work")
    assert stops == stopped
    assert bool(made.missing) == bool({"ask", "load"} & set(stopped))
    if state == "no":
        assert found.told.partition(" (")[0][:40] in " ".join(as_text(made, 10_000).split())


def test_what_cannot_be_removed_is_named_with_the_update_that_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend = Pretend(keeps=True)
    made = examined(pretend, tmp_path, monkeypatch)
    left = {quad.graph_name.value for quad in pretend.store}

    assert len(left) == 2
    removal = made.has("removal")
    assert removal is not None
    assert all(f"DROP SILENT GRAPH <{graph}>" in removal.remedy for graph in left)


def test_it_is_tidied_up_after_an_interruption(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rltkg.doctor import trying

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(trying, "scope", interrupted)
    pretend = Pretend()
    with pytest.raises(KeyboardInterrupt):
        examined(pretend, tmp_path, monkeypatch)

    assert len(pretend.store) == 0


def test_an_interruption_tells_what_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rltkg.doctor import trying

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(trying, "scope", interrupted)
    with pytest.raises(UnavailableError, match="cannot be removed; run the update DROP SILENT GRAPH <"):
        examined(Pretend(keeps=True), tmp_path, monkeypatch)


def test_graphs_of_others_are_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend = Pretend()
    for graph in ("", "http://e/g", RELEASE):
        pretend.add(graph, "s", "p", "o")
    before = set(pretend.store)
    with pretended(pretend, tmp_path, monkeypatch) as server:
        made = examine("lab", write=True)
        written = [each for each in server.asked if each.method in ("PUT", "DELETE") or each.path == "/update"]

    assert set(pretend.store) == before
    assert told(made, "removal") == "nothing of it is left there"
    assert len(written) == 3 + 2 + 1 + 3  # PUT, DELETE, a look at the address of updates, updates
    for each in written:
        assert "scratch-" in each.path + each.body.decode() or each.method == "GET"


def test_without_write_nothing_but_reading_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend = Pretend()
    pretend.add(RELEASE, "s", "p", "o")
    with pretended(pretend, tmp_path, monkeypatch) as server:
        made = examine("lab")
        asked = list(server.asked)

    assert set(states(made)) == {*READ, "GET"}
    assert {each.method for each in asked} == {"GET", "POST"}
    assert {each.path.partition("?")[0] for each in asked if each.method == "POST"} == {"/sparql"}
    assert {each.headers["Content-Type"] for each in asked if each.method == "POST"} == {
        "application/x-www-form-urlencoded", "application/sparql-query",
    }  # fmt: skip
    assert not any("update=" in each.path or b"update=" in each.body for each in asked)
    assert len(asked) > 30
    assert len(pretend.store) == 1
    assert made.verdict("load").state == "should work, and was not tried"


def test_an_unknown_server_is_told_what_its_table_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pretended(Pretend(server="Apache Jena Fuseki (5.1.0)"), tmp_path, monkeypatch) as server:
        fuseki = examine(server.address)
    with pretended(Pretend(), tmp_path, monkeypatch) as server:
        plain = examine(server.address)

    assert (fuseki.dialect, plain.dialect) == ("fuseki", "sparql11")
    assert told(fuseki, "dialect") == "fuseki (Apache Jena Fuseki, which is not tested)"
    assert "[targets.fuseki]" in as_text(fuseki)
    assert [each.name for each in plain.missing] == ["update address"]
    assert '# update = "https://..."  (ask whoever runs the server)' in as_text(plain)


def test_another_dialect_than_the_target_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend = Pretend(server="Oxigraph/0.5.13")
    with pretended(pretend, tmp_path, monkeypatch, 'dialect = "fuseki"'):
        made = examine("lab")

    dialect = made.has("dialect")
    assert dialect is not None
    assert (dialect.state, dialect.remedy) == ("beware", 'write `dialect = "oxigraph"` into the target')
    assert "the target says fuseki" in dialect.told


def test_the_kinds_of_literals_that_stop_a_load_are_those_of_the_release() -> None:
    used = set()
    for file in shipped().files:
        for quad in pyoxigraph.parse(path=str(file.path), format=pyoxigraph.RdfFormat.TURTLE):
            if isinstance(quad.object, pyoxigraph.Literal):
                used.add(quad.object.datatype.value)
    sent = {each.datatype.value for kind in IN_RELEASE for each in SENT[kind]}

    assert used == sent
    assert (len(SENT), sum(map(len, SENT.values()))) == (14, 40 - 1)
