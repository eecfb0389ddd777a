"""Fixtures of this room: an index over the release, and a cache folder that is nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.search.facts import Facts
from rltkg.search.index import Index

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg import KnowledgeGraph


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache folder for this test alone; the user's own is not touched."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "rltkg"


@pytest.fixture(scope="session")
def index(graph: KnowledgeGraph) -> Index:
    """Return an index over the release."""
    return Index.built(graph.store)


@pytest.fixture(scope="session")
def facts(graph: KnowledgeGraph) -> Facts:
    """Return what is asked of the release node by node."""
    return Facts(graph.store)
