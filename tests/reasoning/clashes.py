"""Inconsistencies, one for each kind of axiom that the ontology uses, each with what must explain it."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = """\
@prefix code: <https://w3id.org/rltkg/code/> .
@prefix coding: <https://w3id.org/rltkg/coding/> .
@prefix gov: <https://w3id.org/rltkg/gov/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rlt: <https://w3id.org/rltkg/ontology/> .
@prefix thing: <https://w3id.org/rltkg/thing/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""


@dataclass(frozen=True)
class Seeded:
    """A contribution that clashes: its lines after HEAD, the lines that must be told, and words of each axiom told."""

    lines: tuple[str, ...]
    told: tuple[int, ...]
    axioms: tuple[str, ...]


CLASHES = {
    "disjoint classes": Seeded(
        ("thing:lutathera", "    a rlt:Substance ."), (2,), ("nothing is both a substance and a product",)
    ),
    "disjoint by a class above": Seeded(
        ("thing:x a rlt:Guideline .", "thing:x", "    a rlt:Place ."),
        (1, 3),
        ("a guideline (defined) is whatever its definition", "nothing is both a document and a place"),
    ),
    "domain": Seeded(
        ("thing:england", "    rlt:documentKind code:document-kind-guideline ."),
        (2,),
        ("what has document kind is a document", "nothing is both a document and a place"),
    ),
    "range": Seeded(
        ("thing:x", "    rlt:locatedIn gov:section-2-2 ."),
        (2,),
        ("each value of located in is a place", "nothing is both a section and a place"),
    ),
    "datatype of a range": Seeded(
        ("thing:x a rlt:Document ;", '    rlt:publicationYear "spring" .'),
        (2,),
        ("each value of year of publication is a integer",),
    ),
    "functional property": Seeded(
        ("gov:x a rlt:Reference ;", "    rlt:referenceNumber 7 ,", "        8 ."),
        (2, 3),
        ("nothing has two values of reference number",),
    ),
    "asymmetric property": Seeded(
        ("thing:x", "    rlt:renamedTo thing:y .", "thing:y", "    rlt:renamedTo thing:x ."),
        (2, 4),
        ("renamed to never holds in both directions",),
    ),
    "irreflexive property": Seeded(("gov:x", "    rlt:basedOn gov:x ."), (2,), ("nothing has itself as based on",)),
    "inverse property": Seeded(
        ("thing:england", "    rlt:explainedBy gov:why ."),
        (2,),
        ("explained by is explains seen from the other side", "nothing is both a statement and a place"),
    ),
    "transitive property": Seeded(
        (
            "thing:x rlt:locatedIn thing:y .",
            "thing:y rlt:locatedIn thing:z .",
            "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual thing:x ;",
            "    owl:assertionProperty rlt:locatedIn ; owl:targetIndividual thing:z .",
        ),
        (1, 2, 4),
        ("what is reached by located in in several steps is reached in one",),
    ),
    "property above": Seeded(
        (
            "gov:x rlt:jurisdiction thing:y .",
            "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual gov:x ;",
            "    owl:assertionProperty rlt:withinJurisdiction ; owl:targetIndividual thing:y .",
        ),
        (1, 3),
        ("what has jurisdiction has within jurisdiction with the same value",),
    ),
    "chain of properties": Seeded(
        (
            "coding:x rlt:earlier gov:y ;",
            "    rlt:later gov:z .",
            "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual gov:y ;",
            "    owl:assertionProperty rlt:supersededBy ; owl:targetIndividual gov:z .",
        ),
        (1, 2, 4),
        ("superseded by follows from a chain", "replaced in is earlier statement seen from the other side"),
    ),
    "class above": Seeded(
        ("gov:x a rlt:Explanation .", "gov:x", "    a rlt:Code ."),
        (1, 3),
        ("every explanation is a statement", "nothing is both a statement and a code"),
    ),
}
