"""What is exported comes from the files as they are written, or from a store as it has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.corpus.graphs import GraphLines
from rltkg.endpoint.transport import Endpoint
from rltkg.errors import InputError, RltkgError, UnavailableError
from rltkg.loading import load
from rltkg.publication.content import content
from rltkg.store.disk import DiskStore

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

    from rltkg.corpus import Release
    from tests.servers.base import Server

GOV = "https://w3id.org/rltkg/graph/gov"


def test_without_a_word_it_is_the_shipped_release(release: Release) -> None:
    with content() as found, GraphLines(release.files) as graphs:
        assert list(found.graphs) == release.graphs
        assert {each: lines.digest() for each, lines in found.graphs.items()} == {
            each: lines.digest() for each, lines in graphs.items()
        }
        assert (found.part, found.own) == (False, ())


def test_a_store_on_disk_gives_the_same_graphs(stored: Path) -> None:
    with content() as files, content(stored) as store:
        assert list(store.graphs) == list(files.graphs)
        for graph, lines in files.graphs.items():
            assert store.graphs[graph].digest() == lines.digest(), graph


def test_files_keep_their_forms_and_a_store_has_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "a.ttl").write_text("<http://e/a> <http://e/p> 01 .", encoding="utf-8")
    target = load(tmp_path / "store", folder).target
    with content(folder) as files, content(target) as store, content(release=folder) as again:
        assert b'"01"^^' in next(iter(files.graphs["file:///a.ttl"]))
        assert b'"1"^^' in next(iter(store.graphs["file:///a.ttl"]))
        assert list(again.graphs) == ["file:///a.ttl"]


def test_own_files_are_added(tmp_path: Path) -> None:
    path = tmp_path / "own.nt"
    path.write_text("<http://e/a> <http://e/p> <http://e/b> .\n", encoding="utf-8")
    with content(extra=[path, path]) as found:
        assert next(iter(found.graphs)) == path.as_uri()
        assert found.graphs[path.as_uri()].digest().triples == 1
        assert [file.path for file in found.own] == [path]


def test_graphs_are_chosen_by_name_or_iri() -> None:
    with content(graphs=["gov", GOV, "https://w3id.org/rltkg/graph/eur"]) as found:
        assert list(found.graphs) == ["https://w3id.org/rltkg/graph/eur", GOV]
        assert found.part


@pytest.mark.parametrize(
    ("places", "graphs", "needle"),
    [
        ((None, None), ["gvo"], "There is no graph 'gvo'; did you mean 'gov'"),
        (("a", "b"), [], "--store a and --release b both say what to export"),
        (("nowhere", None), [], "There is no folder nowhere"),
        ((None, "nowhere"), [], "There is no folder nowhere"),
        (("\0", None), [], "is no name of a file"),
    ],
)
def test_mistakes_are_sentences(places: tuple[str | None, str | None], graphs: list[str], needle: str) -> None:
    with pytest.raises(RltkgError, match=needle):
        content(*places, graphs=graphs)


@pytest.mark.parametrize("kind", ["oxigraph", "virtuoso"])
def test_a_server_gives_the_same_graphs(
    kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    server: Server = request.getfixturevalue(kind)
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    endpoint = Endpoint(server.target)
    with content(graphs=["manifest", "ontology"]) as files:
        for graph, lines in files.graphs.items():
            endpoint.put_graph(graph, iter(lines))
        try:
            with content("server", graphs=["manifest", "ontology"]) as store:
                assert {each: lines.digest() for each, lines in store.graphs.items()} == {
                    each: lines.digest() for each, lines in files.graphs.items()
                }
                assert "has no load record" in store.remarks[0]
        finally:
            for graph in files.graphs:
                endpoint.delete_graph(graph)


def test_an_answer_that_a_server_cuts_is_an_error(monkeypatch: pytest.MonkeyPatch, stored: Path) -> None:
    def pour(self: DiskStore, text: str, sink: IO[bytes], **_: bool) -> None:
        sink.write(self.construct(text.replace("} }", "} } LIMIT 3")))

    monkeypatch.setattr(DiskStore, "pour", pour)
    with pytest.raises(UnavailableError, match=r"The store gave 3 of 2,164 triples of https://\S+bibliography"):
        content(stored)


def test_a_store_on_disk_takes_no_own_files(stored: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.nt"
    path.touch()
    with pytest.raises(InputError, match="is only read"):
        content(stored, extra=[path])
