"""The embedded store: pyoxigraph, in memory."""

from __future__ import annotations

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

from rltkg.errors import InputError, UnavailableError
from rltkg.store.base import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO

    from rltkg.corpus import GraphFile, Release


class EmbeddedStore(Store):
    """A store inside this process."""

    def __init__(self, engine: pyoxigraph.Store) -> None:
        self._engine = engine

    @classmethod
    def holding(
        cls, files: Iterable[GraphFile], release: Release | None = None, own: Iterable[GraphFile] = ()
    ) -> EmbeddedStore:
        """Return a new store in memory that holds `files`, those of `release`, and the user's `own`.

        Each lies in its named graph; TriG and N-Quads keep theirs. Blank nodes of two files are never the same.
        Raises InputError, with file and line, where one is broken, UnavailableError where one cannot be read.
        """
        engine = pyoxigraph.Store()
        store = cls(engine)
        store.release, store.own = release, tuple(own)
        for file in (*files, *store.own):
            # The suffix was checked where the file comes from another place than the release, which is all Turtle.
            form = RdfFormat.from_extension(file.path.suffix[1:].lower()) or RdfFormat.TURTLE
            try:
                engine.load(path=str(file.path), format=form, base_iri=file.base, to_graph=NamedNode(file.graph))
            except SyntaxError as error:
                raise InputError.at(file.path, error) from error
            except OSError as error:
                raise UnavailableError(f"{file.path} cannot be read ({error}); restore it") from error
        return store

    @property
    def engine(self) -> pyoxigraph.Store:
        """The engine itself, for rooms that ask for triples rather than rows."""
        return self._engine

    def select(self, text: str) -> bytes:
        """Run a SELECT or ASK query; the base class tells the form of the result and what is raised."""
        result = self._run(text)
        if isinstance(result, pyoxigraph.QueryTriples):
            raise InputError("The query gives a graph; only SELECT and ASK give rows")
        return result.serialize(format=QueryResultsFormat.JSON) or b""

    def construct(self, text: str) -> bytes:
        """Run a CONSTRUCT or DESCRIBE query; the base class tells the form of the result and what is raised."""
        result = self._run(text)
        if not isinstance(result, pyoxigraph.QueryTriples):
            raise InputError("The query gives no graph; only CONSTRUCT and DESCRIBE do")
        return result.serialize(format=RdfFormat.N_TRIPLES) or b""

    def pour(self, text: str, sink: IO[bytes], *, graph: bool, union: bool = True) -> None:
        """Run any query and write its result to `sink` as it comes; the base class tells more."""
        result = self._run(text, union=union)
        if isinstance(result, pyoxigraph.QueryTriples) != graph:
            raise InputError("The query has another form than it was taken for")
        result.serialize(sink, RdfFormat.N_TRIPLES if graph else QueryResultsFormat.JSON)  # type: ignore[arg-type]

    def _run(
        self, text: str, *, union: bool = True
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        try:
            return self._engine.query(text, use_default_graph_as_union=union)
        except SyntaxError as error:
            raise InputError(f"The query is not SPARQL: {error.msg}") from error
        except RuntimeError as error:  # such as a function that the engine does not have
            raise InputError(f"The query cannot run: {error}") from error

    def __len__(self) -> int:
        """Return how many triples the store holds, over all graphs."""
        return len(self._engine)
