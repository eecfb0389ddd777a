"""Where the files of a release lie, and which file belongs to which named graph."""

from __future__ import annotations

from functools import cached_property
from os import SEEK_END
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from rltkg.errors import InputError, UnavailableError

TERMS = "https://w3id.org/rltkg/ontology/"
MANIFEST = Path("data", "manifest.ttl")
_PATH = NamedNode(TERMS + "path")
_PIECE = 1 << 20  # bytes that are read at once


class GraphFile:
    """One file of RDF, in a release Turtle, and the IRI of the named graph that it belongs to.

    `base` is what relative IRIs in it refer to; a release has none, so it may hold none.
    """

    __slots__ = ("base", "graph", "path")

    def __init__(self, graph: str, path: Path, base: str | None = None) -> None:
        self.graph = graph
        self.path = path
        self.base = base

    def __repr__(self) -> str:
        return f"GraphFile({self.graph!r}, {str(self.path)!r})"


class Release:
    """A folder that holds `ontology/`, `data/` and `queries/`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def files(self) -> list[GraphFile]:
        """Every Turtle file of the release with its graph, as the manifest says, in the order of graph and name.

        Raises InputError where the manifest is broken or names a path outside the release, UnavailableError where
        the manifest or a file that it names is missing.
        """
        found: list[GraphFile] = []
        for graph, relative in sorted(self._manifest()):
            path = (self.root / relative).resolve()
            if not path.is_relative_to(self.root.resolve()):
                raise InputError(f"{self.root / MANIFEST}: the path {relative!r} leads out of the release; mend it")
            paths = sorted(path.rglob("*.ttl")) if path.is_dir() else [path]
            if not paths or not paths[0].exists():
                raise UnavailableError(
                    f"{path} is named by {self.root / MANIFEST} but holds no Turtle file; restore it"
                )
            found += [GraphFile(graph, each) for each in paths]
        return found

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs of the release, sorted; none twice."""
        return sorted({file.graph for file in self.files})

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the release, 64 hexadecimal digits: over the graph and the bytes of each file, in order.

        It says nothing of where the files lie or what they are called. Raises UnavailableError where one cannot be
        read, and what `files` raises.
        """
        from hashlib import sha256

        total = sha256()
        for file in self.files:
            try:
                with file.path.open("rb") as content:
                    # The length keeps the end of one file apart from the start of the next.
                    total.update(f"{file.graph} {content.seek(0, SEEK_END)}\n".encode())
                    content.seek(0)
                    while piece := content.read(_PIECE):
                        total.update(piece)
            except OSError as error:
                raise UnavailableError(f"{file.path} cannot be read ({error}); restore it") from error
        return total.hexdigest()

    @property
    def version(self) -> str:
        """The version: the package's, since package and release share one."""
        from rltkg import __version__

        return __version__

    @property
    def citable(self) -> bool:
        """Whether it is a published release, which its CITATION.cff tells how to cite."""
        return True

    @property
    def shapes(self) -> list[Path]:
        """The files of SHACL shapes, sorted."""
        return sorted((self.root / "ontology" / "shapes").glob("*.ttl"))

    @property
    def checks(self) -> list[Path]:
        """The queries that find what no shape can say, sorted."""
        return sorted((self.root / "ontology" / "checks").glob("*.rq"))

    @property
    def catalogue(self) -> Path:
        """The compiled catalogue."""
        return self.root / "queries" / "catalogue.json"

    def _manifest(self) -> list[tuple[str, str]]:
        manifest = self.root / MANIFEST
        if not manifest.exists():
            raise UnavailableError(f"{manifest} is missing: {self.root} is no release of rltkg; install rltkg afresh")
        try:
            quads = list(parse(path=str(manifest), format=RdfFormat.TURTLE))
        except SyntaxError as error:
            raise InputError.at(manifest, error) from error
        return [(quad.subject.value, quad.object.value) for quad in quads if quad.predicate == _PATH]


def shipped() -> Release:
    """Return the release that came with this package: inside an installed wheel, or around it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "_release"
    return Release(inside if inside.is_dir() else package.parent)
