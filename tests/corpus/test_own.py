"""Files and folders of the user: what is taken, into which graph, and what is refused in a sentence."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from rltkg.corpus import Release, own, shipped
from rltkg.corpus.own import Folder, at, own_file
from rltkg.errors import InputError, UnavailableError

ROOT = Path(__file__).resolve().parents[2]
TRIPLE = "<http://e/a> <http://e/b> <http://e/c> .\n"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DECLARES = f"<https://w3id.org/rltkg/graph/mine> <{TYPE}> <https://w3id.org/rltkg/ontology/ReleaseGraph> .\n"


def written(path: Path, text: str = TRIPLE) -> Path:
    """Return `path`, with `text` in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".ttl", ".TTL", ".trig", ".nt", ".nq"])
def test_a_file_has_a_graph_of_its_own(tmp_path: Path, suffix: str) -> None:
    file = own_file(written(tmp_path / f"my file{suffix}"))

    assert file.graph == file.base == f"file://{tmp_path}/my%20file{suffix}"


@pytest.mark.parametrize("place", ["http://e/a.ttl", "https://e/a.ttl", "ftp://e/a.ttl", "file:///etc/passwd"])
def test_an_address_is_no_file(place: str) -> None:
    with pytest.raises(InputError, match="nothing is fetched from a network"):
        own_file(place)


def test_what_is_no_rdf_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    os.mkfifo(tmp_path / "pipe.ttl")
    cases = {
        tmp_path / "missing.ttl": "There is no file",
        tmp_path / "folder.ttl": "is a folder",
        tmp_path / "pipe.ttl": "is no regular file",
        written(tmp_path / "data.csv"): r"suffix '\.csv' tells no RDF format",
        written(tmp_path / "data"): "suffix '' tells no RDF format",
        written(tmp_path / "data.ttl.gz"): r"suffix '\.gz'",
    }
    for path, needle in cases.items():
        with pytest.raises(InputError, match=needle):
            own_file(path)
    for name in ("", "a\0b"):
        with pytest.raises(InputError, match="no name of a file"):
            own_file(name)


def test_a_file_may_be_large_but_not_huge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.nt"
    path.touch()
    os.truncate(path, own.LARGEST + 1)

    with pytest.raises(InputError, match="is 64 MB long; 64 MB fit into memory"):
        own_file(path)
    monkeypatch.setattr(own, "LARGEST", len(TRIPLE))
    assert own_file(written(path)).path == path


def test_triple_terms_are_capped(tmp_path: Path) -> None:
    """A million of them, one in the other, end the process of the engine."""
    nested = "<http://e/s> <http://e/p> " + "<<( <http://e/s> <http://e/p> " * 6000 + "1" + ")>> " * 6000 + "."

    with pytest.raises(InputError, match="over 5,000 triple terms"):
        own_file(written(tmp_path / "deep.ttl", nested))


def test_a_folder_with_a_manifest_is_a_release(tmp_path: Path) -> None:
    for part in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / part, tmp_path / part)
    release = at(tmp_path)

    assert type(release) is not Folder
    assert release.graphs == shipped().graphs
    assert release.digest == shipped().digest
    assert release.catalogue == tmp_path / "queries" / "catalogue.json"
    assert release.version == f"folder {tmp_path.name}"


def test_a_folder_of_files_has_a_graph_for_each_or_the_one_that_it_describes(tmp_path: Path) -> None:
    written(tmp_path / "a b.ttl")
    written(tmp_path / "deep" / "er" / "b.nq")
    written(tmp_path / "mine.ttl", DECLARES)
    written(tmp_path / "two.nt", DECLARES + DECLARES.replace("mine", "other"))
    written(tmp_path / "quads.trig", DECLARES)
    written(tmp_path / "notes.md", "not RDF")
    found = at(tmp_path)

    assert isinstance(found, Folder)
    assert [(file.graph, str(file.path.relative_to(tmp_path))) for file in found.files] == [
        ("file:///a%20b.ttl", "a b.ttl"),
        ("file:///deep/er/b.nq", "deep/er/b.nq"),
        ("file:///quads.trig", "quads.trig"),
        ("file:///two.nt", "two.nt"),
        ("https://w3id.org/rltkg/graph/mine", "mine.ttl"),
    ]
    assert found.catalogue == shipped().catalogue


def test_the_digest_of_a_folder_follows_its_content_and_not_its_place(tmp_path: Path) -> None:
    one, two = (at(written(tmp_path / name / "a.ttl").parent) for name in ("one", "two"))
    three = at(written(tmp_path / "three" / "a.ttl", TRIPLE + TRIPLE).parent)

    assert one.digest == two.digest != three.digest


@pytest.mark.parametrize("place", ["http://localhost:9/sparql", "https://example.org/sparql"])
def test_an_address_holds_no_files(place: str) -> None:
    with pytest.raises(InputError, match="is an address, and files are wanted here"):
        at(place)


def test_a_store_of_another_program_cannot_be_opened(tmp_path: Path) -> None:
    import pyoxigraph

    pyoxigraph.Store(str(tmp_path / "disk")).flush()

    with pytest.raises(UnavailableError, match=r"is a store on disk without rltkg-store\.json: of another program"):
        at(tmp_path / "disk")


def test_missing_and_empty_folders_and_files_are_named(tmp_path: Path) -> None:
    path = written(tmp_path / "sub" / "a.csv")

    with pytest.raises(InputError, match="There is no folder"):
        at(tmp_path / "nowhere")
    with pytest.raises(InputError, match="is a file; add it to the release with --with"):
        at(path)
    with pytest.raises(InputError, match=r"holds no file in Turtle"):
        _ = at(tmp_path).files
    with pytest.raises(InputError, match=r"broken\.nt:1:"):
        _ = at(written(tmp_path / "broken.nt", "ReleaseGraph").parent).files
    assert isinstance(at(tmp_path), Release)
