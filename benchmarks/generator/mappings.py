"""Matches of generated things with terms of other vocabularies; their numbers lie where no real term has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.generator.chance import Chance
    from benchmarks.generator.writer import Writer

_BASES = {
    "Indication": (
        "http://purl.obolibrary.org/obo/MONDO_99", "http://id.nlm.nih.gov/mesh/D99", "http://snomed.info/id/99",
        "http://purl.obolibrary.org/obo/NCIT_C99", "http://purl.obolibrary.org/obo/DOID_99",
    ),
    "Actor": ("https://ror.org/99", "http://www.wikidata.org/entity/Q99"),
    "Place": ("https://sws.geonames.org/99", "http://www.wikidata.org/entity/Q98"),
    "Concept": ("http://purl.obolibrary.org/obo/NCIT_C98", "http://id.nlm.nih.gov/mesh/D98"),
    "Therapy": ("http://purl.obolibrary.org/obo/NCIT_C97", "http://purl.obolibrary.org/obo/MAXO_99"),
    "DiagnosticProcedure": ("http://purl.obolibrary.org/obo/NCIT_C96", "http://id.nlm.nih.gov/mesh/D96"),
    "Substance": ("http://purl.obolibrary.org/obo/CHEBI_99", "https://go.drugbank.com/drugs/DB99"),
    "Radiation": ("http://purl.obolibrary.org/obo/NCIT_C95", "http://id.nlm.nih.gov/mesh/D95"),
    "Nuclide": ("http://nuclex.org/NID/99", "http://purl.obolibrary.org/obo/CHEBI_98"),
}  # fmt: skip
_SHARES = {"Indication": 0.65, "Actor": 0.15, "Place": 0.5, "Concept": 0.03}


def match(writer: Writer, chance: Chance, kind: str, thing: str, number: int) -> None:
    """Match a thing, or not, by the share of its class in the release; one term of a vocabulary is exact at most once.

    `number` tells the thing from all others of its class; number 0 has an exact match in every vocabulary.
    """
    if number and not chance.likely(_SHARES.get(kind, 0.8)):
        return
    properties = writer.vocabulary.properties
    bases = _BASES[kind]
    claims = []
    for base in chance.some(bases, 1 + chance.below(len(bases)) if number else len(bases)):
        draw = chance.random() if number else 0.0
        if draw < 0.82:
            property_, place = properties.exactMatch, 0
        elif draw < 0.94:
            property_, place = properties.closeMatch, 1
        else:
            property_, place = (properties.broadMatch if draw < 0.985 else properties.narrowMatch), 2
        claims.append(f"{property_}<{base}{place}{number:05}>")
    writer.more("mappings", thing, claims)
