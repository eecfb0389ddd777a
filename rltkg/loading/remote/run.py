"""Loads a release into an endpoint: plan, apply, verify, and the record that tells how far it came."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rltkg.corpus.lines import Digest
from rltkg.endpoint.record import COMPLETE, Held, Record
from rltkg.endpoint.troubles import RefusedError
from rltkg.errors import UnavailableError
from rltkg.loading.pace import Pace, short
from rltkg.loading.prepared import Prepared
from rltkg.loading.remote.apply import Writer
from rltkg.loading.remote.limits import limits
from rltkg.loading.remote.plan import CHANGE, REMOVE, Plan, planned
from rltkg.loading.verify.checks import check
from rltkg.loading.verify.run import Verification, begun
from rltkg.loading.verify.sources import Remote

if TYPE_CHECKING:
    from rltkg.corpus import GraphFile, Release
    from rltkg.endpoint.transport import Endpoint
    from rltkg.loading.pace import Watch


@dataclass(frozen=True)
class RemoteLoaded:
    """What a load into an endpoint did, or would do: its `plan`, and in `verification` what was read back at the end.

    `verification` is None where nothing was changed, or nothing was to be verified; `changed` tells whether the store
    was written to; `triples` is how many it holds of ours.
    """

    target: str
    version: str
    digest: str
    plan: Plan
    changed: bool
    triples: int
    verification: Verification | None
    seconds: float


def load_into(  # noqa: PLR0913 - each is a choice of the person who loads
    endpoint: Endpoint,
    release: Release,
    own: list[GraphFile],
    *,
    dry_run: bool = False,
    verified: bool = True,
    watch: Watch | None = None,
) -> RemoteLoaded:
    """Make the store behind `endpoint` hold `release` and the user's `own` files; no other graph is touched.

    With `dry_run` it ends after the plan; `verified` tells to read back at the end what was changed. `watch` is told
    what is being done, and which share of it. Raises InputError for a broken file, and where a graph of the same name
    is there that no load put there; UnavailableError where the store does not answer or does not take what it is sent.
    What is there then is said to be incomplete, and the next load completes it.
    """
    began = time.perf_counter()
    pace = Pace(watch)
    pace.step("reading the release", 0, 0.2)
    source, allowed = Remote(endpoint), limits(endpoint.dialect.name)
    with Prepared(release, own) as prepared:
        plan = planned(prepared, source, allowed, pace)
        triples = sum(each.digest.triples for each in prepared.graphs.values())
        load = _Load(endpoint, release, plan, source, pace)
        found = None
        if not dry_run and load.due(verified=verified):
            found = load.run(verified=verified)
        return RemoteLoaded(
            endpoint.target.name, release.version, release.digest, plan, changed=not dry_run and load.written,
            triples=triples, verification=found, seconds=time.perf_counter() - began,
        )  # fmt: skip


class _Load:
    """One load, once it is planned."""

    def __init__(self, endpoint: Endpoint, release: Release, plan: Plan, source: Remote, pace: Pace) -> None:
        self.plan, self.written = plan, False
        self._release, self._source, self._pace = release, source, pace
        self._limits = limits(endpoint.dialect.name)
        self._endpoint = endpoint
        self._id = secrets.token_hex(8)
        self._started = _now()

    def due(self, *, verified: bool) -> bool:
        """Say whether there is anything to do: a graph to change, or a record to mend."""
        before = self.plan.record
        if self.plan.changes or before is None or not before.complete:
            return True
        same = (before.version, before.digest) == (self._release.version, self._release.digest)
        return not same or (verified and not before.verified)

    def run(self, *, verified: bool) -> Verification | None:
        """Carry the plan out, read back what was changed, and write the record."""
        writer = Writer(self._endpoint, self._limits, self._pace)
        at_once = self._limits.whole and self.plan.within(self._limits)
        try:
            if at_once:
                writer.at_once(self.plan, self._record({}))
            else:
                writer.begin(self._id, self._started, self._touched(), self.plan.record)
                writer.carry_out(self.plan)
            found = self._read_back(writer) if verified else None
            writer.alone(self._id)
            if found is not None and not found.fine:
                writer.mark()
            elif found is not None or not at_once:
                kept = {each.graph: each.found for each in found.checks} if found else {}
                stale = [each.graph for each in self.plan.changes if each.action == REMOVE]
                writer.finish(self._record(kept), stale)
        except UnavailableError as error:
            raise self._explained(error, writer) from error
        self.written = True
        return found

    def _explained(self, error: UnavailableError, writer: Writer) -> UnavailableError:
        """Return the error with what is left in the store."""
        told = str(error).rstrip(".")
        if not writer.wrote and isinstance(error, RefusedError):
            return UnavailableError(f"{told}. Nothing was changed")
        return UnavailableError(
            f"{told}. {self._source.place} may hold a part of the release, and its record says so if it does; load "
            "again to complete it"
        )

    def _read_back(self, writer: Writer) -> Verification:
        """Compare what was changed with what should be there; what was sent in pieces is sent whole where it fails."""
        made = begun(self._source, self._release)
        made.record = None
        sent = [(each.action, each.due) for each in self.plan.changes if each.due]
        self._pace.step("reading back", sum(graph.size for _, graph in sent), 1.0)
        for action, graph in sent:
            self._pace.name = f"reading back {short(graph.graph)}"
            found = check(graph, self._source, self._pace.passed)
            if not found.fine and action == CHANGE:
                writer.mark()
                writer.put(graph)
                found = check(graph, self._source, self._pace.passed)
            made.checks.append(found)
        return made

    def _touched(self) -> list[str]:
        before = self.plan.record.graphs if self.plan.record else {}
        return sorted({*before, *(each.graph for each in self.plan.steps)})

    def _record(self, found: dict[str, Digest]) -> Record:
        """Return the record of what is there now; `found` has the digests of what was read back."""
        graphs = {}
        for step in self.plan.steps:
            if step.due is None:
                continue
            kept = found.get(step.graph, Digest(step.kept, step.stored))
            due = step.due.digest
            graphs[step.graph] = Held(due.triples, kept.triples, due.sha256, kept.sha256, step.part)
        whole = all(each.kept or not each.triples for each in graphs.values())
        release = self._release
        return Record(COMPLETE, release.version, release.digest, self._id, self._started, _now(), whole, graphs)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
