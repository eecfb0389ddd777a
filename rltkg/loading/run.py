"""Loads a release, and the user's own files beside it, into a folder on this machine; `remote` is for endpoints."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rltkg.errors import InputError
from rltkg.loading.build import build
from rltkg.loading.places import chosen_release, own_files
from rltkg.loading.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rltkg.corpus import GraphFile
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
    extra: Place | Iterable[Place | GraphFile] = (),
    tell: Callable[[str], None] | None = None,
) -> Loaded:
    """Make the folder `target` a store on disk that holds a release; a store that is there is replaced in one step.

    `release` is None for the shipped one, or a folder: a release, or RDF files that together are a whole graph; `extra`
    names files of the user's own, each added in a named graph of its own. `tell` is given a line now and then while it
    takes long. Until all is there, `target` stays as it was, whatever happens. Raises InputError, with file and line,
    where a file is missing or broken, and where `target` is anything but a store of ours, an empty folder or nothing;
    UnavailableError where it is being written, or cannot be written.
    """
    started = time.perf_counter()
    if "://" in os.fspath(target):
        raise InputError(f"{target} is an address, not a folder; `rltkg.loading.remote.load_into` loads into endpoints")
    source, own = chosen_release(release), own_files(extra)
    with Site(target) as site:
        marker = build(site.folder, source, own, tell or _silent)
        site.settle()
    return Loaded(site.target, marker["version"], marker["digest"], marker["graphs"], time.perf_counter() - started)


def _silent(_: str) -> None:
    """Tell nobody."""
