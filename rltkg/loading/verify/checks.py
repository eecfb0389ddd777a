"""Holds one graph of a store against the release: digest, counts, and where they differ triple by triple."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from rltkg.corpus.lines import Digest
from rltkg.endpoint.record import RELEASE
from rltkg.errors import UnavailableError
from rltkg.loading.tally import Tally
from rltkg.loading.verify.rewriting import Difference, differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rltkg.endpoint.record import Held
    from rltkg.loading.prepared import PreparedGraph
    from rltkg.loading.verify.sources import Source

SHOWN = 20  # differences of one graph that are kept, line by line
SAME, REWRITTEN, DIFFERS, MISSING = "same", "rewritten", "differs", "missing"


@dataclass
class GraphCheck:
    """What was found in one graph of the store.

    `due` and `found` are digests with numbers of triples, `due.sha256` "" where only the number is known. `lacking` and
    `surplus` count triples, `examples` holds the first of them; `rewritten` counts literals by what became of them,
    with one of each in `instances`. `counts` says in words what queries count otherwise than they should.
    """

    graph: str
    part: str
    due: Digest
    found: Digest
    lacking: int = 0
    surplus: int = 0
    examples: list[Difference] = field(default_factory=list)
    rewritten: Counter[str] = field(default_factory=Counter)
    instances: dict[str, Difference] = field(default_factory=dict)
    counts: list[str] = field(default_factory=list)
    remark: str = ""

    @property
    def outcome(self) -> str:
        """SAME, REWRITTEN (each literal means what it meant), DIFFERS, or MISSING (none of its triples is there)."""
        if self.due.triples and not self.found.triples:
            return MISSING
        if self.lacking or self.surplus or self.counts or self.remark:
            return DIFFERS
        return REWRITTEN if self.rewritten else SAME

    @property
    def fine(self) -> bool:
        """Whether nothing is lost."""
        return self.outcome in (SAME, REWRITTEN)

    def note(self, difference: Difference) -> None:
        """Take one difference into account."""
        if difference.benign:
            self.rewritten[difference.rewriting] += 1
            self.instances.setdefault(difference.rewriting, difference)
            return
        self.lacking += difference.lacking is not None
        self.surplus += difference.surplus is not None
        if len(self.examples) < SHOWN:
            self.examples.append(difference)


def check(graph: PreparedGraph, source: Source, passing: Callable[[int], None]) -> GraphCheck:
    """Compare a graph of the release with what `source` has under its name.

    Raises UnavailableError where the store does not answer, or gives back less than its queries count.
    """
    asked = source.tally(graph.graph)
    streamed = Tally()
    total = sha256()
    made = GraphCheck(graph.graph, graph.part, graph.digest, Digest("", 0))
    with source.lines(graph.graph, passing) as lines:
        theirs = hashed(streamed.counting(lines), total.update)
        for difference in differences(graph.lines(), theirs, source.dialect):
            made.note(difference)
    made.found = Digest(total.hexdigest(), streamed.triples)
    if asked.triples > streamed.triples:
        raise UnavailableError(
            f"{source.place} gives back {streamed.triples:,} triples of <{graph.graph}>, and its queries count "
            f"{asked.triples:,}: it cuts long answers, so it cannot be compared; raise its limit of rows "
            "(ResultSetMaxRows of Virtuoso)"
        )
    rewritten_only = not made.lacking and not made.surplus
    made.counts = list(_disagreements(streamed if rewritten_only else graph.tally, asked))
    return made


def check_by_record(graph: str, held: Held, source: Source, passing: Callable[[int], None]) -> GraphCheck:
    """Compare a graph whose file is not at hand with what the load record says of it."""
    streamed, total = Tally(), sha256()
    with source.lines(graph, passing) as lines:
        for line in streamed.counting(lines):
            total.update(line)
    found = Digest(total.hexdigest(), streamed.triples)
    made = GraphCheck(graph, held.part, Digest(held.kept or held.digest, held.triples), found)
    known = {held.kept, held.digest} - {""}
    if held.part == RELEASE:
        made.remark = "it is no graph of this release"
    elif found.triples != (held.stored or held.triples) or (known and found.sha256 not in known):
        made.remark = "it is not what was loaded; name its file with --with to see which triples"
    return made


def hashed(lines: Iterable[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    """Give `lines` as they are, each given to `update` too."""
    for line in lines:
        update(line)
        yield line


def _disagreements(due: Tally, found: Tally) -> Iterator[str]:
    """Say what is counted otherwise: the triples, each class, each property."""
    if due.triples != found.triples:
        yield f"{found.triples:,} triples instead of {due.triples:,}"
    for word, one, other in (("class", due.classes, found.classes), ("property", due.properties, found.properties)):
        for term in sorted(one.keys() | other.keys()):
            if one[term] != other[term]:
                yield f"{word} {term.decode()}: {other[term]:,} instead of {one[term]:,}"
