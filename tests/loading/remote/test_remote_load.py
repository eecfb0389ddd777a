"""Loading into real servers: what gets there, what a second load does, and the load of the next release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.corpus import Release, shipped
from rltkg.corpus.own import own_file
from rltkg.endpoint import record
from rltkg.endpoint.record import Held
from rltkg.endpoint.transport import Endpoint
from rltkg.errors import InputError
from rltkg.loading.remote import load_into, run
from rltkg.loading.remote.limits import limits
from tests.loading.remote.conftest import FOREIGN
from tests.loading.remote.releases import GRAPH, LABEL, XSD, held, made, next_release, plain, state, verified
from tests.servers.oxigraph import oxigraph_server
from tests.servers.virtuoso import virtuoso_server

if TYPE_CHECKING:
    from pathlib import Path


def actions(loaded: object) -> dict[str, tuple[str, int, int]]:
    """Return what was planned: last part of the graph -> action, added, removed."""
    steps = loaded.plan.steps  # type: ignore[attr-defined]
    return {each.graph.rsplit("/", 1)[-1]: (each.action, each.add, each.remove) for each in steps}


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_the_release_again_and_the_next_release(kind: str, tmp_path: Path) -> None:
    """The same counts and digests as the files; a second load changes nothing; the next one sends the difference."""
    with (oxigraph_server if kind == "oxigraph" else virtuoso_server)(tmp_path / "server") as server:
        endpoint = Endpoint(server.target)
        endpoint.put_graph(FOREIGN, "\n".join([*plain(50, word="foreign"), ""]).encode())
        foreign = held(endpoint, [FOREIGN])
        release = shipped()
        gets_there(endpoint, release)
        changes_nothing(endpoint, release)
        sends_the_difference(endpoint, release, next_release(release, tmp_path / "next"))

        assert held(endpoint, [FOREIGN]) == foreign


def gets_there(endpoint: Endpoint, release: Release) -> None:
    due = state(release)
    first = load_into(endpoint, release, [])
    said = record.read(endpoint)

    assert {each.action for each in first.plan.steps} == {"new"}
    assert sorted(each.graph for each in first.plan.steps) == release.graphs
    assert held(endpoint, release.graphs) == due
    assert said is not None
    assert (said.complete, said.verified, said.version, said.digest) == (True, True, release.version, release.digest)
    assert {graph: each.digest for graph, each in said.graphs.items()} == due
    assert {graph: each.kept for graph, each in said.graphs.items()} == due


def changes_nothing(endpoint: Endpoint, release: Release) -> None:
    said = record.read(endpoint)
    second = load_into(endpoint, release, [])

    assert not second.changed
    assert second.verification is None
    assert {each.action for each in second.plan.steps} == {"keep"}
    assert record.read(endpoint) == said
    found = verified(endpoint, release)
    assert (found.outcome, [each.outcome for each in found.checks]) == ("same", ["same"] * len(release.graphs))


def sends_the_difference(endpoint: Endpoint, old: Release, new: Release) -> None:
    dry = load_into(endpoint, new, [], dry_run=True)

    assert held(endpoint, old.graphs) == state(old)
    assert not dry.changed
    done = load_into(endpoint, new, [])
    assert actions(dry) == actions(done)
    found = actions(done)
    assert found["pages"] == ("change", 1, 0)
    assert found["coding"] == ("change", 1, 1)
    assert found["things"][:2] == ("change", 0)
    assert found["things"][2] > 0
    assert {name for name, step in found.items() if step[0] == "keep"} == {
        "bibliography", "eur", "gov", "manifest", "mappings", "ontology", "updates"
    }  # fmt: skip
    assert held(endpoint, new.graphs) == state(new)
    assert verified(endpoint, new).outcome == "same"
    said = record.read(endpoint)
    assert said is not None
    assert (said.complete, said.verified, said.digest) == (True, True, new.digest)

    before = verified(endpoint, old)
    assert before.outcome == "differs"
    wrong = {each.graph.removeprefix(GRAPH): (each.lacking, each.surplus) for each in before.checks if not each.fine}
    assert wrong == {"pages": (0, 1), "coding": (1, 1), "things": (found["things"][2], 0)}


def test_large_changes_and_blank_nodes_are_sent_whole(
    endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "limits", lambda name: limits(name)._replace(lines=500))
    restriction = '<http://e/C> <http://e/is> [ <http://e/p> <http://e/q> ; <http://e/v> "%s" ] .'
    graphs = {"one": plain(2000), "two": [restriction % "a", *plain(20)], "three": plain(10)}
    old = made(tmp_path / "old", graphs)
    new = made(
        tmp_path / "new",
        {"one": plain(2000, word="other"), "two": [restriction % "b", *plain(20)], "four": plain(4)},
    )
    load_into(endpoint, old, [])
    done = load_into(endpoint, new, [])

    assert actions(done) == {
        "one": ("replace", 1000, 1000), "two": ("replace", 1, 1), "three": ("remove", 0, 10), "four": ("new", 4, 0)
    }  # fmt: skip
    assert held(endpoint, {*old.graphs, *new.graphs}) == state(new)
    assert load_into(endpoint, new, []).changed is False


REWRITTEN = [
    ("1.50", "decimal"), ("01", "integer"), ("1", "boolean"), ("true", "boolean"),
    ("2020-01-01T10:00:00.5Z", "dateTime"),
    ("1.5E10", "double"), ("P1D", "dayTimeDuration"), ("P12M", "yearMonthDuration"), ("5", "int"),
    ("2020-05", "gYearMonth"), ("2021-02-03", "date"), ("24:00:00", "time"),
]  # fmt: skip


def test_rewritten_literals_are_named_and_no_loss(endpoint: Endpoint, tmp_path: Path) -> None:
    """The value of each is the same; a second load does not send them again, nor does the next release."""
    lines = [f'<http://e/{n:03}> <http://e/p> "{text}"^^<{XSD}{kind}> .' for n, (text, kind) in enumerate(REWRITTEN)]
    blank = f'<http://e/b> <http://e/q> [ <http://e/p> "02"^^<{XSD}integer> ; <{LABEL}> "b" ] .'
    release = made(tmp_path / "one", {"one": [*lines, blank], "two": plain(10)})
    first = load_into(endpoint, release, [])
    due = {
        "oxigraph": {
            "xsd:boolean in another form", "xsd:decimal in another form", "xsd:double in another form",
            "xsd:int as xsd:integer", "xsd:integer in another form", "xsd:time in another form",
            "xsd:dateTime in another form", "xsd:yearMonthDuration in another form",
        },
        "virtuoso": {
            "xsd:boolean in another form", "xsd:dateTime in another form", "xsd:dayTimeDuration in another form",
            "xsd:decimal in another form", "xsd:double in another form", "xsd:integer in another form",
            "xsd:yearMonthDuration in another form",
        },
    }[endpoint.dialect.name]  # fmt: skip
    if endpoint.dialect.name == "oxigraph":
        due -= {"xsd:dateTime in another form"}

    assert first.verification is not None
    one, two = first.verification.checks
    assert (one.outcome, two.outcome) == ("rewritten", "same")
    assert set(one.rewritten) == due
    assert one.rewritten["xsd:integer in another form"] == 2
    said = record.read(endpoint)
    assert said is not None
    assert said.graphs[GRAPH + "one"].kept not in ("", said.graphs[GRAPH + "one"].digest)
    assert load_into(endpoint, release, []).changed is False

    new = made(tmp_path / "two", {"one": [*lines[1:], blank, *plain(1)], "two": plain(10)})
    second = load_into(endpoint, new, [])
    assert actions(second)["one"] == ("change", 1, 1)
    assert verified(endpoint, new).outcome == "rewritten"


def test_own_files_come_and_go_with_the_load(endpoint: Endpoint, tmp_path: Path) -> None:
    release = made(tmp_path / "release", {"one": plain(10)})
    own = tmp_path / "own.trig"
    lines = [f'<http://e/a> <{LABEL}> "mine" .', f'<http://e/g> {{ <http://e/a> <{LABEL}> "in g" }}']
    own.write_text("\n".join(lines), encoding="utf-8")
    load_into(endpoint, release, [own_file(own)])
    said = record.read(endpoint)

    assert said is not None
    assert {graph: each.part for graph, each in said.graphs.items()} == {
        GRAPH + "one": "release", own.as_uri(): "own", "http://e/g": "own"
    }  # fmt: skip
    assert verified(endpoint, release, (own,)).outcome == "same"
    assert verified(endpoint, release).outcome == "same"  # what the record says of them is enough
    endpoint.update(f'INSERT DATA {{ GRAPH <http://e/g> {{ <http://e/b> <{LABEL}> "more" }} }}')
    (wrong,) = [each for each in verified(endpoint, release).checks if not each.fine]
    assert (wrong.graph, wrong.found.triples, wrong.due.triples) == ("http://e/g", 2, 1)
    assert "name its file with --with" in wrong.remark

    gone = load_into(endpoint, release, [])
    assert {each.graph for each in gone.plan.steps if each.action == "remove"} == {own.as_uri(), "http://e/g"}
    assert held(endpoint, [GRAPH + "one", own.as_uri(), "http://e/g"]) == state(release)
    said = record.read(endpoint)
    assert said is not None
    assert list(said.graphs) == [GRAPH + "one"]


def test_a_graph_of_somebody_else_is_not_overwritten(endpoint: Endpoint, tmp_path: Path) -> None:
    endpoint.put_graph("http://e/theirs", b'<http://e/a> <http://e/b> "c" .\n')
    (tmp_path / "mine.trig").write_text(f'<http://e/theirs> {{ <http://e/a> <{LABEL}> "d" }}', encoding="utf-8")
    release = made(tmp_path / "release", {"one": plain(10)})

    with pytest.raises(InputError, match=r"has 1 triples in <http://e/theirs> that rltkg did not put there"):
        load_into(endpoint, release, [own_file(tmp_path / "mine.trig")])
    assert held(endpoint, ["http://e/theirs", GRAPH + "one"]).keys() == {"http://e/theirs"}
    assert record.read(endpoint) is None


def test_what_another_tool_loaded_is_taken_over(endpoint: Endpoint, tmp_path: Path) -> None:
    release = made(tmp_path / "release", {"one": plain(100), "two": plain(10)})
    endpoint.put_graph(GRAPH + "one", "\n".join([*plain(99), ""]).encode())
    before = verified(endpoint, release)
    done = load_into(endpoint, release, [])

    assert (before.record, before.outcome) == (None, "differs")
    assert actions(done) == {"one": ("change", 1, 0), "two": ("new", 10, 0)}
    assert verified(endpoint, release).outcome == "same"


def test_a_load_that_is_not_read_back_is_read_by_the_next(endpoint: Endpoint, tmp_path: Path) -> None:
    release = made(tmp_path / "release", {"one": plain(100)})
    first = load_into(endpoint, release, [], verified=False)
    said = record.read(endpoint)

    assert first.verification is None
    assert said is not None
    assert (said.complete, said.verified, said.graphs[GRAPH + "one"].kept) == (True, False, "")
    second = load_into(endpoint, release, [])
    digest = state(release)[GRAPH + "one"]
    assert {each.action for each in second.plan.steps} == {"keep"}
    said = record.read(endpoint)
    assert said is not None
    assert said.verified
    assert said.graphs == {GRAPH + "one": Held(100, 100, digest, digest, "release")}


def test_a_change_behind_our_back_is_found_by_the_next_load(endpoint: Endpoint, tmp_path: Path) -> None:
    release = made(tmp_path / "release", {"one": plain(100), "two": plain(10)})
    load_into(endpoint, release, [])
    endpoint.update(f'INSERT DATA {{ GRAPH <{GRAPH}two> {{ <http://e/x> <{LABEL}> "strange" }} }}')
    done = load_into(endpoint, release, [])

    assert actions(done) == {"one": ("keep", 0, 0), "two": ("change", 0, 1)}
    assert held(endpoint, release.graphs) == state(release)


def test_long_graphs_are_sent_in_parts(endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank nodes are in one part, so that they stay the same nodes."""
    monkeypatch.setattr(run, "limits", lambda name: limits(name)._replace(part=2000))
    lines = plain(200)
    for place in (20, 90, 150):
        lines.insert(place, f"<http://e/{place}> <http://e/p> _:shared .")
    release = made(tmp_path / "release", {"one": [*lines, '_:shared <http://e/q> "x" .']})
    done = load_into(endpoint, release, [])

    assert done.verification is not None
    assert done.verification.outcome == "same"
    assert held(endpoint, release.graphs) == state(release)
