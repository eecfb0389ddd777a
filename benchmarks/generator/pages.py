"""Public pages: what they say beside the reports, and what they say came later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.generator.report import ENTERED
from benchmarks.generator.source import Source

if TYPE_CHECKING:
    from benchmarks.generator.report import Report
    from benchmarks.generator.stock import Thing
    from benchmarks.generator.world import Country, World

CHECKED = "2026-11-21"
LAST_YEAR = 2025
"""No event is later, so that each lies before the day on which it entered."""
PAGES = ("web-page",) * 8 + ("journal-article", "parliamentary-record")
"""Kinds of documents that are public pages."""
NOTES = (
    "Read in a stored copy of the page, not on the live web.",
    "Read on the page itself; the day of publication does not stand on it.",
    "Read on the page itself and on that of the authority.",
)


def write_page(world: World, graph: str, publisher: Thing, day: str = "") -> Source:
    """Write a public page, with who issued it and perhaps when, and return it as a source in the named graph `graph`.

    `day` is when it was issued; an empty one is not known.
    """
    vocabulary, chance = world.writer.vocabulary, world.chance
    properties = vocabulary.properties
    number = world.count("page") + 1
    facts = [("publisher", properties.publisher + publisher.iri)]
    if day:
        facts.append(("year", properties.publicationYear + world.terms.integer(int(day[:4]))))
        if chance.likely(0.6):
            facts.append(("day", properties.publicationDate + world.terms.typed(day, "date")))
    if chance.likely(0.25):
        facts.append(("identifier", f'{properties.identifier}"BENCH-P {number}"'))
    document = world.thing(
        "Document", "page", f"page {number} of {publisher.label}",
        f'{properties.title}"News of {publisher.label}, number {number}"',
        f"{properties.webPage}<https://benchmark.example/pages/{number}>",
        vocabulary.code("documentKind", f"document-kind-{chance.pick(PAGES)}"),
        *(claim for _, claim in facts),
        width=6,
    )  # fmt: skip
    entered = ENTERED[number % len(ENTERED)]
    source = Source(world, graph, document, f"page-{number:06}", (entered, CHECKED if number % 3 else entered))
    for name, fact in facts:
        claims = [properties.about + document.iri, fact, evidence(source)]
        text = f"The {name} of page {number} stands on it."
        source.state(world.manners["DocumentFact"], f"{name} of page {number}", text, claims)
    return source


def evidence(source: Source) -> str:
    """Return the claim of how a statement was checked."""
    return f'{source.world.writer.vocabulary.properties.evidenceNote}"{source.world.chance.pick(NOTES)}"@en'


def write_bibliography(report: Report) -> None:
    """Write a page that dates a report."""
    world, properties = report.world, report.properties
    page = write_page(world, "bibliography", world.chance.pick(report.bodies or world.roles))
    claims = [
        properties.about + report.document.iri,
        properties.publicationYear + report.terms.integer(report.year),
        evidence(page),
    ]
    text = f"{report.document.label} came out in {report.year}."
    page.state(world.manners["DocumentFact"], f"Year of {report.notation}", text, claims)


def write_pages(graph: str, report: Report, country: Country, number: int) -> list[str]:
    """Write pages that bear on a report, with up to three statements each; return the statements.

    Those in the graph `updates` came out after the report, and say since when something holds.
    """
    world, properties, terms, chance = report.world, report.properties, report.terms, report.world.chance
    found = []
    for _ in range(number):
        later = graph == "updates"
        year = min(LAST_YEAR, max(2022, report.year + 1)) if later else report.year - chance.below(4)
        day = f"{year}-{1 + chance.below(12):02}-{1 + chance.below(28):02}"
        page = write_page(world, graph, chance.pick(country.bodies), day if later or chance.likely(0.3) else "")
        page.place = country.place.iri
        concept = report.concept()
        dated = [properties.statedOnYear + terms.integer(year)]
        if later:
            dated += [
                properties.holdsFromYear + terms.integer(year),
                properties.statedOnDate + terms.typed(day, "date"),
            ]
            if chance.likely(0.5):
                dated += [properties.holdsFromDate + terms.typed(day, "date"), world.tables.exact]
        for kind, verb in (
            ("Finding", "grows"),
            ("Requirement", "ought to grow"),
            ("Measurement", "is put at a figure"),
        ):
            if chance.likely(0.4):
                continue
            claims = [evidence(page), *dated]
            if kind == "Measurement":
                claims += [
                    chance.pick(table) for table in (world.tables.statistic, world.tables.unit, world.tables.bound)
                ]
                claims.append(properties.value + terms.integer(1 + chance.below(900) % 100))
                claims.append(properties.quantity + concept.iri)
            else:
                claims.append(properties.about + concept.iri)
            text = f"In {country.place.label}, {concept.label} {verb}."
            found.append(page.state(world.manners[kind], f"{concept.label} {verb}", text, claims))
    return found
