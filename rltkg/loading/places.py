"""What a person means by a target, a release and own files, for every verb that loads or verifies."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rltkg.corpus import GraphFile, Release, shipped
from rltkg.corpus.own import at, own_file
from rltkg.corpus.stored import Stored
from rltkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.endpoint.transport import Endpoint
    from rltkg.store.opening import Place


def endpoint_of(place: Place) -> Endpoint | None:
    """Return the endpoint that `place` is the address or the configured name of; None where it is a folder.

    A name of the configuration file goes before a folder of the same name, unless it is written as a path (./name).
    Raises InputError for an address or a configuration that is wrong.
    """
    if not isinstance(place, str) or not place:
        return None
    if "://" not in place:
        if any(each in place for each in (os.sep, os.altsep) if each):
            return None
        from rltkg.endpoint.targets import names

        if place not in names():
            return None
    from rltkg.endpoint.targets import target
    from rltkg.endpoint.transport import Endpoint

    return Endpoint(target(place))


def chosen_release(place: Place | None) -> Release:
    """Return the release to load: the shipped one, or that in the folder `place`; InputError for a store on disk."""
    if place is None:
        return shipped()
    release = at(place, whole=False)
    if isinstance(release, Stored):
        raise InputError(f"{place} is a store on disk, which keeps no files; name the release that it was made of")
    return release


def own_files(extra: Place | Iterable[Place | GraphFile]) -> list[GraphFile]:
    """Return the user's own files, each once; InputError where one is missing or no RDF file."""
    names = [extra] if isinstance(extra, str | os.PathLike) else list(extra)
    files = (each if isinstance(each, GraphFile) else own_file(each, whole=False) for each in names)
    return list({file.graph: file for file in files}.values())
