"""Loading onto disk: what gets there, what is told of it, and what it may replace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

import rltkg
from rltkg.corpus.stored import FORM, MARKER
from rltkg.errors import InputError, UnavailableError
from rltkg.loading import build, load, site

if TYPE_CHECKING:
    from collections.abc import Callable

    from rltkg.corpus import Release

ROOT = Path(__file__).resolve().parents[2]
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def small_release(root: Path, name: str = "one") -> Path:
    """Return a folder of RDF files that together are a graph with a few triples, in each of the formats."""
    root.mkdir(exist_ok=True)
    (root / "a.ttl").write_text(f'_:x <{LABEL}> "{name}" .\n<#me> <{LABEL}> "me" .\n', encoding="utf-8")
    (root / "b.nt").write_text(f'_:x <{LABEL}> "b" .\n', encoding="utf-8")
    (root / "c.trig").write_text(f'_:x <{LABEL}> "c" . <http://e/g> {{ _:x <{LABEL}> "c in g" }}\n', encoding="utf-8")
    (root / "d.nq").write_text(f'_:x <{LABEL}> "d" <http://e/g> .\n_:x <{LABEL}> "d" .\n', encoding="utf-8")
    return root


def labels(place: Path) -> list[tuple[str, ...]]:
    """Return graph, subject (blank nodes without their names) and label of each triple, sorted."""
    quads = pyoxigraph.Store.read_only(str(place)).quads_for_pattern(None, pyoxigraph.NamedNode(LABEL), None, None)
    return sorted(
        (str(quad.graph_name), "_" if isinstance(quad.subject, pyoxigraph.BlankNode) else str(quad.subject),
         str(quad.object))
        for quad in quads
    )  # fmt: skip


def blank_nodes(place: Path) -> int:
    """Return how many blank nodes there are."""
    quads = pyoxigraph.Store.read_only(str(place)).quads_for_pattern(None, None, None, None)
    return len({quad.subject for quad in quads if isinstance(quad.subject, pyoxigraph.BlankNode)})


SMALL = [
    ("<file:///a.ttl>", "<file:///a.ttl#me>", '"me"'),
    ("<file:///a.ttl>", "_", '"one"'),
    ("<file:///b.nt>", "_", '"b"'),
    ("<file:///c.trig>", "_", '"c"'),
    ("<file:///d.nq>", "_", '"d"'),
    ("<http://e/g>", "_", '"c in g"'),
    ("<http://e/g>", "_", '"d"'),
]


def test_the_release_gets_there_with_all_that_is_told_of_it(stored: Path, release: Release) -> None:
    marker = json.loads((stored / MARKER).read_text(encoding="utf-8"))
    engine = pyoxigraph.Store.read_only(str(stored))

    assert list(marker) == ["form", "id", "made", "engine", "version", "citable", "digest", "triples", "graphs", "own",
                            "current"]  # fmt: skip
    assert (marker["form"], marker["version"], marker["citable"], marker["own"]) == (FORM, "0.1.0", True, [])
    assert marker["digest"] == release.digest
    assert list(marker["graphs"]) == release.graphs == sorted(each.value for each in engine.named_graphs())
    assert marker["triples"] == sum(marker["graphs"].values()) == len(engine) == len(rltkg.open().store)  # type: ignore[arg-type]
    assert (stored / "queries" / "catalogue.json").read_bytes() == release.catalogue.read_bytes()
    assert (stored / "CITATION.cff").read_bytes() == (release.root / "CITATION.cff").read_bytes()
    assert [path.name for path in stored.parent.iterdir()] == [stored.name]


@pytest.mark.parametrize("limits", [(1 << 20, 1 << 24), (1 << 20, 1), (0, 1)])
def test_files_get_there_alike_together_and_each_by_itself(
    limits: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "SMALL", limits[0])
    monkeypatch.setattr(build, "TOGETHER", limits[1])
    source = small_release(tmp_path / "source")
    loaded = load(tmp_path / "store", source)
    graph = rltkg.open(source)

    assert labels(loaded.target) == SMALL
    assert blank_nodes(loaded.target) == 4  # one a file: no two files share one, two graphs of a file may
    assert loaded.graphs == {
        "file:///a.ttl": 2, "file:///b.nt": 1, "file:///c.trig": 1, "file:///d.nq": 1, "http://e/g": 2
    }  # fmt: skip
    assert loaded.triples == 7
    assert loaded.digest == graph.release.digest
    assert (loaded.version, rltkg.open(loaded.target).release.version) == ("folder source", "folder source")


def test_a_folder_of_the_user_is_cited_as_one(tmp_path: Path) -> None:
    source = small_release(tmp_path / "source")
    memory, disk = rltkg.open(source), rltkg.open(load(tmp_path / "store", source).target)

    assert disk.ask("figures").citation == memory.ask("figures").citation
    assert disk.ask("figures").citation.startswith("folder source, digest ")


def test_long_files_that_do_not_fit_into_memory_fit_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rltkg.corpus.own.LARGEST", 10)
    source = small_release(tmp_path / "source")
    (source / "graph.ttl").write_text(
        f'<http://e/h> a <https://w3id.org/rltkg/ontology/ReleaseGraph> ; <{LABEL}> "h" .', encoding="utf-8"
    )
    with pytest.raises(InputError, match="0 MB fit into memory"):
        rltkg.open(source)
    loaded = load(tmp_path / "store", source, extra=source / "b.nt")

    assert labels(loaded.target) == sorted([*SMALL, ("<http://e/h>", "<http://e/h>", '"h"'),
                                            (f"<{(source / 'b.nt').as_uri()}>", "_", '"b"')])  # fmt: skip
    (source / "b.nt").write_text("<<" * 6000, encoding="utf-8")
    with pytest.raises(InputError, match="over 5,000 triple terms"):
        load(tmp_path / "store", source)


def test_another_load_replaces_a_store(tmp_path: Path) -> None:
    first = load(tmp_path / "store", small_release(tmp_path / "source")).target
    before = json.loads((first / MARKER).read_text(encoding="utf-8"))
    load(first, small_release(tmp_path / "source", "two"))
    after = json.loads((first / MARKER).read_text(encoding="utf-8"))

    assert ("<file:///a.ttl>", "_", '"two"') in labels(first)
    assert ("<file:///a.ttl>", "_", '"one"') not in labels(first)
    assert before["id"] != after["id"]
    assert before["digest"] != after["digest"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["source", "store"]


def test_a_store_is_replaced_where_two_folders_cannot_be_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "_exchanged", lambda *_: False)
    test_another_load_replaces_a_store(tmp_path)


def test_an_empty_folder_becomes_the_store_and_a_link_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    source = small_release(tmp_path / "source")

    assert load(tmp_path / "link", source).target == (tmp_path / "real").resolve()
    assert load(tmp_path / "link", source).triples == 7
    assert labels(tmp_path / "real") == SMALL
    assert (tmp_path / "link").is_symlink()


def hostile(tmp_path: Path) -> dict[str, tuple[object, type[Exception], str]]:
    """Return places that nothing may be loaded into: place, error, what it says."""
    foreign, mixed, other = tmp_path / "foreign", tmp_path / "mixed", tmp_path / "other"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("years of work", encoding="utf-8")
    load(mixed, small_release(tmp_path / "source"))
    (mixed / "notes.txt").write_text("mine", encoding="utf-8")
    pyoxigraph.Store(str(other))
    return {
        "foreign": (foreign, InputError, r"foreign is no store of rltkg: it holds thesis\.txt\. Nothing was changed"),
        "mixed": (mixed, InputError, r"mixed is a store, but holds notes\.txt beside it\. Nothing was changed"),
        "other": (other, InputError, r"other is no store of rltkg: it holds .*\.\.\.\. Nothing was changed"),
        "file": (foreign / "thesis.txt", InputError, "is a file; name a folder"),
        "no parent": (tmp_path / "no" / "store", InputError, "There is no folder .*no; make it first"),
        "empty": ("", InputError, "'' is no name of a folder"),
        "address": ("http://127.0.0.1:9/", InputError, "is an address, not a folder"),
        "other scheme": ("s3://bucket/store", InputError, "is an address, not a folder"),
        "here": (Path.cwd(), InputError, "is the folder you are in"),
    }


def test_what_is_not_ours_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    source = small_release(tmp_path / "source")
    places = hostile(tmp_path)

    def state() -> list[tuple[str, int]]:
        return sorted((str(path), path.stat().st_mtime_ns) for path in tmp_path.rglob("*"))

    before = state()
    for place, kind, needle in places.values():
        with pytest.raises(kind, match=needle):
            load(place, source)  # type: ignore[arg-type]
        assert state() == before, place


def test_a_store_that_another_program_writes_is_not_replaced(tmp_path: Path) -> None:
    """It would write its next files into the new one."""
    source = small_release(tmp_path / "source")
    target = load(tmp_path / "store", source).target
    writer = pyoxigraph.Store(str(target))

    with pytest.raises(UnavailableError, match="is open for writing elsewhere"):
        load(target, source)
    del writer
    assert load(target, source).triples == 7


def break_file(source: Path) -> None:
    """Break a file of Turtle in its second line."""
    (source / "a.ttl").write_text("<http://e/a> <http://e/b>\n  oops .", encoding="utf-8")


def take_file_away(source: Path) -> None:
    """Take a file away that the manifest names."""
    (source / "data").mkdir()
    (source / "data" / "manifest.ttl").write_text(
        '<http://e/g> <https://w3id.org/rltkg/ontology/path> "data/gone.ttl" .', encoding="utf-8"
    )


@pytest.fixture(params=[False, True], ids=["together", "alone"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load small files together, or each by itself."""
    if request.param:
        monkeypatch.setattr(build, "SMALL", 0)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("change", "kind", "needle"),
    [
        (break_file, InputError, r"a\.ttl:2:3: .*Mend the file there"),
        (take_file_away, UnavailableError, r"gone\.ttl .*; restore it"),
    ],
)
def test_a_broken_release_leaves_the_old_store(
    change: Callable[[Path], None], kind: type[Exception], needle: str, tmp_path: Path
) -> None:
    source = small_release(tmp_path / "source")
    target = load(tmp_path / "store", source).target
    change(source)

    with pytest.raises(kind, match=needle):
        load(target, source)
    assert labels(target) == SMALL
    assert sorted(path.name for path in tmp_path.iterdir()) == ["source", "store"]


def test_a_store_is_no_source(stored: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="keeps no files; name the release that it was made of"):
        load(tmp_path / "store", stored)


@pytest.mark.usefixtures("way")
def test_a_file_that_grows_meanwhile_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = small_release(tmp_path / "source")
    monkeypatch.setattr("rltkg.loading.reading._size", lambda file: file.path.stat().st_size - 3)

    with pytest.raises(UnavailableError, match=r"a\.ttl changed while it was read; load again"):
        load(tmp_path / "store", source)
    assert not (tmp_path / "store").exists()


def test_a_full_disk_is_one_sentence_and_leaves_the_old_store(stored: Path, tmp_path: Path) -> None:
    """Here the limit on the size of a file stands in for it."""
    target = Path(shutil.copytree(stored, tmp_path / "store"))
    before = (target / MARKER).read_bytes()
    code = """
import resource, sys
from rltkg.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
sys.exit(main(["load", sys.argv[1]]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(target)],
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("rltkg: The store cannot be written (")
    assert done.stderr.endswith("Nothing was changed\n")
    assert done.stderr.count("\n") == 1
    assert (target / MARKER).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_long_load_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    load(tmp_path / "quick", small_release(tmp_path / "source"), tell=lines.append)
    assert lines == []

    monkeypatch.setattr("rltkg.loading.reading.EVERY", 0.0)
    load(tmp_path / "long", tmp_path / "source", tell=lines.append)
    assert lines[0].startswith("0 of 0 MB read, ")
    assert lines[0].endswith(" s left")
    assert lines[-1] == "all read; putting the store in order"
