"""What the release holds, as templates show it: an example of each kind, and the names that lists offer."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from rltkg.results.names import short
from rltkg.sheets.columns import Heading, Text
from rltkg.sheets.writing import TYPE, cells_of, id_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from rltkg.corpus import Release
    from rltkg.sheets.kinds import Kind

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
Example = tuple[str, dict[Heading, str]]


class Shipped:
    """The nodes of a release, by class."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.about: dict[str, list[Triple]] = defaultdict(list)
        self.members: dict[str, list[str]] = defaultdict(list)
        for triple in triples:
            self.about[triple.subject.value].append(triple)  # type: ignore[union-attr]
            if triple.predicate.value == TYPE:
                self.members[triple.object.value].append(triple.subject.value)  # type: ignore[union-attr]

    @classmethod
    def of(cls, release: Release) -> Shipped:
        """Return what the data of `release` hold. Raises what `Release.files` raises."""
        files = [file for file in release.files if not file.graph.endswith("/graph/ontology")]
        return cls(quad.triple for file in files for quad in parse(path=str(file.path), format=RdfFormat.TURTLE))

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {
            iri: triple.object.value  # type: ignore[union-attr]
            for iri, about in self.about.items()
            for triple in about
            if triple.predicate.value == LABEL
        }

    @cached_property
    def _bearers(self) -> Counter[str]:
        return Counter(label.casefold() for label in self._labels.values())

    def names(self, kinds: Iterable[Kind]) -> list[str]:
        """Return how the nodes of `kinds` are called, sorted: by label, by id where the label is not theirs alone."""
        iris = [iri for kind in kinds for iri in self.members[kind.iri]]
        named = ((self._labels.get(iri), iri) for iri in iris)
        found = [label if label and self._bearers[label.casefold()] == 1 else short(iri) for label, iri in named]
        return sorted(found, key=str.casefold)

    def chosen(self, wanted: Iterable[Kind]) -> dict[str, str]:
        """Return for each kind, by name, the node that serves as its example; none where the release holds none.

        Preferred is what an example before it names, then what names one, then what stands on a public page, then what
        says most.
        """
        found: dict[str, str] = {}
        named: set[str] = set()
        for kind in wanted:
            nodes = [iri for iri in self.members[kind.iri] if self._fits(iri, kind)]
            if nodes:
                best = max(nodes, key=lambda iri: self._rank(iri, named, set(found.values())))
                found[kind.name] = best
                named |= self._names(best)
        return found

    def examples(self, wanted: Iterable[Kind]) -> dict[str, Example]:
        """Return for each kind, by name, the id cell and the cells of an example."""
        wanted = list(wanted)
        chosen = self.chosen(wanted)
        return {kind.name: self._example(kind, chosen.get(kind.name)) for kind in wanted}

    def _example(self, kind: Kind, iri: str | None) -> Example:
        if iri is None:
            return _made_up(kind)
        cells, _ = cells_of(kind, (each for each in self.about[iri] if each.predicate.value not in dict(kind.preset)))
        return id_cell(iri, kind), cells

    def _fits(self, iri: str, kind: Kind) -> bool:
        held = {(triple.predicate.value, getattr(triple.object, "value", "")) for triple in self.about[iri]}
        return held.issuperset(kind.preset)

    def _rank(self, iri: str, named: set[str], chosen: set[str]) -> tuple[bool, bool, bool, bool, int, str]:
        said = len({triple.predicate for triple in self.about[iri]})
        return (iri not in chosen, iri in named, bool(chosen & self._names(iri)), "/page/" in iri, said, iri)

    def _names(self, iri: str) -> set[str]:
        return {triple.object.value for triple in self.about[iri] if isinstance(triple.object, NamedNode)}


def _made_up(kind: Kind) -> Example:
    """Return an example of a kind of which the release holds none: its label alone, where that is text."""
    cells = {
        Heading(column, column.value.language): f"{kind.label} of which the release has none yet"
        for column in kind.columns
        if column.iri == LABEL and isinstance(column.value, Text)
    }
    return f"example-{kind.name}", cells


def shipped_nodes() -> Shipped:
    """Return what the shipped release holds."""
    from rltkg.corpus import shipped

    return Shipped.of(shipped())
