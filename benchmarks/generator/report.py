"""A report, the larger kind of source: a paper on one country, domain and year, or a survey of the continent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.generator.source import Source

if TYPE_CHECKING:
    from benchmarks.generator.stock import Thing
    from benchmarks.generator.terms import Properties, Terms
    from benchmarks.generator.world import World

ENTERED = ("2026-02-03", "2026-03-17", "2026-05-05", "2026-06-22", "2026-08-11", "2026-10-06", "2026-11-21")


class Report(Source):
    """A source with sections; `where` names its territory, `year` is the year in which it came out."""

    def __init__(self, world: World, graph: str, number: int, place: Thing, year: int) -> None:
        self.properties: Properties = world.writer.vocabulary.properties
        self.terms: Terms = world.writer.vocabulary.terms
        self.notation = f"{graph.upper()}{number:05}"
        self.first = number == 1
        self.year = year
        self.where = place.label
        self.place = place.iri
        kind, title = ("working-paper", "Readiness") if graph == "gov" else ("report", "A survey of readiness")
        document = world.thing(
            "Document",
            f"{graph}-report",
            f"{title} for radioligand therapy in {place.label}, {year} ({self.notation})",
            f'{self.properties.title}"{title} for radioligand therapy in {place.label}"',
            f'{self.properties.notation}"{self.notation}"',
            self.properties.publicationYear + self.terms.integer(year),
            world.writer.vocabulary.code("documentKind", f"document-kind-{kind}"),
            world.writer.vocabulary.code("usesSense", "sense-wide" if graph == "eur" else "sense-strict"),
            self.silent("publisher", world),
            self.silent("appliesIn", world),
        )
        super().__init__(world, graph, document, f"report-{number:05}", (ENTERED[number % len(ENTERED)], None))
        self.mark = self.notation
        self.bodies: list[Thing] = []
        self.regions: list[Thing] = [place]
        self.assessments: list[str] = []
        self.statements: list[str] = []
        self.kinds: dict[str, list[str]] = {}
        self.last_requirement = ""
        self._concepts: list[Thing] = []
        self._actions = 0

    def open(self, scale: float) -> None:
        """Write the sections and references, and the concepts and conditions that the report brings with it."""
        chance, world = self.world.chance, self.world
        self.write_parts(self.notation, 4 + chance.about(12 * scale), 6 + chance.about(55 * scale))
        self._concepts = [world.concept() for _ in range(2 + chance.about(125 * scale))]
        for _ in range(chance.about(11 * scale)):
            world.condition()
        for each in range(chance.about(34 * scale)):
            world.actor(f"{self.where} working group {each + 1} of {self.notation}")

    def say(  # noqa: PLR0913 - what a statement is made of
        self, kind: str, label: str, text: str, claims: list[str], *,
        indication: str | None = None, place: str | None = None, verdict: str | None = None,
    ) -> str:  # fmt: skip
        """Write a statement of a class and remember it; `Source.state` tells what the arguments are.

        The first one of a class names an indication and a place, so that every graph has something to ask for.
        """
        if self.first and kind not in self.kinds:
            indication = indication or self.world.chance.early(self.world.indications).iri
            place = place or self.place
        node = self.state(
            self.world.manners[kind], label, text, claims, indication=indication, place=place, verdict=verdict
        )
        self.statements.append(node)
        self.kinds.setdefault(kind, []).append(node)
        return node

    def concept(self) -> Thing:
        """Return a concept of this report as a rule, else one of all."""
        chance = self.world.chance
        return chance.pick(self._concepts) if chance.likely(0.6) else chance.early(self.world.concepts)

    def actor(self) -> Thing:
        """Return a body of the country as a rule, else an actor of all."""
        chance = self.world.chance
        return chance.pick(self.bodies) if self.bodies and chance.likely(0.6) else chance.early(self.world.actors)

    def earlier(self) -> str:
        """Return a statement that the report has made, or nothing where it has made none."""
        return self.world.chance.pick(self.statements) if self.statements else ""

    def since(self) -> list[str]:
        """Return since when something holds, a year before the report, and perhaps until when."""
        year = self.year - self.world.chance.below(8)
        claims = [self.properties.holdsFromYear + self.terms.integer(year), self.world.tables.year]
        if self.world.chance.likely(0.1):
            claims.append(self.properties.holdsUntilYear + self.terms.integer(year + 1))
        return claims

    def next_action(self) -> int:
        """Return the next number in the list of actions."""
        self._actions += 1
        return self._actions

    def silent(self, name: str, world: World | None = None) -> str:
        """Return the claim that a property is not stated."""
        return (world or self.world).writer.vocabulary.silent(name)
