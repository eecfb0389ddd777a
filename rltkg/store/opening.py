"""Opens a store: the shipped release, or what the user names, with the user's own files added."""

from __future__ import annotations

import os

from rltkg.corpus import Release, shipped
from rltkg.errors import InputError
from rltkg.store.embedded import EmbeddedStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    Place = str | os.PathLike[str]


def open_store(place: Place | None = None, extra: Place | Iterable[Place] = ()) -> tuple[EmbeddedStore, Release]:
    """Return a store, and the release that it holds.

    `place` is None for the shipped release, or a folder: a store on disk that `rltkg load` made, a release of its own,
    or RDF files that together are a whole graph; the last two are loaded into memory. `extra` names files that are
    added, each in a named graph of its own; one named twice is added once. Raises InputError, with file and line, where
    a file is missing, broken, too large or of no known format, and for `extra` beside a store on disk; UnavailableError
    for places that cannot be opened yet, for files of a release that are missing, and for a store on disk that is
    damaged, of another version, or held by a process that may write.
    """
    release = shipped()
    if place is None and not extra:
        return EmbeddedStore.holding(release.files, release), release
    from rltkg.corpus.own import at, own_file
    from rltkg.corpus.stored import Stored

    if place is not None:
        release = at(place)
    names = [extra] if isinstance(extra, str | os.PathLike) else list(extra)
    if isinstance(release, Stored):
        from rltkg.store.disk import DiskStore

        if names:
            raise InputError(
                f"{release.root} is a store on disk, which is only read; make it anew with the file in it: "
                f"`rltkg load {release.root} --with {names[0]}`"
            )
        return DiskStore(release), release
    own = {file.graph: file for file in map(own_file, names)}
    return EmbeddedStore.holding(release.files, release, list(own.values())), release
