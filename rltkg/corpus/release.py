"""Where the files of a release lie, and which file belongs to which named graph."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from rltkg.errors import InputError, UnavailableError

TERMS = "https://w3id.org/rltkg/ontology/"
MANIFEST = Path("data", "manifest.ttl")
_PATH = NamedNode(TERMS + "path")


class GraphFile:
    """One Turtle file of a release and the IRI of the named graph that it belongs to."""

    __slots__ = ("graph", "path")

    def __init__(self, graph: str, path: Path) -> None:
        self.graph = graph
        self.path = path

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
