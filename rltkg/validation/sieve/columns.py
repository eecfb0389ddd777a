"""A graph by its predicates: for each the subjects and their values, as N-Triples writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, RdfFormat

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from pyoxigraph import Store

    Lists = tuple[list[str], list[str]]


class Column:
    """The triples of one predicate: `first` holds a value of each subject, `more` all values of those with several."""

    __slots__ = ("first", "more")

    def __init__(self, subjects: Sequence[str] = (), values: Sequence[str] = ()) -> None:
        """Take the triples that are made of the n-th of `subjects` and the n-th of `values`; they may stand twice."""
        self.more: dict[str, set[str]] = {}
        self.first: dict[str, str] = dict(zip(subjects, values, strict=True))
        if len(self.first) < len(subjects):
            first, more = self.first, self.more
            for subject, value in zip(subjects, values, strict=True):
                if first[subject] != value:
                    more.setdefault(subject, {first[subject]}).add(value)

    def of(self, subject: str) -> set[str]:
        """Return all values of `subject`."""
        if subject in self.more:
            return self.more[subject]
        return {self.first[subject]} if subject in self.first else set()

    def among(self, subjects: AbstractSet[str]) -> Column:
        """Return the part of the column that is about `subjects`."""
        if self.first.keys() <= subjects:
            return self
        found = Column()
        found.first = {subject: self.first[subject] for subject in subjects & self.first.keys()}
        found.more = {subject: self.more[subject] for subject in subjects & self.more.keys()}
        return found

    def values(self) -> set[str]:
        """Return all values."""
        return set(self.first.values()).union(*self.more.values())

    def having(self, values: AbstractSet[str]) -> set[str]:
        """Return the subjects that have one of `values`."""
        if not values:
            return set()
        found = {subject for subject, value in self.first.items() if value in values}
        found.update(subject for subject, held in self.more.items() if not values.isdisjoint(held))
        return found

    def turned(self) -> Column:
        """Return the same triples with subject and value exchanged."""
        return Column(*_lists([self], turn=True))


def together(columns: Collection[Column]) -> Column:
    """Return the triples of several columns as those of one."""
    return Column(*_lists(columns))


def _lists(columns: Iterable[Column], *, turn: bool = False) -> Lists:
    subjects: list[str] = []
    values: list[str] = []
    for column in columns:
        subjects += column.first
        values += column.first.values()
        for subject, held in column.more.items():
            subjects += [subject] * len(held)
            values += held
    return (values, subjects) if turn else (subjects, values)


class Columns:
    """All triples of a store, over all its graphs, whose predicates are wanted."""

    def __init__(self, store: Store, wanted: Collection[str]) -> None:
        """Read the triples with the predicates `wanted`, which are written as in N-Triples."""
        lists: dict[str, Lists] = {predicate: ([], []) for predicate in wanted}
        writer = _Writer(lists)
        for graph in (DefaultGraph(), *store.named_graphs()):
            store.dump(writer, format=RdfFormat.N_TRIPLES, from_graph=graph)  # type: ignore[arg-type]
        self._columns: dict[str, Column] = {}
        while lists:
            predicate, (subjects, values) = lists.popitem()
            self._columns[predicate] = Column(subjects, values)

    def __getitem__(self, predicate: str) -> Column:
        return self._columns.get(predicate) or Column()


class _Writer:
    """Takes N-Triples in pieces, so that they never stand in memory as a whole."""

    def __init__(self, lists: dict[str, Lists]) -> None:
        self._lists = lists
        self._names: dict[str, str] = {}
        self._rest = b""

    def write(self, piece: bytes) -> int:
        *whole, rest = (self._rest + piece).rpartition(b"\n")
        self._rest = rest
        lists, named = self._lists, self._names.setdefault
        for line in whole[0].decode().split("\n"):
            if line:
                subject, predicate, value = line[:-2].split(" ", 2)  # without the full stop
                if predicate in lists:
                    subjects, values = lists[predicate]
                    subjects.append(named(subject, subject))
                    values.append(value if value[0] == '"' else named(value, value))
        return len(piece)

    def flush(self) -> None:
        """Nothing is kept back: N-Triples end with a line break."""
