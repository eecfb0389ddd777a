"""The ontology: one header that tells the truth, one role a term, and nothing that OWL 2 DL or HermiT refuses."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from rltkg import __version__
from rltkg.corpus.prefixes import OWN, PREFIXES, XSD

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.corpus import Release

RDF, RDFS, OWL = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["owl"]
TERMS = PREFIXES["rlt"]
A = NamedNode(RDF + "type")
DECLARATIONS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "object property",
    OWL + "DatatypeProperty": "data property",
    OWL + "AnnotationProperty": "annotation property",
}
BUILT_IN = (RDF, RDFS, OWL, XSD)
"""What OWL itself brings along and no ontology declares."""


class Facts:
    """The triples of the release, file by file, and what they declare."""

    def __init__(self, release: Release) -> None:
        self.files = {file.path: triples(file.path) for file in release.files}
        self.ontology = self.files[release.root / "ontology" / "rltkg.ttl"]
        self.all = [triple for each in self.files.values() for triple in each]
        self.roles = {
            kind: sorted(subject.value for subject in self.subjects(iri)) for iri, kind in DECLARATIONS.items()
        }

    def subjects(self, kind: str) -> set[NamedNode]:
        """Return the named nodes that the ontology types as `kind`."""
        return {
            each.subject
            for each in self.ontology
            if each.predicate == A and each.object == NamedNode(kind) and isinstance(each.subject, NamedNode)
        }

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the values that the ontology gives for `predicate` of `subject`."""
        about = [each for each in self.ontology if each.subject == NamedNode(subject)]
        return [text(each.object) for each in about if each.predicate == NamedNode(predicate)]


def triples(path: Path) -> list[Triple]:
    """Return the triples of a Turtle file."""
    return [quad.triple for quad in parse(path=path, format=RdfFormat.TURTLE)]


def text(term: object) -> str:
    """Return the text of an IRI or a literal."""
    assert isinstance(term, NamedNode | Literal)
    return term.value


@pytest.fixture(scope="module")
def facts(release: Release) -> Facts:
    """Return the triples of the release."""
    return Facts(release)


def test_one_ontology_node(facts: Facts) -> None:
    """One node in the whole release is an ontology."""
    nodes = [each.subject for each in facts.all if each.predicate == A and each.object == NamedNode(OWL + "Ontology")]

    assert nodes == [NamedNode(OWN + "ontology")]


def test_one_version(facts: Facts, release: Release) -> None:
    """Package, ontology and citation file name the same version, and the version IRI ends with it."""
    cited = yaml.safe_load((release.root / "CITATION.cff").read_text(encoding="utf-8"))

    assert facts.values(OWN + "ontology", OWL + "versionInfo") == [__version__]
    assert facts.values(OWN + "ontology", OWL + "versionIRI") == [TERMS + __version__]
    assert cited["version"] == __version__
    assert facts.values(OWN + "ontology", PREFIXES["dcterms"] + "issued") == [cited["date-released"]]
    [citation] = facts.values(OWN + "ontology", PREFIXES["dcterms"] + "bibliographicCitation")
    assert citation.endswith(f"version {__version__}.")


def test_one_licence(facts: Facts, release: Release) -> None:
    """The licence of the ontology is the one of LICENSE-data, and the citation file names it."""
    [licence] = facts.values(OWN + "ontology", PREFIXES["dcterms"] + "license")
    cited = yaml.safe_load((release.root / "CITATION.cff").read_text(encoding="utf-8"))

    assert licence == "https://creativecommons.org/licenses/by/4.0/"
    assert f"{licence}legalcode" in (release.root / "LICENSE-data").read_text(encoding="utf-8")
    assert cited["license"] == ["Apache-2.0", "CC-BY-4.0"]


def test_terms_are_declared_once(facts: Facts) -> None:
    """Every term has one declaration of one kind, in the ontology and nowhere else."""
    declarations = Counter(
        text(each.subject)
        for each in facts.all
        if each.predicate == A and text(each.object) in DECLARATIONS and not isinstance(each.subject, BlankNode)
    )

    assert {term: count for term, count in declarations.items() if count > 1} == {}
    assert sorted(declarations) == sorted(term for terms in facts.roles.values() for term in terms)


def test_no_iri_in_two_roles(facts: Facts) -> None:
    """No individual is also a class or a property, and no IRI is used in a role that it was not declared for."""
    individuals = {
        text(each.subject)
        for each in facts.all
        if each.predicate == A and isinstance(each.subject, NamedNode) and not text(each.object).startswith(OWL)
    }
    declared = {term for terms in facts.roles.values() for term in terms}
    classes = {text(each.object) for each in facts.all if each.predicate == A}
    links = [each for each in facts.all if each.predicate.value in facts.roles["object property"]]

    assert len(individuals) > 1000
    assert len(links) > 3000
    assert [each for each in links if isinstance(each.object, Literal)] == []
    assert sorted(individuals & declared) == []
    assert sorted(each for each in classes if not each.startswith(OWL) and each not in facts.roles["class"]) == []


@pytest.mark.parametrize("own", [True, False], ids=["own", "foreign"])
def test_used_terms_are_declared(facts: Facts, *, own: bool) -> None:
    """Every property, and every class of an individual, is declared in the ontology, ours and other people's alike."""
    used = {each.predicate.value for each in facts.all}
    used |= {text(each.object) for each in facts.all if each.predicate == A}
    used = {term for term in used if not term.startswith(BUILT_IN) and term.startswith(OWN) is own}
    declared = {term for terms in facts.roles.values() for term in terms}

    assert len(used) > (100 if own else 10)
    assert sorted(used - declared) == []


def test_domains_and_ranges_are_classes(facts: Facts) -> None:
    """A domain is a class; a range is a class of an object property or a datatype of a data property."""
    classes = set(facts.roles["class"])
    properties = {term: kind for kind, terms in facts.roles.items() for term in terms if kind != "class"}
    domains = [each for each in facts.ontology if each.predicate == NamedNode(RDFS + "domain")]
    ranges = [each for each in facts.ontology if each.predicate == NamedNode(RDFS + "range")]

    assert len(domains) >= 111
    assert len(ranges) >= 110
    assert [each for each in domains if text(each.object) not in classes] == []
    assert [each for each in domains + ranges if "annotation" in properties[text(each.subject)]] == []
    for each in ranges:
        if properties[text(each.subject)] == "object property":
            assert text(each.object) in classes, each
        else:
            assert text(each.object).startswith((XSD, RDF)), each


def test_data_properties_hold_owl_datatypes(facts: Facts) -> None:
    """No data property has a date, year or duration, as range or as value: HermiT refuses them."""
    allowed = {XSD + name for name in ("boolean", "dateTime", "decimal", "integer", "string")}
    allowed |= {RDF + "PlainLiteral", RDF + "langString"}
    properties = {NamedNode(term) for term in facts.roles["data property"]}
    ranges = [each for each in facts.ontology if each.subject in properties and each.predicate.value == RDFS + "range"]
    values = [each for each in facts.all if each.predicate in properties]

    assert len(ranges) == len(properties)
    assert len(values) > 500
    assert [each for each in ranges if text(each.object) not in allowed] == []
    assert [each for each in values if not isinstance(each.object, Literal)] == []
    assert [each for each in values if datatype(each) not in allowed] == []


def datatype(triple: Triple) -> str:
    """Return the datatype of the literal that is the object of `triple`."""
    assert isinstance(triple.object, Literal)
    return triple.object.datatype.value


def test_no_simple_axiom_on_transitive_properties(facts: Facts) -> None:
    """A transitive or chained property is not functional, irreflexive, asymmetric or counted: HermiT refuses it."""
    complex_ones = {each.value for each in facts.subjects(OWL + "TransitiveProperty")}
    complex_ones |= {
        text(each.subject) for each in facts.ontology if each.predicate.value == OWL + "propertyChainAxiom"
    }
    simple = ("FunctionalProperty", "InverseFunctionalProperty", "IrreflexiveProperty", "AsymmetricProperty")
    counted = {each.predicate.value for each in facts.ontology if "ardinality" in each.predicate.value}

    names = ["locatedIn", "narrowerThan", "partOf", "supersededBy", "withinJurisdiction"]
    assert sorted(complex_ones) == [TERMS + name for name in names]
    for kind in simple:
        assert {each.value for each in facts.subjects(OWL + kind)} & complex_ones == set(), kind
    assert counted == set(), "a cardinality came in: assert here that it counts no transitive property"
    assert len(facts.subjects(OWL + "FunctionalProperty")) >= 11


def test_no_blank_node_in_data(facts: Facts, release: Release) -> None:
    """Every node of data/ has an IRI, so that a load done twice leaves the store as one load did."""
    data = {path: each for path, each in facts.files.items() if path.is_relative_to(release.root / "data")}
    blank = [
        (path.name, str(each))
        for path, held in data.items()
        for each in held
        if isinstance(each.subject, BlankNode) or isinstance(each.object, BlankNode)
    ]

    assert len(data) >= 24
    assert blank == []


def test_numbers(facts: Facts) -> None:
    """The vocabulary does not shrink: a term that is no longer wanted is deprecated, never removed."""
    own = {kind: [term for term in terms if term.startswith(TERMS)] for kind, terms in facts.roles.items()}
    codes = [each for each in facts.ontology if each.predicate.value == PREFIXES["skos"] + "inScheme"]

    assert len(own["class"]) >= 87
    assert len(own["object property"]) >= 94
    assert len(own["data property"]) >= 30
    assert len(own["annotation property"]) >= 9
    assert len(facts.subjects(PREFIXES["skos"] + "ConceptScheme")) >= 28
    assert len(codes) >= 210


def test_kinds_that_are_easily_mixed_up_are_disjoint(facts: Facts) -> None:
    """Procedure, substance, product, nuclide, ligand and target stay apart, and so do document and group."""
    apart = {
        frozenset((text(each.subject), text(each.object)))
        for each in facts.ontology
        if each.predicate.value == OWL + "disjointWith"
    }
    kinds = ["Procedure", "Substance", "Product", "Nuclide", "Ligand", "Target"]
    pairs = [(one, other) for number, one in enumerate(kinds) for other in kinds[number + 1 :]]

    assert len(pairs) == 15
    assert [pair for pair in pairs if frozenset(TERMS + each for each in pair) not in apart] == []
    assert frozenset((TERMS + "Document", TERMS + "DocumentGroup")) in apart
