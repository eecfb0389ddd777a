"""What becomes of the axioms of terms that both sides declare."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from rltkg.corpus.prefixes import PREFIXES
from rltkg.review.judging.expressions import Expressions, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph

    from rltkg.review.judging.rules import Case

    Pair = frozenset[str]

RDF, RDFS, OWL, RLT, CODE = (PREFIXES[each] for each in ("rdf", "rdfs", "owl", "rlt", "code"))
TYPE = NamedNode(RDF + "type")
TERMS = RLT, CODE
DEPRECATED = OWL + "deprecated"
_STRICT = {
    "owl:FunctionalProperty",
    "owl:InverseFunctionalProperty",
    "owl:IrreflexiveProperty",
    "owl:AsymmetricProperty",
}
_TELLING = {"owl:TransitiveProperty", "owl:SymmetricProperty", "owl:ReflexiveProperty"}
_UP = (RDFS + "subClassOf", RDFS + "subPropertyOf")
_MORE = (OWL + "equivalentClass", OWL + "equivalentProperty", OWL + "inverseOf", OWL + "propertyChainAxiom")
_APART = (OWL + "disjointWith", OWL + "propertyDisjointWith")
_APART_ALL = (OWL + "AllDisjointClasses", OWL + "AllDisjointProperties")
AXIOMS = {RDF + "type", RDFS + "domain", RDFS + "range", *_UP, *_MORE, *_APART}
"""The properties of terms that are judged here."""


def term_cases(before: pyoxigraph.Store, after: pyoxigraph.Store) -> Iterator[Case]:
    """Yield what the axioms of terms that both sides have came to say, or say no longer."""
    was, now = _Vocabulary(before), _Vocabulary(after)
    both = sorted(was.terms & now.terms, key=str)
    for term in both:
        name = short(term.value)
        yield from _kinds(name, was.read.of(term, TYPE.value), now.read.of(term, TYPE.value))
        for side in ("domain", "range"):
            old, new = (each.read.of(term, RDFS + side) for each in (was, now))
            if old != new:
                fits = all(any(now.is_below(each, wide) for each in old) for wide in new)
                yield "axiom-added" if fits else f"{side}-narrowed", f"{name}: {_list(old)} -> {_list(new)}"
        for path in _UP:
            # A step that still follows from others is not lost, and one that followed before is not new.
            old, new = (each.read.of(term, path) for each in (was, now))
            yield from _each("conclusion-lost", term, path, {each for each in old if not now.is_below(name, each)})
            yield from _each("axiom-added", term, path, {each for each in new if not was.is_below(name, each)})
        for path in _MORE:
            old, new = (each.read.of(term, path) for each in (was, now))
            yield from _each("conclusion-lost", term, path, old - new)
            yield from _each("axiom-added", term, path, new - old)
    known = {short(term.value) for term in both}
    for pairs, rule, other in ((now.apart, "disjointness-added", was), (was.apart, "axiom-added", now)):
        for pair in sorted(pairs, key=sorted):
            if pair <= known and not other.are_apart(pair):
                yield rule, f"{' and '.join(sorted(pair))}{'' if rule == 'disjointness-added' else ' may meet'}"


class _Vocabulary:
    """The terms of one side, in short names."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self.read = Expressions(store)
        subjects = {quad.subject for quad in store.quads_for_pattern(None, TYPE, None, None)}
        self.terms = {each for each in subjects if isinstance(each, NamedNode) and each.value.startswith(TERMS)}
        self._above: dict[str, set[str]] = {}
        for path in _UP:
            for quad in store.quads_for_pattern(None, NamedNode(path), None, None):
                self._above.setdefault(self.read.text(quad.subject), set()).add(self.read.text(quad.object))
        self.apart: set[Pair] = set()
        for path in _APART:
            for quad in store.quads_for_pattern(None, NamedNode(path), None, None):
                self.apart.add(frozenset((self.read.text(quad.subject), self.read.text(quad.object))))
        for kind in _APART_ALL:
            for quad in store.quads_for_pattern(None, TYPE, NamedNode(kind), None):
                if isinstance(quad.subject, NamedNode | BlankNode):
                    members = self.read.members(quad.subject, OWL + "members") or ()
                    self.apart |= {frozenset(pair) for pair in combinations(sorted(members), 2)}

    def is_below(self, one: str, other: str) -> bool:
        return other in self._up(one)

    def are_apart(self, pair: Pair) -> bool:
        """Say whether a pair is disjoint, by itself or by what is above it."""
        one, other = (sorted(pair) * 2)[:2]
        return any(frozenset((high, wide)) in self.apart for high in self._up(one) for wide in self._up(other))

    def _up(self, name: str) -> set[str]:
        found, due = {name}, [name]
        while due:
            new = self._above.get(due.pop(), set()) - found
            found |= new
            due += new
        return found


def _kinds(name: str, old: set[str], new: set[str]) -> Iterator[Case]:
    for kind in sorted(new - old):
        if kind in _STRICT:
            yield "axiom-tightened", f"{name} is {kind}"
        elif kind in _TELLING:
            yield "axiom-added", f"{name} is {kind}"
    for kind in sorted(old - new):
        if kind in _TELLING:
            yield "conclusion-lost", f"{name} is no {kind}"
        elif kind in _STRICT:
            yield "axiom-added", f"{name} is no {kind}"
        else:
            yield "kind-changed", f"{name} is no {kind}"


def _each(rule: str, term: NamedNode, path: str, values: set[str]) -> Iterator[Case]:
    for value in sorted(values):
        yield rule, f"{short(term.value)} {short(path)} {value}"


def _list(values: set[str]) -> str:
    return ", ".join(sorted(values)) or "any"
