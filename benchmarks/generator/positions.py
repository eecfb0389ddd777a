"""What documents cover, and how they stand on the therapy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from benchmarks.generator.report import Report
    from benchmarks.generator.stock import Thing

PLANS = {"strategy", "policy", "vision"}
DELIVERY = (
    "dosimetry",
    "waste",
    "patient-preparation",
    "follow-up",
    "training",
    "roles",
    "workforce",
    "infrastructure",
)
OTHER = ("service-delivery", "rare-cancers", "planning", "governance", "personalised-care", "innovative-technologies")


class Stand(NamedTuple):
    """A position that was written: its statement, and its indication (IRI)."""

    statement: str
    indication: str


def write_contents(report: Report, document: Thing, kind: str) -> list[Stand]:
    """Write what a document covers; return its positions on the therapy."""
    world, chance = report.world, report.world.chance
    diseases = chance.some(world.indications[: 12 + len(world.indications) // 2], 1 + chance.below(3))
    if kind in PLANS:
        for disease in diseases:
            write_content(report, document, "indication", disease)
            if chance.likely(0.8):
                write_content(report, document, "treatment", disease)
        return [write_position(report, document, disease, chance.likely(0.5)) for disease in diseases[:2]]
    if kind in {"guideline", "technology-appraisal", "care-pathway"}:
        if chance.likely(0.4):
            write_content(report, document, "treatment", diseases[0])
        number = world.count("document")
        # The very first guideline does, the second does not, so that every graph has both.
        omits = number == 1 or (number > 4 and chance.likely(0.37))
        return [write_position(report, document, each, omits) for each in diseases[: 1 + chance.below(2)]]
    for topic in chance.some(DELIVERY if kind == "delivery-guidance" else OTHER, 3 + chance.below(3)):
        write_content(report, document, topic, None)
    return []


def write_position(report: Report, document: Thing, disease: Thing, omits: bool) -> Stand:  # noqa: FBT001
    """Write a position on the therapy and, for half of those that omit it, why; return it."""
    world, properties, tables, chance = report.world, report.properties, report.world.tables, report.world.chance
    claims = [properties.contentOf + document.iri, tables.about_rlt]
    if omits:
        claims.append(tables.omitted)
        how = "leaves radioligand therapy out"
    elif chance.likely(0.06):
        claims += [tables.brief, tables.includes, tables.research]
        how = "calls for research on radioligand therapy"
    else:
        claims.append(chance.pick(tables.covered))
        claims.append(
            chance.pick(tables.strength) if report.first or chance.likely(0.95) else report.silent("strength")
        )
        if chance.likely(0.75):
            claims.append(chance.pick(tables.context))
        if chance.likely(0.45):
            claims.append(chance.pick(tables.force))
        if chance.likely(0.3):
            claims += [properties.eligibility + each.iri for each in chance.some(world.conditions, 1 + chance.below(2))]
        how = "speaks for radioligand therapy"
    label = f"{document.label} {how}"[:110]
    node = report.say("Position", label, f"{document.label} {how} in {disease.label}.", claims, indication=disease.iri)
    if omits and (not world.documents or chance.likely(0.5)):
        why = [properties.explains + node, chance.pick(tables.reason)]
        text = f"The therapy is left out because of how it stands in {disease.label}."
        report.say("Explanation", f"Why it is left out: {document.label}"[:110], text, why, indication=disease.iri)
    return Stand(node, disease.iri)


def write_content(report: Report, document: Thing, topic: str, disease: Thing | None) -> None:
    """Write to what degree a document covers a topic, for one indication or for none in particular."""
    properties, chance = report.properties, report.world.chance
    claims = [properties.contentOf + document.iri, chance.pick(report.world.tables.coverage)]
    claims.append(report.world.writer.vocabulary.code("coveredTopic", f"topic-{topic}"))
    named = disease.iri if disease else ""
    text = f"The report tells to what degree {document.label} covers {topic}."
    report.say("DocumentContent", f"{topic} in {document.label}"[:110], text, claims, indication=named)
