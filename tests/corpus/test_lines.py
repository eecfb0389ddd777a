"""Canonical lines: what anyone gets with sort and sha256sum, whatever the order, the pieces and the names."""

from __future__ import annotations

import random
import subprocess
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rltkg.corpus import lines as module
from rltkg.corpus.lines import Digest, Lines, compare, digest, triples
from rltkg.errors import InputError, UnavailableError

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.corpus import Release

ODD = r"""
<http://e/a> <http://e/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://e/a> <http://e/p> "1.10"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<http://e/a> <http://e/p> "1"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<http://e/a> <http://e/p> "tab\tline\nquote\"slash\\ caf\u00E9 \U0001F600 _:no"@en-gb .
<http://e/a/b> <http://e/p> <http://e/c%20d> .
<http://e/a> <http://e/p> <<( <http://e/x> <http://e/y> "z" )>> .
"""
LINE = "<http://e/s{0:05}> <http://e/p> <http://e/o{0}> .\n"


def quads(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)]


def held(text: str, size: int = module.HELD) -> Lines:
    return Lines(quads(text), held=size)


def test_lines_are_sorted_and_stand_once() -> None:
    found = list(held(ODD + ODD))

    assert len(found) == 6
    assert found == sorted(found)
    assert found[0] == b"<http://e/a/b> <http://e/p> <http://e/c%20d> .\n"
    assert b'"01"^^<http://www.w3.org/2001/XMLSchema#integer>' in b"".join(found)
    assert 'café 😀 _:no"@en-gb' in b"".join(found).decode()


def test_anyone_can_check_a_digest_with_two_commands(release: Release, tmp_path: Path) -> None:
    path = tmp_path / "gov.nt"
    with Lines() as lines:
        for file in release.files:
            if file.graph.endswith("/gov"):
                lines.extend(quads(file.path.read_text(encoding="utf-8")))
        shuffled = list(lines) * 2
        random.Random(1).shuffle(shuffled)  # noqa: S311 - a shuffle
        path.write_bytes(b"".join(shuffled))
        told = lines.digest()
    done = subprocess.run(
        ["sh", "-c", f"LC_ALL=C sort -u {path} | sha256sum"],  # noqa: S607 - a shell, as a user has
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert told.triples == len(set(shuffled)) > 5_000
    assert done.stdout.split()[0] == told.sha256


def test_what_does_not_fit_into_memory_goes_through_files_and_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RUNS", 5)
    numbers = [number % 700 for number in range(2_000)]
    random.Random(2).shuffle(numbers)  # noqa: S311 - a shuffle
    text = "".join(map(LINE.format, numbers))
    with Lines(held=3_000, folder=tmp_path) as small:
        small.read(text.encode())
        (scratch,) = tmp_path.iterdir()
        files = list(scratch.iterdir())
        assert 1 <= len(files) <= 6
        assert small.waiting <= 3_100
        assert list(small) == list(small) == [LINE.format(number).encode() for number in range(700)]

    assert list(tmp_path.iterdir()) == []


def test_pieces_of_any_size_are_read_like_a_file() -> None:
    text = "".join(map(LINE.format, range(50))).encode()
    whole = Lines()
    whole.read(text)
    for size in (1, 7, 4096):
        pieces = [text[place : place + size] for place in range(0, len(text), size)]
        with Lines() as lines:
            lines.read(iter([b"", *pieces, b""]))
            assert lines.digest() == whole.digest()


def test_a_broken_stream_is_told_with_its_line() -> None:
    with pytest.raises(InputError, match=r"http://127\.0\.0\.1/store:2:"):
        Lines().read([LINE.format(1).encode(), b"<http://e/s> <http://e"], name="http://127.0.0.1/store")


def test_a_full_disk_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"Sorting needs temporary files.*variable TMPDIR"):
        Lines(quads("".join(map(LINE.format, range(100)))), held=1_000, folder=tmp_path / "missing")


def test_the_digest_of_nothing_is_that_of_no_bytes() -> None:
    assert Lines().digest() == Digest(sha256().hexdigest(), 0)
    assert digest([b"a\n", b"b\n"]) == Digest(sha256(b"a\nb\n").hexdigest(), 2)


def test_triples_come_back_in_their_order() -> None:
    lines = held(ODD)

    assert [f"{triple} .\n".encode() for triple in triples(lines)] == list(lines)


@settings(deadline=None, max_examples=200)
@given(st.sets(st.binary(max_size=3)), st.sets(st.binary(max_size=3)))
def test_a_comparison_tells_what_one_side_alone_has(one: set[bytes], other: set[bytes]) -> None:
    found = list(compare(sorted(one), sorted(other)))

    assert found == sorted([(line, True) for line in one - other] + [(line, False) for line in other - one])


def test_the_order_is_the_same_with_a_graph_behind_each_line() -> None:
    text = """<http://e/a> <http://e/p> "x", "x"@en, "x"@en-gb, "x"^^<http://e/t>, "x y", <http://e/x>, _:b, _:c .
    _:b <http://e/q> 1 ."""
    found = [line[:-3] + b" <http://e/g> .\n" for line in held(text)]

    assert found == sorted(found)
