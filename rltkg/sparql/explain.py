"""Why a query gives nothing: the first of its patterns without which it gives something, and what is wrong with it."""

from __future__ import annotations

from rltkg.sparql.cursor import Misread, Node
from rltkg.sparql.facts import Facts
from rltkg.sparql.grammar import parse
from rltkg.sparql.places import place
from rltkg.sparql.probe import Probe
from rltkg.sparql.reading import Reading, read
from rltkg.sparql.removal import Removal
from rltkg.sparql.terms import Terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.store import Store

SECONDS = 5.0
COUNTED = 1000
_OTHERS = 3
_LATER = frozenset(("condition", "exists", "filter", "having", "limit", "minus", "not exists", "offset"))
_HOW = {
    "condition": "No row passes",
    "exists": "No row passes",
    "filter": "No row passes",
    "having": "No group passes",
    "limit": "No row is left by",
    "minus": "Every row is taken away by",
    "not exists": "Every row is taken away by",
    "object": "Nothing fits",
    "offset": "No row is left by",
    "values": "Nothing fits",
}


class Explanation:
    """Why a query gives nothing.

    `pattern` is the text of the pattern that is to blame, as the user wrote it, and `line` where it stands; None and 0
    where none is. `sentence` says it in a line or two, `text` with all that was found.
    """

    def __init__(self, sentence: str, text: str, pattern: str | None = None, line: int = 0) -> None:
        self.sentence = sentence
        self.text = text
        self.pattern = pattern
        self.line = line


def explain(text: str, store: Store, *, seconds: float = SECONDS) -> str:
    """Say why the query `text` gives no rows from `store`, in a few lines, taking about `seconds` at most.

    Raises InputError where the text is no query that may run; `rltkg.sparql.run` tells more.
    """
    return explained(read(text, store.graphs), store, seconds=seconds).text


def explained(reading: Reading, store: Store, *, seconds: float = SECONDS, brief: bool = False) -> Explanation:
    """Return why the query gives nothing, or that it gives something; `brief` where only the sentence is used."""
    probe = Probe(store, seconds)
    try:
        return _Search(reading, parse(reading), probe, Terms(probe, store.graphs)).run(brief=brief)
    except Misread:
        return _unknown("the query is written in a form that cannot be taken apart here")


def _unknown(why: str) -> Explanation:
    text = f"Nothing fits all patterns together, and no single one can be named: {why}."
    return Explanation(text, text)


class _Search:
    """Looks for the pattern that empties a query."""

    def __init__(self, reading: Reading, node: Node, probe: Probe, terms: Terms) -> None:
        self.reading = reading
        self.probe = probe
        self.removal = Removal(reading, node)
        self.facts = Facts(self.removal, probe, terms)
        # An aggregate over nothing is a row, so it is its patterns that are asked.
        self.total = _is_total(reading, node)

    def run(self, *, brief: bool) -> Explanation:
        """Look for it; `brief` leaves out what else could be to blame."""
        if self._gives(()):
            text = "The query gives something; there is nothing to explain."
            return Explanation(text, text)
        parts = self.removal.parts()
        if not parts:
            return self._bare()
        while len(parts) == 1 and self.removal.parts(parts[0]):
            parts = self.removal.parts(parts[0])
        found = self._first(parts)
        if found:
            told = self._told(found, alone=len(parts) == 1)
            others = [] if brief else self._others(found, parts)
            if others:
                told.text += "\nIt would also do to leave out one of these:"
                told.text += "".join(f"\n    {self.removal.shown(each)}" for each in others)
            return told
        missing = next((each for each in parts if self.facts.missing(each)), None)
        if missing:
            return self._told(missing, alone=True)
        found = self._growing(parts)
        return self._told(found, alone=False, together=True) if found else _unknown("more than one would have to go")

    def _bare(self) -> Explanation:
        """Explain a query without patterns: DESCRIBE of a term."""
        told = self.facts.missing(self.removal.node)
        text = " ".join(told) or "Nothing is recorded of this."
        return Explanation(text, text)

    def _first(self, parts: Iterable[Node]) -> Node | None:
        """Return the first of `parts` without which there is something; where a smaller part of it will do, that.

        Patterns are joined first and conditions take rows away: where leaving out either helps, the condition did it.
        """
        for part in sorted(parts, key=_rank):
            if self._gives([part]):
                return self._first(self.removal.parts(part)) or part
        return None

    def _others(self, found: Node, parts: list[Node]) -> list[Node]:
        """Return further parts that could as well be left out, each alone."""
        left = [each for each in parts if not each.first <= found.first < each.last]
        return [each for each in left if self._gives([each])][:_OTHERS]

    def _growing(self, parts: list[Node]) -> Node | None:
        """Return the first part that leaves nothing when the query is built up part by part, conditions last."""
        ordered = sorted(parts, key=_rank, reverse=True)
        for size, part in enumerate(ordered, 1):
            if self._gives(ordered[size:]) == 0:
                return part
        return None

    def _gives(self, left_out: Iterable[Node], most: int = 1) -> int | None:
        out = list(left_out)
        text = self.removal.selecting("*", out) if self.total else self.removal.without(out)
        graph = self.reading.is_graph and not self.total
        return self.probe.count(text, most, graph=graph, union=not self.reading.names_graphs)

    def _told(self, part: Node, *, alone: bool, together: bool = False) -> Explanation:
        shown = self.removal.shown(part)
        line, _ = place(self.reading.text, self.reading.tokens[part.first].start)
        how = _HOW.get(part.kind, "Nothing fits")
        rest = "" if alone else self._without(part, together=together)
        facts = self.facts.of(part)
        sentence = f"{how} `{shown}` (line {line}){rest}. {' '.join(facts)}"
        lines = [
            f"{how} this, in line {line}:",
            f"    {shown}",
            *([f"{rest[2:].capitalize()}."] if rest else []),
            *facts,
        ]
        return Explanation(sentence.rstrip(), "\n".join(lines), shown, line)

    def _without(self, part: Node, *, together: bool) -> str:
        if together:
            return "; what stands before it gives rows, but leaving it out alone is not enough"
        count = self._gives([part], COUNTED)
        if count is None:
            return "; without it there would be some"
        if self.reading.form == "ASK":
            return "; without it the answer would be true"
        unit = "triple" if self.reading.is_graph else "row"
        number = f"more than {COUNTED:,}" if count > COUNTED else f"{count:,}"
        return f"; without it there would be {number} {unit}{'' if count == 1 else 's'}"


def _rank(part: Node) -> int:
    """Return 0 for a condition, 1 for given values, 2 for a pattern."""
    return 0 if part.kind in _LATER else 1 if part.kind == "values" else 2


def _is_total(reading: Reading, node: Node) -> bool:
    """Say whether a query gives one row whatever it finds: an aggregate over all."""
    from rltkg.sparql.words import AGGREGATES

    columns = [each for each in node.parts if each.kind == "column"]
    words = {reading.tokens[place].upper for each in columns for place in range(each.first, each.last)}
    return bool(words & set(AGGREGATES)) and not any(each.kind == "group by" for each in node.parts)
