"""Small questions to a store, each in a child and within one limit of time, so that no explanation takes long."""

from __future__ import annotations

import time

from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

from rltkg.errors import InputError, RltkgError
from rltkg.sparql.asking import ask
from rltkg.sparql.cutting import Cut

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.results.answer import Row
    from rltkg.store import Store

_LEAST = 0.01
_SHARE = 5
_SHORTEST = 0.3


class Probe:
    """Asks `store` as long as there is time: `seconds` for all questions, a fifth of it (or 0.3 s) for one.

    A question that takes longer stays open, as `unsure` then tells; `late` tells that the time for all is over.
    """

    def __init__(self, store: Store, seconds: float) -> None:
        self.unsure = False
        self._store = store
        self._one = max(seconds / _SHARE, _SHORTEST)
        self._deadline = time.monotonic() + seconds

    @property
    def late(self) -> bool:
        """Whether there is no time for another question."""
        return self._deadline - time.monotonic() < _LEAST

    def count(self, text: str, most: int, *, graph: bool = False, union: bool = True) -> int | None:
        """Return how many rows or triples a query gives (true: 1), up to `most` + 1; None where it stays open."""
        cut = self._ask(text, most, graph=graph, union=union)
        if cut is None:
            return None
        if cut.because:
            return most + 1
        if graph:
            return cut.content.count(b"\n")
        found = parse_query_results(bytes(cut.content), format=QueryResultsFormat.JSON)
        return int(bool(found)) if isinstance(found, QueryBoolean) else sum(1 for _ in found)

    def rows(self, text: str, most: int, *, union: bool = True) -> list[Row] | None:
        """Return at most `most` rows of a SELECT query; None where it stays open."""
        cut = self._ask(text, most, union=union)
        if cut is None:
            return None
        found = parse_query_results(bytes(cut.content), format=QueryResultsFormat.JSON)
        return [tuple(row) for row in found]  # type: ignore[union-attr]

    def _ask(self, text: str, most: int, *, graph: bool = False, union: bool) -> Cut | None:
        if self.late:
            self.unsure = True
            return None
        left = min(self._deadline - time.monotonic(), self._one)
        cut = Cut(most, graph=graph)
        try:
            ask(self._store, text, cut.take, graph=graph, union=union, seconds=left)
        except InputError:  # without the part that was left out it is no query
            return None
        except RltkgError:
            self.unsure = True
            return None
        return cut
