"""Lines, columns, and the line with a caret."""

from __future__ import annotations

import pytest

from rltkg.sparql.places import mistake, offset_of, place, pointed

TEXT = "one\ntwo é three\r\n\nlast"


@pytest.mark.parametrize(
    ("offset", "where"), [(0, (1, 1)), (2, (1, 3)), (4, (2, 1)), (8, (2, 5)), (17, (3, 1)), (18, (4, 1)), (22, (4, 5))]
)
def test_an_offset_and_its_place_are_each_others(offset: int, where: tuple[int, int]) -> None:
    assert place(TEXT, offset) == where
    assert offset_of(TEXT, *where) == offset


def test_a_place_that_is_not_there_becomes_the_nearest() -> None:
    assert offset_of(TEXT, 1, 99) == 3
    assert offset_of(TEXT, 99, 1) == len(TEXT)


def test_the_caret_stands_under_its_character() -> None:
    line, caret = pointed(TEXT, 8).splitlines()

    assert line == "    two é three"
    assert line[caret.index("^")] == "é"


@pytest.mark.parametrize("offset", [0, 10, 5000, 9995, 9999])
def test_a_long_line_is_cut_around_its_place(offset: int) -> None:
    text = "".join(chr(ord("a") + number % 26) for number in range(10_000))
    line, caret = pointed(text, offset).splitlines()

    assert len(line) < 130
    assert line[caret.index("^")] == text[offset]


def test_nothing_in_the_line_steers_a_terminal() -> None:
    assert "\x1b" not in str(mistake("a\x1b[31m\tb\u202e", 7, "wrong"))
    assert pointed("\ta", 1) == "     a\n     ^"
