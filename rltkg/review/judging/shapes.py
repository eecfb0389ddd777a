"""What becomes of shapes and checks: which ask more of a contribution than before, and which less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store

from rltkg.corpus.own import sound
from rltkg.corpus.prefixes import PREFIXES
from rltkg.errors import InputError
from rltkg.review.judging.expressions import Expressions, short
from rltkg.validation.checks import Check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rltkg.review.judging.rules import Case

SH, RDF, RDFS = (PREFIXES[each] for each in ("sh", "rdf", "rdfs"))
_TYPE = NamedNode(RDF + "type")
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
_LEADS = {SH + each for each in ("property", "node", "and", "or", "xone", "not", "qualifiedValueShape")}
# What only tells people something, beside everything that is no property of SHACL.
_WORDS = {SH + each for each in ("message", "name", "description", "order", "group", "defaultValue")}
_LEAST = ("minCount", "minLength", "minInclusive", "minExclusive", "qualifiedMinCount")
_MOST = ("maxCount", "maxLength", "maxInclusive", "maxExclusive", "qualifiedMaxCount")
_RANKS = {"sh:Info": 1, "sh:Warning": 2, "sh:Violation": 3}
_LISTS = {SH + each for each in ("in", "languageIn", "ignoredProperties")}
# By the name of a constraint, whether it became stricter; what only grows or shrinks with its values is not here.
_JUDGES: dict[str, Callable[[set[str], set[str]], bool]] = {
    "severity": lambda old, new: _rank(new) > _rank(old),
    "in": lambda old, new: bool(new) and (not old or bool(old - new)),
    "languageIn": lambda old, new: bool(new) and (not old or bool(old - new)),
    "ignoredProperties": lambda old, new: bool(old - new),
    "deactivated": lambda _old, new: not _holds(new),
    "closed": lambda _old, new: _holds(new),
    "uniqueLang": lambda _old, new: _holds(new),
}


def shape_cases(before: Iterable[Path], after: Iterable[Path], new_terms: Iterable[str]) -> Iterator[Case]:
    """Yield what changes between two sets of files of shapes. A shape for `new_terms` (IRIs) alone refuses nothing old.

    Raises InputError for a file that is broken.
    """
    was, now = _Shapes(before), _Shapes(after)
    fresh = {short(each) for each in new_terms}
    added = {each for each in now.all if each not in was.all}
    harmless = {each for each in added if now.targets(each) and now.targets(each) <= fresh}
    while more := {each for each in added - harmless if now.users(each) and now.users(each) <= harmless}:
        harmless |= more
    for each in sorted(added, key=str):
        if each in harmless:
            yield "shape-loosened", f"{short(each.value)} is for new terms"
        elif not now.users(each) or now.users(each) - added or now.targets(each):
            yield "shape-added", short(each.value)
    for each in sorted(was.all - now.all, key=str):
        yield "shape-loosened", f"{short(each.value)} is gone"
    moved = {short(each.value) for each in added | (was.all - now.all)}
    for each in sorted(was.all & now.all, key=str):
        for path in sorted(was.paths(each) | now.paths(each)):
            if rule := _judged(path, was.values(each, path), now.values(each, path), moved, fresh):
                old, new = (_shown(side.values(each, path)) for side in (was, now))
                yield rule, f"{short(each.value)} {short(path)}: {old} -> {new}"


class _Shapes:
    def __init__(self, paths: Iterable[Path]) -> None:
        self._store = Store()
        for path in paths:
            try:
                self._store.load(sound(path), format=RdfFormat.TURTLE)
            except SyntaxError as error:
                raise InputError.at(path, error) from error
        self._read = Expressions(self._store)
        kinds = [NamedNode(SH + each) for each in ("NodeShape", "PropertyShape")]
        found = {quad.subject for kind in kinds for quad in self._store.quads_for_pattern(None, _TYPE, kind, None)}
        self.all = {each for each in found if isinstance(each, NamedNode)}
        self._users: dict[NamedNode, set[NamedNode]] = {}
        for each in self.all:
            for used in self._used(each, set()):
                self._users.setdefault(used, set()).add(each)

    def paths(self, shape: NamedNode) -> set[str]:
        return {quad.predicate.value for quad in self._store.quads_for_pattern(shape, None, None, None)}

    def values(self, shape: NamedNode, path: str) -> set[str]:
        if path in _LISTS:
            return self._read.members(shape, path) or set()
        return self._read.of(shape, path)

    def targets(self, shape: NamedNode) -> set[str]:
        return {value for each in _TARGETS for value in self._read.of(shape, SH + each)}

    def users(self, shape: NamedNode) -> set[NamedNode]:
        """Return the shapes that use a shape."""
        return self._users.get(shape, set())

    def _used(self, node: NamedNode | BlankNode, seen: set[object]) -> set[NamedNode]:
        """Return the shapes that a shape leads to, through nodes without a name."""
        found: set[NamedNode] = set()
        for quad in self._store.quads_for_pattern(node, None, None, None):
            if seen or quad.predicate.value in _LEADS:
                if isinstance(quad.object, NamedNode):
                    found |= {quad.object} & self.all
                elif isinstance(quad.object, BlankNode) and quad.object not in seen:
                    found |= self._used(quad.object, {*seen, node, quad.object})
        return found


def _judged(path: str, old: set[str], new: set[str], moved: set[str], fresh: set[str]) -> str:
    """Return the rule that a change of one property of a shape falls under; "" for none of its own."""
    if path in _LEADS:
        # A shape that was added or taken out is told by itself.
        old, new = old - moved, new - moved
    if old == new:
        return ""
    if path in _WORDS or not path.startswith(SH):
        return "rule-reworded"
    name = path.removeprefix(SH)
    new = new - fresh if name in _TARGETS else new
    return "shape-tightened" if _is_stricter(name, old, new) else "shape-loosened"


def _is_stricter(name: str, old: set[str], new: set[str]) -> bool:
    """Say whether a constraint refuses what it did not refuse; where that cannot be told, it is taken to."""
    if name in _LEAST:
        return _number(new, 0) > _number(old, 0)
    if name in _MOST:
        return _number(new, float("inf")) < _number(old, float("inf"))
    return _JUDGES[name](old, new) if name in _JUDGES else bool(new - old)


def _rank(values: set[str]) -> int:
    return max((_RANKS.get(each, 3) for each in values), default=3)


def _holds(values: set[str]) -> bool:
    return any("true" in each for each in values)


def _number(values: set[str], default: float) -> float:
    try:
        return max((float(each.split('"')[1]) for each in values), default=default)
    except (IndexError, ValueError):
        return default


def _shown(values: set[str]) -> str:
    return ", ".join(sorted(each.replace(f"^^<{PREFIXES['xsd']}integer>", "").strip('"') for each in values)) or "none"


def check_cases(before: Iterable[Path], after: Iterable[Path]) -> Iterator[Case]:
    """Yield what changes between two sets of checks; what judges no contribution is told as worded otherwise."""
    was, now = ({path.stem: Check(path) for path in paths} for paths in (before, after))
    for name in sorted(now.keys() - was.keys()):
        yield "rule-reworded" if now[name].of_release else "check-added", f"{name} is new"
    for name in sorted(was.keys() - now.keys()):
        yield "shape-loosened", f"{name} is gone"
    for name in sorted(was.keys() & now.keys()):
        old, new = was[name], now[name]
        if new.severity > old.severity or (old.of_release and not new.of_release):
            yield "check-added", f"{name} is graver" if new.severity > old.severity else f"{name} judges contributions"
        elif new.severity < old.severity or (new.of_release and not old.of_release):
            yield "shape-loosened", f"{name} asks less"
        elif old.text != new.text:
            yield "rule-reworded", name
