"""The answers of a country report to the indicators of its domain, and what it finds not to exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.generator.framework import FIRST_SUBDOMAIN, PER_DOMAIN

if TYPE_CHECKING:
    from benchmarks.generator.positions import Stand
    from benchmarks.generator.report import Report

MISSING = ("strategy", "care-pathway", "guideline")
"""Kinds of documents that are found not to exist."""


def write_assessments(report: Report, domain: int, stands: list[Stand]) -> None:
    """Answer the indicators of a domain (0 to 4): those of its first subdomain once, the others by indication."""
    world, chance = report.world, report.world.chance
    indicators = world.indicators[domain * PER_DOMAIN : (domain + 1) * PER_DOMAIN]
    diseases = chance.some(world.indications[:14], 2 + chance.below(3))
    for place, indicator in enumerate(indicators):
        if place < FIRST_SUBDOMAIN:
            _assess(report, indicator, "", "the field as a whole", [])
            continue
        for disease in diseases:
            grounds = [each.statement for each in stands if each.indication == disease.iri][:3]
            if not (grounds or chance.likely(0.5) or report.first):
                continue  # not assessed, which the matrix tells
            _assess(report, indicator, disease.iri, disease.label, grounds)


def _assess(report: Report, indicator: str, disease: str, label: str, grounds: list[str]) -> None:
    world, properties, terms, chance = report.world, report.properties, report.terms, report.world.chance
    year = terms.integer(report.year)
    claims = [properties.indicator + indicator, properties.holdsFromYear + year, properties.statedOnYear + year]
    claims.append(world.tables.year)
    # A dictionary keeps the order and lets no ground stand twice.
    resting = dict.fromkeys([*grounds, *chance.some(report.statements, 2 + chance.below(5))])
    claims += [properties.basedOn + each for each in resting]
    # Passages before the current one, so that none is the same as those that every statement gets.
    printed = report.printed()
    claims += [properties.passage + each for each in chance.some(printed[:-1], 2)]
    measure = world.indicator_labels[indicator]
    text = f"In {report.where} in {report.year}, for {label}, the answer on {measure} is divided."
    node = report.state(
        world.manners["Assessment"],
        f"Assessment: {measure}, {label}",
        text,
        claims,
        indication=disease,
        place=report.place,
    )
    report.assessments.append(node)


def write_absences(report: Report, number: int) -> None:
    """Say of some kinds of documents that there is none for an indication."""
    world, properties, chance = report.world, report.properties, report.world.chance
    for _ in range(number):
        kind = chance.pick(MISSING)
        disease = chance.early(world.indications)
        claims = [world.writer.vocabulary.code("absentKind", f"document-kind-{kind}")]
        if chance.likely(0.25):
            claims.append(properties.absentFrom + report.actor().iri)
        text = f"There is no {kind} for {disease.label} in {report.where}."
        report.say("NonExistence", f"No {kind} for {disease.label}", text, claims, indication=disease.iri)
