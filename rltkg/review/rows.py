"""Rows of two answers to one query: which came, which went, and which only changed in some cells."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rltkg.results.answer import Answer, Row

# Rows are paired by how many cells they share, which is looked at for so many pairs at most.
_PAIRS = 250_000


class RowDifference:
    """What differs between the rows of two answers with the same columns, in which the order of rows does not count.

    `removed` and `added` are rows of one side only, `changed` pairs of an earlier and a later row that are one row with
    some other cells. `kept` are the rows that both have.
    """

    def __init__(self, before: Answer, after: Answer) -> None:
        was, now = _counted(before), _counted(after)
        self.kept = [row for row in after.rows if _key(row) in was]
        gone, come = _left(before, now), _left(after, was)
        self.changed: list[tuple[Row, Row]] = []
        for old, new in _pairs(gone, come, after.columns):
            self.changed.append((old, new))
            gone.remove(old)
            come.remove(new)
        self.removed, self.added = gone, come


def _key(row: Row) -> tuple[str, ...]:
    return tuple("" if term is None else str(term) for term in row)


def _counted(answer: Answer) -> Counter[tuple[str, ...]]:
    return Counter(map(_key, answer.rows))


def _left(answer: Answer, other: Counter[tuple[str, ...]]) -> list[Row]:
    """Return the rows of `answer` that are not among the `other` ones, each as often as it stands there oftener."""
    held = Counter(other)
    found = []
    for row in answer.rows:
        if held[_key(row)]:
            held[_key(row)] -= 1
        else:
            found.append(row)
    return found


def _pairs(gone: list[Row], come: list[Row], columns: list[str]) -> list[tuple[Row, Row]]:
    """Return pairs of rows that share more than half of their filled cells, those first that share the most.

    A row that is about another statement, or with no such column about another thing in its first column, is another.
    """
    if len(gone) * len(come) > _PAIRS:
        return []
    place = columns.index("statement") if "statement" in columns else 0
    scored = []
    for first, old in enumerate(map(_key, gone)):
        for second, new in enumerate(map(_key, come)):
            if old[place] != new[place]:
                continue
            shared = sum(a == b != "" for a, b in zip(old, new, strict=True))
            filled = sum(bool(a or b) for a, b in zip(old, new, strict=True))
            if 2 * shared > filled:
                scored.append((-shared, first, second))
    used: tuple[set[int], set[int]] = (set(), set())
    found = []
    for _, first, second in sorted(scored):
        if first not in used[0] and second not in used[1]:
            used[0].add(first)
            used[1].add(second)
            found.append((first, second))
    return [(gone[first], come[second]) for first, second in sorted(found)]
