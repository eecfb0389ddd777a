"""Statements on policy: findings, barriers, causes, what is done, missing, unknown or called for.

Each function writes one statement of a report and returns its IRI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.generator.report import Report


def activity(report: Report) -> str:
    """Write that an actor does something."""
    world, properties = report.world, report.properties
    actor, concept = report.actor(), report.concept()
    claims = [properties.actor + actor.iri]
    if world.chance.likely(0.7):
        claims.append(f'{properties.aim}"That {concept.label} gets better for all who need it."@en')
    if world.chance.likely(0.5):
        claims.append(properties.about + concept.iri)
    text = f"{actor.label} works on {concept.label} in {report.where}."
    return report.say("Activity", f"{actor.label} on {concept.label}", text, claims)


def barrier(report: Report) -> str:
    """Write that something hinders a therapy."""
    world, properties = report.world, report.properties
    concept, area = report.concept(), world.chance.pick(world.areas)
    claims = [properties.hinders + world.concepts[0].iri, properties.barrierArea + area.iri]
    if world.chance.likely(0.75):
        claims.append(properties.about + concept.iri)
    if world.chance.likely(0.08):
        claims.append(properties.contingency + world.chance.pick(world.conditions).iri)
    text = f"Weak {concept.label} stands in the way of radioligand therapy in {report.where}."
    return report.say("Barrier", f"Weak {concept.label} as a barrier", text, claims)


def causal_link(report: Report) -> str:
    """Write that one thing brings about another; either may be a statement."""
    world, properties = report.world, report.properties
    cause, effect = world.chance.some(world.concepts, 2)
    earlier = report.earlier()
    claims = [world.chance.pick(world.tables.causal)]
    claims.append(properties.cause + (earlier if earlier and world.chance.likely(0.35) else cause.iri))
    claims.append(properties.effect + effect.iri)
    text = f"In {report.where}, {cause.label} has borne on {effect.label} and on the use of the therapy."
    return report.say("CausalLink", f"{cause.label} bears on {effect.label}", text, claims)


def example(report: Report) -> str:
    """Write of an instance to learn from."""
    concept, subject = report.concept(), report.world.chance.pick(report.world.imaging)
    claims = [report.properties.exampleOf + concept.iri, report.properties.concerns + subject.iri]
    text = f"The rise of {subject.label} shows what {concept.label} can do for a therapy."
    return report.say("Example", f"{subject.label} as an example", text, claims)


def finding(report: Report) -> str:
    """Write anything that no narrower class fits."""
    world, properties, chance = report.world, report.properties, report.world.chance
    concept = report.concept()
    claims = []
    if chance.likely(0.9):
        claims.append(properties.about + concept.iri)
    if chance.likely(0.4):
        claims.append(properties.about + (report.actor() if chance.likely(0.5) else chance.pick(world.therapies)).iri)
    if chance.likely(0.14):
        claims.append(properties.concerns + chance.pick(world.therapies).iri)
    if chance.likely(0.05):
        claims += report.since()
    text = f"In {report.where}, {concept.label} has changed little since {report.year - 1 - chance.below(9)}."
    return report.say("Finding", f"State of {concept.label}", text, claims)


def lack(report: Report) -> str:
    """Write that something wanted is missing."""
    concept = report.concept()
    text = f"There is not enough {concept.label} for radioligand therapy in {report.where}."
    return report.say("Lack", f"Too little {concept.label}", text, [report.properties.about + concept.iri])


def policy_action(report: Report) -> str:
    """Write a call on actors to do something."""
    world, properties, chance = report.world, report.properties, report.world.chance
    concept = report.concept()
    called = chance.some(world.roles, 2 + chance.below(6))
    claims = [properties.calledOn + each.iri for each in called]
    claims.append(properties.about + concept.iri)
    if report.first or chance.likely(0.55):
        claims.append(properties.barrierArea + chance.pick(world.areas).iri)
        claims.append(properties.actionNumber + report.terms.integer(report.next_action()))
    text = f"{called[0].label.capitalize()} in {report.where} are to build up {concept.label}."
    return report.say("PolicyAction", f"Build up {concept.label}", text, claims)


def requirement(report: Report) -> str:
    """Write what ought to be, with nobody called on."""
    world, properties, chance = report.world, report.properties, report.world.chance
    concept = report.concept()
    claims = [properties.about + concept.iri]
    if chance.likely(0.5):
        claims.append(properties.about + report.actor().iri)
    if chance.likely(0.19):
        claims.append(properties.barrierArea + chance.pick(world.areas).iri)
    if chance.likely(0.11):
        claims.append(properties.contingency + chance.pick(world.conditions).iri)
    if (whole := report.last_requirement) and chance.likely(0.06):
        claims.append(properties.partOfStatement + whole)
    text = f"Plans in {report.where} ought to provide for {concept.label}."
    report.last_requirement = report.say("Requirement", f"A need for {concept.label}", text, claims)
    return report.last_requirement


def unknown(report: Report) -> str:
    """Write what nobody knows."""
    concept = report.concept()
    properties = report.properties
    claims = [properties.about + concept.iri, f'{properties.openQuestion}"Has {concept.label} been paid for?"@en']
    text = f"It is not known whether {concept.label} was paid for in {report.where}."
    return report.say("Unknown", f"Money for {concept.label} unknown", text, claims, verdict=report.world.tables.open)
