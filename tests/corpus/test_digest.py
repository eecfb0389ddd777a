"""The digest of a release: a function of its graphs and of the bytes of its files, and of nothing else."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from rltkg.corpus import Release
from rltkg.errors import UnavailableError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a folder with a copy of the release."""
    for part in ("ontology", "data", "queries"):
        shutil.copytree(ROOT / part, tmp_path / "copy" / part)
    return tmp_path / "copy"


def test_the_digest_is_that_of_graphs_and_bytes_in_order(release: Release) -> None:
    total = hashlib.sha256()
    for file in release.files:
        content = file.path.read_bytes()
        total.update(file.graph.encode() + b" " + str(len(content)).encode() + b"\n" + content)

    assert release.digest == total.hexdigest()
    assert len(release.digest) == 64


def test_the_place_of_a_release_does_not_matter_and_a_byte_does(copied: Path, release: Release) -> None:
    assert Release(copied).digest == release.digest

    places = copied / "data" / "things" / "places.ttl"
    places.write_bytes(places.read_bytes() + b"\n")

    assert Release(copied).digest != release.digest


def test_another_graph_or_a_missing_file_is_another_release(copied: Path, release: Release) -> None:
    manifest = copied / "data" / "manifest.ttl"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("graph:gov a", "graph:gof a"), encoding="utf-8")

    assert Release(copied).digest != release.digest

    unread = Release(copied)
    unread.files[-1].path.unlink()
    with pytest.raises(UnavailableError, match="cannot be read"):
        _ = unread.digest
