"""The canonical lines of whole files: every named graph that they hold, by its IRI."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Self

from pyoxigraph import BlankNode, DefaultGraph, RdfFormat, Triple, parse

from rltkg.corpus.blank import blank_nodes
from rltkg.corpus.lines import HELD, Lines
from rltkg.errors import InputError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from pyoxigraph import Quad

    from rltkg.corpus.release import GraphFile


class GraphLines(dict[str, Lines]):
    """IRI of a named graph -> its canonical lines, in the order of the IRIs; for files of a release, and own ones.

    Lexical forms are kept as written; blank nodes of two files are never the same. Close it, or use `with`: what did
    not fit into `held` bytes lies in temporary files below `folder`.
    """

    def __init__(self, files: Iterable[GraphFile] = (), *, held: int = HELD, folder: Path | None = None) -> None:
        """Read `files` once.

        Raises InputError, with file and line, where one is broken, and where a graph is named by a blank node or two
        graphs share one; UnavailableError where a file or a temporary file cannot be used.
        """
        super().__init__()
        self._held = held
        self._folder = folder
        try:
            for file in files:
                self._read(file)
                self.settle()
        except BaseException:
            self.close()
            raise

    def of(self, graph: str) -> Lines:
        """Return the lines of `graph`, to which more can be added; new ones where it has none yet."""
        if graph not in self:
            self[graph] = Lines(held=self._held, folder=self._folder)
        return self[graph]

    def settle(self) -> None:
        """Put the graphs in order, and put down what is too much for memory; to be called when some was added."""
        found = sorted(self.items())
        self.clear()
        self.update(found)
        if sum(lines.waiting for lines in self.values()) > self._held:
            for lines in self.values():
                lines.put_down()

    def close(self) -> None:
        """Remove the temporary files."""
        for lines in self.values():
            lines.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, file: GraphFile) -> None:
        form = RdfFormat.from_extension(file.path.suffix[1:].lower()) or RdfFormat.TURTLE
        homes: dict[BlankNode, str] = {}
        try:
            quads = parse(path=str(file.path), format=form, base_iri=file.base, rename_blank_nodes=True)
            for name, group in groupby(quads, key=lambda quad: quad.graph_name):
                if isinstance(name, BlankNode):
                    raise InputError(f"{file.path} names a graph by a blank node ({name}); give it an IRI")
                graph = file.graph if isinstance(name, DefaultGraph) else name.value
                self.of(graph).extend(_homed(group, graph, homes, file))
        except SyntaxError as error:
            raise InputError.at(file.path, error) from error
        except OSError as error:
            raise UnavailableError(f"{file.path} cannot be read ({error.strerror or error}); restore it") from error


def _homed(quads: Iterable[Quad], graph: str, homes: dict[BlankNode, str], file: GraphFile) -> Iterator[Triple]:
    """Give the triples of `quads`, all in `graph`; InputError where a blank node of theirs is in another graph too."""
    for quad in quads:
        if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode | Triple):
            for node in blank_nodes(quad.triple):
                if homes.setdefault(node, graph) != graph:
                    raise InputError(
                        f"{file.path}: one blank node is in two graphs, {homes[node]} and {graph}; give it an IRI"
                    )
        yield quad.triple
