"""The quality checks: each finds nothing in the release and finds its seeded defect, in two SPARQL engines alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
import rdflib
from rdflib.query import ResultRow

from rltkg.corpus import GraphFile, Release, shipped
from rltkg.corpus.prefixes import PREFIXES
from rltkg.store import EmbeddedStore, Store

if TYPE_CHECKING:
    from rltkg.graph import KnowledgeGraph

Row = tuple[str | None, ...]

CHECKS = sorted((shipped().root / "ontology" / "checks").glob("*.rq"))
DEFECTS = Path(__file__).parents[1] / "data" / "checks"
DEFECT_GRAPH = PREFIXES["graph"] + "defect"
NAMESPACES = {**PREFIXES, "defect": "https://w3id.org/rltkg/defect/"}
COLUMNS = ["node", "path", "value"]

EXPECTED: dict[str, list[Row]] = {
    "class_cycle": [
        ("code:topic-and-round", "skos:broader", "code:topic-round"),
        ("code:topic-round", "skos:broader", "code:topic-and-round"),
        ("defect:by-itself", "owl:equivalentClass", "defect:by-itself"),
        ("defect:chicken", "rdfs:subClassOf", "defect:egg"),
        ("defect:egg", "rdfs:subClassOf", "defect:chicken"),
        ("defect:itself", "rdfs:subPropertyOf", "defect:itself"),
    ],
    "code_outside_scheme": [
        ("defect:classless-code", "skos:inScheme", "code:topic-scheme"),
        ("defect:misfiled-step", "skos:inScheme", "code:status-value-scheme"),
        ("defect:unshelved-step", "skos:inScheme", None),
    ],
    "contradictory_values": [
        ("defect:two-verdicts", "rlt:polarity", "code:polarity-affirmed"),
        ("defect:two-verdicts", "rlt:polarity", "code:polarity-denied"),
    ],
    "date_outside_year": [
        ("defect:document", "rlt:publicationDate", "2021"),
        ("defect:event", "rlt:eventDate", "2021"),
        ("defect:event-of-a-month", "rlt:eventMonth", "2021"),
        ("defect:finding", "rlt:holdsFromDate", "2021"),
        ("defect:finding", "rlt:holdsUntilDate", "2021"),
        ("defect:finding", "rlt:statedOnDate", "2021"),
        ("defect:supersession", "rlt:sinceDate", "2021"),
    ],
    "deprecated_use": [
        ("defect:finding", "rdf:type", "defect:old-class"),
        ("defect:finding", "defect:old-property", "defect:old-property"),
        ("defect:finding", "rlt:topic", "defect:old-code"),
    ],
    "doubtful_mapping": [
        ("defect:both", "skos:broadMatch", "https://terms.example/4"),
        ("defect:one", "skos:exactMatch", "https://terms.example/1"),
        ("defect:other", "skos:exactMatch", "https://terms.example/1"),
        ("defect:twice", "skos:exactMatch", "https://terms.example/2"),
        ("defect:twice", "skos:exactMatch", "https://terms.example/3"),
    ],
    "hierarchy_cycle": [
        ("defect:assessment", "rlt:basedOn", "defect:assessment"),
        ("defect:indication-a", "rlt:narrowerThan", "defect:indication-b"),
        ("defect:indication-b", "rlt:narrowerThan", "defect:indication-a"),
        ("defect:leaf", "rlt:partOf", "defect:section"),
        ("defect:new-name", "rlt:renamedTo", "defect:old-name"),
        ("defect:old-name", "rlt:renamedTo", "defect:new-name"),
        ("defect:part", "rlt:partOfStatement", "defect:part"),
        ("defect:place", "rlt:locatedIn", "defect:place"),
        ("defect:section", "rlt:partOf", "defect:subsection"),
        ("defect:subsection", "rlt:partOf", "defect:leaf"),
        ("defect:therapy", "rlt:kindOfProcedure", "defect:therapy"),
    ],
    "improbable_figure": [
        ("defect:half-a-case", "rlt:value", "2.5"),
        ("defect:negative-count", "rlt:value", "-3"),
        ("defect:negative-share", "rlt:value", "-1"),
        ("defect:rank-and-a-half", "rlt:value", "1.5"),
        ("defect:rank-nought", "rlt:value", "0"),
        ("defect:share", "rlt:high", "110"),
    ],
    "incomplete_document_content": [
        ("defect:content-of-nothing", "rlt:contentOf", "rlt:DocumentContent"),
        ("defect:content-without-topic", "rlt:coveredTopic", "rlt:DocumentContent"),
        ("defect:position-without-coverage", "rlt:coverage", "rlt:Position"),
    ],
    "incomplete_header": [
        ("defect:ontology", "dcterms:bibliographicCitation", None),
        ("defect:ontology", "dcterms:issued", None),
        ("defect:ontology", "dcterms:license", "CC BY 4.0"),
        ("defect:ontology", "dcterms:title", "First title"),
        ("defect:ontology", "dcterms:title", "Second title"),
        ("defect:ontology", "vann:preferredNamespacePrefix", None),
        ("defect:ontology", "vann:preferredNamespaceUri", None),
        ("defect:ontology", "owl:versionIRI", "https://example.org/1"),
        ("defect:ontology", "owl:versionIRI", "https://example.org/2"),
        ("defect:ontology", "owl:versionInfo", None),
    ],
    "incomplete_statement": [
        ("defect:bare-finding", "rlt:enteredOn", "rlt:Finding"),
        ("defect:bare-finding", "rlt:indicationScope", "rlt:Finding"),
        ("defect:bare-finding", "rlt:jurisdiction", "rlt:Finding"),
        ("defect:bare-finding", "rlt:modality", "rlt:Finding"),
        ("defect:bare-finding", "rlt:passage", "rlt:Finding"),
        ("defect:bare-finding", "rlt:polarity", "rlt:Finding"),
        ("defect:bare-finding", "rlt:statedIn", "rlt:Finding"),
        ("defect:bare-finding", "rlt:text", "rlt:Finding"),
        ("defect:bare-finding", "rlt:topic", "rlt:Finding"),
    ],
    "indication_scope_mismatch": [
        ("defect:general-with", "rlt:indication", "thing:lymphoma"),
        ("defect:open-list-without", "rlt:indicationScope", "code:indication-scope-open-list"),
        ("defect:specific-without", "rlt:indicationScope", "code:indication-scope-specific"),
        ("defect:unspecified-with", "rlt:indication", "thing:nen"),
    ],
    "label_by_case": [
        ("defect:joined", "rdfs:label", "defect:shouted"),
        ("defect:shouted", "rdfs:label", "defect:joined"),
    ],
    "misnamed_term": [
        ("https://example.org/Foreign", "rdf:type", "owl:Class"),
        ("code:Topics", "rdf:type", "skos:ConceptScheme"),
        ("code:guidelines-topic", "rdf:type", "rlt:Topic"),
        ("code:topic-Upper", "rdf:type", "rlt:Topic"),
        ("rlt:Guidelines", "rdf:type", "owl:Class"),
        ("rlt:HasPart", "rdf:type", "owl:ObjectProperty"),
        ("rlt:OtherStatement", "rdf:type", "owl:Class"),
        ("rlt:PatientAndActor", "rdf:type", "owl:Class"),
        ("rlt:lower_class", "rdf:type", "owl:Class"),
        ("rlt:year_of_issue", "rdf:type", "owl:DatatypeProperty"),
        ("thing:Misplaced", "rdf:type", "owl:Class"),
    ],
    "misplaced_passage": [
        ("defect:page-of-eur", "rlt:citesReference", "gov:reference-1"),
        ("defect:page-of-eur", "rlt:statedIn", "defect:finding-of-gov"),
        ("defect:passage-nowhere", "rlt:inSection", None),
        ("defect:passage-of-gov", "rlt:citesReference", "defect:reference-of-eur"),
        ("defect:passage-of-gov", "rlt:inheritsReference", "defect:reference-of-eur"),
        ("defect:passage-of-gov", "rlt:statedIn", "defect:finding-of-eur"),
    ],
    "misplaced_section": [
        ("defect:before-its-whole", "rlt:order", "defect:whole"),
        ("defect:of-another-source", "rlt:sectionOf", "gov:section-2"),
    ],
    "missing_label": [
        ("defect:blank-actor", "rdfs:label", "rlt:Actor"),
        ("defect:unnamed-actor", "rdfs:label", "rlt:Actor"),
    ],
    "omission_with_stance": [
        ("defect:omission-denied", "rlt:polarity", "code:polarity-denied"),
        ("defect:omits-and-recommends", "rlt:strength", "code:strength-includes"),
    ],
    "outside_domain_or_range": [
        ("defect:concept", "rlt:topic", "code:topic-rlt"),
        ("defect:document", "rlt:documentKind", "code:topic-guidelines"),
        ("defect:document", "rlt:publicationYear", "2019"),
        ("defect:document", "rlt:publisher", "NICE"),
        ("defect:document", "rlt:title", "https://example.org/title"),
        ("defect:figure", "rlt:text", "5"),
        ("defect:figure", "rlt:value", "five"),
    ],
    "position_mismatch": [
        ("defect:content-on-the-therapy", "rlt:coveredTopic", "code:topic-rlt"),
        ("defect:content-with-setting", "rlt:context", "code:context-research"),
        ("defect:narrow-position-on-treatment", "rlt:coveredTopic", "code:topic-treatment"),
        ("defect:position-on-treatment", "rlt:coveredTopic", "code:topic-treatment"),
        ("defect:strong-finding", "rlt:strength", "code:strength-includes"),
    ],
    "property_mismatch": [
        ("defect:back", "rdfs:domain", "defect:forth"),
        ("defect:back", "rdfs:range", "defect:forth"),
        ("defect:chain", "rdfs:range", "owl:TransitiveProperty"),
        ("defect:mirror", "owl:inverseOf", "defect:mirror"),
        ("defect:pair", "rdfs:range", "owl:SymmetricProperty"),
        ("defect:two-ends", "rdfs:domain", "rlt:Actor"),
        ("defect:two-ends", "rdfs:domain", "rlt:Statement"),
        ("defect:two-ends", "rdfs:range", "rlt:Indication"),
        ("defect:two-ends", "rdfs:range", "rlt:Place"),
    ],
    "repeated_annotation": [
        ("defect:two-meanings", "skos:definition", "Another meaning."),
        ("defect:two-meanings", "skos:definition", "One meaning."),
        ("defect:two-names", "rdfs:label", "First name"),
        ("defect:two-names", "rdfs:label", "Second name"),
    ],
    "repeated_definition": [
        ("code:topic-one", "skos:definition", "code:topic-two"),
        ("code:topic-two", "skos:definition", "code:topic-one"),
        ("defect:empty", "skos:definition", "stopgap"),
    ],
    "repeated_label": [
        ("defect:nice", "rdfs:label", "defect:second-nice"),
        ("defect:second-nice", "rdfs:label", "defect:nice"),
    ],
    "repeated_number": [
        ("defect:action-one", "rlt:actionNumber", "defect:action-two"),
        ("defect:action-two", "rlt:actionNumber", "defect:action-one"),
        ("defect:document-one", "rlt:identifier", "defect:document-two"),
        ("defect:document-two", "rlt:identifier", "defect:document-one"),
        ("defect:domain-one", "rlt:order", "defect:domain-two"),
        ("defect:domain-two", "rlt:order", "defect:domain-one"),
        ("defect:reference", "rlt:referenceNumber", "gov:reference-1"),
        ("defect:section", "rlt:order", "defect:section-after"),
        ("defect:section", "rlt:sectionNumber", "gov:section-2-2"),
        ("defect:section-after", "rlt:order", "defect:section"),
        ("gov:reference-1", "rlt:referenceNumber", "defect:reference"),
        ("gov:section-2-2", "rlt:sectionNumber", "defect:section"),
    ],
    "shortcut_fact_mismatch": [
        ("defect:group", "rlt:publisher", "thing:nice"),
        ("defect:territory", "rlt:appliesIn", "thing:england"),
        ("defect:unsourced", "rlt:appliesIn", "thing:england"),
        ("defect:unsourced", "rlt:audience", "thing:nhs-england"),
        ("defect:unsourced", "rlt:developer", "thing:nhs-england"),
        ("defect:unsourced", "rlt:durationYears", "10"),
        ("defect:unsourced", "rlt:identifier", "NICE NG0"),
        ("defect:unsourced", "rlt:periodEndYear", "2026"),
        ("defect:unsourced", "rlt:periodStartYear", "2016"),
        ("defect:unsourced", "rlt:publicationDate", "2015-07-20"),
        ("defect:unsourced", "rlt:publicationYear", "2015"),
        ("defect:unsourced", "rlt:publisher", "thing:nice"),
        ("defect:unsourced", "rlt:updateYear", "2017"),
    ],
    "stated_after_all": [
        ("defect:statement", "rlt:jurisdiction", "thing:england"),
    ],
    "stated_inference": [
        ("defect:omission", "rlt:explainedBy", "defect:explanation"),
        ("defect:omission", "rlt:supersededBy", "defect:explanation"),
        ("defect:omission", "rlt:withinJurisdiction", "thing:united-kingdom"),
    ],
    "supersession_out_of_time": [
        ("defect:backwards", "rlt:sinceYear", "defect:of-2021"),
        ("defect:before-its-source", "rlt:sinceYear", "defect:in-a-source"),
        ("defect:undated", "rlt:sinceYear", None),
    ],
    "undeclared_term": [
        ("https://example.org/Borrowed", "rdf:type", "class"),
        ("https://example.org/borrowed", "rdf:type", "property"),
        ("defect:NoClass", "rdf:type", "class"),
        ("defect:noProperty", "rdf:type", "property"),
        ("defect:role", "rdf:type", "property"),
    ],
    "undescribed_iri": [
        ("defect:lymphona", "rlt:indication", "defect:finding"),
        ("defect:untyped", "rdfs:label", "no class"),
        ("rlt:jurisdicton", "rlt:jurisdicton", "defect:finding"),
    ],
    "undivided_class": [
        ("defect:anything", "owl:disjointWith", None),
        ("defect:defined-anything", "owl:disjointWith", None),
        ("defect:kind-of-anything", "owl:disjointWith", None),
    ],
    "undocumented_term": [
        ("defect:annotation-property", "skos:example", "owl:AnnotationProperty"),
        ("defect:bare-class", "skos:definition", "owl:Class"),
        ("defect:bare-class", "skos:example", "owl:Class"),
        ("defect:code", "skos:example", "rlt:Strength"),
        ("defect:data-property", "skos:example", "owl:DatatypeProperty"),
        ("defect:property", "skos:definition", "owl:ObjectProperty"),
        ("defect:scheme", "skos:definition", "skos:ConceptScheme"),
    ],
    "unexplained_deprecation": [
        ("defect:dropped", "dcterms:isReplacedBy", None),
        ("defect:in-use", "dcterms:isReplacedBy", "rlt:Actor"),
        ("defect:to-deprecated", "dcterms:isReplacedBy", "defect:dropped"),
        ("defect:to-nowhere", "dcterms:isReplacedBy", "defect:never-described"),
        ("defect:word", "owl:deprecated", "true"),
    ],
    "unrelated_classes": [
        ("defect:guideline-and-place", "rdf:type", "rlt:Guideline"),
        ("defect:guideline-and-place", "rdf:type", "rlt:Place"),
        ("defect:position-and-finding", "rdf:type", "rlt:Finding"),
        ("defect:position-and-finding", "rdf:type", "rlt:Position"),
    ],
    "untidy_text": [
        ("defect:stopped", "rdfs:label", "A label is no sentence."),
        ("defect:untidy", "rdfs:label", "untidy "),
        ("defect:untidy", "skos:altLabel", "in  between"),
        ("defect:untidy", "skos:definition", "a text without its ends"),
        ("defect:untidy", "skos:example", "One\ttab."),
        ("defect:untidy", "skos:scopeNote", "Two\nlines."),
        ("defect:untidy", "rlt:curatorNote", " Indented."),
        ("defect:untidy", "rlt:note", "Trailing. "),
        ("defect:untidy", "rlt:text", "Two  blanks."),
    ],
    "unused_passage": [
        ("defect:forgotten-page", "rlt:passage", "thing:european-report"),
        ("defect:forgotten-passage", "rlt:passage", "gov:section-2-2"),
    ],
}
"""What each check reports of its defect file: node, path and value of every row, in order."""

each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)


def short(value: str) -> str:
    """Return an IRI with its prefix, another text as it is."""
    for prefix, base in NAMESPACES.items():
        if value.startswith(base):
            return f"{prefix}:{value.removeprefix(base)}"
    return value


def ask_store(store: Store, text: str) -> list[Row]:
    """Return the rows that our store gives, in order."""
    solutions = pyoxigraph.parse_query_results(store.select(text), pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    assert [variable.value for variable in solutions.variables] == COLUMNS
    return [tuple(None if term is None else short(term.value) for term in row) for row in solutions]


def ask_rdflib(union: rdflib.Dataset, text: str) -> list[Row]:
    """Return the rows that rdflib gives, in order."""
    result = union.query(text)
    assert [str(variable) for variable in result.vars or ()] == COLUMNS
    rows = [row for row in result if isinstance(row, ResultRow)]
    return [tuple(None if term is None else short(str(term)) for term in row) for row in rows]


def test_number_of_checks() -> None:
    """Every check was collected, and each has its defect file and its expected rows; none is left over."""
    assert len(CHECKS) == 37
    assert [check.stem for check in CHECKS] == sorted(EXPECTED)
    assert [check.stem for check in CHECKS] == sorted(path.stem for path in DEFECTS.iterdir())


@each_check
def test_form(check: Path) -> None:
    """A check has a name in snake_case, opens with what is wrong and how to mend it, and sorts its three columns."""
    text = check.read_text(encoding="utf-8")
    lines = text.splitlines()
    end = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    comment = " ".join(line.removeprefix("#").strip() for line in lines[:end])

    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", check.stem)
    form = r"Problem: [A-Z].{30,}\. Solution: [A-Z].{30,}\.( Severity: (warning|info))?( Scope: release)?"
    assert re.fullmatch(form, comment), f"mend the header of {check}"
    assert text.endswith("}\nORDER BY ?node ?path ?value\n")


@each_check
def test_release_is_free_of_it(check: Path, graph: KnowledgeGraph) -> None:
    """The release has no such fault."""
    rows = ask_store(graph.store, check.read_text(encoding="utf-8"))

    assert rows == [], f"{check.name} says what to do about these"


@each_check
def test_release_is_free_of_it_in_rdflib(check: Path, rdflib_union: rdflib.Dataset) -> None:
    """The other engine finds no such fault either."""
    assert ask_rdflib(rdflib_union, check.read_text(encoding="utf-8")) == []


@each_check
def test_defect_is_caught(check: Path, release: Release) -> None:
    """Of the seeded defects just the faulty nodes are reported, with the property and value at fault."""
    defect = GraphFile(DEFECT_GRAPH, DEFECTS / f"{check.stem}.ttl")
    store = EmbeddedStore.holding([*release.files, defect])

    assert EXPECTED[check.stem] == ask_store(store, check.read_text(encoding="utf-8"))


@each_check
def test_defect_is_caught_in_rdflib(check: Path, rdflib_union: rdflib.Dataset) -> None:
    """The other engine reports the same rows in the same order."""
    defect = rdflib_union.graph(rdflib.URIRef(DEFECT_GRAPH))
    defect.parse(DEFECTS / f"{check.stem}.ttl", format="turtle")
    try:
        rows = ask_rdflib(rdflib_union, check.read_text(encoding="utf-8"))
    finally:
        rdflib_union.remove_graph(defect)

    assert EXPECTED[check.stem] == rows
