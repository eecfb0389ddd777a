"""The shapes say what the ontology says, leave no class or property out, and speak plainly."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from rltkg.corpus import shipped
from rltkg.corpus.prefixes import PREFIXES
from tests.validation.shapes.constraints import LOCAL, constraints, reported, shapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from rltkg.corpus import Release

RLT, SH, OWL, RDFS, XSD = (PREFIXES[prefix] for prefix in ("rlt", "sh", "owl", "rdfs", "xsd"))
ONTOLOGY = shipped().root / "ontology" / "rltkg.ttl"
NOT_OF_DATA = {RLT + "targetOptional"}
"""Properties that no data have: this one stands on shapes."""
TOPICS = 15
OF_TEXT = PREFIXES["rdf"] + "PlainLiteral"


@cache
def ontology() -> tuple[Quad, ...]:
    return tuple(parse(path=str(ONTOLOGY), format=RdfFormat.TURTLE))


def named(predicate: str, value: str) -> set[str]:
    """Return what has `value` for `predicate` in the ontology."""
    return {
        quad.subject.value
        for quad in ontology()
        if isinstance(quad.subject, NamedNode) and (quad.predicate.value, str(quad.object)) == (predicate, f"<{value}>")
    }


def following() -> set[str]:
    """Return the properties that are never entered, since they follow; the check stated_inference refuses them."""
    names = {OWL + "inverseOf", OWL + "propertyChainAxiom"}
    return {quad.subject.value for quad in ontology() if quad.predicate.value in names}  # type: ignore[union-attr]


def properties() -> set[str]:
    """Return the properties of the ontology that data have, with those of SKOS and RDFS that it uses."""
    kinds = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    found = {each for kind in kinds for each in named(PREFIXES["rdf"] + "type", OWL + kind)}
    own = {each for each in found if each.startswith((RLT, PREFIXES["skos"]))}
    return own - NOT_OF_DATA - following() | {RDFS + "label"}


def value(subject: str, predicate: str) -> str | None:
    """Return the one value of `predicate` in the ontology, None where there is none."""
    found = [
        quad.object.value
        for quad in ontology()
        if (str(quad.subject), quad.predicate.value) == (f"<{subject}>", predicate)
        and isinstance(quad.object, NamedNode)
    ]
    assert len(found) < 2
    return found[0] if found else None


def of_shape(name: str, parameter: str) -> set[str]:
    """Return the values of a parameter of the shape called `name`, lists as their members together."""
    rows = shapes().select(f"SELECT ?value {{ <{LOCAL}{name}> sh:{parameter}/(rdf:rest*/rdf:first)? ?value }}")
    return {row[0].value for row in rows if not isinstance(row[0], BlankNode)}


def hyphens(iri: str) -> str:
    """Return the local name in lower case, its words joined by hyphens."""
    return re.sub(r"([a-z])([A-Z])", r"\1-\2", re.split(r"[/#]", iri)[-1]).lower()


each_property = pytest.mark.parametrize("iri", sorted(properties()), ids=hyphens)


@each_property
def test_each_property_has_its_shapes(iri: str) -> None:
    """One shape looks at the nodes that have the property, one at its values; domain and range are those of OWL."""
    use, values = f"use-of-{hyphens(iri)}", f"value-of-{hyphens(iri)}"

    assert of_shape(use, "targetSubjectsOf") == {iri}
    assert LOCAL + values in of_shape(use, "property")
    assert of_shape(values, "path") == {iri}
    domain, wanted = value(iri, RDFS + "domain"), value(iri, RDFS + "range")
    if domain:
        assert of_shape(use, "class") == {domain}
    if wanted is None:
        return
    if wanted == OF_TEXT:
        assert of_shape(values, "languageIn") == {"en"}
    elif wanted == XSD + "decimal":
        assert of_shape(values, "or") >= {LOCAL + "an-integer", LOCAL + "a-decimal"}
    elif wanted.startswith(XSD):
        assert of_shape(values, "datatype") == {wanted}
    else:
        assert of_shape(values, "class") == {wanted}


def test_each_functional_property_has_at_most_one_value() -> None:
    """What OWL calls functional is limited to one value, wherever a class has it by a shape."""
    for iri in named(PREFIXES["rdf"] + "type", OWL + "FunctionalProperty"):
        rows = shapes().select(f"SELECT ?most {{ ?shape sh:path <{iri}> ; sh:maxCount ?most }}")
        assert "1" in {row[0].value for row in rows}, iri


def test_shapes_look_only_at_what_there_is() -> None:
    """No shape is left over from a property or class that the ontology has no more."""
    classes = named(PREFIXES["rdf"] + "type", OWL + "Class")
    for shape, targets in shapes().targets.items():
        for kind, target in targets:
            assert target.strip("<>") in (classes if kind == "targetClass" else properties()), shape


def test_each_class_of_data_has_a_shape(release: Release) -> None:
    """Each class has a target, itself or above it, but for those that are defined, and what only a store is given."""
    classes = {each for each in named(PREFIXES["rdf"] + "type", OWL + "Class") if each.startswith(RLT)}
    pairs = {
        (quad.subject.value, quad.object.value)
        for quad in ontology()
        if quad.predicate.value == RDFS + "subClassOf"
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    }
    defined = {str(quad.subject).strip("<>") for quad in ontology() if quad.predicate.value == OWL + "equivalentClass"}
    looked_at = {target.strip("<>") for targets in shapes().targets.values() for kind, target in targets}
    for _ in range(3):
        looked_at |= {low for low, high in pairs if high in looked_at}

    assert sorted(classes - defined - looked_at) == [RLT + "InferredGraph"]
    assert len(following()) == 7
    assert len(release.shapes) == TOPICS


def test_only_core() -> None:
    """The shapes need SHACL Core alone, and every shape has a name; blank nodes are lists and paths."""
    assert [
        triple for triple in shapes().triples if triple.predicate.value in {SH + "sparql", SH + "rule", SH + "target"}
    ] == []
    for kind in ("NodeShape", "PropertyShape"):
        rows = shapes().select(f"SELECT ?shape {{ ?shape a sh:{kind} }}")
        assert [row[0] for row in rows if not str(row[0]).startswith(f"<{LOCAL}")] == []


def test_each_shape_stands_once() -> None:
    """No shape is described in two files."""
    seen = Counter(
        name
        for path in shipped().shapes
        for name in {quad.subject for quad in parse(path=str(path), format=RdfFormat.TURTLE)}
        if isinstance(name, NamedNode)
    )
    assert [name for name, count in seen.items() if count > 1] == []


def messages() -> Iterator[tuple[str, str]]:
    """Give the name and the message of each shape that a report may name."""
    for shape, text in shapes().select("SELECT ?shape ?text { ?shape sh:message ?text }"):
        assert isinstance(text, Literal)
        assert text.language == "en"
        yield shape.value.removeprefix(LOCAL), text.value


def test_messages_name_the_remedy() -> None:
    """What a report may name has one message: a sentence that names a term, and only terms that there are."""
    known = {str(quad.subject).strip("<>") for quad in parsed_release()} | {RDFS + "label"}
    found = list(messages())
    assert {name for name, _ in constraints()} == {name for name, _ in found}
    assert len(found) == len({name for name, _ in found}), "a shape has two messages"
    for name, text in found:
        assert re.fullmatch(r"[A-Z](?s:.)+\.", text), f"{name}: {text}"
        assert len(text) <= 240, f"{name}: {text}"
        assert not re.search(r"\b(a [aeio]|an (?!rlt:)[^aeiou])", text), f"{name}: {text}"
        for prefix, local in re.findall(r"\b(rlt|code|thing|skos|rdfs):([A-Za-z0-9-]+)", text):
            if prefix != "skos":
                assert PREFIXES[prefix] + local in known, f"{name}: {prefix}:{local}"


@cache
def parsed_release() -> tuple[Quad, ...]:
    files = (path for path in shipped().root.glob("data/**/*.ttl"))
    return (*ontology(), *(quad for path in files for quad in parse(path=str(path), format=RdfFormat.TURTLE)))


def test_severities() -> None:
    """Nearly all is a must; what should or could be is marked so, and stands on shapes that are in use."""
    rows = shapes().select("SELECT ?shape ?severity { ?shape sh:severity ?severity }")
    found = {row[0].value.removeprefix(LOCAL): row[1].value.removeprefix(SH) for row in rows}
    assert set(found) <= reported()
    assert Counter(found.values()) == {"Warning": WARNINGS, "Info": INFOS}


WARNINGS = 27
INFOS = 3
