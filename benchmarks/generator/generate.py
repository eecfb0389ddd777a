"""Puts a whole graph together: a stock of things, then pairs of reports with pages and notes, up to the last triple."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.generator.assessments import write_absences, write_assessments
from benchmarks.generator.chance import Chance
from benchmarks.generator.coding import Coder
from benchmarks.generator.documents import write_documents
from benchmarks.generator.mixture import COUNTRY, SURVEY
from benchmarks.generator.pages import write_bibliography, write_pages
from benchmarks.generator.report import Report
from benchmarks.generator.updates import open_record, write_ladder, write_open_question
from benchmarks.generator.world import World
from benchmarks.generator.writer import Writer
from rltkg.errors import InputError

if TYPE_CHECKING:
    from typing import BinaryIO

    from benchmarks.generator.world import Country
    from benchmarks.generator.writer import Observer

SMALLEST = 8_000
PAIR = 6_000
"""Triples that a country report and a survey come to, with their pages and notes."""
WHOLE = 21_000
"""Triples of a pair whose counts are those of the release: what makes a budget a scale."""
LAST = 64
"""With fewer triples left there is no room for a statement and its passages; notes fill it."""
YEARS = (2021, 2018, 2015, 2020, 2017, 2013, 2019, 2016, 2014, 2012, 2022, 2011, 2023, 2010, 2024)
COUNTRIES = 10
"""So many countries get a report for every year and domain before the next ones come in."""
DOMAINS = 5
_SURVEY = tuple(make for make, weight in SURVEY.items() for _ in range(weight))
_COUNTRY = tuple(make for make, weight in COUNTRY.items() for _ in range(weight))


class Outcome(NamedTuple):
    """What came out: the SHA-256 of the bytes, and the writer with its counts."""

    digest: str
    writer: Writer


def generate(
    stream: BinaryIO, triples: int, seed: int = 0, form: str = "nq", observers: tuple[Observer, ...] = ()
) -> Outcome:
    """Write a graph of exactly `triples` triples to `stream`, in `form` (nq, nt, trig or ttl).

    The same size and seed give the same bytes everywhere. An observer sees each node and may change it; what it adds
    or takes away is not made up for, so the rest of the graph stays the same. Raises InputError where `triples` is too
    small for one of everything.
    """
    if triples < SMALLEST:
        raise InputError(
            f"A graph of {triples:,} triples has no room for one of everything; ask for {SMALLEST:,} or more"
        )
    writer = Writer(stream, form)
    writer.observers += observers
    world = World(writer, Chance(seed))
    builder = _Builder(world, triples)
    pairs = max(2, round((triples - writer.planned) / PAIR))
    for number in range(1, pairs + 1):
        builder.write_pair(number, pairs - number + 1)
    builder.fill()
    return Outcome(writer.close(), writer)


class _Builder:
    """Writes pairs of reports within a budget."""

    def __init__(self, world: World, triples: int) -> None:
        self.world = world
        self.triples = triples
        self.coder = Coder(world)
        self.record = open_record(world)
        self.survey: Report

    @property
    def left(self) -> int:
        """How many triples are still to be written."""
        return self.triples - self.world.writer.planned

    def write_pair(self, number: int, to_come: int) -> None:
        """Write a country report and a survey with about the share of what is left that falls to them."""
        world, chance, writer = self.world, self.world.chance, self.world.writer
        start = writer.planned
        budget = self.left / to_come
        if to_come > 1:
            budget *= 0.7 + 0.6 * chance.random()
        scale = budget / WHOLE
        if chance.likely(0.4):
            world.indication(chance.early(world.indications))
        if chance.likely(0.2):
            world.medicine()
        country, where = self._write_country_report(number, scale)
        pages = write_pages("pages", country, where, 1 + chance.about(5 * scale))
        pages += write_pages("updates", country, where, 1 + chance.about(14 * scale))
        for _ in range(1 + chance.about(5 * scale)):
            self.coder.supersede(country, write_ladder(world, country, where))
        for _ in range(1 + chance.about(16 * scale)):
            write_open_question(self.record, where)
        survey = self.survey = Report(world, "eur", number, world.continent, country.year)
        survey.open(scale)
        write_bibliography(survey)
        for make in SURVEY:
            make(survey)
        for _ in range(chance.about(5 * scale)):
            document = chance.pick(world.documents)
            claims = [
                survey.properties.contentOf + document.iri,
                world.tables.about_rlt,
                chance.pick(world.tables.covered),
            ]
            claims.append(world.tables.includes)
            text = f"{document.label} includes radioligand therapy."
            survey.say("Position", f"A survey on {document.label}"[:110], text, claims)
        end = start + budget * 0.94
        while writer.planned < end:
            chance.pick(_SURVEY)(survey)
        self.coder.compare_within([country, survey], pages, 1 + chance.about(60 * scale))

    def fill(self) -> None:
        """Write statements of the last survey, then notes on them, until nothing is left."""
        chance, properties = self.world.chance, self.survey.properties
        while self.left > LAST:
            chance.pick(_SURVEY)(self.survey)
        statements = self.survey.statements
        for each in range(self.left):
            note = f'{properties.curatorNote}"Read once more, as note {each + 1} at the end of the graph."@en'
            self.world.writer.more("eur", statements[-1 - each % len(statements)], [note])

    def _write_country_report(self, number: int, scale: float) -> tuple[Report, Country]:
        world, chance = self.world, self.world.chance
        block, place = divmod(number - 1, COUNTRIES * len(YEARS) * DOMAINS)
        turn, column = divmod(place, COUNTRIES)
        country = world.country(block * COUNTRIES + column)
        report = Report(world, "gov", number, country.place, YEARS[turn % len(YEARS)])
        report.bodies, report.regions = country.bodies, country.regions
        report.open(scale)
        write_bibliography(report)
        stands = write_documents(report, scale)
        for make in COUNTRY:
            if report.first:
                make(report)
        for _ in range(chance.about(185 * scale)):
            chance.pick(_COUNTRY)(report)
        write_absences(report, 1 + chance.about(4 * scale))
        write_assessments(report, (turn // len(YEARS) + column + turn) % DOMAINS, stands)
        return report, country
