"""Kills loads into servers at random moments, client or server, and looks at what is left.

``python -m tests.loading.remote.kills --kills 200 oxigraph`` does so 200 times and prints the figures; with ``--write
FILE`` they go there too, with the day. After each kill the server (started anew where it was it that was killed) must
hold the old release or the new one, or say that it is incomplete; never anything else that is not marked. The next load
must complete it, and no other graph may have changed.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rltkg.endpoint import record
from rltkg.endpoint.transport import Endpoint
from rltkg.endpoint.troubles import RefusedError
from rltkg.loading.remote import load_into
from tests.loading.remote.releases import State, held, made, plain, state
from tests.servers.oxigraph import Oxigraph
from tests.servers.virtuoso import Virtuoso

if TYPE_CHECKING:
    from rltkg.corpus import Release
    from tests.servers.base import Server

ROOT = Path(__file__).resolve().parents[3]
FOREIGN = "http://e/foreign"
PATIENCE = 900.0
_ABSENT = 404
KINDS = ("first load", "difference", "replacement")
_CLIENT = """
import sys
from rltkg.corpus.own import at
from rltkg.loading.places import endpoint_of
from rltkg.loading.remote import load_into
import rltkg.loading.verify.run, SPARQLWrapper
endpoint = endpoint_of("server")
print("ready", flush=True)
release = at(sys.stdin.readline().rstrip("\\n"))
load_into(endpoint, release, [])
"""


@dataclass
class Outcome:
    """What was found after one kill: `kind` of load, `victim`, the moment in seconds, and what was there."""

    kind: str
    victim: str
    moment: float
    found: str


@dataclass
class Proof:
    """A server, the releases that are loaded into it, and what came of each kill."""

    server: Server
    folder: Path
    outcomes: list[Outcome] = field(default_factory=list)
    whole: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the releases: `old`, `new` with small changes, `other` with large ones and another set of graphs."""
        graphs = {"one": plain(3000), "two": plain(2000, 5000), "three": plain(40, 9000), "ontology": _classes("A")}
        self.releases: dict[str, Release] = {
            "old": made(self.folder / "old", graphs),
            "new": made(
                self.folder / "new",
                graphs | {"one": plain(3000)[1:] + plain(30, 4000), "three": plain(40, 9000, "changed")},
            ),
            "other": made(
                self.folder / "other",
                {"one": plain(3000, word="other"), "four": plain(900, 7000), "ontology": _classes("B")},
            ),
        }
        self.states = {name: state(release) for name, release in self.releases.items()}
        self.graphs = sorted({graph for each in self.states.values() for graph in each})
        self.environment = {**os.environ, **self.server.environment, "PYTHONPATH": str(ROOT)}
        self._foreign: State = {}

    @property
    def endpoint(self) -> Endpoint:
        """The server, asked anew: its port may be another one after a start. It may be slow, beside other work."""
        target = self.server.target
        target.timeout = PATIENCE
        return Endpoint(target)

    def prepare(self) -> None:
        """Put a foreign graph there, and take the time of a load of each kind that nothing disturbs."""
        self.endpoint.put_graph(FOREIGN, "\n".join([*plain(200), ""]).encode())
        self._foreign = held(self.endpoint, [FOREIGN])
        assert self._foreign
        for kind in KINDS:
            before, after = self._ends(kind)
            self._set(before)
            began = time.monotonic()
            process = self._started(after)
            assert _ended(process) == 0, kind
            self.whole[kind] = time.monotonic() - began
            assert held(self.endpoint, self.graphs) == self.states[after]

    def kill(self, kind: str, victim: str, share: float) -> Outcome:
        """Kill the client or the server when `share` of the time of a whole load has passed; look, repair, look."""
        before, after = self._ends(kind)
        self._set(before)
        process = self._started(after)
        moment = share * self.whole[kind]
        time.sleep(moment)
        if victim == "client":
            process.kill()
            _ended(process)
        else:
            self.server.kill()
            _ended(process)
            self.server.start()
        found = Outcome(kind, victim, moment, self._found(before, after))
        self.outcomes.append(found)
        load_into(self.endpoint, self.releases[after], [])
        told = record.read(self.endpoint)
        assert told is not None
        assert told.complete, found
        assert held(self.endpoint, self.graphs) == self.states[after], found
        assert held(self.endpoint, [FOREIGN]) == self._foreign, found
        return found

    def _found(self, before: str, after: str) -> str:
        """Return what is there: old, new, marked incomplete; AssertionError where it is none of these."""
        there, told = self._looked()
        assert held(self.endpoint, [FOREIGN]) == self._foreign
        if told is not None and not told.complete:
            return "marked incomplete"
        if told is None:
            assert there == {}, "graphs without a record"
            return "old"
        digests = {name: release.digest for name, release in self.releases.items()}
        name = next(name for name, digest in digests.items() if digest == told.digest)
        assert name in (before, after)
        assert there == self.states[name], f"the record says {name}, and that is not what is there"
        return "old" if name == before else "new"

    def _looked(self) -> tuple[State, record.Record | None]:
        """Return what is there and what the record says, once both hold still.

        A server may go on for a while with the last request of a client that is gone.
        """
        while True:
            try:
                before = record.read(self.endpoint)
                there = held(self.endpoint, self.graphs)
                told = record.read(self.endpoint)
            except RefusedError as error:
                if error.status != _ABSENT:  # a graph that came into being between two looks
                    raise
                continue
            if before == told:
                return there, told

    def _ends(self, kind: str) -> tuple[str, str]:
        if kind == "first load":
            return "", "old"
        return ("old", "new") if kind == "difference" else ("old", "other")

    def _set(self, name: str) -> None:
        """Make the server hold the release `name`, or nothing of ours."""
        if name:
            load_into(self.endpoint, self.releases[name], [])
            return
        for graph in (*self.graphs, record.GRAPH):
            self.endpoint.update(f"DROP SILENT GRAPH <{graph}>")

    def _started(self, name: str) -> subprocess.Popen[str]:
        """Start a load of the release `name` in a process of its own, and return once it has begun."""
        process = self._client()
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stdout.readline() == "ready\n"
        process.stdin.write(f"{self.releases[name].root}\n")
        process.stdin.flush()
        return process

    def _client(self) -> subprocess.Popen[str]:
        self.server.environment  # noqa: B018 - writes the configuration anew, with the port of now
        return subprocess.Popen(
            [sys.executable, "-c", _CLIENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env=self.environment, cwd=ROOT,
        )  # fmt: skip


def _ended(process: subprocess.Popen[str]) -> int:
    """Wait until a client has ended, close what led to it, and return its status."""
    with process:
        return process.wait(PATIENCE)


def _classes(word: str) -> list[str]:
    """Return a class whose definition has blank nodes."""
    owl = "http://www.w3.org/2002/07/owl#"
    start = f"<http://e/C> a <{owl}Class> ; <{owl}equivalentClass> [ a <{owl}Restriction> ;"
    return [start, f'<{owl}onProperty> <http://e/p> ; <{owl}hasValue> "{word}" ] .']


def proof(server: Server, folder: Path, kills: int, seed: int) -> Proof:
    """Kill loads into a running `server` so many times, at moments that `seed` decides."""
    chance = random.Random(seed)  # noqa: S311 - which moments, not which secrets
    made_up = Proof(server, folder)
    made_up.prepare()
    for number in range(kills):
        victim = "server" if number % 4 == 3 else "client"
        found = made_up.kill(KINDS[number % len(KINDS)], victim, chance.uniform(0.0, 1.0))
        if number % 20 == 19:
            print(f"{number + 1} of {kills}, the last one: {found}", file=sys.stderr, flush=True)
    return made_up


def shown(found: Proof, seconds: float) -> list[str]:
    """Return the figures as lines of Markdown."""
    counted = Counter((each.kind, each.victim, each.found) for each in found.outcomes)
    lines = ["| load | killed | found | times |", "|---|---|---|---:|"]
    lines += [f"| {kind} | {victim} | {there} | {times} |" for (kind, victim, there), times in sorted(counted.items())]
    day = datetime.now(UTC).date().isoformat()
    told = f"{len(found.outcomes)} kills in {seconds:.0f} s; after each of them the next load completed,"
    return [f"### {found.server.kind}, {day}", "", told, "and the foreign graph was as before.", "", *lines, ""]


def main(arguments: list[str]) -> int:
    """Run the proof for the servers that are named, and print the figures."""
    parser = argparse.ArgumentParser("python -m tests.loading.remote.kills", description=__doc__)
    parser.add_argument("servers", nargs="+", choices=("oxigraph", "virtuoso"))
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the figures of these servers into FILE")
    options = parser.parse_args(arguments)
    for name in options.servers:
        with tempfile.TemporaryDirectory() as scratch:
            server = (Oxigraph if name == "oxigraph" else Virtuoso)(Path(scratch, "server"))
            server.start()
            began = time.monotonic()
            try:
                lines = shown(proof(server, Path(scratch), options.kills, options.seed), time.monotonic() - began)
            finally:
                server.kill()
        print("\n".join(lines), flush=True)
        if options.write:
            _put(options.write, f"### {name},", lines)
    return 0


def _put(path: Path, start: str, lines: list[str]) -> None:
    """Put `lines` in the place of the section of `path` that begins with `start`, else at its end."""
    held_lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    places = [number for number, line in enumerate(held_lines) if line.startswith(start)]
    first = places[0] if places else len(held_lines)
    last = next((n for n in range(first + 1, len(held_lines)) if held_lines[n].startswith("#")), len(held_lines))
    scratch = path.with_suffix(".new")
    scratch.write_text("\n".join([*held_lines[:first], *lines, *held_lines[last:]]), encoding="utf-8")
    scratch.replace(path)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
