"""Finds the few triples that clash: Pellet's explanation gives candidates, HermiT decides what is needed of them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from rltkg.corpus.prefixes import OWL, RDFS
from rltkg.reasoning.logic.prepared import TYPE
from rltkg.reasoning.logic.reasoner import clash_of, consistent

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.~%-]*")
_DECLARATIONS = {
    NamedNode(OWL + each)
    for each in ("AnnotationProperty", "Class", "DatatypeProperty", "ObjectProperty", "Ontology", "Restriction")
}
Unit = list[Triple]  # a triple, with those of the nameless nodes below it


def smallest_clash(triples: Sequence[Triple], near: Collection[Triple] = ()) -> list[Unit]:
    """Return a minimal set of triples out of `triples` that cannot all be true: without any one of them they can.

    `triples` clash. Of `near`, some of them, it is tried first whether they, the axioms and what is said of the same
    nodes clash already. Declarations are left out of the result; a class expression stands with the triple that refers
    to it.
    """
    around = _around(triples, near)
    if around and not consistent(around):
        triples = around
    units = _units(triples)
    frame = [each for each in triples if _is_declaration(each)]
    told = clash_of(triples).partition("Explanation(s)")[2]
    words = set(_WORD.findall(told))
    candidates = [unit for unit in units if _mentioned(unit, words)]

    def clash(kept: Sequence[Unit]) -> bool:
        return not consistent([*frame, *(triple for unit in kept for triple in unit)])

    if not candidates or not clash(candidates):
        candidates = units
    return _minimal(candidates, clash)


def _around(triples: Sequence[Triple], near: Collection[Triple]) -> list[Triple]:
    """Return `near`, what else is said of the nodes that it names, and all that is no fact: the axioms."""
    kinds = {each.subject for each in triples if _is_declaration(each)}
    named = {term for each in near for term in (each.subject, each.object) if isinstance(term, NamedNode)} - kinds
    if not named:
        return []
    axioms = {each for each in triples if isinstance(each.subject, BlankNode) or each.subject in kinds}
    return [each for each in triples if each in axioms or each.subject in named or each.object in named]


def _minimal(units: list[Unit], clash: Callable[[Sequence[Unit]], bool]) -> list[Unit]:
    """Return a minimal part of `units` that clashes, by leaving out ever smaller parts (delta debugging)."""
    size = max(1, len(units) // 2)
    while True:
        start = 0
        while start < len(units):
            rest = units[:start] + units[start + size :]
            if clash(rest):
                units = rest
            else:
                start += size
        if size == 1:
            return units
        size = max(1, size // 2)


def _units(triples: Sequence[Triple]) -> list[Unit]:
    """Return each triple that is no declaration, with what nameless nodes below it hold.

    A nameless node that nothing refers to, such as the denial of a fact, is one unit with all its triples.
    """
    referred = {each.object for each in triples}
    below: dict[BlankNode, list[Triple]] = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, BlankNode):
            below[triple.subject].append(triple)
    found: list[Unit] = [held for node, held in below.items() if node not in referred]
    for triple in triples:
        if isinstance(triple.subject, BlankNode) or _is_declaration(triple) or not _is_logical(triple):
            continue
        unit = [triple]
        for each in unit:
            if isinstance(each.object, BlankNode):
                unit += below[each.object]
        found.append(unit)
    return found


def _is_declaration(triple: Triple) -> bool:
    return triple.predicate == TYPE and triple.object in _DECLARATIONS


def _is_logical(triple: Triple) -> bool:
    """Leave out what no reasoner looks at: texts with a language, and links to pages and other vocabularies."""
    return not (isinstance(triple.object, Literal) and triple.object.language)


def _mentioned(unit: Unit, words: set[str]) -> bool:
    """Say whether `words` hold the last part of each name in the triple at the head of `unit`."""
    head = unit[0]
    if isinstance(head.subject, BlankNode):
        return all(_last(each.object) in words for each in unit if each.predicate != TYPE)
    names = [_last(head.subject), _last(head.predicate)]
    if isinstance(head.object, NamedNode):
        names.append(_last(head.object))
    return all(name in words or name in _SPOKEN_OTHERWISE for name in names)


# Properties and classes that Pellet puts into words of its own.
_SPOKEN_OTHERWISE = {
    "type", "subClassOf", "subPropertyOf", "domain", "range", "disjointWith", "equivalentClass", "inverseOf",
    "propertyChainAxiom", "FunctionalProperty", "TransitiveProperty", "AsymmetricProperty", "IrreflexiveProperty",
    "SymmetricProperty",
}  # fmt: skip


def _last(term: object) -> str:
    return str(getattr(term, "value", "")).rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def is_axiom(unit: Unit) -> bool:
    """Say whether the triple at the head of `unit` is one of the ontology's kind, rather than a fact."""
    head = unit[0]
    if isinstance(head.subject, BlankNode):
        return False  # the denial of a fact
    about = head.object.value if head.predicate == TYPE and isinstance(head.object, NamedNode) else head.predicate.value
    return about.startswith((OWL, RDFS))
