"""Verifies a store: holds every graph of the release against it, and says what came of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rltkg.loading.pace import Pace, short
from rltkg.loading.places import chosen_release, endpoint_of, own_files
from rltkg.loading.prepared import Prepared
from rltkg.loading.verify.checks import DIFFERS, MISSING, REWRITTEN, SAME, GraphCheck, check, check_by_record
from rltkg.loading.verify.copies import copies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.corpus import GraphFile, Release
    from rltkg.endpoint.record import Record
    from rltkg.loading.pace import Watch
    from rltkg.loading.prepared import PreparedGraph
    from rltkg.loading.verify.sources import Source
    from rltkg.store.opening import Place

INCOMPLETE = "incomplete"


@dataclass
class Verification:
    """What a verification found: `checks`, one a graph; `started` in ISO 8601, UTC.

    `place` is what the person called the store, `address` tells it to others; `version` and `digest` are those of the
    release, `record` what the store says of the last load. `doubled` has, for a graph that lies in the store once more,
    the graphs that hold it, each with its number of triples.

    `outcome` is "same", "rewritten" (every literal means what it meant), "differs", or "incomplete" (the last load did
    not end, so nothing was compared).
    """

    place: str
    address: str
    dialect: str
    version: str
    digest: str
    started: str
    record: Record | None
    checks: list[GraphCheck] = field(default_factory=list)
    doubled: dict[str, dict[str, int]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def outcome(self) -> str:
        """What it comes to, in a word."""
        if self.record is not None and not self.record.complete:
            return INCOMPLETE
        found = {each.outcome for each in self.checks}
        if self.doubled or found & {DIFFERS, MISSING}:
            return DIFFERS
        return REWRITTEN if REWRITTEN in found else SAME

    @property
    def fine(self) -> bool:
        """Whether nothing is lost, and nothing there that should not be."""
        return self.outcome in (SAME, REWRITTEN)


def verify(
    target: Place,
    release: Place | None = None,
    *,
    extra: Place | Iterable[Place | GraphFile] = (),
    watch: Watch | None = None,
) -> Verification:
    """Compare what the store `target` holds with a release: each graph by its digest, then triple by triple.

    `target` is the address of an endpoint, the name of a target, or a folder with a store on disk; `release` None for
    the shipped one, or the folder of another; `extra` names the files of the user's own that were loaded beside it.
    Only graphs of the release, of these files and of the load record are looked at. `watch` is told now and then what
    is being done, and which share of it. Raises InputError for what is no such place or file, UnavailableError where
    the store does not answer.
    """
    began = time.perf_counter()
    chosen = chosen_release(release)
    source = _source(target)
    made = begun(source, chosen)
    if made.record is None or made.record.complete:
        pace = Pace(watch)
        pace.step("reading the release", 0, 0.2)
        with Prepared(chosen, own_files(extra)) as prepared:
            compare_all(made, prepared.graphs, source, pace)
    made.seconds = time.perf_counter() - began
    return made


def begun(source: Source, release: Release) -> Verification:
    """Return a verification of `source` that has compared nothing yet."""
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return Verification(
        source.place, source.address, source.dialect, release.version, release.digest, started, source.record()
    )


def compare_all(made: Verification, graphs: dict[str, PreparedGraph], source: Source, pace: Pace) -> None:
    """Compare all `graphs`, and those that only the record names, and look for copies of them elsewhere."""
    held = made.record.graphs if made.record else {}
    pace.step("reading back", sum(each.size for each in graphs.values()), 1.0)
    for each in graphs.values():
        pace.name = f"reading back {short(each.graph)}"
        made.checks.append(check(each, source, pace.passed))
    for name in sorted(held.keys() - graphs.keys()):
        found = check_by_record(name, held[name], source, pace.passed)
        if found.found.triples or held[name].triples:
            made.checks.append(found)
    made.checks.sort(key=lambda each: each.graph)
    known = {*graphs, *held}
    for each in graphs.values():
        if elsewhere := copies(each, source, known):
            made.doubled[each.graph] = elsewhere


def _source(target: Place) -> Source:
    from rltkg.loading.verify.sources import Disk, Remote

    endpoint = endpoint_of(target)
    if endpoint is not None:
        return Remote(endpoint)
    from rltkg.corpus.own import at
    from rltkg.corpus.stored import Stored
    from rltkg.errors import InputError

    found = at(target, whole=False)
    if not isinstance(found, Stored):
        raise InputError(
            f"{target} is a folder of files, no store; name a store on disk, the address of an endpoint or a target"
        )
    return Disk(found)
