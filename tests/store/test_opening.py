"""Opening a graph: the release, a folder in its place, and the user's own files beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

import rltkg
from rltkg.errors import InputError
from rltkg.store import EmbeddedStore, open_store

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
THING = "https://w3id.org/rltkg/thing/"


def labelled(path: Path, text: str, subject: str = "_:x") -> Path:
    """Return `path`, with one label in it, in the format of its suffix."""
    graph = f" <{THING}graph-of-the-file>" if path.suffix == ".nq" else ""
    path.write_text(f'{subject} <{LABEL}> "{text}"{graph} .\n', encoding="utf-8")
    return path


def rows(graph: rltkg.KnowledgeGraph, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query as text."""
    from rltkg.results import Answer

    answer = Answer(query, graph.store.select(query), graph.store, "")
    return [tuple(row.values()) for row in answer.named_rows()]


def test_without_anything_it_is_the_release() -> None:
    store, release = open_store()

    assert isinstance(store, EmbeddedStore)
    assert store.release is release
    assert store.own == ()
    assert store.graphs == release.graphs
    assert len(store) > 4000


def test_own_files_stand_in_graphs_of_their_own(tmp_path: Path) -> None:
    one, two = (
        labelled(tmp_path / "one.ttl", "one", f"<{THING}one>"),
        labelled(tmp_path / "two.nq", "two", f"<{THING}b>"),
    )
    graph = rltkg.open(extra=[one, str(two)])

    assert set(graph.store.graphs) - set(graph.release.graphs) == {one.as_uri(), f"{THING}graph-of-the-file"}
    assert [file.path for file in graph.store.own] == [one, two]
    assert rows(graph, f"SELECT ?g {{ GRAPH ?g {{ ?s <{LABEL}> 'one' }} }}") == [("one.ttl",)]
    assert len(graph.ask("guidelines_omitting_rlt")) == len(rltkg.open().ask("guidelines_omitting_rlt"))


def test_blank_nodes_of_two_files_are_not_the_same(tmp_path: Path) -> None:
    one, two = labelled(tmp_path / "one.ttl", "one"), labelled(tmp_path / "two.nt", "two")
    query = f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s <{LABEL}> ?l FILTER(isBlank(?s) && ?l IN ('one', 'two')) }}"

    assert rows(rltkg.open(extra=[one, two]), query) == [("2",)]
    folder = tmp_path / "folder"
    folder.mkdir()
    labelled(folder / "one.ttl", "one")
    labelled(folder / "two.ttl", "two")
    assert rows(rltkg.open(folder), query) == [("2",)]


def test_a_file_named_twice_is_added_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = labelled(tmp_path / "one.ttl", "one")
    monkeypatch.chdir(tmp_path)
    graph = rltkg.open(extra=[path, "one.ttl", "./one.ttl"])

    assert len(graph.store.own) == 1
    assert rows(graph, f"SELECT ?s {{ ?s <{LABEL}> 'one' }}") != []
    assert len(rows(graph, f"SELECT ?s {{ ?s <{LABEL}> 'one' }}")) == 1


def test_own_terms_can_be_asked_for_by_name(tmp_path: Path) -> None:
    """A file that describes an indication makes it a choice of the parameter."""
    path = tmp_path / "own.trig"
    path.write_text(
        "@prefix rlt: <https://w3id.org/rltkg/ontology/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        f'<{THING}my-tumour> a rlt:Indication ; rdfs:label "my own tumour"@en .',
        encoding="utf-8",
    )
    answer = rltkg.open(extra=path).ask("guidelines_omitting_rlt", indication="my own tumour")

    assert [term.value for term in answer.bindings["indication"]] == [f"{THING}my-tumour"]
    assert len(answer) == 0
    with pytest.raises(InputError, match="nothing is called 'my own tumour'"):
        rltkg.open().ask("guidelines_omitting_rlt", indication="my own tumour")


def test_relative_iris_refer_to_the_file(tmp_path: Path) -> None:
    path = labelled(tmp_path / "one.ttl", "one", "<#me>")

    assert rows(rltkg.open(extra=path), f"SELECT (STR(?s) AS ?iri) {{ ?s <{LABEL}> 'one' }}") == [
        (f"{path.as_uri()}#me",)
    ]
    assert rows(rltkg.open(tmp_path), f"SELECT (STR(?s) AS ?iri) {{ ?s <{LABEL}> 'one' }}") == [("file:///one.ttl#me",)]


@pytest.mark.parametrize(
    ("name", "content", "needle"),
    [
        ("a.ttl", b"<http://e/a> <http://e/b>\n  oops .", r"a\.ttl:2:3: "),
        ("a.nt", b"<http://e/a> <http://e/b> 1 .\n", r"a\.nt:1:"),
        ("a.nq", b"<http://e/a> <http://e/b> <http://e/c> <d> .\n", r"a\.nq:1:"),
        ("a.trig", b"<http://e/g> { <http://e/a> <http://e/b> }", r"a\.trig:1:"),
        ("a.ttl", b"\x00\x01\x02\xff", r"a\.ttl:1:1: "),
        ("a.ttl", b'<http://e/a> <http://e/b> "\xff" .', "UTF-8"),
        ("a.ttl", b"\x1f\x8b\x08\x00" + b"\x00" * 100, r"a\.ttl:1:"),
        ("a.ttl", "<http://e/a> <http://e/b> <http://e/c> .".encode("utf-16"), r"a\.ttl:1:"),
        ("a.ttl", b"@prefix : <http://e/> . :a :b <relative and spaced> .", r"a\.ttl:1:"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, name: str, content: bytes, needle: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(InputError, match=needle):
        rltkg.open(extra=path)


@pytest.mark.parametrize("opening", ["[ <http://e/p> ", "( "])
def test_deep_nesting_is_no_danger(tmp_path: Path, opening: str) -> None:
    closing = " ]" if opening.startswith("[") else " )"
    path = tmp_path / "deep.ttl"
    path.write_text(f"<http://e/s> <http://e/p> {opening * 100_000} 1 {closing * 100_000} .", encoding="utf-8")

    assert len(rltkg.open(tmp_path).store) >= 100_000  # type: ignore[arg-type]


def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights are of no use here where tests run as root, so the reading itself fails."""
    path = labelled(tmp_path / "one.ttl", "one")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"one\.ttl cannot be read \(Permission denied\)"):
        rltkg.open(extra=path)
