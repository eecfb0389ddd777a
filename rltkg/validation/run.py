"""Validates a contribution: reads it, sees it in its context, judges it, and tells where each finding stands."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from rltkg.corpus import shipped
from rltkg.store import EmbeddedStore
from rltkg.validation.checks import read_checks, started
from rltkg.validation.context import affected, neighbourhood, triples_of
from rltkg.validation.guards import (
    Vocabulary,
    literal_findings,
    placeholder_findings,
    shape_findings,
    vacuity_findings,
    vocabulary_findings,
)
from rltkg.validation.judging import judge, judge_all
from rltkg.validation.locating import located
from rltkg.validation.reading import read
from rltkg.validation.report import Severity, ValidationReport, in_order
from rltkg.validation.shapes import read_shapes
from rltkg.validation.shapes.reach import reach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pyoxigraph import Store

    from rltkg.corpus import GraphFile, Release
    from rltkg.validation.reading import Contribution

    Place = str | PathLike[str]


def validate(  # noqa: PLR0913 - all but one are options, which have names
    paths: Place | Iterable[Place] = (),
    *,
    whole: bool = False,
    engine: str | None = None,
    shapes: Iterable[Path] | None = None,
    form: str | None = None,
    tell: Callable[[str, float], None] = lambda _what, _share: None,
) -> ValidationReport:
    """Check the contribution in `paths`, files or one (`-` is standard input, a folder stands for the files below it).

    It is seen together with the shipped graph: reported are findings about its nodes, and about nodes of the shipped
    graph on whose verdict it bears. With `whole` everything is judged, the shipped graph too, and `paths` may be empty.
    A file of the release in another version takes the place of the shipped one. `engine` is pyshacl or pyshifty
    (default: by size), `shapes` the shapes files (default: those shipped), `form` the suffix that tells the format of
    standard input. `tell` hears what comes next, and which share of the work is done by then, from 0 to 1.

    Raises InputError where a path is missing or tells no format, or where the engine cannot use the shapes;
    UnavailableError where the engine is not installed.
    """
    tell("reading the files", 0)
    contribution = read([paths] if isinstance(paths, str | PathLike) else paths, form)
    return examined(contribution, whole=whole, engine=engine, shapes=shapes, tell=tell)


def examined(
    contribution: Contribution,
    *,
    whole: bool = False,
    engine: str | None = None,
    shapes: Iterable[Path] | None = None,
    tell: Callable[[str, float], None] = lambda _what, _share: None,
) -> ValidationReport:
    """Check what has been read already, as `validate` does."""
    release = shipped()
    held = read_shapes(release.shapes if shapes is None else shapes)
    tell("putting them beside the shipped graph", 0.1)
    replaced = _replaced(release, contribution)
    store = _store(release, contribution, replaced)
    tell(f"judging {len(store) if whole else contribution.triples:,} triples by {len(held.targets)} shapes", 0.2)
    checks = [check for check in read_checks(release.checks) if whole or not check.of_release]
    if whole:
        nodes = None
        running = started(checks, store)
        found, focus_nodes, ran = judge_all(held, store, engine)
    else:
        far = reach(held)
        nodes = affected(contribution, far, store, [quad for file in replaced for quad in triples_of(file)])
        running = started(checks, store, {str(node) for node in nodes})
        triples = neighbourhood(nodes, far, store)
        found, focus_nodes, ran = judge(nodes, triples, held, engine)
        # Of nodes that the contribution only touches, hints are those of the shipped graph; it has nothing graver.
        own = {str(node) for node in contribution.subjects}
        found = [each for each in found if each.focus in own or each.severity > Severity.INFO]
    tell("looking at names and literals", 0.7)
    vocabulary = Vocabulary(store)
    beside = [
        *held.findings,
        *shape_findings(held, vocabulary),
        *contribution.findings,
        *literal_findings(contribution),
        *placeholder_findings(contribution),
        *vocabulary_findings(contribution, vocabulary),
        *vacuity_findings(contribution, held, focus_nodes, whole=whole),
    ]
    for number, check in enumerate(checks):
        tell(f"running the check {check.name}", 0.8 + 0.15 * number / len(checks))
        told = running.get()
        if isinstance(told, Exception):
            raise told
        beside += told
    tell("finding the lines", 0.95)
    sure = [each for each in (*beside, *found) if not contribution.leaves_open(each)]
    return ValidationReport(
        in_order(located(sure, contribution, store)),
        tuple(source.name for source in contribution.sources),
        ran.name,
        ran.version,
        triples=contribution.triples,
        nodes=_subjects(store) if nodes is None else len(nodes),
        focus_nodes=focus_nodes,
        checks=tuple(check.name for check in checks),
    )


def _store(release: Release, contribution: Contribution, replaced: list[GraphFile]) -> Store:
    """Return a store with the release and the contribution, each file of which has a named graph of its own."""
    store = EmbeddedStore.holding(file for file in release.files if file not in replaced).engine
    for number, source in enumerate(contribution.sources):
        graph = NamedNode(f"urn:contribution:{number}")
        store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in source.quads)
    return store


def _replaced(release: Release, contribution: Contribution) -> list[GraphFile]:
    """Return the files of the release of which a contributed one is another version, by its path below the top."""
    names = [f"/{source.name}".replace("\\", "/") for source in contribution.sources]
    below = {file: file.path.relative_to(release.root.resolve()).as_posix() for file in release.files}
    return [file for file, path in below.items() if any(name.endswith(f"/{path}") for name in names)]


def _subjects(store: Store) -> int:
    rows = store.query("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }", use_default_graph_as_union=True)
    return int(next(iter(rows))[0].value)  # type: ignore[arg-type]
