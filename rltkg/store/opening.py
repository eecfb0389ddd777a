"""Opens a store: the shipped release, or what the user names, with the user's own files added."""

from __future__ import annotations

import os

from rltkg.corpus import Release, shipped
from rltkg.store.embedded import EmbeddedStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    Place = str | os.PathLike[str]


def open_store(place: Place | None = None, extra: Place | Iterable[Place] = ()) -> tuple[EmbeddedStore, Release]:
    """Return a store in memory, and the release that it holds.

    `place` is None for the shipped release, or a folder: a release of its own, or RDF files that together are a whole
    graph. `extra` names files that are added, each in a named graph of its own; one named twice is added once. Raises
    InputError, with file and line, where a file is missing, broken, too large or of no known format; UnavailableError
    for places that cannot be opened yet and for files of a release that are missing.
    """
    release = shipped()
    if place is None and not extra:
        return EmbeddedStore.holding(release.files, release), release
    from rltkg.corpus.own import at, own_file

    if place is not None:
        release = at(place)
    names = [extra] if isinstance(extra, str | os.PathLike) else list(extra)
    own = {file.graph: file for file in map(own_file, names)}
    return EmbeddedStore.holding(release.files, release, list(own.values())), release
