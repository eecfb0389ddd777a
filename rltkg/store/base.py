"""What every store can do, wherever it keeps its triples: in memory, on disk or behind an endpoint."""

from __future__ import annotations

from abc import ABC, abstractmethod


class Store(ABC):
    """Answers queries over the union of all named graphs of the release that it holds.

    The result travels as the W3C document, not as objects of an engine: any endpoint can give it, and a face can
    hand it on as it is.
    """

    @abstractmethod
    def select(self, text: str) -> bytes:
        """Run a SPARQL SELECT or ASK query and return its result in the SPARQL 1.1 JSON results format, UTF-8.

        Raises InputError where the text is not such a query, UnavailableError where the store does not answer.
        """
