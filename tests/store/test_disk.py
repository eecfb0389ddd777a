"""The store on disk: it answers as the one in memory does, says what it holds, and is right or gives an error."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

import rltkg
from rltkg.canned.run import bind
from rltkg.corpus.stored import MARKER
from rltkg.errors import InputError, UnavailableError
from rltkg.loading import load
from tests.canned.golden import cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg import KnowledgeGraph

ROOT = Path(__file__).resolve().parents[2]
LYMPHOMA = "<https://w3id.org/rltkg/thing/lymphoma>"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module")
def disk(stored: Path) -> KnowledgeGraph:
    """Return the graph on disk, opened."""
    return rltkg.open(stored)


@pytest.fixture
def copy(stored: Path, tmp_path: Path) -> Path:
    """Return a copy of the store that may be changed."""
    return Path(shutil.copytree(stored, tmp_path / "copy"))


def changed(store: Path, **facts: object) -> Path:
    """Return `store` with other facts in its marker."""
    marker = json.loads((store / MARKER).read_text(encoding="utf-8"))
    (store / MARKER).write_text(json.dumps({**marker, **facts}), encoding="utf-8")
    return store


def largest(store: Path) -> Path:
    """Return the largest file of data."""
    return max(store.glob("*.sst"), key=lambda path: path.stat().st_size)


def process(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start Python with `code` and `arguments`, this checkout first on its path."""
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.fixture
def writer(copy: Path) -> Iterator[Path]:
    """Return a store that another process has open for writing."""
    code = "import pyoxigraph\nstore = pyoxigraph.Store(sys.argv[1])\nprint('open', flush=True)\nsys.stdin.read()"
    with process(code, copy) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        yield copy
        other.communicate()


@pytest.mark.parametrize("name", sorted(cases()))
def test_every_query_of_the_catalogue_gives_the_same_on_disk(
    name: str, graph: KnowledgeGraph, disk: KnowledgeGraph
) -> None:
    query, parameters = cases()[name]
    found, wanted = disk.ask(query, **parameters), graph.ask(query, **parameters)

    assert len(found) > 0
    assert found.serialize("json") == wanted.serialize("json")
    assert found.named_rows() == wanted.named_rows()
    assert (found.text, found.citation) == (wanted.text, wanted.citation)


def test_an_empty_answer_says_why_on_disk_too(graph: KnowledgeGraph, disk: KnowledgeGraph) -> None:
    asked = ("guidelines_omitting_rlt", {"indication": "nen"})

    assert disk.ask(asked[0], **asked[1]).empty_because == graph.ask(asked[0], **asked[1]).empty_because
    assert "without --indication" in str(disk.ask(asked[0], **asked[1]).empty_because)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?year { ?s rlt:publicationYear ?year } ORDER BY ?s ?year",
        "SELECT (COUNT(*) AS ?n) FROM graph:gov { ?s ?p ?o }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        "SELECT ?s { ?s a rlt:NoSuchClass }",
    ],
)
def test_free_sparql_gives_the_same_rows_and_remarks(text: str, graph: KnowledgeGraph, disk: KnowledgeGraph) -> None:
    found, wanted = disk.sparql(text), graph.sparql(text)

    assert found.rows == wanted.rows  # type: ignore[union-attr]
    assert found.empty_because == wanted.empty_because  # type: ignore[union-attr]
    assert found.remarks == wanted.remarks  # type: ignore[union-attr]


def test_free_sparql_gives_truth_and_graphs(graph: KnowledgeGraph, disk: KnowledgeGraph) -> None:
    text = f"CONSTRUCT {{ {LYMPHOMA} ?p ?o }} WHERE {{ {LYMPHOMA} ?p ?o }}"

    assert disk.sparql(f"ASK {{ {LYMPHOMA} a rlt:Indication }}") is True
    assert sorted(map(str, disk.sparql(text))) == sorted(map(str, graph.sparql(text)))  # type: ignore[arg-type]
    assert len(disk.sparql(text)) > 5  # type: ignore[arg-type]


def test_a_mistake_in_a_query_is_no_damage(disk: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="is not SPARQL"):
        disk.store.select("ASK")
    with pytest.raises(InputError, match="custom function <http://e/f> is not supported"):
        disk.store.select("SELECT (<http://e/f>(1) AS ?x) { }")
    with pytest.raises(InputError, match="line 1, column 6"):
        disk.sparql("ASK {{")


def test_find_and_describe_give_the_same(
    graph: KnowledgeGraph, disk: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    found, wanted = disk.find("lymphoma guidelines"), graph.find("lymphoma guidelines")

    assert len(found) > 5
    assert found.named_rows() == wanted.named_rows()
    assert disk.describe("lymphoma").to_dict() == graph.describe("lymphoma").to_dict()


def test_the_index_of_the_release_serves_its_store(
    stored: Path, graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept under the digest, which the marker tells: the store need not be opened."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert len(rltkg.KnowledgeGraph(graph.store, graph.release).find("lymphoma")) > 0
    monkeypatch.setattr(pyoxigraph.Store, "read_only", None)

    assert len(rltkg.open(stored).find("lymphoma")) > 0


def test_the_store_tells_the_graphs_and_their_size(graph: KnowledgeGraph, disk: KnowledgeGraph) -> None:
    assert disk.store.graphs == disk.release.graphs == graph.store.graphs
    assert len(disk.store) == len(graph.store) > 20_000  # type: ignore[arg-type]
    assert disk.store.select(COUNT) == graph.store.select(COUNT)
    query = disk.catalogue["guidelines_omitting_rlt"]
    texts = [query.text(bind(query, {}, each.store), graphs=each.store.graphs) for each in (disk, graph)]
    assert texts[0] == texts[1]
    assert "FROM NAMED <https://w3id.org/rltkg/graph/gov>" in texts[0]


def test_the_release_is_the_one_in_the_store(copy: Path, graph: KnowledgeGraph) -> None:
    """Which is not the installed one, once the package is upgraded."""
    citation = (copy / "CITATION.cff").read_text(encoding="utf-8")
    (copy / "CITATION.cff").write_text(citation.replace("version: 0.1.0", "version: 0.0.9"), encoding="utf-8")
    older = rltkg.open(changed(copy, version="0.0.9", digest="a" * 64))
    answer = older.ask("guidelines_omitting_rlt")

    assert (older.release.version, older.release.digest, answer.release) == ("0.0.9", "a" * 64, "0.0.9")
    assert "(version 0.0.9, release digest aaaaaaaaaaaa)" in answer.citation
    assert older.store.digest != graph.store.digest
    with pytest.raises(UnavailableError, match="keeps no files; name the release it was made of"):
        _ = older.release.files


def test_own_files_are_told(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text('<http://e/a> <http://www.w3.org/2000/01/rdf-schema#label> "mine" .', encoding="utf-8")
    graph = rltkg.open(load(tmp_path / "store", extra=own).target)
    memory = rltkg.open(extra=own)

    assert set(graph.store.graphs) == set(memory.store.graphs)
    assert graph.ask("guidelines_omitting_rlt").citation == memory.ask("guidelines_omitting_rlt").citation
    assert "With files that are not part of it: own.ttl." in graph.ask("guidelines_omitting_rlt").citation
    assert graph.release.digest == memory.release.digest
    assert graph.store.digest not in (None, graph.release.digest)


def test_nothing_is_added_to_what_is_only_read(stored: Path) -> None:
    with pytest.raises(
        InputError, match=r"is only read; make it anew with the file in it: `rltkg load .* --with a\.ttl`"
    ):
        rltkg.open(stored, extra="a.ttl")


@pytest.mark.parametrize(
    ("change", "needle"),
    [
        (lambda store: (store / MARKER).unlink(), "of another program, or of a load that did not finish"),
        (
            lambda store: (store / MARKER).write_text("{", encoding="utf-8"),
            "is damaged; load it again with `rltkg load",
        ),
        (lambda store: (store / MARKER).write_bytes(b"\xff\x00"), "is damaged; load it again"),
        (lambda store: (store / MARKER).write_text("[" * 100_000, encoding="utf-8"), "is damaged; load it again"),
        (lambda store: changed(store, form="rltkg store 99"), "another version of rltkg .form 'rltkg store 99', not"),
        (lambda store: changed(store, graphs=3), "is damaged; load it again"),
        (lambda store: (store / "CURRENT").unlink(), "opened for writing by another program"),
    ],
)
def test_a_marker_that_is_wrong_is_an_error(copy: Path, change: object, needle: str) -> None:
    change(copy)  # type: ignore[operator]

    with pytest.raises(UnavailableError, match=needle):
        rltkg.open(copy)


@pytest.mark.parametrize("kind", ["missing", "cut", "changed", "list missing"])
def test_damage_is_one_sentence(copy: Path, kind: str) -> None:
    path = largest(copy)
    content = bytearray(path.read_bytes())
    if kind == "missing":
        path.unlink()
    elif kind == "cut":
        path.write_bytes(content[: len(content) // 2])
    elif kind == "changed":
        for each in copy.glob("*.sst"):
            content = bytearray(each.read_bytes())
            content[: len(content) // 2] = bytes(byte ^ 0x5A for byte in content[: len(content) // 2])
            each.write_bytes(content)
    else:
        next(copy.glob("MANIFEST-*")).unlink()
    graph = rltkg.open(copy)

    with pytest.raises(UnavailableError, match=r"copy is damaged \(.*\); load it again with `rltkg load"):
        graph.ask("guidelines_omitting_rlt")
    with pytest.raises(UnavailableError, match=r"copy is damaged \(.*\); load it again with `rltkg load"):
        graph.sparql("SELECT * { ?s ?p ?o } ORDER BY ?o")


def test_a_store_that_is_being_written_is_refused(writer: Path) -> None:
    with pytest.raises(UnavailableError, match="is open for writing elsewhere"):
        rltkg.open(writer)


def test_a_store_that_was_written_is_refused(writer: Path) -> None:
    with process("import pyoxigraph", writer) as nobody:
        nobody.communicate()
    marker = json.loads((writer / MARKER).read_text(encoding="utf-8"))
    (writer / "LOCK").unlink()  # as if the writer had gone

    assert (writer / "CURRENT").read_text(encoding="utf-8").strip() != marker["current"]
    with pytest.raises(UnavailableError, match="opened for writing by another program after it was loaded"):
        rltkg.open(writer)


def test_many_read_and_nobody_writes_meanwhile(stored: Path) -> None:
    code = """
import rltkg
graph = rltkg.open(sys.argv[1])
print(len(graph.ask("guidelines_omitting_rlt")), graph.sparql("ASK { thing:lymphoma a rlt:Indication }"), flush=True)
sys.stdin.read()
"""
    before = sorted(path.name for path in stored.iterdir())
    readers = [process(code, stored) for _ in range(3)]
    try:
        assert [reader.stdout.readline() for reader in readers if reader.stdout] == ["5 True\n"] * 3
        assert sorted(path.name for path in stored.iterdir()) == before
        with pytest.raises(OSError, match="While lock file"):
            pyoxigraph.Store(str(stored))
    finally:
        for reader in readers:
            reader.communicate()
    assert [reader.returncode for reader in readers] == [0, 0, 0]


def test_one_reader_that_ends_leaves_the_others_their_lock(stored: Path) -> None:
    first, second = rltkg.open(stored), rltkg.open(stored)
    del first

    with pytest.raises(OSError, match="While lock file"):
        pyoxigraph.Store(str(stored))
    assert len(second.ask("guidelines_omitting_rlt")) == 5


def test_a_store_that_is_replaced_gives_the_old_or_an_error(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text("<http://e/a> <http://e/b> <http://e/c> .", encoding="utf-8")
    target = load(tmp_path / "store").target
    opened, unopened = rltkg.open(target), rltkg.open(target)
    before = opened.store.select(COUNT)
    load(target, extra=own)

    assert opened.store.select(COUNT) == before
    for graph in (unopened, opened):
        with pytest.raises(UnavailableError, match="was replaced or removed since it was opened; open it again"):
            graph.sparql("ASK { <http://e/a> ?p ?o }")
    with pytest.raises(UnavailableError, match="was replaced or removed since it was opened"):
        unopened.ask("guidelines_omitting_rlt")
    assert rltkg.open(target).sparql("ASK { <http://e/a> ?p ?o }") is True
    shutil.rmtree(target)
    with pytest.raises(UnavailableError, match="was replaced or removed since it was opened"):
        opened.sparql("ASK { ?s ?p ?o }")
