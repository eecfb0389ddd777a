"""A small contribution that conforms, and how tests write variations of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
@prefix code: <https://w3id.org/rltkg/code/> .
@prefix my: <https://w3id.org/rltkg/sample/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rlt: <https://w3id.org/rltkg/ontology/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix thing: <https://w3id.org/rltkg/thing/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
EVENT = """
my:licence a rlt:StatusEvent ;
    rdfs:label "Licence of a sample"@en ;
    rlt:text "A sample agency licensed the substance in 2024."@en ;
    rlt:statedIn my:page ;
    rlt:passage my:passage ;
    rlt:topic code:topic-licensing ;
    rlt:modality code:modality-asserted ;
    rlt:polarity code:polarity-affirmed ;
    rlt:indicationScope code:indication-scope-specific ;
    rlt:indication thing:net ;
    rlt:jurisdiction thing:ireland ;
    rlt:concerns thing:lutathera ;
    rlt:authority my:agency ;
    rlt:step code:status-step-licensed ;
    rlt:eventYear 2024 ;
    rlt:eventDate "2024-05-06"^^xsd:date ;
    rlt:timePrecision code:time-precision-exact ;
    rlt:enteredOn "2026-11-21"^^xsd:date .

my:passage a rlt:Passage ;
    rlt:inDocument my:page .

my:page a rlt:Document ;
    rdfs:label "page of a sample"@en ;
    rlt:documentKind code:document-kind-web-page ;
    rlt:title "A sample" ;
    rlt:webPage <https://example.org/sample> .

my:agency a rlt:Actor ;
    rdfs:label "sample agency"@en ;
    rlt:actorKind code:actor-kind-authority .
"""
SAMPLE = HEAD + EVENT


def written(folder: Path, *changes: tuple[str, str], name: str = "sample.ttl", text: str = SAMPLE) -> Path:
    """Write `text` with each (old, new) of `changes` made, which must stand there just once; return the file."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
