"""The stock of medicine that every graph opens with: therapies, procedures, nuclides, substances, products."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.generator import words
from benchmarks.generator.mappings import match
from benchmarks.generator.tables import Tables

if TYPE_CHECKING:
    from benchmarks.generator.chance import Chance
    from benchmarks.generator.writer import Writer

MEDICINES = 4
RADIATIONS = ("alpha", "beta", "gamma")


class Thing(NamedTuple):
    """A thing as statements name it: its IRI as written, and its label."""

    iri: str
    label: str


class Stock:
    """Things by sort, and how a new one is written."""

    def __init__(self, writer: Writer, chance: Chance) -> None:
        self.writer = writer
        self.chance = chance
        self.tables = Tables(writer.vocabulary)
        self.properties = writer.vocabulary.properties
        self.terms = writer.vocabulary.terms
        self._numbers: dict[str, int] = {}
        self.substances: list[Thing] = []
        self.products: list[Thing] = []

    def thing(self, kind: str, sort: str, label: str, *claims: str, width: int = 5) -> Thing:
        """Write a new thing of class `kind` whose IRI is `sort` and the next number of that sort."""
        number = self._numbers[sort] = self._numbers.get(sort, 0) + 1
        return self.named(kind, f"{sort}-{number:0{width}}", label, *claims)

    def named(self, kind: str, local: str, label: str, *claims: str) -> Thing:
        """Write a new thing with an IRI of its own choice."""
        iri = self.terms.iri("thing", local)
        self.writer.node("things", iri, kind, [f'{self.properties.label}"{label}"@en', *claims])
        return Thing(iri, label)

    def count(self, sort: str) -> int:
        """Return how many things of a sort there are."""
        return self._numbers.get(sort, 0)

    def medicine(self) -> None:
        """Write a new substance with its nuclide and ligand, and a product that holds it."""
        number = self.count("substance")
        nuclide, ligand = self.nuclides[number % len(self.nuclides)], self.ligands[number % len(self.ligands)]
        made = (self.properties.hasNuclide + nuclide.iri, self.properties.hasLigand + ligand.iri)
        substance = self.thing("Substance", "substance", f"{nuclide.label} benchtide {number}", *made, width=4)
        match(self.writer, self.chance, "Substance", substance.iri, number)
        held = self.properties.activeSubstance + substance.iri
        self.substances.append(substance)
        self.products.append(self.thing("Product", "product", f"Benchvia {number}", held, width=4))

    def write_medicine(self) -> None:
        """Write the stock: one therapy that all sources speak of, eight others, and what they are made of."""
        properties = self.properties
        self.therapy = self.named("Therapy", "radioligand-therapy", "radioligand therapy (generated)")
        self.imaging = [self.named("DiagnosticProcedure", "imaging", "imaging (generated)")]
        below = properties.kindOfProcedure + self.imaging[0].iri
        self.imaging += [
            self.thing("DiagnosticProcedure", "scan", f"scan of type {each}", below) for each in range(1, 6)
        ]
        self.procedures = [self.named("Procedure", "imaging-and-therapy", "imaging and therapy in one (generated)")]
        self.radiations = [
            self.named("Radiation", f"radiation-{each}", f"{each} radiation (generated)") for each in RADIATIONS
        ]
        self.nuclides = [self._nuclide(each) for each in range(6)]
        self.targets = [self.thing("Target", "target", f"receptor {each}", width=2) for each in range(1, 4)]
        self.ligands = [
            self.thing("Ligand", "ligand", f"ligand {each + 1}", properties.bindsTo + target.iri, width=2)
            for each, target in enumerate([*self.targets, self.targets[0]])
        ]
        for _ in range(MEDICINES):
            self.medicine()
        uses = [properties.usesSubstance + each.iri for each in self.substances]
        self.therapies = [self.therapy]
        self.therapies += [
            self.thing(
                "Therapy", "therapy", f"radionuclide therapy of type {each + 1}", uses[each % MEDICINES], width=3
            )
            for each in range(8)
        ]
        for each, therapy in enumerate(self.therapies):
            match(self.writer, self.chance, "Therapy", therapy.iri, each)
        for each, procedure in enumerate(self.imaging):
            match(self.writer, self.chance, "DiagnosticProcedure", procedure.iri, each)

    def _nuclide(self, number: int) -> Thing:
        emits = self.properties.emits + self.radiations[number % len(self.radiations)].iri
        half_life = self.properties.halfLifeHours + self.terms.decimal(f"{6 + 13 * number}.5")
        return self.thing("Nuclide", "nuclide", words.isotope(number), emits, half_life, width=2)
