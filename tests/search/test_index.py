"""The index over the release: what it holds, that it can be kept and read again, and by several at once."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from rltkg import KnowledgeGraph
from rltkg import open as open_graph
from rltkg.errors import UnavailableError
from rltkg.search import cache, entries
from rltkg.search.find import find, index_of
from rltkg.search.findings import KINDS
from rltkg.search.index import Index
from rltkg.store import EmbeddedStore
from rltkg.store.unopened import UnopenedStore

ROOT = Path(__file__).resolve().parents[2]
THING = "https://w3id.org/rltkg/thing/"
MANY = """
import sys
from rltkg.cli import main
for word in ("lymphoma", "nueroendocrine", "omitted guideline"):
    assert main(["find", word, "--format", "csv"]) == 0
"""


def ids(index: Index, words: str, graph: KnowledgeGraph) -> list[str]:
    """Return the ids of what `index` finds for `words`, in order."""
    return [hit.id for hit in find(words, index, graph.store, "0").hits]


def test_an_entry_has_all_its_names_and_its_sentence_first(graph: KnowledgeGraph) -> None:
    held = {entry.iri: entry for entry in entries.entries(graph.store)}
    nen = held[THING + "nen"]
    omission = held["https://w3id.org/rltkg/gov/nice-lymphoma-2016-omits-rlt"]

    assert (nen.kind, nen.id, nen.label) == ("indication", "nen", "neuroendocrine neoplasms")
    assert {"NEN", "NENs", "neuroendocrine cancers"} <= set(nen.distinct_names())
    assert nen.text.startswith("Growths that arise from neuroendocrine cells")
    assert nen.links > 50
    assert omission.kind == "statement"
    assert omission.text == "The NICE lymphoma guideline of 2016 leaves radioligand therapy out."
    assert omission.where == "GOV 2 Summary [none cited]; GOV 2.2 [43]"
    assert held["https://w3id.org/rltkg/gov/reference-1"].id == "gov:reference-1"
    assert {entry.kind for entry in held.values()} == set(KINDS) == set(entries.KINDS)
    assert not [iri for iri in held if "/passage-" in iri]
    assert len({entry.id for entry in held.values()}) == len(held)


def test_a_term_in_use_is_a_name_of_what_it_denotes(graph: KnowledgeGraph) -> None:
    held = {entry.id: entry for entry in entries.entries(graph.store)}

    assert "molecular radiotherapy" in held["radioligand-therapy"].distinct_names()
    assert "Lymphoma" in held["lymphoma"].names
    assert "Lymphoma" not in held["lymphoma"].distinct_names()


def test_a_kept_index_finds_the_same(index: Index, graph: KnowledgeGraph, cache_folder: Path) -> None:
    digest = graph.release.digest
    built = Index.built(graph.store, digest)
    kept = Index.cached(digest)

    assert kept is not None
    assert len(list(cache_folder.iterdir())) == 1
    for words in ("lymphoma", "nueroendocrine", "NICE guideline", "funding of RLT", "omitted"):
        assert ids(kept, words, graph) == ids(built, words, graph) == ids(index, words, graph) != []
    assert Index.cached("0" * 64) is None


@pytest.mark.parametrize("damage", ["cut", "empty", "foreign", "other tables"])
def test_a_damaged_index_is_made_again(damage: str, graph: KnowledgeGraph, cache_folder: Path) -> None:
    digest = graph.release.digest
    before = ids(index_of(graph.store), "lymphoma", graph)
    (file,) = cache_folder.iterdir()
    sound = file.read_bytes()
    if damage == "other tables":
        with contextlib.closing(sqlite3.connect(":memory:")) as other:
            other.execute("CREATE TABLE word(word TEXT)")
            cache.write(digest, other.serialize())
    else:
        file.write_bytes({"cut": sound[: len(sound) // 2], "empty": b"", "foreign": b"GIF89a" * 1000}[damage])

    assert Index.cached(digest) is None
    assert ids(index_of(graph.store), "lymphoma", graph) == before
    assert file.read_bytes() == sound


def test_a_folder_that_cannot_be_written_only_costs_time(
    graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert ids(index_of(graph.store), "lymphoma", graph)[0] == "lymphoma"


def test_several_processes_may_make_the_index_at_once(cache_folder: Path, index: Index, graph: KnowledgeGraph) -> None:
    command = [sys.executable, "-c", MANY]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    done = [each.communicate(timeout=120) for each in running]

    assert [each.returncode for each in running] == [0, 0, 0], done
    assert len({out for out, _ in done}) == 1
    assert "https://w3id.org/rltkg/thing/lymphoma" in done[0][0]
    assert [each.name for each in cache_folder.iterdir()] == [f"find-{graph.release.digest[:16]}.index"]
    kept = Index.cached(graph.release.digest)
    assert kept is not None
    assert ids(kept, "lymphoma", graph) == ids(index, "lymphoma", graph)


def test_a_kept_index_answers_without_the_graph(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    index_of(graph.store)
    monkeypatch.setattr(EmbeddedStore, "holding", lambda *_: pytest.fail("the graph was loaded"))
    unopened = KnowledgeGraph(UnopenedStore(graph.release), graph.release)
    findings = unopened.find("lymphoma")

    assert findings.hits[0].id == "lymphoma"
    assert findings.serialize("csv", labels=True).count(b"\r\n") == len(findings.hits) + 1
    assert findings.to_text(100)


def test_an_unopened_store_opens_for_a_query(graph: KnowledgeGraph) -> None:
    unopened = UnopenedStore(graph.release)

    assert unopened.select("ASK { ?s ?p ?o }") == graph.store.select("ASK { ?s ?p ?o }")
    assert unopened.construct("DESCRIBE <https://w3id.org/rltkg/thing/nice>")
    assert unopened.release is graph.release


def test_a_users_own_file_is_searched_and_never_kept(tmp_path: Path, cache_folder: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "<http://example.org/x> a <https://w3id.org/rltkg/ontology/Actor> ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "Zyxwv Institute"@en .',
        encoding="utf-8",
    )
    hits = open_graph(extra=own).find("zyxwv").hits

    assert [(hit.iri, hit.kind, hit.label) for hit in hits] == [("http://example.org/x", "actor", "Zyxwv Institute")]
    assert not cache_folder.exists()
    assert open_graph().find("zyxwv").hits == []


def test_a_release_that_changes_gets_a_new_index(tmp_path: Path, cache_folder: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    text = "<http://example.org/x> a <http://example.org/C> ; <http://www.w3.org/2000/01/rdf-schema#label> {} ."
    (folder / "one.ttl").write_text(text.format('"first words"'), encoding="utf-8")

    assert [hit.label for hit in open_graph(folder).find("words").hits] == ["first words"]

    (folder / "one.ttl").write_text(text.format('"other words"'), encoding="utf-8")

    assert [hit.label for hit in open_graph(folder).find("words").hits] == ["other words"]
    assert len(list(cache_folder.iterdir())) == 2


def test_sqlite_without_full_text_search_is_told(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rltkg.search.index._TABLES", "CREATE VIRTUAL TABLE words USING fts99(label)")
    with pytest.raises(UnavailableError, match=r"has no full-text search .* use a Python whose sqlite3 has FTS5"):
        Index.built(graph.store)
