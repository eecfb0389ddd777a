"""Words, their forms, and what is near to a misspelt one."""

from __future__ import annotations

import random

import pytest

from rltkg.search.spelling import distance, letters, near, stem, typed_words, words_of

VOCABULARY = ["cancer", "guideline", "haematology", "lymphoma", "neuroendocrine", "payer", "prostate", "span", "trial"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("NICE lymphoma guideline 2016", ["nice", "lymphoma", "guideline", "2016"]),
        ("Sjögren's naïve CAFÉ", ["sjogren", "s", "naive", "cafe"]),
        ("non-Hodgkin's (177Lu)_x", ["non", "hodgkin", "s", "177lu", "x"]),
        ("lym\u00adphoma \u202enice\u200f", ["lymphoma", "nice"]),
        ("a\0b\ud800c", ["a", "b", "c"]),
        ("Stra\u00dfe \u0391\u03b8\u03ae\u03bd\u03b1", ["stra\u00dfe", "\u03b1\u03b8\u03b7\u03bd\u03b1"]),
        ('"NEAR(*)" : ^ + - { }', ["near"]),
        ("", []),
    ],
)
def test_words_are_letters_and_digits_in_lower_case_without_accents(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_word_keeps_the_form_in_which_it_was_first_typed() -> None:
    assert typed_words("The WHO and the Who: Sjögren") == {
        "the": "The", "who": "WHO", "and": "and", "sjogren": "Sjögren"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("therapy", "therapies"),
        ("guideline", "guidelines"),
        ("tumour", "tumors"),
        ("haematology", "hematology"),
        ("licence", "license"),
        ("centre", "centers"),
        ("organisation", "organizations"),
        ("randomised", "randomized"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("four", "for"), ("hour", "hor"), ("access", "acces"), ("nucleus", "nucleu"), ("this", "thi"), ("nice", "nic")],
)
def test_other_words_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("lymphona", ["lymphoma"]),
        ("nueroendocrine", ["neuroendocrine"]),
        ("hematolgoy", ["haematology"]),
        ("prostrate", ["prostate"]),
        ("ymphoma", ["lymphoma"]),
        ("cnacer", ["cancer"]),
        ("trail", ["trial"]),
        ("bayer", []),
        ("spain", []),
        ("novartis", []),
        ("lymphoma2", []),
        ("tri", []),
    ],
)
def test_a_misspelt_word_has_its_neighbour_and_a_strange_one_has_none(word: str, found: list[str]) -> None:
    assert near(word, [(each, letters(each)) for each in VOCABULARY]) == found


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("lymphoma", "lymphoma", 0),
        ("lymphoma", "lymphona", 1),
        ("lymphoma", "lymhoma", 1),
        ("lymphoma", "llymphoma", 1),
        ("neuro", "nuero", 1),
        ("abcd", "badc", 2),
        ("cancer", "payer", 3),
        ("a", "abcdef", 3),
    ],
)
def test_edits_are_counted_up_to_the_bound(one: str, other: str, edits: int) -> None:
    assert distance(one, other, 2) == edits
    assert distance(other, one, 2) == edits


def test_the_quick_distance_is_the_plain_one() -> None:
    """Against the definition, without a bound, on words of few letters, so that swaps and repeats abound."""

    def plain(one: str, other: str) -> int:
        table = {(row, column): row + column for row in range(len(one) + 1) for column in range(len(other) + 1)
                 if not row or not column}  # fmt: skip
        for row in range(1, len(one) + 1):
            for column in range(1, len(other) + 1):
                ways = [table[row - 1, column] + 1, table[row, column - 1] + 1]
                ways.append(table[row - 1, column - 1] + (one[row - 1] != other[column - 1]))
                if row > 1 and column > 1 and one[row - 2 : row] == other[column - 2 : column][::-1]:
                    ways.append(table[row - 2, column - 2] + 1)
                table[row, column] = min(ways)
        return table[len(one), len(other)]

    chance = random.Random(16)  # noqa: S311 - test data
    words = ["".join(chance.choices("abc", k=chance.randint(1, 7))) for _ in range(60)]
    wrong = [
        (one, other, most)
        for one in words
        for other in words
        for most in (1, 2)
        if distance(one, other, most) != min(plain(one, other), most + 1)
        or (plain(one, other) <= most and (letters(one) ^ letters(other)).bit_count() > 2 * most)
    ]

    assert len(set(words)) > 40
    assert wrong == []
