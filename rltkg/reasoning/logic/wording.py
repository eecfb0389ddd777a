"""Says a triple in words, an axiom as what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from rltkg.corpus.prefixes import OWL, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Triple

_AXIOMS = {
    RDFS + "subClassOf": "every {s} is a {o}",
    RDFS + "subPropertyOf": "what has {s} has {o} with the same value",
    RDFS + "domain": "what has {s} is a {o}",
    RDFS + "range": "each value of {s} is a {o}",
    OWL + "disjointWith": "nothing is both a {s} and a {o}",
    OWL + "inverseOf": "{s} is {o} seen from the other side",
    OWL + "equivalentClass": "a {s} is whatever its definition in the ontology says",
    OWL + "propertyChainAxiom": "{s} follows from a chain of other properties",
    OWL + "differentFrom": "{s} and {o} are not the same",
    OWL + "sameAs": "{s} and {o} are the same",
}
_TYPES = {
    OWL + "FunctionalProperty": "nothing has two values of {s}",
    OWL + "InverseFunctionalProperty": "no two things share a value of {s}",
    OWL + "TransitiveProperty": "what is reached by {s} in several steps is reached in one",
    OWL + "SymmetricProperty": "{s} holds in both directions",
    OWL + "AsymmetricProperty": "{s} never holds in both directions",
    OWL + "IrreflexiveProperty": "nothing has itself as {s}",
}


def in_words(unit: Sequence[Triple], labels: Mapping[str, str]) -> str:
    """Return what the triple at the head of `unit` says; `labels` has the names of IRIs."""
    triple = unit[0]
    held = {each.predicate.value: _named(each.object, labels) for each in unit}
    if OWL + "assertionProperty" in held:
        target = held.get(OWL + "targetIndividual") or held.get(OWL + "targetValue", "")
        return f"it is denied that {held[OWL + 'sourceIndividual']}: {held[OWL + 'assertionProperty']} {target}"
    subject, value = _named(triple.subject, labels), _named(triple.object, labels)
    if triple.predicate.value == RDF + "type":
        kind = triple.object.value if isinstance(triple.object, NamedNode) else ""
        return _TYPES.get(kind, "{s} is a {o}").format(s=subject, o=value)
    form = _AXIOMS.get(triple.predicate.value, "{s}: {p} {o}")
    return form.format(s=subject, p=_named(triple.predicate, labels), o=value)


def _named(term: object, labels: Mapping[str, str]) -> str:
    if isinstance(term, Literal):
        return str(term).removesuffix("^^<http://www.w3.org/2001/XMLSchema#integer>")
    if isinstance(term, BlankNode):
        return "(an expression)"
    iri = str(getattr(term, "value", term))
    return labels.get(iri) or iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
