"""How far a long piece of work is: what is told, and that shares only grow."""

from __future__ import annotations

import pytest

from rltkg.loading.pace import Pace, short


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a clock that the test sets, in seconds."""
    now = [100.0]
    monkeypatch.setattr("rltkg.loading.pace.time.monotonic", lambda: now[0])
    return now


def test_rate_and_time_left(clock: list[float]) -> None:
    told: list[tuple[str, float]] = []
    made = Pace(lambda step, share: told.append((step, share)))
    made.step("reading", 0, 0.2)
    made.step("sending", 40 << 20, 0.6)
    made.name = "sending gov"
    clock[0] += 5
    assert list(made.passing([b"x" * (10 << 20)])) == [b"x" * (10 << 20)]

    assert told == [
        ("reading", 0.0),
        ("sending", 0.2),
        ("sending gov: 10.0/40.0 MB, 2.0 MB/s, 15 s left", pytest.approx(0.3)),
    ]
    clock[0] += 5
    made.passed(60 << 20)  # more than was expected: a store may write longer lines
    assert told[-1][0] == "sending gov: 70.0/40.0 MB, 7.0 MB/s, 0 s left"
    assert told[-1][1] == pytest.approx(0.6)


def test_it_is_told_now_and_then_only(clock: list[float]) -> None:
    told: list[str] = []
    made = Pace(lambda step, _: told.append(step))
    made.step("comparing", 0, 1.0)
    for _ in range(100):
        made.passed(1 << 20)
    clock[0] += 1
    made.passed(0)

    assert told == ["comparing", "comparing: 100.0 MB, 100.0 MB/s"]
    Pace(None).step("nobody", 1, 1.0)


def test_the_short_name_of_a_graph() -> None:
    assert short("https://w3id.org/rltkg/graph/gov") == "gov"
    assert short("file:///home/me/own.ttl") == "own.ttl"
