"""Statements on medicine and words: evidence, figures, standing, technical properties, terms, use.

Each function writes one statement of a report and returns its IRI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.generator.report import Report


def clinical_evidence(report: Report) -> str:
    """Write of an effect on an outcome in a population."""
    world, properties, chance = report.world, report.properties, report.world.chance
    outcome, disease = report.concept(), chance.early(world.indications)
    claims = [properties.concerns + chance.pick(world.therapies).iri, properties.outcome + outcome.iri]
    told = report.first or chance.likely(0.93)
    claims.append(chance.pick(world.tables.direction) if told else report.silent("direction"))
    if report.first or chance.likely(0.7):
        claims.append(f'{properties.population}"People with {disease.label} who had earlier treatment."@en')
        claims.append(properties.populationIndication + disease.iri)
    if chance.likely(0.06):
        claims.append(properties.comparator + chance.pick(world.imaging).iri)
    text = f"The therapy bears on {outcome.label} of people with {disease.label}."
    return report.say("ClinicalEvidence", f"{outcome.label} in {disease.label}", text, claims)


def measurement(report: Report) -> str:
    """Write a figure."""
    world, properties, chance, terms = report.world, report.properties, report.world.chance, report.terms
    concept = report.concept()
    whole = 1 + chance.below(9000)
    claims = [properties.quantity + concept.iri, chance.pick(world.tables.statistic), chance.pick(world.tables.unit)]
    # No share beyond a hundred per cent, no half of a count.
    bounded = any(word in claim for claim in claims[1:] for word in ("percent", "count", "rank"))
    if bounded:
        whole = 1 + whole % 50
    if chance.likely(0.93):
        claims.append(chance.pick(world.tables.bound))
        tenths = 0 if chance.likely(0.8) else 1 + chance.below(9)
        figure = terms.decimal(f"{whole}.{tenths}") if tenths and not bounded else terms.integer(whole)
        claims.append(properties.value + figure)
    else:
        claims.append(world.tables.bound[0])
        claims += [properties.low + terms.integer(whole), properties.high + terms.integer(whole + 1 + chance.below(50))]
    if chance.likely(0.2):
        claims += report.since()
    if chance.likely(0.2):
        claims.append(f'{properties.period}"the first {2 + chance.below(9)} years"@en')
    text = f"The figure for {concept.label} in {report.where} is put at {whole}."
    return report.say("Measurement", f"Figure for {concept.label}", text, claims)


def status_state(report: Report) -> str:
    """Write how a therapy or a procedure stands."""
    world, properties, chance = report.world, report.properties, report.world.chance
    subject = chance.pick(world.therapies if chance.likely(0.5) else world.procedures)
    standing = chance.pick(world.tables.standing)
    claims = [standing, properties.concerns + subject.iri]
    if chance.likely(0.12):
        claims.append(properties.statusHolder + report.actor().iri)
    text = f"At the time of the source, {subject.label} has this standing in {report.where}."
    return report.say("StatusState", f"Standing of {subject.label}", text, claims)


def technical_property(report: Report) -> str:
    """Write what a nuclide, radiation or procedure is or does."""
    world, properties, chance = report.world, report.properties, report.world.chance
    sorts = (world.concepts, world.imaging, world.radiations, world.therapies, world.concepts, world.nuclides)
    subject = chance.pick(chance.pick(sorts))
    claims = [properties.concerns + subject.iri]
    claims += [
        f'{properties.consequence}"{side} {report.concept().label} follows from it."@en'
        for side in ("Better", "Dearer")[: chance.below(3) * chance.below(2)]
    ]
    if chance.likely(0.6):
        claims.append(properties.about + report.concept().iri)
    text = f"It is a property of {subject.label} that it acts within a short range and time."
    return report.say("TechnicalProperty", f"A property of {subject.label}", text, claims)


def term_use(report: Report) -> str:
    """Write a term and what the source means by it."""
    world, properties, chance = report.world, report.properties, report.world.chance
    thing = chance.pick(chance.pick((world.therapies, world.indications, world.concepts)))
    role = chance.pick(world.tables.term_role)
    claims = [properties.denotes + thing.iri, role, f'{properties.term}"{thing.label} T{report.number}"']
    if role == world.tables.term_role[0]:
        claims.append(f'{properties.definitionText}"What is meant by {thing.label} when people speak of care."@en')
    text = f"The source has a term of its own for {thing.label}."
    return report.say("TermUse", f"A term for {thing.label}", text, claims)


def used_in_practice(report: Report) -> str:
    """Write how widely a document or therapy is used, and where."""
    world, properties, chance = report.world, report.properties, report.world.chance
    subject = chance.pick(chance.pick((world.therapies, world.documents or world.therapies, world.nuclides)))
    claims = [properties.usedThing + subject.iri, chance.pick(world.tables.usage)]
    claims.append(properties.usedIn + report.place if chance.likely(0.33) else report.silent("usedIn"))
    text = f"In {report.where}, {subject.label} is used."
    return report.say("UsedInPractice", f"Use of {subject.label}", text, claims)
