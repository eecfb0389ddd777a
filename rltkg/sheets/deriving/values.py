"""What the cells of a column may hold, as the shapes of a property say, else its range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rltkg.sheets.columns import STRING, Choice, Code, Property, Text, Thing, Typed, Web
from rltkg.sheets.deriving.schema import OWL, RDFS, RLT, SKOS, TYPE, XSD
from rltkg.validation.shapes.nodes import RDF, members
from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.sheets.columns import Value
    from rltkg.sheets.deriving.schema import Schema

CODE = RLT + "Code"
_OURS = "https://w3id.org/rltkg/thing/x"  # what an address outside this graph is not
_TERM = RLT + "publisher"  # what a property of the ontology looks like
_TEXTS = {RDF + "PlainLiteral", RDF + "langString"}


def value_of(iri: str, shapes: Iterable[str], schema: Schema) -> Value:
    """Return what the property `iri` takes, where the property `shapes` (the narrowest first) speak of its values."""
    asked = list(shapes)
    for shape in asked:
        if found := _by_shape(shape, schema):
            return found
    for reach in schema.of_term(iri, RDFS + "range"):
        if reach in _TEXTS:
            return Text("en" if reach.endswith("PlainLiteral") else "")
        return Typed((reach,)) if reach.startswith(XSD) else _of_classes([reach], schema)
    literal = {OWL + "DatatypeProperty", OWL + "AnnotationProperty"} & set(schema.of_term(iri, TYPE))
    return Typed((STRING,)) if literal else Thing(())


def _by_shape(shape: str, schema: Schema) -> Value | None:
    """Return what one property shape tells of the values, None if it tells nothing."""
    if classes := schema.classes(shape):
        return _of_classes(classes, schema)
    if tags := schema.values(shape, SH + "languageIn"):
        known = [tag.value for tag in members(tags[0], schema.nodes)]
        return Text(known[0] if len(known) == 1 else "")
    if types := _datatypes(shape, schema):
        if types[0] in _TEXTS:
            return Text("")
        return Typed(types, schema.number(shape, "minInclusive"), schema.number(shape, "maxInclusive"))
    if any(value.value == SH + "IRI" for value in schema.values(shape, SH + "nodeKind")):
        return _of_iris(shape, schema)
    return None


def _of_iris(shape: str, schema: Schema) -> Value:
    """Return what a property shape tells that asks for an IRI of no class: by the patterns that it must fit, or not."""
    patterns = [value.value for value in schema.values(shape, SH + "pattern")]
    unfit = [
        value.value for inner in schema.values(shape, SH + "not") for value in schema.values(str(inner), SH + "pattern")
    ]
    if any(re.search(pattern, _OURS) for pattern in unfit):
        return Web()
    if any(re.search(pattern, _TERM) and not re.search(pattern, _OURS) for pattern in patterns):
        return Property()
    return Thing((), _barred(shape, schema))


def _barred(shape: str, schema: Schema) -> tuple[str, ...]:
    """Return the classes of which a value may not be."""
    found = [each for inner in schema.values(shape, SH + "not") for each in schema.classes(str(inner))]
    return tuple(dict.fromkeys(found))


def _datatypes(shape: str, schema: Schema) -> tuple[str, ...]:
    found = [value.value for value in schema.values(shape, SH + "datatype")]
    for key, parts in schema.parts(shape):
        if key == "or":
            found += [each for part in parts for each in _datatypes(part, schema)]
    return tuple(dict.fromkeys(found))


def _of_classes(classes: list[str], schema: Schema) -> Value:
    if len(classes) == 1 and classes[0] != CODE and CODE in schema.line(classes[0]):
        return Code(classes[0], _choices(classes[0], schema))
    return Thing(tuple(classes))


def _choices(scheme: str, schema: Schema) -> tuple[Choice, ...]:
    """Return the codes of a scheme, in its order where it has one, else by label."""
    found = [
        (int(schema.one(iri, RLT + "order") or 0), schema.one(iri, RDFS + "label"), iri)
        for iri in schema.members[scheme]
    ]
    return tuple(Choice(iri, label, schema.one(iri, SKOS + "definition")) for _, label, iri in sorted(found))
