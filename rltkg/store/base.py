"""What every store can do, wherever it keeps its triples: in memory, on disk or behind an endpoint."""

from __future__ import annotations

from abc import ABC, abstractmethod

from rltkg.errors import UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from rltkg.corpus import GraphFile, Release


class Store(ABC):
    """Answers queries over the union of all named graphs of the release that it holds.

    The result travels as the W3C document, not as objects of an engine: any endpoint can give it, and a face can
    hand it on as it is. `release` is the release that it holds, where that is known, and `own` what a user added.
    `is_remote` tells that its engine is in another process, which this one only talks to; `dialect` is what kind of
    server that is.
    """

    release: Release | None = None
    own: tuple[GraphFile, ...] = ()
    is_remote = False
    dialect = ""

    @abstractmethod
    def select(self, text: str) -> bytes:
        """Run a SPARQL SELECT or ASK query and return its result in the SPARQL 1.1 JSON results format, UTF-8.

        Raises InputError where the text is not such a query, UnavailableError where the store does not answer.
        """

    @abstractmethod
    def construct(self, text: str) -> bytes:
        """Run a SPARQL CONSTRUCT or DESCRIBE query and return the graph that it gives as N-Triples, UTF-8.

        A triple may stand there twice. Raises InputError where the text is not such a query, UnavailableError where the
        store does not answer.
        """

    def pour(self, text: str, sink: IO[bytes], *, graph: bool, union: bool = True) -> None:
        """Run any query and write its result to `sink`, if possible as it comes.

        `graph` tells that the query gives a graph: N-Triples are written, else the JSON results format. With `union`
        the query sees all graphs at once, without it those that its FROM clauses name. Raises what `select` raises.
        """
        if not union:
            raise UnavailableError(
                "This store cannot be asked for some of its graphs only; leave FROM out of the query"
            )
        sink.write(self.construct(text) if graph else self.select(text))

    def stream(self, text: str, take: Callable[[bytes], bool], *, graph: bool, union: bool, seconds: float) -> None:
        """Run any query in `seconds`, and call `take` with each piece of its result until it returns true.

        Only a store that `is_remote` does this; `graph` and `union` are as for `pour`. Raises what `select` raises.
        """
        raise NotImplementedError

    def here(self) -> Store:
        """Return a store in this process that holds the same graphs: this one, or a copy made of its answers.

        Raises UnavailableError where it does not answer, or holds more than fits into memory.
        """
        return self

    def reopen(self) -> int:
        """Make the store ready for queries in this process, the forked child of the one that opened it.

        Returns how many files it must be able to open after that. Raises UnavailableError where it is not as it was.
        """
        return 0

    @property
    def remarks(self) -> list[str]:
        """What is to be said of the store itself, beside each answer that it gives: sentences."""
        return []

    @property
    def digest(self) -> str | None:
        """The SHA-256 of what it holds: that of its release; None where a user's own files are in it, or no release."""
        return None if self.release is None or self.own else self.release.digest

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs that it holds, sorted."""
        from pyoxigraph import QueryResultsFormat, parse_query_results

        payload = self.select("SELECT DISTINCT ?graph WHERE { GRAPH ?graph { } } ORDER BY ?graph")
        return [row[0].value for row in parse_query_results(payload, format=QueryResultsFormat.JSON)]  # type: ignore[union-attr]
