"""Twenty kills; `make prove` does many more. What must hold after each is asserted in `tests.loading.remote.kills`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.loading.remote.kills import proof
from tests.servers.oxigraph import oxigraph_server
from tests.servers.virtuoso import virtuoso_server

if TYPE_CHECKING:
    from pathlib import Path

FOUND = {"old", "new", "marked incomplete"}


@pytest.mark.parametrize(("kind", "kills"), [("oxigraph", 13), ("virtuoso", 7)])
def test_a_killed_load_leaves_the_old_release_the_new_one_or_a_mark(kind: str, kills: int, tmp_path: Path) -> None:
    made = oxigraph_server if kind == "oxigraph" else virtuoso_server
    with made(tmp_path / "server") as server:
        outcomes = proof(server, tmp_path, kills, seed=9).outcomes

    assert len(outcomes) == kills
    assert {each.victim for each in outcomes} == {"client", "server"}
    assert {each.kind for each in outcomes} == {"first load", "difference", "replacement"}
    assert {each.found for each in outcomes} <= FOUND
    assert "marked incomplete" in {each.found for each in outcomes}
    if kind == "oxigraph":  # a difference is one request, which takes effect or does not
        assert {each.found for each in outcomes if each.kind == "difference"} <= {"old", "new"}
