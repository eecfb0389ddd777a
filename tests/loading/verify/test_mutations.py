"""What a verification must notice: each change is made in a real store, and must be named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.loading.remote import load_into
from tests.loading.remote.conftest import FOREIGN, endpoint, server
from tests.loading.remote.releases import GRAPH, LABEL, TYPE, made, plain, verified

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.endpoint.transport import Endpoint
    from rltkg.loading.verify.checks import GraphCheck

__all__ = ["endpoint", "server"]

ONE, TWO = f"{GRAPH}one", f"{GRAPH}two"
FIRST = f'<http://e/000000> <{LABEL}> "text 0"@en'
KIND = f"<http://e/000001> <{TYPE}> <https://w3id.org/rltkg/ontology/Finding>"


def changed(endpoint: Endpoint, folder: Path, *updates: str) -> dict[str, GraphCheck]:
    """Load a release, run `updates` behind its back, and return what a verification finds wrong, by graph."""
    release = made(folder, {"one": plain(60), "two": plain(20, 500)})
    load_into(endpoint, release, [])
    assert verified(endpoint, release).outcome == "same"
    for update in updates:
        endpoint.update(update)
    found = verified(endpoint, release)
    assert found.outcome == "differs"
    assert found.doubled == {}
    return {each.graph: each for each in found.checks if not each.fine}


def told(check: GraphCheck) -> list[tuple[str, str]]:
    """Return which triples a check names: missing or added, and the triple."""
    return [
        ("missing" if each.lacking else "added", (each.lacking or each.surplus or b"").decode().removesuffix(" .\n"))
        for each in check.examples
    ]


def test_a_triple_removed(endpoint: Endpoint, tmp_path: Path) -> None:
    wrong = changed(endpoint, tmp_path / "r", f"DELETE DATA {{ GRAPH <{ONE}> {{ {KIND} }} }}")

    assert list(wrong) == [ONE]
    assert told(wrong[ONE]) == [("missing", KIND)]
    assert (wrong[ONE].lacking, wrong[ONE].surplus, wrong[ONE].found.triples) == (1, 0, 59)
    assert wrong[ONE].counts == [
        "59 triples instead of 60",
        "class <https://w3id.org/rltkg/ontology/Finding>: 14 instead of 15",
        f"property <{TYPE}>: 29 instead of 30",
    ]


def test_a_triple_added(endpoint: Endpoint, tmp_path: Path) -> None:
    more = f'<http://e/more> <{LABEL}> "more"'
    wrong = changed(endpoint, tmp_path / "r", f"INSERT DATA {{ GRAPH <{TWO}> {{ {more} }} }}")

    assert list(wrong) == [TWO]
    assert told(wrong[TWO]) == [("added", more)]
    assert wrong[TWO].counts == ["21 triples instead of 20", f"property <{LABEL}>: 11 instead of 10"]


def test_a_literal_changed(endpoint: Endpoint, tmp_path: Path) -> None:
    new = FIRST.replace("text 0", "Text 0")
    wrong = changed(
        endpoint, tmp_path / "r",
        f"DELETE DATA {{ GRAPH <{ONE}> {{ {FIRST} }} }}", f"INSERT DATA {{ GRAPH <{ONE}> {{ {new} }} }}",
    )  # fmt: skip

    assert list(wrong) == [ONE]
    assert sorted(told(wrong[ONE])) == [("added", new), ("missing", FIRST)]
    assert wrong[ONE].counts == []  # nothing that is counted tells


def test_a_language_changed(endpoint: Endpoint, tmp_path: Path) -> None:
    new = FIRST.replace("@en", "@de")
    wrong = changed(
        endpoint, tmp_path / "r",
        f"DELETE DATA {{ GRAPH <{ONE}> {{ {FIRST} }} }}", f"INSERT DATA {{ GRAPH <{ONE}> {{ {new} }} }}",
    )  # fmt: skip

    assert sorted(told(wrong[ONE])) == [("added", new), ("missing", FIRST)]


def test_a_graph_missing(endpoint: Endpoint, tmp_path: Path) -> None:
    wrong = changed(endpoint, tmp_path / "r", f"DROP SILENT GRAPH <{TWO}>")

    assert list(wrong) == [TWO]
    assert (wrong[TWO].outcome, wrong[TWO].lacking, wrong[TWO].found.triples) == ("missing", 20, 0)


def test_a_graph_doubled_inside_another_of_ours(endpoint: Endpoint, tmp_path: Path) -> None:
    copied = f"INSERT {{ GRAPH <{ONE}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{TWO}> {{ ?s ?p ?o }} }}"
    wrong = changed(endpoint, tmp_path / "r", copied)

    assert list(wrong) == [ONE]
    assert (wrong[ONE].lacking, wrong[ONE].surplus) == (0, 20)


def test_a_graph_doubled_elsewhere(endpoint: Endpoint, tmp_path: Path) -> None:
    """Also where the graph that holds it has triples of its own; a part of one is no copy."""
    release = made(tmp_path / "r", {"one": plain(60), "two": plain(20, 500)})
    load_into(endpoint, release, [])
    endpoint.put_graph("http://e/copy", "\n".join([*plain(20, 500), *plain(7, 900), ""]).encode())
    endpoint.put_graph("http://e/part", "\n".join([*plain(59), ""]).encode())
    found = verified(endpoint, release)

    assert found.doubled == {TWO: {"http://e/copy": 27}}
    assert found.outcome == "differs"
    assert all(each.fine for each in found.checks)


def test_other_graphs_are_not_looked_at(endpoint: Endpoint, tmp_path: Path) -> None:
    release = made(tmp_path / "r", {"one": plain(60)})
    load_into(endpoint, release, [])
    endpoint.update(f'INSERT DATA {{ GRAPH <{FOREIGN}2> {{ {FIRST} . {KIND} . <http://e/x> <{LABEL}> "x" }} }}')

    assert verified(endpoint, release).outcome == "same"


def test_what_is_not_in_the_release_any_more(endpoint: Endpoint, tmp_path: Path) -> None:
    """A store that holds another release than it is compared with."""
    load_into(endpoint, made(tmp_path / "old", {"one": plain(60), "two": plain(20, 500)}), [])
    found = verified(endpoint, made(tmp_path / "new", {"one": plain(60)}))

    (wrong,) = [each for each in found.checks if not each.fine]
    assert (wrong.graph, wrong.remark) == (TWO, "it is no graph of this release")


@pytest.mark.parametrize("kind", ["integer", "boolean"])
def test_a_store_that_loses_is_told_from_one_that_rewrites(kind: str, virtuoso: object, tmp_path: Path) -> None:
    """Virtuoso makes 0 of an integer that is none; it keeps a boolean that is none."""
    from rltkg.endpoint.transport import Endpoint

    asked = Endpoint(virtuoso.target)  # type: ignore[attr-defined]
    line = f'<http://e/a> <http://e/p> "oops"^^<http://www.w3.org/2001/XMLSchema#{kind}> .'
    release = made(tmp_path / "r", {f"lossy-{kind}": [line]})
    done = load_into(asked, release, [])

    assert done.verification is not None
    (check,) = done.verification.checks
    if kind == "integer":
        assert (check.outcome, check.lacking, check.surplus) == ("differs", 1, 1)
        found = verified(asked, release)
        assert (found.outcome, found.record is not None and found.record.complete) == ("incomplete", False)
    else:
        assert check.outcome == "same"
    asked.update(f"DROP SILENT GRAPH <{GRAPH}lossy-{kind}>")
    asked.update(f"DROP SILENT GRAPH <{GRAPH}load>")
