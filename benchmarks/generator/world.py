"""The things that statements are about: a stock that every graph opens with, and that grows as sources come in.

What is kept for later choice is bounded, so memory stays flat however many things are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.generator import words
from benchmarks.generator.framework import write_framework, write_graphs
from benchmarks.generator.manners import manners
from benchmarks.generator.mappings import match
from benchmarks.generator.stock import Stock, Thing

if TYPE_CHECKING:
    from benchmarks.generator.chance import Chance
    from benchmarks.generator.writer import Writer

KEPT = 1500
"""How many things of one sort are kept to choose from."""
EITHER = 12
"""One condition in so many holds if either of two others does."""
SIDES = ("Northern", "Southern", "Western", "Eastern")


class Country(NamedTuple):
    """A country with its regions and the bodies that act in it."""

    place: Thing
    regions: list[Thing]
    bodies: list[Thing]


class World(Stock):
    """All things that can be named, by sort."""

    def __init__(self, writer: Writer, chance: Chance) -> None:
        super().__init__(writer, chance)
        self.manners = manners(writer.vocabulary)
        self.indications: list[Thing] = []
        self.concepts: list[Thing] = []
        self.actors: list[Thing] = []
        self.conditions: list[Thing] = []
        self.countries: list[Country] = []
        self.documents: list[Thing] = []
        write_graphs(writer)
        self.project = self.named("Actor", "benchmark-project", "the generator", self.tables.actor_project)
        self.indicator_labels = write_framework(writer)
        self.indicators = list(self.indicator_labels)
        self.write_medicine()
        self.continent = self.named("Place", "continent", "the generated continent", self.tables.place_supranational)
        self.roles = [self.actor(role, self.tables.actor_role) for role in words.ROLES]
        for _ in range(60):
            self.concept()
        self.areas = self.concepts[:6]
        for _ in range(14):
            self.condition()
        tops = [self.indication() for _ in words.DISEASES]
        first = [self.indication(top) for top in tops[:6]]
        for above in first[:4]:
            self.indication(above)

    def keep_document(self, document: Thing) -> None:
        """Keep a document for later sources to name."""
        self._keep(self.documents, document, self.count("document"))

    def concept(self) -> Thing:
        """Write a new concept and keep it."""
        number = self.count("concept")
        label = words.concept(number)
        claims = []
        if self.chance.likely(0.35):
            text = f"What the sources take {label} to be, told in other words."
            claims.append(f'{self.properties.definition}"{text}"@en')
        if self.chance.likely(0.2):
            claims.append(f'{self.properties.altLabel}"{label} (C{number})"@en')
        found = self.thing("Concept", "concept", label, *claims, width=6)
        match(self.writer, self.chance, "Concept", found.iri, number)
        return self._keep(self.concepts, found, number)

    def actor(self, label: str, *claims: str) -> Thing:
        """Write a new actor and keep it."""
        number = self.count("actor")
        claims = claims or (self.chance.pick(self.tables.actor_kinds),)
        if self.chance.likely(0.6):
            claims = (*claims, f'{self.properties.altLabel}"A{number:05}"@en')
        found = self.thing("Actor", "actor", label, *claims, width=6)
        match(self.writer, self.chance, "Actor", found.iri, number)
        return self._keep(self.actors, found, number)

    def condition(self) -> Thing:
        """Write a new condition and keep it."""
        number = self.count("condition")
        kind = self.chance.pick(self.tables.condition_kinds)
        if number % EITHER == EITHER - 1:
            alternatives = [self.properties.alternative + each.iri for each in self.chance.some(self.conditions[:9], 2)]
            found = self.thing("AnyOf", "condition", f"either of two, {number}", kind, *alternatives)
        else:
            label = f"if {words.concept(number * 7)} is in place ({number})"
            found = self.thing("Condition", "condition", label, kind)
        return self._keep(self.conditions, found, number)

    def indication(self, above: Thing | None = None) -> Thing:
        """Write a new indication, below another or at the top, and keep it."""
        number = self.count("indication")
        if above is None:
            label, claims = words.DISEASES[number], []
        else:
            label = f"{words.STAGES[number % len(words.STAGES)]} {above.label}"[:90] + f", group {number}"
            claims = [self.properties.narrowerThan + above.iri, self.properties.broader + above.iri]
        if self.chance.likely(0.6):
            claims.append(f'{self.properties.altLabel}"IND{number:04}"@en')
        found = self.thing("Indication", "indication", label, *claims, width=4)
        match(self.writer, self.chance, "Indication", found.iri, number)
        return self._keep(self.indications, found, number)

    def country(self, number: int) -> Country:
        """Return a country; write it, with its regions and bodies, and those before it, when it is new."""
        while len(self.countries) <= number:
            self.countries.append(self._new_country(len(self.countries)))
        return self.countries[number]

    def _new_country(self, number: int) -> Country:
        name = words.country(number)
        inside = self.properties.locatedIn + self.continent.iri
        place = self.named("Place", f"country-{number:04}", name, self.tables.place_country, inside)
        match(self.writer, self.chance, "Place", place.iri, number)
        within = self.properties.locatedIn + place.iri
        regions = [
            self.named("Place", f"region-{number:04}-{each}", f"{side} {name}", self.tables.place_region, within)
            for each, side in enumerate(SIDES, start=1)
        ]
        kinds = self.tables.actor_bodies
        bodies = [self.actor(f"{name} {body}", kinds[each % len(kinds)]) for each, body in enumerate(words.BODIES)]
        self.actor(f"{name} Isotope Board", kinds[0], self.properties.renamedTo + bodies[0].iri)
        return Country(place, regions, bodies)

    @staticmethod
    def _keep(pool: list[Thing], found: Thing, number: int) -> Thing:
        if len(pool) < KEPT:
            pool.append(found)
        else:
            # The first ones stay, so that some things are named all over the graph and most only near their source.
            pool[KEPT // 3 + number % (KEPT - KEPT // 3)] = found
        return found
