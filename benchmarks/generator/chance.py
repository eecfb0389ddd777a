"""Seeded choices that come out alike in every Python and on every machine.

Everything rests on `Random(seed).random()`, whose sequence Python promises to keep; `choice`, `sample` and `randrange`
have changed between versions. There is one multiplication of two floats at a time, which IEEE 754 fixes to the bit.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Chance:
    """A source of choices; the same seed (a whole number) gives the same choices."""

    __slots__ = ("random",)

    def __init__(self, seed: int) -> None:
        self.random = Random(seed).random  # noqa: S311 - made to be repeated, not to be secret

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to, not including, `limit`."""
        return int(self.random() * limit)

    def likely(self, share: float) -> bool:
        """Say yes in `share` (0 to 1) of the cases."""
        return self.random() < share

    def pick(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[int(self.random() * len(items))]

    def early(self, items: Sequence[T]) -> T:
        """Return one of `items`, the earlier the likelier: a quarter of them are picked half of the time."""
        share = self.random()
        return items[int(share * share * len(items))]

    def some(self, items: Sequence[T], number: int) -> list[T]:
        """Return `number` of `items`, neighbours, none twice unless an item stands twice; all if there are fewer."""
        length = len(items)
        start = int(self.random() * length)
        return [items[(start + step) % length] for step in range(min(number, length))]

    def about(self, mean: float) -> int:
        """Return a whole number between half and one and a half times `mean`, which is the mean over many calls."""
        exact = mean * (0.5 + self.random())
        whole = int(exact)
        return whole + (self.random() < exact - whole)
