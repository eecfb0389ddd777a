"""What the tests of the doctor share: an examination, and its findings by name."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from rltkg.doctor import examine
from tests.servers.bad import bad_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from rltkg.doctor import Examination
    from tests.endpoint.doctor.pretending import Pretend
    from tests.servers.bad import Bad
    from tests.servers.base import Server

READ = (
    "answers", "dialect", "SELECT by GET", "SELECT by POST form", "SELECT by POST direct", "ASK", "CONSTRUCT", "paths",
    "computed truth", "results", "graphs", "credentials", "update address", "graph store address", "default graph",
    "default-graph-uri", "default-graph-uri by POST", "named-graph-uri", "request size", "rows", "triples", "time",
    "release", "rights",
)  # fmt: skip
WRITTEN = (
    "PUT", "GET", "POST", "INSERT DATA", "DELETE DATA", "long update", "long graph", "DELETE", "removal", "text",
    "language tags", "Unicode", "long texts", "integers", "decimals", "long decimals", "dates", "months", "years",
    "times", "durations", "booleans", "doubles", "in queries",
)  # fmt: skip


def states(made: Examination) -> dict[str, str]:
    """Return the state of each finding by its name; no name stands twice."""
    names = [each.name for each in made.findings]
    assert sorted(names) == sorted(set(names))
    return {each.name: each.state for each in made.findings}


def told(made: Examination, name: str) -> str:
    """Return what a finding says."""
    found = made.has(name)
    assert found is not None, name
    return found.told


def named(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make `server` a target of the configuration file, with its credentials at hand; return its name."""
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return "server"


@contextlib.contextmanager
def pretended(pretend: Pretend, folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> Iterator[Bad]:
    """Serve `pretend` as the target `lab`, with `more` lines in its table."""
    with bad_server(pretend) as server:
        base = server.address.removesuffix("/sparql")
        lines = [f'query = "{base}/sparql"', f'update = "{base}/update"', f'graph_store = "{base}/data"']
        config = folder / "config.toml"
        config.write_text("\n".join(["[targets.lab]", *lines, more, ""]), encoding="utf-8")
        monkeypatch.setenv("RLTKG_CONFIG", str(config))
        yield server


def examined(pretend: Pretend, folder: Path, monkeypatch: pytest.MonkeyPatch, *, write: bool = True) -> Examination:
    """Return the examination of a pretended endpoint."""
    with pretended(pretend, folder, monkeypatch):
        return examine("lab", write=write)
