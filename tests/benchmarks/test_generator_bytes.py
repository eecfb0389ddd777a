"""The generator: the same bytes every time, the same triples in every format, as many as asked for."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import BlankNode, RdfFormat, parse

from benchmarks.generator import generate
from benchmarks.generator.__main__ import size
from benchmarks.generator.chance import Chance
from rltkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
DIGEST = "95fb47c403b620aae3d44dfdaf07f924e836f155da9a573b6cbe50d2d2a9378f"
"""SHA-256 of the graph of 10,000 triples, seed 0, in N-Quads. It changes only when the generator does."""
FORMATS = {
    "nq": RdfFormat.N_QUADS,
    "nt": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "ttl": RdfFormat.TURTLE,
}

Manifest = tuple[Path, dict[str, Any]]


def triples(form: str) -> Iterator[tuple[str, ...]]:
    """Give the terms of each triple of a graph of 10,000 triples in a format, as text; of a quad, four."""
    stream = io.BytesIO()
    generate(stream, 10_000, form=form)
    for quad in parse(stream.getvalue(), FORMATS[form]):
        assert not isinstance(quad.subject, BlankNode)
        yield tuple(str(term) for term in quad)


def test_bytes_are_those_known(sound: Manifest) -> None:
    path, manifest = sound

    assert hashlib.sha256(path.read_bytes()).hexdigest() == DIGEST
    assert manifest["sha256"] == DIGEST


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_bytes_do_not_hang_on_the_process(hash_seed: str, tmp_path: Path) -> None:
    """Another process, with another order of sets, writes the same."""
    command = [sys.executable, "-m", "benchmarks.generator", "10k", "-o", str(tmp_path / "graph.nq")]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment, timeout=120)

    assert done.returncode == 0, done.stderr
    assert done.stderr == f"{tmp_path / 'graph.nq'}: 10,000 triples, SHA-256 {DIGEST}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.nq", "graph.nq.json"]


def test_chance_is_the_same_in_every_python() -> None:
    """Written down from Python 3.11; a version that differs would change every graph."""
    chance = Chance(7)

    assert [chance.below(1000) for _ in range(8)] == [323, 150, 650, 72, 535, 365, 57, 507]
    assert chance.some("abcdef", 3) == ["a", "b", "c"]
    assert [chance.about(2.5) for _ in range(8)] == [3, 2, 4, 2, 4, 2, 1, 2]


def test_another_seed_makes_another_graph() -> None:
    digests = {generate(io.BytesIO(), 10_000, seed).digest for seed in range(3)}

    assert len(digests) == 3
    assert DIGEST in digests


@pytest.mark.parametrize("number", [8_000, 9_999, 25_000, 60_001])
@pytest.mark.parametrize("seed", [0, 11])
def test_as_many_triples_as_asked_for(number: int, seed: int) -> None:
    """Every triple counts once: none is written twice."""
    stream = io.BytesIO()
    outcome = generate(stream, number, seed)
    lines = stream.getvalue().splitlines()

    assert len(lines) == outcome.writer.written == number
    assert len(set(lines)) == number


def test_formats_say_the_same() -> None:
    quads = Counter(triples("nq"))
    without_graphs = Counter(terms[:3] for terms in quads.elements())

    assert len(quads) == 10_000
    assert Counter(triples("trig")) == quads
    # The engine gives the default graph as a fourth term.
    assert Counter(terms[:3] for terms in triples("nt")) == without_graphs
    assert Counter(terms[:3] for terms in triples("ttl")) == without_graphs
    assert max(without_graphs.values()) == 1


def test_iris_are_those_of_a_benchmark() -> None:
    """No node of the release gets anything; only terms, codes and named graphs are shared with it."""
    subjects = {terms[0].strip("<>") for terms in triples("nt")}
    kinds = Counter("/".join(subject.split("/")[4:6]) for subject in subjects)

    assert {kind.split("/")[0] for kind in kinds} == {"bench", "graph"}
    assert sum(number for kind, number in kinds.items() if kind.startswith("graph/")) == 10
    assert {kind for kind in kinds if kind.startswith("bench/")} == {
        "bench/coding",
        "bench/eur",
        "bench/gov",
        "bench/page",
        "bench/thing",
    }


@pytest.mark.parametrize(
    ("text", "number"), [("10k", 10_000), ("1m", 1_000_000), (" 2M ", 2_000_000), ("12345", 12_345)]
)
def test_sizes(text: str, number: int) -> None:
    assert size(text) == number


@pytest.mark.parametrize("text", ["", "k", "1g", "-5k", "1.5m", "10 k", "\u0661k"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="write 10k, 100k"):
        size(text)


def test_too_small_is_refused() -> None:
    with pytest.raises(InputError, match="ask for 8,000 or more"):
        generate(io.BytesIO(), 7_999)
