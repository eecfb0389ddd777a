"""Of what may go wrong in a contribution, a validation notices nearly all; the rest is listed, each with its reason.

A sample of the mutants is judged here, and all of them by `make prove`.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.validation.mutation.judging import caught, expected, survivors
from tests.validation.mutation.operators import OPERATORS, mutants
from tests.validation.shapes.samples import sample_triples

if TYPE_CHECKING:
    from pathlib import Path

NUMBER = 650


def test_each_triple_has_mutants() -> None:
    """Each operator is at work, and each triple is dropped and retyped; no mutant is the triple itself."""
    made = list(mutants())
    count = Counter(mutant.operator for mutant in made)

    assert set(count) == set(OPERATORS)
    assert count["drop"] == count["retype"] == len(sample_triples())
    assert len(made) > 4_500
    assert [mutant for mutant in made if mutant.added == mutant.removed] == []


def test_nearly_all_are_caught(tmp_path: Path) -> None:
    """At least 95 in a hundred are caught; those that survive are of the kinds that the table lists."""
    chosen = random.Random(7).sample(list(mutants()), NUMBER)  # noqa: S311  (chance, not secrecy)

    verdicts = caught(chosen, tmp_path)

    assert sum(verdicts) / len(chosen) >= 0.95
    found = survivors(chosen, verdicts)
    assert sorted(found - expected()) == []
    assert sum(found.values()) > 0, "the table says that some survive"


def test_the_table_is_in_order_and_short() -> None:
    """The survivors that are listed, over all mutants, are fewer than 5 in a hundred."""
    listed = expected()

    assert list(listed) == sorted(listed)
    assert sum(listed.values()) < 0.05 * len(list(mutants()))


@pytest.mark.parametrize("operator", OPERATORS)
def test_no_operator_is_blunt(operator: str) -> None:
    """Of each operator the validation catches more than eight in ten, by the table."""
    made = sum(mutant.operator == operator for mutant in mutants())

    assert sum(number for (name, *_), number in expected().items() if name == operator) < 0.2 * made
