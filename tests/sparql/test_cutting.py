"""A result is cut between two rows, whatever the rows hold and however the bytes come in."""

from __future__ import annotations

import json
import random

import pyoxigraph
import pytest

from rltkg.sparql.cutting import Cut

NASTY = ["a", "},{", '"},{"', "\\", '\\"', "[{", "]}}", "\n", "é", ""]


def payload(rows: int, chance: random.Random) -> bytes:
    """Return the engine's JSON for rows whose texts look like JSON; some cells are empty, some rows wholly."""
    values = []
    for _ in range(rows):
        cells = ["UNDEF" if chance.random() < 0.3 else str(pyoxigraph.Literal("".join(chance.choices(NASTY, k=4))))
                 for _ in range(2)]  # fmt: skip
        values.append(f"({' '.join(cells)})")
    text = f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {' '.join(values)} }} }}"
    result = pyoxigraph.Store().query(text)
    return result.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""  # type: ignore[arg-type]


def fed(cut: Cut, content: bytes, size: int) -> bool:
    """Feed `content` to `cut` in pieces of `size` bytes until it has enough; return whether it had."""
    return any(cut.take(content[place : place + size]) for place in range(0, len(content), size))


@pytest.mark.parametrize("seed", range(30))
def test_rows_are_cut_where_one_ends(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test
    rows = chance.randint(1, 40)
    content = payload(rows, chance)
    whole = json.loads(content)["results"]["bindings"]
    for limit in (1, 2, rows - 1, rows, rows + 1):
        if limit < 1:
            continue
        cut = Cut(limit, graph=False)
        enough = fed(cut, content, chance.choice([1, 2, 3, 7, 1000]))

        assert enough == (rows > limit)
        assert (cut.because is None) == (rows <= limit)
        assert json.loads(cut.content)["results"]["bindings"] == whole[:limit]
        assert rows > limit or bytes(cut.content) == content


def test_an_answer_without_columns_is_counted_too() -> None:
    content = b'{"head":{"vars":[]},"results":{"bindings":[{},{},{}]}}'
    cut = Cut(2, graph=False)

    assert fed(cut, content, 5)
    assert cut.content == b'{"head":{"vars":[]},"results":{"bindings":[{},{}]}}'
    assert cut.because == "The answer was cut at 2 rows, its limit; there are more rows."


def test_triples_are_cut_at_lines() -> None:
    cut = Cut(2, graph=True)

    assert fed(cut, b'<a:a> <a:b> "1" .\n<a:a> <a:b> "2" .\n<a:a> <a:b> "3" .\n', 4)
    assert cut.content == b'<a:a> <a:b> "1" .\n<a:a> <a:b> "2" .\n'
    assert cut.because == "The answer was cut at 2 triples, its limit; there are more triples."
    exact = Cut(3, graph=True)
    assert not fed(exact, b'<a:a> <a:b> "1" .\n<a:a> <a:b> "2" .\n<a:a> <a:b> "3" .\n', 4)
    assert exact.because is None


@pytest.mark.parametrize("rows", [1, 50])
def test_what_is_too_big_is_cut_as_well(rows: int) -> None:
    row = b'{"a":{"type":"literal","value":"' + b"x" * 30_000 + b'"}}'
    content = b'{"head":{"vars":["a"]},"results":{"bindings":[' + b",".join([row] * rows * 2) + b"]}}"
    cut = Cut(100_000, graph=False, biggest=rows * 30_000 + 5_000)

    assert fed(cut, content, 4096)
    assert len(json.loads(cut.content)["results"]["bindings"]) in (rows - 1, rows)
    assert "MiB, its limit" in str(cut.because)


def test_a_truth_value_passes() -> None:
    cut = Cut(1, graph=False)

    assert not cut.take(b'{"head":{},"boolean":true}')
    assert cut.because is None
