"""The graphs of files as canonical lines: every triple, in its graph, in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib

from rltkg.corpus.graphs import GraphLines
from rltkg.corpus.own import own_file
from rltkg.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.corpus import Release


def test_every_graph_has_the_triples_that_rdflib_counts(release: Release, rdflib_union: rdflib.Dataset) -> None:
    with GraphLines(release.files) as graphs:
        assert list(graphs) == release.graphs
        assert {graph: lines.digest().triples for graph, lines in graphs.items()} == {
            graph: len(rdflib_union.graph(rdflib.URIRef(graph))) for graph in release.graphs
        }


def test_little_memory_gives_the_same_digests(release: Release, tmp_path: Path) -> None:
    with GraphLines(release.files) as graphs:
        digests = {graph: lines.digest() for graph, lines in graphs.items()}
    with GraphLines(release.files, held=100_000, folder=tmp_path) as graphs:
        assert sum(lines.waiting for lines in graphs.values()) <= 100_000
        assert {graph: lines.digest() for graph, lines in graphs.items()} == digests
        assert list(tmp_path.iterdir()) != []

    assert list(tmp_path.iterdir()) == []


def test_own_files_keep_their_graphs_and_their_blank_nodes_apart(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("_:b <http://e/p> 01 .", encoding="utf-8")
    (tmp_path / "b.trig").write_text("_:b <http://e/p> 2 . <http://e/g> { _:c <http://e/p> 3 , 4 }", encoding="utf-8")
    files = [own_file(tmp_path / "a.ttl"), own_file(tmp_path / "b.trig")]
    with GraphLines(files) as graphs:
        found = {graph: list(lines) for graph, lines in graphs.items()}

    assert list(found) == [(tmp_path / "a.ttl").as_uri(), (tmp_path / "b.trig").as_uri(), "http://e/g"]
    assert b'"01"^^' in found[(tmp_path / "a.ttl").as_uri()][0]
    assert len(found["http://e/g"]) == 2


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("<http://e/g> { <http://e/a> <http://e/p> _:b } <http://e/h> { _:b <http://e/p> 1 }", "is in two graphs"),
        ("_:g { <http://e/a> <http://e/p> 1 }", "names a graph by a blank node"),
        ("<http://e/g> {\n <http://e/a> ", r"own\.trig:2"),
    ],
)
def test_what_cannot_be_told_apart_is_refused(text: str, needle: str, tmp_path: Path) -> None:
    path = tmp_path / "own.trig"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=needle):
        GraphLines([own_file(path)])
