"""Notes of the project: comparisons of statements, and statements that a later one replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.generator.report import Report
    from benchmarks.generator.updates import Event
    from benchmarks.generator.world import World

REPLACED = {
    # class of the earlier statement: reasons why a later one replaces it
    "StatusState": ("licence-granted", "appraisal", "licence-ended"),
    "Position": ("new-edition", "document-replaced"),
    "Lack": ("new-body", "new-document"),
    "DocumentFact": ("new-edition",),
}


class Coder:
    """Writes project notes and numbers them."""

    def __init__(self, world: World) -> None:
        self.world = world
        properties = world.writer.vocabulary.properties
        terms = world.writer.vocabulary.terms
        self._frame = [properties.author + world.project.iri, properties.enteredOn + terms.typed("2026-11-21", "date")]
        self._comparisons = terms.opening("coding", "comparison-")
        self._supersessions = terms.opening("coding", "supersession-")
        self._counts = [0, 0]

    def compare(self, statements: list[str], where: str) -> None:
        """Set two statements or more against each other."""
        world = self.world
        properties = world.writer.vocabulary.properties
        self._counts[0] += 1
        number = self._counts[0]
        note = (
            f"The statements on {where} do not say the same, as comparison {number} shows; "
            "scope and wording account for some of it."
        )
        claims = [
            f'{properties.label}"{where}: comparison {number}"@en', f'{properties.note}"{note}"@en', *self._frame,
            world.chance.pick(world.tables.comparison), *(properties.compares + each for each in statements),
        ]  # fmt: skip
        world.writer.node(
            "coding", f"{self._comparisons}{number:06}{world.writer.vocabulary.terms.end}", "Comparison", claims
        )

    def compare_within(self, reports: list[Report], pages: list[str], number: int) -> None:
        """Write comparisons of statements of one class, in one report, across reports, or with a page."""
        chance = self.world.chance
        kinds = [[kind for kind, found in each.kinds.items() if len(found) > 1] for each in reports]
        for _ in range(number):
            place = chance.below(len(reports))
            if not kinds[place]:
                continue
            kind = chance.pick(kinds[place])
            found = chance.some(reports[place].kinds[kind], 2 + chance.below(3))
            draw = chance.random()
            other = reports[place - 1].kinds.get(kind)
            if draw < 0.1 and other and place:
                found = [found[0], chance.pick(other)]
            elif draw < 0.3 and pages:
                found = [found[0], chance.pick(pages)]
            self.compare(found, reports[place].where)

    def supersede(self, report: Report, events: list[Event]) -> None:
        """Let each event replace a statement of a report, another one each time, as long as there are any."""
        world, chance = self.world, self.world.chance
        vocabulary = world.writer.vocabulary
        properties, terms = vocabulary.properties, vocabulary.terms
        for place, event in enumerate(events):
            kind = list(REPLACED)[place % len(REPLACED)]
            earlier = report.kinds.get(kind)
            if not earlier:
                continue
            self._counts[1] += 1
            number = self._counts[1]
            note = f"What the report said has been overtaken by an act of {event.year}; see the page, {number}."
            extent = "partial" if chance.likely(0.6) else "full"
            claims = [
                f'{properties.label}"{report.where}, {event.year}: supersession {number}"@en',
                f'{properties.note}"{note}"@en',
                *self._frame,
                properties.earlier + earlier.pop(0),
                properties.later + event.statement,
                properties.sinceYear + terms.integer(event.year),
                vocabulary.code("supersessionExtent", f"supersession-extent-{extent}"),
                vocabulary.code("supersessionReason", f"supersession-reason-{chance.pick(REPLACED[kind])}"),
            ]
            if event.day:
                claims.append(properties.sinceDate + terms.typed(event.day, "date"))
            world.writer.node("coding", f"{self._supersessions}{number:06}{terms.end}", "Supersession", claims)
