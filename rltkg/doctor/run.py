"""Runs an examination: one question after the other, the cheap ones first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.corpus import shipped
from rltkg.doctor.addresses import addresses, credentials, fetched, rights
from rltkg.doctor.findings import BEWARE, NO, READING, RELEASE, YES, Examination, Finding
from rltkg.doctor.limits import limits
from rltkg.doctor.probe import Probe
from rltkg.doctor.protocol import formats, protocol
from rltkg.doctor.reaching import fitting, introduced, product, reached
from rltkg.doctor.scope import samples, scope
from rltkg.doctor.trying import Trial
from rltkg.endpoint.addresses import is_address
from rltkg.endpoint.dialects import GENERIC
from rltkg.endpoint.record import read
from rltkg.endpoint.targets import target
from rltkg.endpoint.transport import Endpoint
from rltkg.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rltkg.loading.pace import Watch


def examine(place: str, *, write: bool = False, watch: Watch | None = None) -> Examination:
    """Ask the endpoint `place` (an address, or a name of the configuration file) all questions; return what was found.

    Nothing is changed, unless `write` says to try that: in two graphs of our own with random names, which are removed
    again. `watch` is told what is looked at, and which share is done. Raises InputError for what is no endpoint's
    address and no target, UnavailableError where no endpoint answers there.
    """
    asked = target(place)
    probe = Probe(asked)
    seen = reached(probe)
    made = Examination(place, asked, named=not is_address(place), wrote=write, product=product(seen))
    made.dialect = fitting(seen, asked)
    run = _Run(made, probe, watch or (lambda _, __: None))
    run.add("the server", introduced(seen, asked, made.dialect))
    if asked.dialect == GENERIC:
        asked.speaks(made.dialect)
    run.all(write=write)
    return made


class _Run:
    def __init__(self, made: Examination, probe: Probe, watch: Watch) -> None:
        self._made = made
        self._probe = probe
        self._watch = watch

    def add(self, what: str, found: Iterable[Finding]) -> None:
        """Take in findings as they come."""
        self._watch(f"looking at {what}", 0.08 * len({each.area for each in self._made.findings}))
        self._made.findings.extend(found)

    def all(self, *, write: bool) -> None:
        """Ask everything but the first question."""
        made, probe = self._made, self._probe
        self.add("the protocol", protocol(probe))
        self.add("media types", formats(probe))
        self.add("credentials", credentials(made.target))
        lacking = self._state("credentials") == NO
        if not lacking:
            self.add("addresses", addresses(probe, write=write))
        if not write:
            known = samples(probe)
            if not lacking and known and known[0].graph in shipped().graphs:
                self.add("a graph", fetched(probe, known[0].graph))
            self.add("graphs", scope(probe, known))
        self.add("limits", limits(probe))
        self.add("the release", self._release())
        if write and not lacking:
            self._watch("trying to write", 0.5)
            Trial(probe, made.findings.append).run()
        made.findings.append(rights(probe, made.findings, write=write))
        made.schemes = probe.schemes

    def _state(self, name: str) -> str:
        found = self._made.has(name)
        return found.state if found else ""

    def _release(self) -> Iterator[Finding]:
        """Give the finding about what the store holds of a release."""
        made = self._made
        try:
            record = read(Endpoint(made.target))
        except UnavailableError as error:
            yield Finding(RELEASE, "release", BEWARE, f"its record cannot be read ({error})", READING)
            return
        load = f"`rltkg load {made.place}`"
        if record is None:
            graphs = shipped().graphs
            held = [graph for graph in graphs if self._probe.holds(
                f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", default=[graph], named=[graph]
            )]  # fmt: skip
            if held:
                made.holds = shipped().version if len(held) == len(graphs) else ""
                told = f"{len(held)} of {len(graphs)} graphs are there, put there by another program"
                yield Finding(RELEASE, "release", YES if made.holds else BEWARE, told, READING * (not made.holds), load)
            else:
                yield Finding(RELEASE, "release", BEWARE, "it is not there yet", READING, load)
        elif not record.complete:
            yield Finding(RELEASE, "release", BEWARE, "a load did not end", READING, f"{load} completes it")
        else:
            made.holds = record.version
            yield Finding(RELEASE, "release", YES, f"{record.version} (digest {record.digest[:12]}) is there")
