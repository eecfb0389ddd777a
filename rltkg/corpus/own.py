"""Files that a user brings: one to add to the release, or a folder that stands in its place."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, parse

from rltkg.corpus.release import MANIFEST, TERMS, GraphFile, Release, shipped
from rltkg.corpus.stored import MARKER, Stored, is_store
from rltkg.errors import InputError, UnavailableError

FORMATS = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG, ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS}
LARGEST = 64 * 1024 * 1024
QUOTED = 5_000
_PIECE = 1 << 20
_KINDS = "Turtle (.ttl), TriG (.trig), N-Triples (.nt) or N-Quads (.nq)"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_GRAPH = NamedNode(TERMS + "ReleaseGraph")


def own_file(place: str | os.PathLike[str], *, whole: bool = True) -> GraphFile:
    """Return the user's file at `place`, with a graph of its own that is named after it.

    `whole` tells that it is to be read at once, so that its size is limited. Raises InputError where it is no RDF file
    of a known suffix, is a folder, is missing, or is too large or too deeply nested for an engine. It is not parsed.
    """
    path = _local(place)
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in {_KINDS}, or open the folder with --store")
    if path.suffix.lower() not in FORMATS:
        raise InputError(f"{path}: the suffix {path.suffix!r} tells no RDF format; give {_KINDS}")
    (sound if whole else streamable)(path)
    name = path.resolve().as_uri()
    return GraphFile(name, path, base=name)


def at(place: str | os.PathLike[str], *, whole: bool = True) -> Release:
    """Return what the folder `place` holds: a store on disk, a release (with a manifest), else RDF files as one graph.

    `whole` tells that RDF files are to be read at once, so that their size is limited. Raises InputError where it is
    missing, a file, an address, or without RDF files; UnavailableError for a store on disk that `rltkg load` did
    not make or finish.
    """
    if str(place).startswith(("http://", "https://")):
        raise InputError(f"{place} is an address, and files are wanted here; name a folder that holds them")
    root = _local(place)
    if not root.exists():
        raise InputError(f"There is no folder {root}; name one that holds RDF files, or leave --store out")
    if not root.is_dir():
        raise InputError(f"{root} is a file; add it to the release with --with, or name the folder that holds it")
    if is_store(root):
        return Stored(root)
    if (root / "CURRENT").is_file() and not (root / MANIFEST).exists():
        raise UnavailableError(
            f"{root} is a store on disk without {MARKER}: of another program, or of a load that did not finish; make "
            "one with `rltkg load FOLDER`"
        )
    return Elsewhere(root) if (root / MANIFEST).exists() else Folder(root, whole=whole)


class Elsewhere(Release):
    """A release in a folder of the user: the shipped one changed, another version, or another graph."""

    @property
    def version(self) -> str:
        """What stands in for a version, since the folder may hold anything: its name."""
        return f"folder {self.root.resolve().name}"

    @property
    def citable(self) -> bool:
        """Whether the folder is the shipped release itself: nobody has published any other."""
        return self.root.resolve() == shipped().root

    @property
    def catalogue(self) -> Path:
        """The compiled catalogue of the folder; that of the shipped release where it has none."""
        held = super().catalogue
        return held if held.exists() else shipped().catalogue


class Folder(Elsewhere):
    """A folder of RDF files without a manifest, read as a whole graph: nothing of the shipped release is added.

    A file in Turtle or N-Triples that describes one rlt:ReleaseGraph belongs to that graph; any other, and what TriG
    and N-Quads hold outside their named graphs, belongs to a graph named after the file: `file:///part/of/path.ttl`,
    seen from the folder. The queries are those of the shipped release.
    """

    def __init__(self, root: Path, *, whole: bool = True) -> None:
        super().__init__(root)
        self._whole = whole

    @cached_property
    def files(self) -> list[GraphFile]:
        """Every RDF file below the folder with its graph, in the order of graph and name; InputError for none."""
        paths = sorted(path for path in self.root.rglob("*") if path.suffix.lower() in FORMATS and path.is_file())
        if not paths:
            raise InputError(f"{self.root} holds no file in {_KINDS}; name a folder that does")
        return sorted((self._placed(path) for path in paths), key=lambda file: (file.graph, str(file.path)))

    def _placed(self, path: Path) -> GraphFile:
        name = f"file:///{quote(path.relative_to(self.root).as_posix())}"
        form = FORMATS[path.suffix.lower()]
        if self._whole or path.stat().st_size <= LARGEST:
            described = b"ReleaseGraph" in sound(path)
        else:
            streamable(path)
            described = True
        if described and not form.supports_datasets:
            try:
                quads = parse(path=str(path), format=form, base_iri=name)
                named = {quad.subject for quad in quads if quad.predicate == _TYPE and quad.object == _GRAPH}
            except SyntaxError as error:
                raise InputError.at(path, error) from error
            if len(named) == 1 and isinstance(graph := named.pop(), NamedNode):
                return GraphFile(graph.value, path, base=name)
        return GraphFile(name, path, base=name)


def _local(place: str | os.PathLike[str]) -> Path:
    text = os.fspath(place)
    if "://" in text:
        raise InputError(f"{text} is an address; nothing is fetched from a network, so save it as a file and name that")
    if not text or "\0" in text:
        raise InputError(f"{text!r} is no name of a file or folder; give one")
    return Path(text)


def sound(path: Path) -> bytes:
    """Return the bytes of a file that an engine can be given at once; InputError for any other.

    The engine reads a file whole, and ends the process on triple terms nested a million deep.
    """
    try:
        _regular(path)
        if path.stat().st_size > LARGEST:
            size = path.stat().st_size / 2**20
            raise InputError(
                f"{path} is {size:,.0f} MB long; {LARGEST // 2**20} MB fit into memory: split or shrink it"
            )
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}); check its name and rights") from error
    _survivable(path, content.count(b"<<"))
    return content


def streamable(path: Path) -> None:
    """Raise InputError for a file that an engine cannot be given piece by piece, however long it is."""
    count, end = 0, b""
    try:
        _regular(path)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                count += (end + piece).count(b"<<")
                end = piece[-1:]
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}); check its name and rights") from error
    _survivable(path, count)


def _regular(path: Path) -> None:
    if not path.exists():
        raise InputError(f"There is no file {path}; check the name")
    if not path.is_file():
        raise InputError(f"{path} is no regular file; save its content as one")


def _survivable(path: Path, quoted: int) -> None:
    if quoted > QUOTED:
        raise InputError(f"{path} holds over {QUOTED:,} triple terms (<<), which the engine may not survive; split it")
