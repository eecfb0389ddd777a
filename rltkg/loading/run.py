"""Loads a release, and the user's own files beside it, into what the user names: so far a folder on this machine."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rltkg.corpus import Release, shipped
from rltkg.corpus.own import at, own_file
from rltkg.corpus.stored import Stored
from rltkg.errors import InputError, UnavailableError
from rltkg.loading.build import build
from rltkg.loading.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rltkg.store.opening import Place


@dataclass(frozen=True)
class Loaded:
    """What a load did: `graphs` has the number of triples of each named graph, `seconds` is what it took in all."""

    target: Path
    version: str
    digest: str
    graphs: dict[str, int]
    seconds: float

    @property
    def triples(self) -> int:
        """The number of triples over all graphs."""
        return sum(self.graphs.values())


def load(
    target: Place,
    release: Place | None = None,
    *,
    extra: Place | Iterable[Place] = (),
    tell: Callable[[str], None] | None = None,
) -> Loaded:
    """Make the folder `target` a store on disk that holds a release; a store that is there is replaced in one step.

    `release` is None for the shipped one, or a folder: a release, or RDF files that together are a whole graph; `extra`
    names files of the user's own, each added in a named graph of its own. `tell` is given a line now and then while it
    takes long. Until all is there, `target` stays as it was, whatever happens. Raises InputError, with file and line,
    where a file is missing or broken, and where `target` is anything but a store of ours, an empty folder or nothing;
    UnavailableError where it is no folder of this machine, is being written, or cannot be written.
    """
    started = time.perf_counter()
    if "://" in os.fspath(target):
        raise UnavailableError(
            f"Loading into {target} is not possible yet; name a folder, which becomes a store on disk"
        )
    source = _source(release)
    names = [extra] if isinstance(extra, str | os.PathLike) else list(extra)
    own = {file.graph: file for file in (own_file(each, whole=False) for each in names)}
    with Site(target) as site:
        marker = build(site.folder, source, list(own.values()), tell or _silent)
        site.settle()
    return Loaded(site.target, marker["version"], marker["digest"], marker["graphs"], time.perf_counter() - started)


def _source(place: Place | None) -> Release:
    if place is None:
        return shipped()
    release = at(place, whole=False)
    if isinstance(release, Stored):
        raise InputError(f"{place} is a store on disk, which keeps no files; name the release that it was made of")
    return release


def _silent(_: str) -> None:
    """Tell nobody."""
