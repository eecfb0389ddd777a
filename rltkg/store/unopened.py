"""A store that is loaded when it is first asked: for what can often be answered without it."""

from __future__ import annotations

from functools import cached_property

from rltkg.store.base import Store
from rltkg.store.embedded import EmbeddedStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

    from rltkg.corpus import Release


class UnopenedStore(Store):
    """A store in memory that holds `release` from its first query on."""

    def __init__(self, release: Release) -> None:
        self.release = release

    @cached_property
    def _opened(self) -> EmbeddedStore:
        return EmbeddedStore.holding(self.release.files, self.release)  # type: ignore[union-attr]

    def select(self, text: str) -> bytes:
        """Run a SELECT or ASK query; the base class tells the form of the result and what is raised."""
        return self._opened.select(text)

    def construct(self, text: str) -> bytes:
        """Run a CONSTRUCT or DESCRIBE query; the base class tells the form of the result and what is raised."""
        return self._opened.construct(text)

    def pour(self, text: str, sink: IO[bytes], *, graph: bool, union: bool = True) -> None:
        """Run any query and write its result to `sink`; the base class tells the rest."""
        self._opened.pour(text, sink, graph=graph, union=union)
