"""What is to be in the store: each graph as sorted canonical lines in a file, with its digest and what it counts."""

from __future__ import annotations

from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from rltkg.corpus.graphs import GraphLines
from rltkg.corpus.lines import Digest
from rltkg.endpoint.record import OWN, RELEASE
from rltkg.errors import UnavailableError
from rltkg.loading.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from rltkg.corpus import GraphFile, Release

_BUFFER = 1 << 20


class PreparedGraph:
    """One graph: `path` holds its canonical lines, sorted, `size` bytes long; `loose` tells of blank nodes in it."""

    __slots__ = ("digest", "graph", "loose", "part", "path", "size", "tally")

    def __init__(self, graph: str, part: str, lines: Iterable[bytes], path: Path) -> None:
        """Write `lines` to `path`, once."""
        self.graph = graph
        self.part = part
        self.path = path
        self.tally = Tally()
        self.size = 0
        total = sha256()
        with path.open("wb", buffering=_BUFFER) as file:
            for line in self.tally.counting(lines):
                file.write(line)
                total.update(line)
                self.size += len(line)
        self.digest = Digest(total.hexdigest(), self.tally.triples)

    def lines(self) -> Iterator[bytes]:
        """Give the lines, sorted; as often as needed."""
        try:
            with self.path.open("rb", buffering=_BUFFER) as file:
                yield from file
        except OSError as error:
            raise _unusable(error) from error


class Prepared:
    """All graphs of a release and of the user's own files; a context, which removes its files at the end.

    `graphs` has them by IRI, in the order of the IRIs.
    """

    def __init__(self, release: Release, own: Iterable[GraphFile] = ()) -> None:
        """Read every file once.

        Raises InputError, with file and line, where one is broken, UnavailableError where one cannot be read or there
        is no room for temporary files.
        """
        self.release = release
        self.graphs: dict[str, PreparedGraph] = {}
        self._left = ExitStack()
        try:
            scratch = Path(self._left.enter_context(TemporaryDirectory(prefix="rltkg-load-")))
            added = list(own)
            with GraphLines([*release.files, *added], folder=scratch) as found:
                theirs = _named(added, scratch) - {file.graph for file in release.files}
                for number, (graph, lines) in enumerate(found.items()):
                    part = OWN if graph in theirs else RELEASE
                    self.graphs[graph] = PreparedGraph(graph, part, lines, scratch / f"{number:06}.nt")
                    lines.close()
        except BaseException as error:
            self._left.close()
            if isinstance(error, OSError):
                raise _unusable(error) from error
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left.close()


def _named(own: list[GraphFile], scratch: Path) -> set[str]:
    """Return the graphs that the user's own files fill."""
    with GraphLines(own, folder=scratch) as found:
        return set(found)


def _unusable(error: OSError) -> UnavailableError:
    return UnavailableError(
        f"A load needs temporary files, and they cannot be used ({error.strerror or error}); make room, or name "
        "another folder with the variable TMPDIR"
    )
