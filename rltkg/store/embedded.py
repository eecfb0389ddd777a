"""The embedded store: pyoxigraph, in memory."""

from __future__ import annotations

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from rltkg.errors import InputError, UnavailableError
from rltkg.store.base import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.corpus import GraphFile


class EmbeddedStore(Store):
    """A store inside this process."""

    def __init__(self, engine: pyoxigraph.Store) -> None:
        self._engine = engine

    @classmethod
    def holding(cls, files: Iterable[GraphFile]) -> EmbeddedStore:
        """Return a new store in memory that holds the Turtle `files`, each in its named graph.

        Raises InputError, with file and line, where one is broken, UnavailableError where one cannot be read.
        """
        engine = pyoxigraph.Store()
        for file in files:
            try:
                engine.load(path=str(file.path), format=RdfFormat.TURTLE, to_graph=NamedNode(file.graph))
            except SyntaxError as error:
                raise InputError.at(file.path, error) from error
            except OSError as error:
                raise UnavailableError(f"{file.path} cannot be read ({error}); restore it") from error
        return cls(engine)

    def select(self, text: str) -> bytes:
        """Run a SELECT or ASK query; the base class tells the form of the result and what is raised."""
        try:
            result = self._engine.query(text, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise InputError(f"The query is not SPARQL: {error.msg}") from error
        if isinstance(result, pyoxigraph.QueryTriples):
            raise InputError("The query gives a graph; only SELECT and ASK give rows")
        return result.serialize(format=QueryResultsFormat.JSON) or b""

    def __len__(self) -> int:
        """Return how many triples the store holds, over all graphs."""
        return len(self._engine)
