"""Opens a store: the shipped release, or what the user names, with the user's own files added."""

from __future__ import annotations

import os

from rltkg.corpus import Release, shipped
from rltkg.errors import InputError
from rltkg.store.embedded import EmbeddedStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.store.base import Store

    Place = str | os.PathLike[str]


def open_store(place: Place | None = None, extra: Place | Iterable[Place] = ()) -> tuple[Store, Release]:
    """Return a store, and the release that it holds.

    `place` is None for the shipped release; the address of an endpoint, or the name of a target in the user's
    configuration file; or a folder: a store on disk that `rltkg load` made, a release of its own, or RDF files that
    together are a whole graph; the last two are loaded into memory. `extra` names files that are added, each in a named
    graph of its own; one named twice is added once. Raises InputError, with file and line, where a file is missing,
    broken, too large or of no known format, and for `extra` beside a store on disk or an endpoint; UnavailableError for
    files of a release that are missing, for a store on disk that is damaged, of another version, or held by a process
    that may write, and for an endpoint that does not answer, or holds no release or half of one.
    """
    release = shipped()
    if place is None and not extra:
        return EmbeddedStore.holding(release.files, release), release
    from rltkg.corpus.own import at, own_file
    from rltkg.corpus.stored import Stored
    from rltkg.endpoint.targets import check_name, is_target

    if place is not None and is_target(place):
        return _remote(place, extra)
    if place is not None:
        check_name(place)
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


def _remote(place: Place, extra: object) -> tuple[Store, Release]:
    from rltkg.endpoint.targets import target
    from rltkg.endpoint.transport import Endpoint
    from rltkg.store.remote import RemoteStore

    if extra:
        raise InputError(
            f"{place} is an endpoint, which is only asked here; `rltkg load {place} --with FILE` puts a file into it"
        )
    store = RemoteStore(Endpoint(target(str(place))))
    return store, store.release
