"""A source that speaks: its sections and references, and the frame of every statement that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.generator import words

if TYPE_CHECKING:
    from benchmarks.generator.stock import Thing
    from benchmarks.generator.world import World


class Manner(NamedTuple):
    """How statements of one class are made.

    Every one has `topic`, some have others out of `topics`; `territory` and `specific` are the shares (0 to 1) of those
    that name a place and an indication.
    """

    kind: str
    slug: str
    topic: str
    topics: tuple[str, ...]
    modalities: tuple[str, ...]
    territory: float
    specific: float


class Source:
    """A document that makes statements, and the passages in which it makes them.

    With sections a passage lies in one of them and cites references; without, as in a page, it lies in the document.
    """

    def __init__(self, world: World, graph: str, document: Thing, name: str, days: tuple[str, str | None]) -> None:
        self.world, self.graph, self.document = world, graph, document
        vocabulary = world.writer.vocabulary
        properties, terms = vocabulary.properties, vocabulary.terms
        room = graph if graph in {"gov", "eur"} else "page"
        self.mark = name
        self.number = 0
        self.leaves: list[str] = []
        self.references: list[str] = []
        self._opening = terms.opening(room, f"{name}-")
        self._end = terms.end
        entered, checked = days
        # What all statements of the source have in common.
        self._frame = [
            properties.statedIn + document.iri,
            properties.enteredOn + terms.typed(entered, "date"),
            *([properties.checkedOn + terms.typed(checked, "date")] if checked else []),
        ]
        self._passages = 0
        self._passage = ""

    def iri(self, slug: str, number: int, width: int = 4) -> str:
        """Return the IRI of a node of this source."""
        return f"{self._opening}{slug}-{number:0{width}}{self._end}"

    def write_parts(self, notation: str, sections: int, references: int) -> None:
        """Write the sections, two deep, and the list of references; `notation` is the short name of the source."""
        world = self.world
        writer, chance, tables = world.writer, world.chance, world.tables
        properties, terms = writer.vocabulary.properties, writer.vocabulary.terms
        belongs = properties.sectionOf + self.document.iri
        order = above = below = 0
        chapter = ""
        while len(self.leaves) < sections:
            order += 1
            if not chapter or below > chance.below(4) + 1:
                above, below = above + 1, 0
                number, whole = f"{above}", []
                node = chapter = self.iri("section", above * 100, 4)
                kind = tables.section_kinds[0]
            else:
                below += 1
                number, whole = f"{above}.{below}", [properties.partOf + chapter]
                node = self.iri("section", above * 100 + below, 4)
                kind = chance.pick(tables.section_kinds)
                self.leaves.append(node)
            claims = [
                f'{properties.label}"{notation} {number}"@en', f'{properties.sectionNumber}"{number}"',
                properties.order + terms.integer(order), belongs, kind, *whole,
            ]  # fmt: skip
            writer.node("things", node, "Section", claims)
        listed = properties.referenceOf + self.document.iri
        for each in range(1, references + 1):
            entry = self.iri("reference", each)
            self.references.append(entry)
            claims = [
                f'{properties.label}"{notation} reference {each}"@en',
                properties.referenceNumber + terms.integer(each),
                listed,
            ]
            if world.documents and chance.likely(0.12):
                claims.append(properties.identifies + chance.pick(world.documents).iri)
            writer.node("things", entry, "Reference", claims)

    def passage(self) -> str:
        """Return where the next statement is printed: the place of the last one, or a new passage, which is written."""
        chance = self.world.chance
        if self._passage and chance.likely(0.42):
            return self._passage
        properties = self.world.writer.vocabulary.properties
        self._passages += 1
        node = self._passage = self.iri("passage", self._passages)
        if not self.leaves:
            self.world.writer.node(self.graph, node, "Passage", [properties.inDocument + self.document.iri])
            return node
        claims = [properties.inSection + chance.pick(self.leaves)]
        if chance.likely(0.46):
            claims.append(f'{properties.printedStrength}"{chance.pick(words.HEDGES)}"')
        draw = chance.random()
        if draw < 0.38:
            claims += [properties.citesReference + each for each in chance.some(self.references, 1 + int(draw * 8))]
        elif draw < 0.42:
            claims += [properties.inheritsReference + each for each in chance.some(self.references, 3)]
        self.world.writer.node(self.graph, node, "Passage", claims)
        return node

    def printed(self) -> list[str]:
        """Return the last passages so far, nine at most, in order."""
        return [self.iri("passage", each) for each in range(max(1, self._passages - 8), self._passages + 1)]

    def state(  # noqa: PLR0913 - what a statement is made of
        self,
        manner: Manner,
        label: str,
        text: str,
        claims: list[str],
        *,
        indication: str | None = None,
        place: str | None = None,
        verdict: str | None = None,
    ) -> str:
        """Write a statement and return its IRI.

        `indication` and `place` are IRIs; where they are None the shares of `manner` decide. An empty text means that
        the source names none.
        """
        world = self.world
        chance, tables = world.chance, world.tables
        properties = world.writer.vocabulary.properties
        self.number += 1
        node = f"{self._opening}{manner.slug}-{self.number:04}{self._end}"
        said = [
            f'{properties.label}"{label} ({self.mark}/{self.number})"@en',
            f'{properties.text}"{text}"@en',
            *self._frame,
            properties.passage + self.passage(),
            verdict or tables.affirmed,
            chance.pick(manner.modalities),
        ]
        if chance.likely(0.08) and (second := self.passage()) not in said[-3]:
            said.append(properties.passage + second)
        draw = chance.random()
        said.append(manner.topic)
        if draw > 0.35:
            said += chance.some(manner.topics, 1 + (draw > 0.85))
        if indication is None and chance.likely(manner.specific):
            indication = chance.early(world.indications).iri
        if indication:
            said.append(tables.open_list if draw > 0.98 else tables.specific)
            said.append(properties.indication + indication)
        else:
            said.append(tables.general if draw > 0.98 else tables.unspecified)
        if place is None and chance.likely(manner.territory):
            place = self.place
        said.append(properties.jurisdiction + place if place else tables.no_territory)
        said += claims
        draw = chance.random()
        if draw < 0.17:
            said.append(
                f'{properties.curatorNote}"Coded from the wording of passage {self._passages} of this source alone."@en'
            )
        elif draw < 0.24:
            said.append(f'{properties.timeWords}"{chance.pick(words.TIMES)}"')
        world.writer.node(self.graph, node, manner.kind, said)
        return node

    place = ""
    """The IRI of the territory that the source is about; empty where there is none."""
