"""The load record: what a load says, in a graph of its own in the store, of what it put there, and whether it ended."""

from __future__ import annotations

import json
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg.endpoint.transport import Endpoint

GRAPH = "https://w3id.org/rltkg/graph/load"
TERMS = "https://w3id.org/rltkg/load/"
COMPLETE, INCOMPLETE = "complete", "incomplete"
RELEASE, OWN = "release", "own"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_FACTS = ("version", "digest", "load", "started", "finished", "verified")


class Held(NamedTuple):
    """One graph that a load put into the store.

    `triples` and `digest` are those of the release's canonical lines, `stored` and `kept` those of what the store gave
    back where that was verified, 0 and "" where it was not; `part` is RELEASE, or OWN for a file of the user's. Of a
    load that did not end only the names of its graphs are known, with 0 triples and digests "".
    """

    triples: int = 0
    stored: int = 0
    digest: str = ""
    kept: str = ""
    part: str = RELEASE


class Record(NamedTuple):
    """What the store says of the last load: the version and digest of the release, and `graphs`, by IRI.

    `state` is COMPLETE, or INCOMPLETE from before the first change until after the last; `load` is another word for
    each load (several where loads ran at once); `started` and `finished` are moments (ISO 8601, UTC), "" where not
    known; `verified` tells whether every graph was read back.
    """

    state: str
    version: str = ""
    digest: str = ""
    load: str = ""
    started: str = ""
    finished: str = ""
    verified: bool = False
    graphs: dict[str, Held] = {}  # noqa: RUF012 - never changed

    @property
    def complete(self) -> bool:
        """Whether the last load ended."""
        return self.state == COMPLETE

    def lines(self) -> Iterator[str]:
        """Give the lines of N-Triples that say this, without the state."""
        yield f"<{GRAPH}> <{_TYPE}> <{TERMS}Record> ."
        yield f'<{GRAPH}> <{_LABEL}> "what rltkg load put here"@en .'
        facts = self._asdict() | {"verified": "yes" if self.verified else "no"}
        for name in _FACTS:
            if facts[name]:
                yield said(name, str(facts[name]))
        for graph, held in sorted(self.graphs.items()):
            yield f"<{GRAPH}> <{TERMS}graph> <{graph}> ."
            for name in ("triples", "stored"):
                yield f'<{graph}> <{TERMS}{name}> "{getattr(held, name)}"^^<{_INTEGER}> .'
            for name in ("digest", "kept", "part"):
                if value := getattr(held, name):
                    yield f'<{graph}> <{TERMS}{name}> "{value}" .'


def said(name: str, value: str) -> str:
    """Return the line that says `value` of the record under `name`."""
    from pyoxigraph import Literal

    return f"<{GRAPH}> <{TERMS}{name}> {Literal(value)} ."


def read(endpoint: Endpoint) -> Record | None:
    """Return the record in the store of `endpoint`; None where no load has ever begun there.

    Raises UnavailableError where the store does not answer.
    """
    answer = json.loads(endpoint.select(f"SELECT * {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}", graphs=[GRAPH]))
    found: dict[str, dict[str, set[str]]] = {}
    for row in answer["results"]["bindings"]:
        name = row["p"]["value"].removeprefix(TERMS)
        found.setdefault(row["s"]["value"], {}).setdefault(name, set()).add(row["o"]["value"])
    if not found:
        return None
    facts = found.get(GRAPH, {})
    loads = " ".join(sorted(facts.get("load", ())))
    if facts.get("state") != {COMPLETE}:
        held = {graph: Held() for graph in facts.get("graph", ())}
        return Record(INCOMPLETE, started=_one(facts, "started"), load=loads, graphs=held)
    return Record(
        COMPLETE,
        version=_one(facts, "version"),
        digest=_one(facts, "digest"),
        load=loads,
        started=_one(facts, "started"),
        finished=_one(facts, "finished"),
        verified=_one(facts, "verified") == "yes",
        graphs={graph: _held(found.get(graph, {})) for graph in sorted(facts.get("graph", ()))},
    )


def _held(facts: dict[str, set[str]]) -> Held:
    triples, stored = (int(each) if each.isdecimal() else 0 for each in (_one(facts, "triples"), _one(facts, "stored")))
    return Held(triples, stored, _one(facts, "digest"), _one(facts, "kept"), _one(facts, "part") or OWN)


def _one(facts: dict[str, set[str]], name: str) -> str:
    """Return the latest of what is said under `name`: a load that did not end may have left two."""
    return max(facts.get(name, {""}))
