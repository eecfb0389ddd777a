"""Reasons about the shipped graph, or about files on top of it: consistency, classes, memberships, and why not."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from rltkg.corpus import shipped
from rltkg.corpus.prefixes import OWN, RDFS
from rltkg.errors import InputError
from rltkg.reasoning.logic.explaining import is_axiom, smallest_clash
from rltkg.reasoning.logic.prepared import TYPE, prepare
from rltkg.reasoning.logic.reasoner import classify, consistent, load, owlready
from rltkg.reasoning.logic.wording import in_words
from rltkg.validation.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from os import PathLike

    from pyoxigraph import Triple

    from rltkg.validation.places import Places
    from rltkg.validation.report import Location

_LABEL = RDFS + "label"


@dataclass(frozen=True)
class Clash:
    """One of the triples that cannot all be true: what it says, whether it is an axiom, and where it is written."""

    text: str
    axiom: bool
    triple: Triple
    place: Location | None


@dataclass
class Verdict:
    """What reasoning found.

    `clash` is empty where the graph is consistent. `unsatisfiable` are classes that can have no member; `gained`
    counts, for each class, the members that are stated nowhere. `declared` and `converted` tell how the graph was made
    ready (see Prepared); `triples` how many the reasoner got, `seconds` how long it took.
    """

    triples: int
    consistent: bool = True
    clash: list[Clash] = field(default_factory=list)
    unsatisfiable: list[str] = field(default_factory=list)
    gained: dict[str, int] = field(default_factory=dict)
    declared: list[str] = field(default_factory=list)
    converted: dict[str, int] = field(default_factory=dict)
    classified: bool = False
    seconds: float = 0.0

    @property
    def fine(self) -> bool:
        """Whether the graph is consistent and each of its classes can have a member."""
        return self.consistent and not self.unsatisfiable


def reason(
    paths: Iterable[str | PathLike[str]] = (),
    *,
    only_consistency: bool = False,
    tell: Callable[[str], None] = lambda _line: None,
) -> Verdict:
    """Return what follows from the shipped graph, with the triples of the files `paths` on top of it.

    Without `only_consistency` all classes and their members are found too, where the graph is consistent. Where it is
    not, the verdict has a minimal set of triples that clash. `tell` hears what comes next. Raises InputError where a
    file is missing or broken, UnavailableError where the reasoner is not installed or gives no verdict.
    """
    started = time.perf_counter()
    owlready()  # which says what is missing before anything is read
    contribution = read(list(paths))
    if broken := [each for each in contribution.findings if each.rule in ("syntax-error", "encoding")]:
        place = broken[0].location
        raise InputError(f"{place or 'the file'}: {broken[0].message}")
    files = [_near(file.path) for file in shipped().files]
    triples = [quad.triple for path in files for quad in parse(path=path, format=RdfFormat.TURTLE)]
    own = [quad.triple for source in contribution.sources for quad in source.quads]
    triples += own
    ready = prepare(triples)
    found = Verdict(len(ready.triples), declared=ready.declared, converted=ready.converted)
    tell(f"is it consistent? ({len(ready.triples):,} triples, HermiT)")
    found.consistent = consistent(ready.triples)
    if not found.consistent:
        tell("why not? (Pellet, then HermiT until nothing can be left out)")
        found.clash = _told(smallest_clash(ready.triples, own), triples, [*files, *paths], contribution.places)
    elif not only_consistency:
        tell("which classes have which members? (HermiT)")
        _classified(ready.triples, found)
    found.seconds = time.perf_counter() - started
    return found


def _near(path: Path) -> Path:
    """Return `path` as people would type it from here, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _told(
    units: Sequence[Sequence[Triple]], triples: list[Triple], files: list[str | PathLike[str]], own: Places
) -> list[Clash]:
    """Return `units` in words, each with its place in `files`, of which `own` has the added ones; facts come first."""
    labels = {
        each.subject.value: each.object.value
        for each in triples
        if each.predicate.value == _LABEL and isinstance(each.subject, NamedNode) and isinstance(each.object, Literal)
    }
    places = read(files).places
    named = {str(term) for unit in units for each in unit for term in (each.subject, each.object)}
    places.about({term for term in named if term.startswith("<")})
    found = []
    for unit in units:
        head = unit[0]
        if isinstance(head.subject, BlankNode):
            # It has no name to look for, but it names the property whose value it denies.
            denied = (str(each.object) for each in unit if each.predicate.value.endswith("#assertionProperty"))
            place = next(filter(None, map(own.naming, denied)), None)
        else:
            place = places.of(str(head.subject), head.predicate.value, str(head.object))
        found.append(Clash(in_words(unit, labels), is_axiom(list(unit)), head, place))
    return sorted(found, key=lambda each: (each.axiom, each.text))


def _classified(triples: list[Triple], found: Verdict) -> None:
    """Add to `found` the classes without possible members, and how many members each class gained."""
    stated = {
        (each.subject.value, each.object.value)
        for each in triples
        if each.predicate == TYPE and isinstance(each.subject, NamedNode) and isinstance(each.object, NamedNode)
    }  # fmt: skip
    world = load(triples)
    try:
        classify(world)
        nothing = "http://www.w3.org/2002/07/owl#Nothing"
        found.unsatisfiable = sorted({each.iri for each in world.inconsistent_classes()} - {nothing})
        gained: Counter[str] = Counter()
        for individual in world.individuals():
            for kind in individual.is_a:
                name = getattr(kind, "iri", "")
                if name.startswith(OWN) and (individual.iri, name) not in stated:
                    gained[name] += 1
    finally:
        world.close()
    found.gained = dict(sorted(gained.items()))
    found.classified = True
