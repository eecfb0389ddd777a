"""The two sides of a review: what a user names, opened."""

from __future__ import annotations

import shutil
import weakref
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from rltkg.corpus import GraphFile, Release, shipped
from rltkg.corpus.own import FORMATS, Elsewhere, Folder, at, own_file, sound
from rltkg.corpus.stored import Stored
from rltkg.errors import InputError, UnavailableError
from rltkg.results.names import OWN
from rltkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    import os

    import pyoxigraph

    Place = str | os.PathLike[str]

SHIPPED = "shipped"
_DIGITS = 12
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_GRAPH = NamedNode(OWN + "ontology/ReleaseGraph")
_ONTOLOGY = OWN + "graph/ontology"


class Side:
    """One side: its `name` for readers, its `release`, and the user's `files` that stand in it too.

    `digest` tells what it holds without opening it; None where that is not known.
    """

    def __init__(self, name: str, release: Release, files: list[GraphFile] | None = None) -> None:
        self.name = name
        self.release = release
        self.files = files or []
        self._store: EmbeddedStore | None = None

    @property
    def digest(self) -> str | None:
        """The SHA-256 of all that it holds; None where the user's files are in it."""
        if self.files:
            return None
        return self.release.content_digest if isinstance(self.release, Stored) else self.release.digest

    @property
    def version(self) -> str:
        """The version of the release, or what stands in for one."""
        return self.release.version

    @property
    def shown_digest(self) -> str:
        """The first digits of the digest; "" where there is none."""
        return (self.digest or "")[:_DIGITS]

    @property
    def store(self) -> EmbeddedStore:
        """The store, opened when it is first asked for.

        Raises InputError, with file and line, for a file that is broken, no RDF, too large, or that leads out of its
        release; UnavailableError where a file is missing.
        """
        if self._store is None:
            self._store = self._opened()
        return self._store

    @property
    def engine(self) -> pyoxigraph.Store:
        """The engine of the store."""
        return self.store.engine

    def _opened(self) -> EmbeddedStore:
        if isinstance(self.release, Stored):
            from rltkg.store.disk import DiskStore

            return DiskStore(self.release)
        if isinstance(self.release, Elsewhere):
            for file in self.release.files:
                _inside(file.path, self.release.root)
                sound(file.path)
        replaced = _replaced(self.release, self.files)
        files = [file for file in self.release.files if file not in replaced]
        return EmbeddedStore.holding([*files, *self.files], self.release)


def sides(before: Place | None, after: Place | None) -> tuple[Side, Side]:
    """Return the two sides that a user names.

    Each is a folder (a release, or a store that `rltkg load` made), `shipped` or None for the shipped release, or what
    is to be added: an RDF file or sheets (XLSX, CSV), or a folder of such files that is no release. What is to be added
    stands for the release of the other side with it in it, or for the shipped one where both are such; another version
    of a file of that release (data/...) takes its place, and a file that declares one graph of the release belongs to
    that. Raises InputError where a place is missing, of no known kind, a file of the very release that it is compared
    with, or where sheets have a fault; UnavailableError for an endpoint.
    """
    places = [None if each is None or str(each) == SHIPPED else each for each in (before, after)]
    releases = [_release(each) for each in places]
    found = []
    for place, release, other in zip(places, releases, reversed(releases), strict=True):
        if release is not None:
            found.append(Side("the shipped release" if place is None else _shown(place), release))
            continue
        assert place is not None  # noqa: S101 - None is the shipped release
        base = other or shipped()
        if isinstance(base, Stored):
            raise InputError(
                f"{base.root} is a store on disk, which is only read, so {place} cannot be put into it; name the "
                "release that it was made of"
            )
        made = _as_turtle(Path(place)) if _is_book(Path(place)) else None
        files = _placed(made or Path(place))
        if other is not None:
            _not_its_own(base, files)
        found.append(Side(f"{_base_name(base)} with {_shown(place)}", base, files))
        if made is not None:
            weakref.finalize(found[-1], shutil.rmtree, made.parent, ignore_errors=True)
    first, second = found
    return first, second


def _release(place: Place | None) -> Release | None:
    """Return the release at `place`; None for what is to be added to one."""
    if place is None:
        return shipped()
    if "://" in str(place):
        raise UnavailableError(
            f"{place} is an address; two releases are compared here, on this machine: name a folder or a file"
        )
    if Path(place).is_file() or _is_book(Path(place)):
        return None
    release = at(place)
    return None if isinstance(release, Folder) and not _is_whole(release) else release


def _is_whole(release: Folder) -> bool:
    """Say whether RDF files without a manifest are a whole graph, ontology included, and not an addition."""
    if any(file.graph == _ONTOLOGY for file in release.files):
        return True
    named = [file for file in release.files if FORMATS[file.path.suffix.lower()].supports_datasets]
    engine = EmbeddedStore.holding(named).engine
    text = "ASK { ?term a <http://www.w3.org/2002/07/owl#Ontology> }"
    return bool(named) and bool(engine.query(text, use_default_graph_as_union=True))


def _is_book(path: Path) -> bool:
    """Say whether sheets lie at `path`: a file of them, or a folder that holds no RDF beside them."""
    from rltkg.sheets.files import is_sheet, sheets_in

    if not path.is_dir():
        return is_sheet(path)
    return bool(sheets_in(path)) and not any(each.suffix.lower() in FORMATS for each in path.rglob("*"))


def _as_turtle(path: Path) -> Path:
    """Return a new file, in a new folder, with what the sheets at `path` say.

    Raises InputError with each fault at its cell.
    """
    from rltkg.sheets.converting import FaultsError, contents_in, turtle_of

    try:
        text = turtle_of(contents_in([path]))
    except FaultsError as error:
        faults = [f"{each.location}: {each.message} [{each.rule}]" for each in error.findings]
        raise InputError("\n".join([f"{path} cannot be compared until it is mended:", *faults])) from error
    made = Path(mkdtemp(prefix="rltkg-diff-"), "sheets.ttl")
    made.write_text(text, encoding="utf-8")
    return made


def _not_its_own(base: Release, files: list[GraphFile]) -> None:
    """Raise InputError where all `files` are files of `base` themselves, so that nothing can differ."""
    own = {file.path.resolve() for file in base.files}
    if files and all(file.path.resolve() in own for file in files):
        name = _base_name(base)
        raise InputError(
            f"{files[0].path} lies in {name} itself, so it cannot differ from it; compare with a folder that holds "
            f"what stood before: `git worktree add --detach ../before main`, then `rltkg diff ../before {base.root}`"
        )


def _placed(path: Path) -> list[GraphFile]:
    """Return the files at `path`, each with the graph that it declares, else with one of its own."""
    if path.is_dir():
        return Folder(path).files
    file = own_file(path)
    if FORMATS[path.suffix.lower()].supports_datasets:
        return [file]
    graphs = {quad.subject for quad in EmbeddedStore.holding([file]).engine.quads_for_pattern(None, TYPE, _GRAPH, None)}
    declared = graphs.pop() if len(graphs) == 1 else None
    return [GraphFile(declared.value, path, base=file.base) if isinstance(declared, NamedNode) else file]


def _replaced(release: Release, files: list[GraphFile]) -> list[GraphFile]:
    """Return the files of `release` of which one of `files` is another version, by its path below the top."""
    names = [f"/{file.path.resolve().as_posix()}" for file in files]
    root = release.root.resolve()
    return [
        file
        for file in (release.files if files else [])
        if any(name.endswith(f"/{file.path.resolve().relative_to(root).as_posix()}") for name in names)
    ]


def _inside(path: Path, root: Path) -> None:
    """Raise InputError for a link that leads out of its release: a contribution must not read what lies elsewhere."""
    if not path.resolve().is_relative_to(root.resolve()):
        raise InputError(f"{path} is a link that leads out of {root}; put the file itself there")


def _shown(place: Place) -> str:
    return Path(place).as_posix()


def _base_name(release: Release) -> str:
    return _shown(release.root) if isinstance(release, Elsewhere) else "the shipped release"
