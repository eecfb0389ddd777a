"""What came after the reports: the way of products from licence to delivery, and what nobody could find out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.generator.pages import CHECKED, LAST_YEAR, evidence, write_page
from benchmarks.generator.source import Source

if TYPE_CHECKING:
    from benchmarks.generator.report import Report
    from benchmarks.generator.world import Country, World

LADDER = (
    # step, share, authority by its place among the bodies of a country
    ("licensed", 1.0, 3),
    ("appraised", 0.7, 0),
    ("recommended", 0.5, 0),
    ("commissioned", 0.4, 11),
)
RUNGS = ("licensed", "appraised", "recommended", "commissioned", "delivered")


class Event(NamedTuple):
    """A later statement: its IRI, the year and the day (empty where not known) from which it holds."""

    statement: str
    year: int
    day: str


def write_ladder(world: World, report: Report, country: Country) -> list[Event]:
    """Write on pages how a product went from licence to delivery in a country after a report; return the events."""
    properties, terms, chance, tables = report.properties, report.terms, world.chance, world.tables
    product, disease = chance.pick(world.products), chance.early(world.indications)
    year = min(LAST_YEAR, max(2022, report.year + 1))
    events: list[Event] = []
    for step, share, body in LADDER:
        if not chance.likely(share):
            continue
        said = "not-recommended" if step == "recommended" and chance.likely(0.3) else step
        authority = country.bodies[body]
        page = write_page(world, "updates", authority)
        claims = [properties.concerns + product.iri, tables.step[said], properties.eventYear + terms.integer(year)]
        day = ""
        draw = chance.random()
        month = f"{year}-{1 + chance.below(12):02}"
        if draw < 0.55:
            day = f"{month}-{1 + chance.below(28):02}"
            claims += [properties.eventDate + terms.typed(day, "date"), tables.exact]
            claims += [
                properties.statedOnDate + terms.typed(day, "date"),
                properties.statedOnYear + terms.integer(year),
            ]
        elif draw < 0.75:
            claims += [properties.eventMonth + terms.typed(month, "gYearMonth"), tables.month]
        else:
            claims.append(tables.year)
        claims.append(properties.authority + authority.iri if chance.likely(0.8) else report.silent("authority"))
        if chance.likely(0.4):
            claims += [properties.eligibility + each.iri for each in chance.some(world.conditions, 1 + chance.below(3))]
        if chance.likely(0.15):
            claims.append(tables.wide)
        claims.append(evidence(page))
        text = f"In {year}, {product.label} was {said.replace('-', ' ')} in {disease.label} in {country.place.label}."
        label = f"{product.label}: {said.replace('-', ' ')}, {year}"
        node = page.state(
            world.manners["StatusEvent"], label, text, claims, indication=disease.iri, place=country.place.iri
        )
        events.append(Event(node, year, day))
        year = min(LAST_YEAR, year + chance.below(2))
    return events


def write_open_question(record: Source, country: Country) -> None:
    """Write in the record of checks what could not be found out, and what would settle it."""
    world = record.world
    vocabulary, chance = world.writer.vocabulary, world.chance
    properties = vocabulary.properties
    product, rung = chance.pick(world.products), chance.pick(RUNGS)
    claims = [
        properties.concerns + product.iri,
        vocabulary.code("onRung", f"rung-{rung}"),
        f'{properties.openQuestion}"Is {product.label} {rung} in {country.place.label}?"@en',
        f'{properties.settledBy}"A page of the authority of {country.place.label} that names the product."@en',
        f'{properties.evidenceNote}"Searched for and not found."@en',
    ]
    text = f"Whether {product.label} is {rung} in {country.place.label} could not be found out."
    record.state(
        world.manners["Unknown"],
        f"{product.label}: {rung}?",
        text,
        claims,
        place=country.place.iri,
        verdict=world.tables.open,
    )


def open_record(world: World) -> Source:
    """Write the dataset in which open questions are recorded, and return it as a source."""
    vocabulary = world.writer.vocabulary
    document = world.thing(
        "Document", "record", "record of checks of the generated graph",
        f'{vocabulary.properties.title}"Record of checks"',
        vocabulary.code("documentKind", "document-kind-dataset"),
        width=1,
    )  # fmt: skip
    return Source(world, "updates", document, "record", (CHECKED, CHECKED))
