"""Terms that neither ontology nor shapes know, things that nothing describes, and nodes without a name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from rltkg.corpus.prefixes import PREFIXES
from rltkg.nearest import closest
from rltkg.results.labels import last_part
from rltkg.validation.guards.sureness import near, the_only
from rltkg.validation.report import Finding, Severity, Suggestion
from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad, Triple

    from rltkg.validation.reading import Contribution
    from rltkg.validation.shapes import Shapes

OWN = "https://w3id.org/rltkg/"
TERMS = OWN + "ontology/"
_CLOSED = (TERMS, OWN + "code/")  # where a contribution adds nothing
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SPACES = {space for space in PREFIXES.values() if space.startswith(OWN)}
_META = (
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
_PROPERTIES = (
    "SELECT DISTINCT ?p { ?p a ?kind } VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }"
)
_CLASSES = "SELECT DISTINCT ?c { ?c a owl:Class }"
# What a property follows in a shape; a list of steps, and the values that it allows, are lists of RDF.
_PATHS = ("path", "inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
_PROPERTIES_OF_SHAPES = (
    *_PATHS,
    "targetSubjectsOf",
    "targetObjectsOf",
    "equals",
    "disjoint",
    "lessThan",
    "lessThanOrEquals",
)
_VALUES = {SH + "hasValue", _META[2] + "first"}
_PREFIXES = {"owl": "http://www.w3.org/2002/07/owl#", "sh": "http://www.w3.org/ns/shacl#"}


class Vocabulary:
    """What the shipped graph declares and describes; what a contribution declares itself counts too."""

    def __init__(self, store: Store) -> None:
        """Look at all graphs of `store`, the shipped ones and those of the contribution."""
        self._store = store
        self._known: set[NamedNode] = set()  # what was found to be described

    @cached_property
    def properties(self) -> set[str]:
        """The IRIs of the properties that the ontology declares, and of the few that need no declaration."""
        return self._one(_PROPERTIES) | {_TYPE, _META[1] + "label", _META[1] + "comment"}

    @cached_property
    def classes(self) -> set[str]:
        """The IRIs of the classes that the ontology declares, and those of OWL and RDFS themselves."""
        return self._one(_CLASSES)

    def describes(self, node: NamedNode) -> bool:
        """Say whether `node` is the subject of a triple."""
        if node not in self._known and next(iter(self._store.quads_for_pattern(node, None, None)), None) is not None:
            self._known.add(node)
        return node in self._known

    def neighbours(self, iri: str) -> list[str]:
        """Return the described IRIs in the namespace of `iri`, and those of its name in another of ours, sorted."""
        name = last_part(iri)
        space = iri[: len(iri) - len(name)]
        return sorted(
            each
            for each in self._described
            if each.startswith(space) or (each.startswith(OWN) and each.endswith(f"/{name}"))
        )

    @cached_property
    def _described(self) -> set[str]:
        return self._one("SELECT DISTINCT ?s { ?s ?p ?o FILTER(isIRI(?s)) }")

    def _one(self, text: str) -> set[str]:
        rows = self._store.query(text, prefixes=_PREFIXES, use_default_graph_as_union=True)
        return {row[0].value for row in rows}  # type: ignore[union-attr]


def vocabulary_findings(contribution: Contribution, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Find unknown properties and classes, references to what is described nowhere, and blank nodes."""
    nameless: set[BlankNode] = set()
    for source in contribution.sources:
        for quad in source.quads:
            if isinstance(quad.subject, BlankNode) and quad.subject not in nameless:
                nameless.add(quad.subject)
                message = "A node without a name cannot be cited, and a second load doubles it; give it an IRI."
                yield Finding("blank-node", Severity.VIOLATION, message, focus=str(quad.subject))
            if not (isinstance(quad.object, Literal) and quad.predicate.value in vocabulary.properties):
                yield from _judge(quad, vocabulary)


def _judge(quad: Quad, vocabulary: Vocabulary) -> Iterator[Finding]:
    predicate, value = quad.predicate.value, quad.object
    if predicate not in vocabulary.properties:
        yield _unknown("unknown-property", "property", predicate, sorted(vocabulary.properties), quad)
    if not isinstance(value, NamedNode) or value.value == quad.subject.value:  # type: ignore[union-attr]
        return
    if predicate == _TYPE:
        if value.value not in vocabulary.classes and not value.value.startswith(_META):
            yield _unknown("unknown-class", "class", value.value, sorted(vocabulary.classes), quad)
    elif value.value.startswith(OWN) and not vocabulary.describes(value):
        yield _unknown("undefined-iri", "thing", value.value, vocabulary.neighbours(value.value), quad)


def _unknown(rule: str, sort: str, iri: str, known: list[str], quad: Quad | Triple) -> Finding:
    """Return the finding that `iri` is not known, with the nearest of `known` by the last part of its name."""
    names = {last_part(each): each for each in reversed(known)}
    close = closest(last_part(iri), list(names), margin=0.05)
    sure = _meant(iri, known, closed=iri.startswith(_CLOSED) or (sort != "thing" and iri.startswith(OWN)))
    likely = sure or (names[close[0]] if close else None)
    suggestion = Suggestion(iri, likely, f"did you mean {last_part(likely)}?", safe=bool(sure)) if likely else None
    told = f"; did you mean {' or '.join(close)}?" if close else "; describe it, or name one that is described."
    message = f"The graph has no {sort} {last_part(iri)!r}{told}"
    value = "" if rule == "unknown-property" else str(quad.object)
    return Finding(
        rule,
        Severity.VIOLATION,
        message,
        focus=str(quad.subject),
        path=quad.predicate.value,
        value=value,
        suggestion=suggestion,
    )


def _meant(iri: str, known: list[str], *, closed: bool) -> str | None:
    """Return what of `known` an unknown `iri` must mean: by a slip in its name, or in another namespace of ours.

    A namespace that is not one of the shipped graph's may hold a thing of its own by the name of another.
    """
    name = last_part(iri)
    space = iri.removesuffix(name)
    here = [each.removeprefix(space) for each in known if each == space + last_part(each)]
    elsewhere = [each for each in known if last_part(each) == name and each != iri]
    if not elsewhere:
        only = the_only(name, here, closed=closed)
        return space + only if only else None
    ours = space in _SPACES and elsewhere[0].startswith(OWN)
    return elsewhere[0] if ours and len(elsewhere) == 1 and not near(name, here) else None


def shape_findings(shapes: Shapes, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Find classes, properties and values in shapes that nothing declares: such a shape looks at nothing."""
    kinds = {SH + name: ("class", vocabulary.classes) for name in ("targetClass", "class")}
    kinds |= {SH + name: ("property", vocabulary.properties) for name in _PROPERTIES_OF_SHAPES}
    for triple in shapes.triples:
        value = triple.object
        if not isinstance(value, NamedNode):
            continue
        sort, known = kinds.get(triple.predicate.value, ("thing", None))
        if known is None and triple.predicate.value in _VALUES and value.value.startswith(OWN):
            missing = str(value) not in shapes.nodes and not vocabulary.describes(value)
        else:
            missing = known is not None and value.value not in known
        if missing:
            likely = vocabulary.neighbours(value.value) if known is None else sorted(known)
            found = _unknown(f"unknown-{sort}-in-shapes", sort, value.value, likely, triple)
            yield found.at(shapes.places.of(found.focus, found.path, str(value)))
