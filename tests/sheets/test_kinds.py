"""Kinds and columns against ontology and shapes, read here by SPARQL, so that neither can fall behind the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, Store

from rltkg.errors import InputError
from rltkg.sheets.columns import BETWEEN, Code, Heading, Property, Text, Thing, Typed, Web
from rltkg.sheets.deriving import derived
from rltkg.sheets.kinds import COMMENT, ID, kinds
from rltkg.sheets.needs import with_needs
from rltkg.sheets.templates import turtle_template

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.corpus import Release

RLT = "https://w3id.org/rltkg/ontology/"
XSD = "http://www.w3.org/2001/XMLSchema#"
NAMES = """
activity actor any-of assessment barrier causal-link clinical-evidence comparison concept condition
contextual-factor diagnostic-procedure document document-content document-fact document-group document-relation
domain endorsement example explanation finding framework indication indicator lack ligand measurement non-existence
nuclide passage place policy-action position procedure product radiation reference requirement section status-event
status-state subdomain substance supersession target technical-property term-use therapy unknown used-in-practice
""".split()  # noqa: SIM905 - fifty names, a line each otherwise
PRESETS = ["guideline", "strategy", "web-page", "omission"]
# What a shape of a class speaks of, however deep, but for its class and for what it forbids.
MENTIONED = """
SELECT DISTINCT ?class ?property WHERE {
  ?shape sh:targetClass ?class ; (sh:property|sh:node|sh:not|(sh:or|sh:and|sh:xone)/rdf:rest*/rdf:first)* ?part .
  ?part sh:path/((sh:alternativePath/rdf:rest*/rdf:first)?) ?property .
  FILTER(isIRI(?property) && ?property != rdf:type)
  MINUS { ?shape sh:targetClass ?class ; sh:property [ sh:path ?property ; sh:maxCount 0 ] }
}"""
DOMAINS = "SELECT DISTINCT ?class ?property WHERE { ?property rdfs:domain ?class }"
USED = """
SELECT DISTINCT ?class ?property WHERE {
  ?shape sh:targetSubjectsOf ?property ; ((sh:or/rdf:rest*/rdf:first)?)/sh:class ?class
}"""


@pytest.fixture(scope="module")
def schema(release: Release) -> Store:
    store = Store()
    for path in [release.root / "ontology" / "rltkg.ttl", *release.shapes]:
        store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    return store


def asked(store: Store, text: str) -> list[tuple[str, ...]]:
    names = {"sh": "http://www.w3.org/ns/shacl#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "rlt": RLT}
    names["rdf"] = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    rows = store.query(text, prefixes=names, use_default_graph_as_union=True)
    return sorted(tuple(term.value for term in row) for row in rows)  # type: ignore[union-attr]


def column_of(kind: str, header: str) -> object:
    return kinds().named(kind).by_header[header]


def test_the_kinds_by_name() -> None:
    assert [kind.name for kind in kinds()] == [*NAMES, *PRESETS]
    assert len(kinds()) == 55
    assert all(kind.label and kind.definition.endswith(".") for kind in kinds())


def test_each_class_with_nodes_in_the_release_is_a_kind(release: Release) -> None:
    store = Store()
    for file in release.files:
        if not file.graph.endswith("/ontology"):
            store.bulk_load(path=str(file.path), format=RdfFormat.TURTLE)
    used = {iri for (iri,) in asked(store, "SELECT DISTINCT ?class WHERE { ?node a ?class }")}
    held = {kind.iri for kind in kinds()}

    assert used - held == {RLT + "ReleaseGraph"}
    assert {each.removeprefix(RLT) for each in held - used} == {"Ligand", "Target"}


@pytest.mark.parametrize(("query", "least"), [(MENTIONED, 690), (DOMAINS, 719), (USED, 903)])
def test_each_property_of_a_class_has_a_column_in_its_kinds(query: str, least: int, schema: Store) -> None:
    pairs = [
        (kind, name) for iri, name in asked(schema, query) for kind in kinds() if not kind.preset and iri in kind.line
    ]
    forbidden = {("any-of", RLT + "conditionKind")}
    missing = [(kind.name, name) for kind, name in pairs if name not in kind.by_iri]

    assert len(pairs) >= least
    assert set(missing) <= forbidden


def test_a_new_shape_and_a_new_property_show_up_by_themselves(release: Release, tmp_path: Path) -> None:
    ontology = tmp_path / "recall.ttl"
    ontology.write_text(
        f"""@prefix rlt: <{RLT}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <{XSD}> . @prefix code: <https://w3id.org/rltkg/code/> .
rlt:Recall a owl:Class ; rdfs:label "recall"@en ; rdfs:subClassOf rlt:Statement ; skos:definition "A recall."@en .
rlt:batchNumber a owl:DatatypeProperty ; rdfs:label "batch number"@en ; rdfs:domain rlt:Recall ; rdfs:range xsd:string ;
    skos:definition "What is printed on the vial."@en .
rlt:recalledBy a owl:ObjectProperty ; rdfs:label "recalled by"@en ; rdfs:range rlt:Actor .
rlt:RecallGrade a owl:Class ; rdfs:subClassOf rlt:Code .
rlt:recallGrade a owl:ObjectProperty ; rdfs:label "grade"@en ; rdfs:domain rlt:Recall ; rdfs:range rlt:RecallGrade .
code:recall-grade-urgent a rlt:RecallGrade ; rdfs:label "urgent"@en .
""",
        encoding="utf-8",
    )
    shapes = tmp_path / "recall-shapes.ttl"
    shapes.write_text(
        f"""@prefix rlt: <{RLT}> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix shape: <urn:shape:> .
shape:recall a sh:NodeShape ; sh:targetClass rlt:Recall ; sh:property shape:recall-by , shape:recall-grade .
shape:recall-by a sh:PropertyShape ; sh:path rlt:recalledBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:class rlt:Actor ;
    sh:message "Give exactly one actor (rlt:recalledBy)."@en .
shape:recall-grade a sh:PropertyShape ; sh:path rlt:recallGrade ; sh:minCount 1 .
""",
        encoding="utf-8",
    )
    made = derived([release.root / "ontology" / "rltkg.ttl", ontology], [*release.shapes, shapes])
    recall = made.named("recall")

    assert len(made) == 56
    assert (recall.namespace, recall.label) == ("https://w3id.org/rltkg/page/", "recall")
    by = recall.by_header["recalled by"]
    assert (by.required, by.many, by.value) == (True, False, Thing((RLT + "Actor",), (), ("actor",)))
    assert by.rules == ("Give exactly one actor (rlt:recalledBy).",)
    batch = recall.by_header["batch number"]
    assert (batch.required, batch.many, batch.is_text) == (False, True, True)
    assert batch.help == ("What is printed on the vial.",)
    grade = recall.by_header["recall grade"].value
    assert isinstance(grade, Code)
    assert [choice.label for choice in grade.choices] == ["urgent"]
    assert {"label", "text", "passage", "topic"} < {column.header for column in recall.columns if column.required}
    template = turtle_template(with_needs([recall], made))
    assert "\n    rlt:recalledBy thing:FILL-IN-actor ;\n" in template
    assert '\n    # rlt:batchNumber "FILL-IN" ;\n' in template
    assert "\n    a rlt:Recall .\n" in template


def test_what_a_position_must_have() -> None:
    position = kinds().named("position")

    assert [column.header for column in position.columns if column.required] == [
        "label",
        "coverage",
        "covered topic",
        "topic",
        "content of",
        "entered on",
        "indication scope",
        "modality",
        "passage",
        "polarity",
        "stated in",
        "text",
    ]
    assert {column.header: column.either for column in position.columns if column.either} == dict.fromkeys(
        ("jurisdiction", "not stated"), ("jurisdiction", "not stated")
    )
    assert [column.header for column in position.columns if not column.many][:4] == [
        "label",
        "coverage",
        "covered topic",
        "entered on",
    ]


def test_alternatives_that_a_class_rules_out_leave_one_that_is_needed() -> None:
    assert column_of("condition", "condition kind").required  # type: ignore[attr-defined]
    assert column_of("any-of", "alternative").required  # type: ignore[attr-defined]
    assert "condition kind" not in kinds().named("any-of").by_header
    assert column_of("passage", "in section").either == ("in document", "in section")  # type: ignore[attr-defined]
    assert len(column_of("document-fact", "title").either) == 13  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "header", "value"),
    [
        ("position", "text", Text("en")),
        ("actor", "alt label", Text("")),
        ("document", "title", Typed((XSD + "string",))),
        ("document", "publication year", Typed((XSD + "integer",), 1900, 2100)),
        ("document", "publication date", Typed((XSD + "date",))),
        ("measurement", "value", Typed((XSD + "integer", XSD + "decimal"))),
        ("status-event", "event month", Typed((XSD + "gYearMonth",))),
        ("document", "web page", Web()),
        ("actor", "exact match", Web()),
        ("indicator", "part of", Thing((RLT + "Subdomain",), (), ("subdomain",))),
        ("actor", "part of", Thing((RLT + "Actor",), (), ("actor",))),
    ],
)
def test_what_cells_take(kind: str, header: str, value: object) -> None:
    assert column_of(kind, header).value == value  # type: ignore[attr-defined]


def test_any_thing_but_what_the_shapes_bar() -> None:
    value = column_of("measurement", "quantity").value  # type: ignore[attr-defined]

    assert isinstance(value, Thing)
    assert value.classes == ()
    assert {RLT + "Place", RLT + "Passage", RLT + "Code"} < set(value.barred)
    assert set(NAMES) - set(value.kinds) == {"comparison", "passage", "place", "reference", "section", "supersession"}


def test_not_stated_takes_the_headers_of_its_kind() -> None:
    for kind in kinds():
        value = kind.by_header["not stated"].value
        assert isinstance(value, Property)
        own = {column.header for column in kind.columns if column.own and column.iri.startswith(RLT)}
        assert {choice.label for choice in value.choices} >= own - {"not stated"}
        assert all(choice.iri.startswith(RLT) for choice in value.choices)


def test_headers_and_labels_can_be_told_apart() -> None:
    for kind in kinds():
        headers = [column.header for column in kind.columns]
        assert len(set(headers)) == len(headers)
        assert ID not in headers
        assert not any(header.startswith(COMMENT) or "@" in header or header[-1].isdigit() for header in headers)
        for column in kind.columns:
            if isinstance(column.value, Code | Property):
                labels = [choice.label.casefold() for choice in column.value.choices]
                assert labels
                assert len(set(labels)) == len(labels), column.header
                assert not any(BETWEEN.strip() in label for label in labels)
                assert all(label == " ".join(label.split()) for label in labels)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("text", ("text", "en", 1)),
        ("alt label", ("alt label", "en", 1)),
        ("alt label @de", ("alt label", "de", 1)),
        ("alt label @de-AT 12", ("alt label", "de-AT", 12)),
        ("curator note 2", ("curator note", "en", 2)),
        ("time words 3", ("time words", "", 3)),
        ("checked on", ("checked on", "", 1)),
    ],
)
def test_headers_are_read_as_they_are_written(text: str, said: tuple[str, str, int]) -> None:
    heading = kinds().named("position").heading(text)

    assert heading is not None
    assert (heading.column.header, heading.language, heading.number) == said
    assert str(heading) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "id",
        "texts",
        "text 2",
        "label @de",
        "text @fr",
        "curator note 1",
        "curator note 02",
        "topic 2",
        "alt label @",
    ],
)
def test_headers_that_say_nothing(text: str) -> None:
    assert kinds().named("position").heading(text) is None


def test_an_english_tag_may_be_said_but_is_not_written() -> None:
    position = kinds().named("position")

    assert str(position.heading("alt label @en")) == "alt label"
    assert position.heading("text @en") == Heading(position.by_header["text"], "en")


def test_presets_say_what_they_leave_out() -> None:
    guideline, document = kinds().named("guideline"), kinds().named("document")

    assert guideline.preset == ((RLT + "documentKind", "https://w3id.org/rltkg/code/document-kind-guideline"),)
    assert {column.header for column in document.columns} - set(guideline.by_header) == {"document kind"}
    assert (guideline.iri, guideline.base) == (document.iri, "document")
    assert kinds().of_class(document.iri) is document
    assert kinds().named("omission").iri == RLT + "Position"


def test_kinds_are_found_by_what_people_type() -> None:
    assert kinds().named("Status Event").name == "status-event"
    assert kinds().get("nothing") is None
    with pytest.raises(InputError, match="there is no kind 'postion'; did you mean 'position'"):
        kinds().named("postion")


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("position", ["document", "passage"]),
        ("status-event", ["passage", "document"]),
        ("assessment", ["passage", "document"]),
        ("policy-action", ["actor", "passage", "document"]),
        ("supersession", ["actor"]),
        ("section", ["document"]),
        ("guideline", ["document-fact", "document", "passage"]),
        ("document", ["document-fact", "passage"]),
        ("place", []),
    ],
)
def test_what_belongs_into_one_book(name: str, needs: list[str]) -> None:
    found = with_needs([kinds().named(name)], kinds())

    assert [kind.name for kind in found] == [name, *needs]


def test_a_preset_does_not_stand_for_its_class_in_a_book() -> None:
    chosen = [kinds().named("position"), kinds().named("guideline")]
    found = [kind.name for kind in with_needs(chosen, kinds())]

    assert found == ["position", "guideline", "document-fact", "document", "passage"]


def test_what_a_fact_must_tell_too_is_said_at_its_column() -> None:
    remark = "A document fact (rlt:DocumentFact) must tell it too, with its passage; both are compared."
    document = kinds().named("document")
    told = {column.header for column in document.columns if remark in column.rules}

    assert told == set(kinds().named("document-fact").by_header["title"].either)
    assert len(told) == 13
    assert not [column for column in kinds().named("position").columns if remark in column.rules]


def test_kinds_need_every_file(tmp_path: Path, release: Release) -> None:
    with pytest.raises(Exception, match="cannot be read"):
        derived([tmp_path / "none.ttl"], release.shapes)
