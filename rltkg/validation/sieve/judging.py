"""Puts shapes to all their nodes at once, and returns those that fail or may fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode

from rltkg.validation.shapes.focus import BELOW, TYPE, closure
from rltkg.validation.shapes.nodes import RDF, members
from rltkg.validation.shapes.terms import SH
from rltkg.validation.sieve.columns import Column, Columns, together
from rltkg.validation.sieve.values import CONSTRAINTS, at_most, number, tests

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from pyoxigraph import Store

    from rltkg.validation.shapes import Shapes
    from rltkg.validation.shapes.nodes import Node

    Held = Mapping[str, list[Node]]
    Verdict = tuple[set[str], set[str]]  # of some nodes those that fail, and those of which it is not certain

_TRUE = '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
_SAID = {"name", "description", "message", "severity", "order", "group", "defaultValue", "declare", "prefixes"}
_TARGETS = {"targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"}
_OF_VALUES = CONSTRAINTS | {"flags", "class", "hasValue", "not", "and", "or", "xone", "node", "property", "deactivated"}
_OF_PATHS = {"minCount", "maxCount", "lessThanOrEquals", "disjoint", "equals", "uniqueLang"}
_COUNTS = (SH + "minCount", SH + "maxCount")
_UNDERSTOOD = _SAID | _TARGETS | _OF_VALUES | {"path"}
# With these a shape may look at nodes, or ask of them, in ways that are not seen from its own triples.
_BEYOND = {SH + "target", SH + "parameter", BELOW.strip("<>")}
_CLASS = "<http://www.w3.org/2002/07/owl#Class>"


class Sifted(NamedTuple):
    """What the sieve tells apart; shapes and nodes are written as in N-Triples.

    `suspects` are for each shape with targets the nodes that may not conform to it, where there are any; `sound` holds
    for each shape one node that surely conforms to all, where there is one.
    """

    suspects: dict[str, set[str]]
    sound: set[str]


def sift(shapes: Shapes, store: Store) -> Sifted | None:
    """Tell which nodes of `store` may not conform to `shapes`.

    None where the shapes use what cannot be sifted at all: targets and components by SPARQL, classes that are shapes or
    have classes below them, and property shapes below property shapes, which report about other nodes than targets.
    """
    if any(_is_beyond(held) for held in shapes.nodes.values()):
        return None
    judge = _Judge(shapes, store)
    suspects = {}
    sound: set[str] = set()
    for shape in shapes.targets:
        nodes = judge.looked_at(shape)
        suspects[shape] = judge.suspects(shape, nodes)
        sound.update([min(rest)] if (rest := nodes - suspects[shape]) else [])
    return Sifted({shape: nodes for shape, nodes in suspects.items() if nodes}, sound.difference(*suspects.values()))


def _is_beyond(held: Held) -> bool:
    kinds = {str(kind) for kind in held.get(RDF + "type", [])}
    return (
        not _BEYOND.isdisjoint(held)
        or (SH + "path" in held and SH + "property" in held)
        or (_CLASS in kinds and any(name.startswith(SH) for name in held))
    )


class _Judge:
    """Judges sets of nodes by shapes. Terms, shapes too, are written as in N-Triples."""

    def __init__(self, shapes: Shapes, store: Store) -> None:
        self._shapes = shapes
        self._nodes = shapes.nodes
        named = {str(each.object) for each in shapes.triples if isinstance(each.object, NamedNode)}
        self._columns = Columns(store, {TYPE, BELOW, *named})
        self._members: dict[str, set[str]] = {}
        self._within: set[str] = set()  # the shapes that are being judged, to tell one within itself
        self._classes = self._columns[TYPE].turned()
        self._below: dict[str, set[str]] = {}
        for upper in (below := self._columns[BELOW].turned()).first:
            self._below[upper] = below.of(upper)

    def looked_at(self, shape: str) -> set[str]:
        """Return the nodes at which `shape` looks."""
        nodes: set[str] = set()
        for kind, target in self._shapes.targets[shape]:
            if kind == "targetClass":
                nodes |= self._of_class(target)
            elif kind == "targetNode":
                nodes.add(target)
            elif kind == "targetSubjectsOf":
                nodes |= self._columns[target].first.keys()
            else:
                nodes |= self._columns[target].values()
        return nodes

    def suspects(self, shape: str, nodes: AbstractSet[str]) -> set[str]:
        """Return those of `nodes` that may not conform to `shape`."""
        failing, unsure = self._verdict(shape, nodes)
        return failing | unsure

    def _of_class(self, name: str) -> set[str]:
        if name not in self._members:
            self._members[name] = set().union(*map(self._classes.of, closure(name, self._below)))
        return self._members[name]

    def _verdict(self, shape: str, nodes: AbstractSet[str]) -> Verdict:
        held = self._nodes.get(shape, {})
        if SH + "deactivated" in held and [str(each) for each in held[SH + "deactivated"]] == [_TRUE]:
            return set(), set()
        asked = {name.removeprefix(SH) for name in held if name.startswith(SH)}
        known = _UNDERSTOOD | _OF_PATHS if "path" in asked else _UNDERSTOOD
        if shape in self._within or not asked <= known or "deactivated" in asked:
            return set(), set(nodes)
        self._within.add(shape)
        failing, unsure = self._along(held, nodes) if "path" in asked else self._of_values(held, nodes)
        self._within.remove(shape)
        return failing, unsure - failing

    def _along(self, held: Held, nodes: AbstractSet[str]) -> Verdict:
        """Judge by a property shape."""
        whole = self._column(held[SH + "path"][0])
        counts = [number(str(each)) for name in _COUNTS for each in held.get(name, [])]
        if whole is None or None in counts or len(held[SH + "path"]) > 1:
            return set(), set(nodes)
        column = whole.among(nodes)
        failing = self._by_count(held, column, nodes)
        for value in held.get(SH + "hasValue", []):
            failing |= nodes - column.having({str(value)})
        bad, doubtful = self._of_values(
            {key: value for key, value in held.items() if key != SH + "hasValue"}, column.values()
        )
        failing |= column.having(bad)
        unsure = column.having(doubtful)
        if SH + "uniqueLang" in held:
            unsure |= column.more.keys()
        self._by_pair(held, column, nodes, failing, unsure)
        return failing, unsure

    def _by_count(self, held: Held, column: Column, nodes: AbstractSet[str]) -> set[str]:
        failing: set[str] = set()
        for literal in held.get(SH + "minCount", []):
            least = number(str(literal)) or 0
            if least > 0:
                failing |= nodes - column.first.keys()
            if least > 1:
                failing |= {node for node in column.first if len(column.more.get(node, ())) < least}
        for literal in held.get(SH + "maxCount", []):
            most = number(str(literal)) or 0
            if most == 0:
                failing |= column.first.keys()
            failing |= {node for node, values in column.more.items() if len(values) > most}
        return failing

    def _by_pair(
        self, held: Held, column: Column, nodes: AbstractSet[str], failing: set[str], unsure: set[str]
    ) -> None:
        """Judge by what a shape says of two properties; add to `failing` and `unsure`."""
        for name in ("disjoint", "equals", "lessThanOrEquals"):
            for predicate in held.get(SH + name, []):
                other = self._columns[str(predicate)].among(nodes)
                if name == "equals":
                    both = column.first.keys() | other.first.keys()
                    failing |= {node for node in both if column.of(node) != other.of(node)}
                    continue
                for node in column.first.keys() & other.first.keys():
                    if name == "disjoint":
                        verdicts: set[bool | None] = {column.of(node).isdisjoint(other.of(node))}
                    else:
                        verdicts = {at_most(one, two) for one in column.of(node) for two in other.of(node)}
                    if False in verdicts:
                        failing.add(node)
                    elif None in verdicts:
                        unsure.add(node)

    def _column(self, path: Node) -> Column | None:
        """Return the triples that a path makes: of one predicate, there or back, or of several; None for others."""
        if isinstance(path, NamedNode):
            return self._columns[str(path)]
        held = self._nodes.get(str(path), {})
        if set(held) == {SH + "inversePath"} and isinstance(inner := held[SH + "inversePath"][0], NamedNode):
            return self._columns[str(inner)].turned()
        if set(held) == {SH + "alternativePath"}:
            steps = members(held[SH + "alternativePath"][0], self._nodes)
            if all(isinstance(step, NamedNode) for step in steps):
                return together([self._columns[str(step)] for step in steps])
        return None

    def _of_values(self, held: Held, values: AbstractSet[str]) -> Verdict:
        """Judge by what a shape says of each value, or, without a path, of the nodes themselves."""
        failing: set[str] = set()
        unsure: set[str] = set()
        for test in tests(held, self._nodes):
            for value in values:
                if not (conforms := test(value)):
                    (unsure if conforms is None else failing).add(value)
        for name in held.get(SH + "class", []):
            failing |= values - self._of_class(str(name))
        for only in held.get(SH + "hasValue", []):
            failing |= values - {str(only)}
        for bad, doubtful in self._by_shapes(held, values):
            failing |= bad
            unsure |= doubtful
        return failing, unsure

    def _by_shapes(self, held: Held, values: AbstractSet[str]) -> Iterator[Verdict]:
        """Judge by the shapes to which a shape refers."""
        for shape in self._all_of(held):
            yield self._verdict(shape, values)
        for shape in map(str, held.get(SH + "not", [])):
            bad, doubtful = self._verdict(shape, values)
            yield set(values) - bad - doubtful, doubtful
        for head in held.get(SH + "or", []):
            yield self._any_of([str(shape) for shape in members(head, self._nodes)], values)
        for head in held.get(SH + "xone", []):
            yield self._one_of([str(shape) for shape in members(head, self._nodes)], values)

    def _all_of(self, held: Held) -> list[str]:
        below = [str(shape) for key in ("property", "node") for shape in held.get(SH + key, [])]
        return below + [str(shape) for head in held.get(SH + "and", []) for shape in members(head, self._nodes)]

    def _any_of(self, shapes: list[str], values: AbstractSet[str]) -> Verdict:
        rest = set(values)
        unsure: set[str] = set()
        for shape in shapes:
            bad, doubtful = self._verdict(shape, rest)
            unsure |= doubtful
            rest = bad | doubtful
        return rest - unsure, rest & unsure

    def _one_of(self, shapes: list[str], values: AbstractSet[str]) -> Verdict:
        once: set[str] = set()
        again: set[str] = set()
        unsure: set[str] = set()
        for shape in shapes:
            bad, doubtful = self._verdict(shape, values)
            good = set(values) - bad - doubtful
            again |= once & good
            once |= good
            unsure |= doubtful
        return (set(values) - once | again) - unsure, unsure
