"""What is said of a name that is not known."""

from __future__ import annotations

from rltkg.nearest import closest, nearest, sayable


def test_the_closest_names_come_first() -> None:
    known = ["coverage-omitted", "coverage-brief", "coverage-included", "lymphoma"]

    assert closest("coverage-omited", known)[0] == "coverage-omitted"
    assert closest("Coverage-Omited", known, margin=0.08) == ["coverage-omitted"]
    assert closest("zzz", known) == []
    assert closest("zzz", [], margin=0.1) == []


def test_a_clause_names_what_is_near_or_lists_some() -> None:
    assert nearest("lymphona", ["lymphoma", "prostate"]) == "did you mean 'lymphoma'?"
    assert nearest("lymphona", ["prostate"], ["Lymphoma"]) == "did you mean 'Lymphoma'?"
    assert nearest("zzz", [f"name-{number}" for number in range(10, 20)]).endswith("name-17 and 2 more")
    assert nearest("zzz", []) == "there is none to choose from"


def test_what_is_quoted_is_short_and_printable() -> None:
    assert sayable("a\x1b[31m") == r"'a\x1b[31m'"
    assert sayable("x" * 1000).endswith("... (1,000 characters)")
