"""Documents that a report tells of: who issued them and when, what they cover, and what they say on the therapy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.generator.positions import OTHER, PLANS, write_content, write_contents, write_position

if TYPE_CHECKING:
    from benchmarks.generator.positions import Stand
    from benchmarks.generator.report import Report
    from benchmarks.generator.stock import Thing

KINDS = (
    "guideline", "strategy", "delivery-guidance", "guideline", "service-specification", "technology-appraisal",
    "guideline", "policy", "strategy", "guideline", "working-paper", "care-pathway", "guideline", "vision", "guideline",
    "journal-article", "strategy", "guideline", "legislation", "white-paper", "guideline", "report",
    "parliamentary-record",
)  # fmt: skip
"""Kinds of documents in the order in which they turn up, again and again; the shares are those of the release."""


def write_documents(report: Report, scale: float) -> list[Stand]:
    """Write the documents of a report with all that it says of them; return the positions."""
    world, chance = report.world, report.world.chance
    stands: list[Stand] = []
    groups = [
        world.thing(
            "DocumentGroup", "group", f"documents of kind {each + 1} spoken of in {report.notation}",
            f'{report.properties.definition}"Documents that the report takes together and does not name."@en',
        )
        for each in range(1 + chance.about(15 * scale))
    ]  # fmt: skip
    for each in range(max(5 if report.first else 2, chance.about(17 * scale))):
        start = world.count("document")
        kind = KINDS[start % len(KINDS)]
        document = _write_document(report, kind, groups[each % len(groups)])
        stands += write_contents(report, document, kind)
        if world.documents and (report.first or chance.likely(0.32)):
            _relate(report, document, chance.pick(world.documents))
        if (report.first and not each) or chance.likely(0.04):
            body = report.actor()
            claims = [report.properties.endorser + body.iri, report.properties.endorses + document.iri]
            text = f"{body.label} advises the use of {document.label}."
            report.say("Endorsement", f"{body.label} endorses a {kind}", text, claims)
        world.keep_document(document)
    for group in groups:
        if chance.likely(0.4):
            stands.append(write_position(report, group, chance.early(world.indications), chance.likely(0.45)))
        if chance.likely(0.35):
            write_content(report, group, chance.pick(OTHER), None)
    return stands


def _write_document(report: Report, kind: str, group: Thing) -> Thing:
    """Write a document and the facts about it, each on the document and on a statement of the report."""
    world, properties, chance = report.world, report.properties, report.world.chance
    number = world.count("document") + 1
    disease = chance.early(world.indications)
    year = report.year - chance.below(9)
    facts, claims = _facts(report, kind, year, number)
    claims.append(world.writer.vocabulary.code("documentKind", f"document-kind-{kind}"))
    if chance.likely(0.5):
        claims.append(f'{properties.title}"The {kind} on {disease.label} for {report.where}"')
    if chance.likely(0.25):
        claims.append(properties.memberOfGroup + group.iri)
    claims += [f'{properties.altLabel}"{kind} {number}, name {each}"@en' for each in range(1, chance.below(4))]
    label = f"{kind} on {disease.label} in {report.where}, {year} (D{number})"
    document = world.thing("Document", "document", label, *claims, *(claim for _, claim in facts), width=6)
    about = properties.about + document.iri
    for name, claim in facts:
        text = f"The report tells the {name} of this {kind}, D{number}."
        report.say("DocumentFact", f"{label}: {name}", text, [about, claim])
    return document


def _facts(report: Report, kind: str, year: int, number: int) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the facts about a document, each with its name, and claims of what is not stated."""
    world, properties, chance, whole = report.world, report.properties, report.world.chance, report.terms.integer
    territory = chance.pick(report.regions).iri if chance.likely(0.4) else report.place
    facts, gaps = [], []
    for name, share, claim in (
        ("publisher", 0.7, properties.publisher + report.actor().iri),
        ("publicationYear", 0.65, properties.publicationYear + whole(year)),
        ("appliesIn", 0.3, properties.appliesIn + territory),
    ):
        if number == 1 or chance.likely(share):
            facts.append((name, claim))
        else:
            gaps.append(report.silent(name))
    plans = kind in PLANS
    readers = chance.below(3) if chance.likely(0.2) or kind == "delivery-guidance" else -1
    facts += [("audience", properties.audience + each.iri) for each in chance.some(world.roles, readers + 1)]
    for name, share, claim in (
        ("developer", 1.0 if readers >= 0 else 0.1, properties.developer + report.actor().iri),
        ("durationYears", 0.4 if plans else 0.0, properties.durationYears + whole(5)),
        ("updateYear", 0.06, properties.updateYear + whole(year + 2)),
        ("reviewDueYear", 1.0 if number == 1 else 0.12, properties.reviewDueYear + whole(year + 5)),
        ("identifier", 0.1, f'{properties.identifier}"BENCH {number}"'),
    ):
        if chance.likely(share):
            facts.append((name, claim))
    if plans and chance.likely(0.3):
        facts.append(("periodStartYear", properties.periodStartYear + whole(year + 1)))
        facts.append(("periodEndYear", properties.periodEndYear + whole(year + 5)))
    return facts, gaps


def _relate(report: Report, document: Thing, other: Thing) -> None:
    kind = report.world.chance.pick(report.world.tables.relation)
    claims = [report.properties.fromDocument + document.iri, report.properties.toDocument + other.iri, kind]
    text = f"{document.label} bears on {other.label}."
    report.say("DocumentRelation", f"{document.label} and another"[:110], text, claims)
