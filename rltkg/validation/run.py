"""Validates a contribution: reads it, sees it in its context, judges it, and tells where each finding stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad

from rltkg.corpus import shipped
from rltkg.store import EmbeddedStore
from rltkg.validation.checks import read_checks
from rltkg.validation.context import affected, as_ntriples, neighbourhood
from rltkg.validation.engines import engine as engine_called
from rltkg.validation.engines.results import findings as results_of
from rltkg.validation.guards import (
    Vocabulary,
    literal_findings,
    shape_findings,
    vacuity_findings,
    vocabulary_findings,
)
from rltkg.validation.locating import located
from rltkg.validation.reading import read
from rltkg.validation.report import Severity, ValidationReport, in_order
from rltkg.validation.shapes import read_shapes
from rltkg.validation.shapes.focus import focus_among, focus_in
from rltkg.validation.shapes.reach import reach

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Store

    from rltkg.corpus import GraphFile, Release
    from rltkg.validation.engines import Engine
    from rltkg.validation.reading import Contribution
    from rltkg.validation.report import Finding
    from rltkg.validation.shapes import Shapes

    Place = str | os.PathLike[str]


def validate(
    paths: Iterable[Place] = (),
    *,
    whole: bool = False,
    engine: str | None = None,
    shapes: Iterable[Path] | None = None,
    form: str | None = None,
) -> ValidationReport:
    """Check the contribution in the files `paths` (`-` is standard input, a folder stands for the files below it).

    It is seen together with the shipped graph: reported are findings about its nodes, and about nodes of the shipped
    graph on whose verdict it bears. With `whole` everything is judged, the shipped graph too, and `paths` may be empty.
    A file of the release in another version takes the place of the shipped one. `engine` is pyshacl or pyshifty
    (default: by size), `shapes` the shapes files (default: those shipped), `form` the suffix that tells the format of
    standard input. Raises InputError where a path is missing or tells no format, or where the engine cannot use the
    shapes; UnavailableError where the engine is not installed.
    """
    release = shipped()
    contribution = read(paths, form)
    held = read_shapes(release.shapes if shapes is None else shapes)
    store = _store(release, contribution)
    found, focus_nodes, nodes, ran = _judge(contribution, held, store, whole=whole, name=engine)
    vocabulary = Vocabulary(store)
    beside = [
        *held.findings,
        *shape_findings(held, vocabulary),
        *contribution.findings,
        *literal_findings(contribution),
        *vocabulary_findings(contribution, vocabulary),
        *vacuity_findings(contribution, held, focus_nodes, whole=whole),
    ]
    checks = [check for check in read_checks(release.checks) if whole or not check.of_release]
    only = None if whole else {str(node) for node in nodes}
    beside += [finding for check in checks for finding in check.run(store, only)]
    return ValidationReport(
        in_order(located([*beside, *found], contribution, store)),
        tuple(source.name for source in contribution.sources),
        ran.name,
        ran.version,
        triples=contribution.triples,
        nodes=len(nodes),
        focus_nodes=focus_nodes,
        checks=tuple(check.name for check in checks),
    )


def _store(release: Release, contribution: Contribution) -> Store:
    """Return a store with the release and the contribution, each file of which has a named graph of its own."""
    names = [source.name for source in contribution.sources]
    kept = [file for file in release.files if not any(_replaces(name, file, release) for name in names)]
    store = EmbeddedStore.holding(kept).engine
    for number, source in enumerate(contribution.sources):
        graph = NamedNode(f"urn:contribution:{number}")
        store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in source.quads)
    return store


def _replaces(name: str, file: GraphFile, release: Release) -> bool:
    """Say whether the contributed file is another version of a file of the release, by its path below the top."""
    below = file.path.relative_to(release.root.resolve()).as_posix()
    return name.replace("\\", "/").endswith(f"/{below}") or name.replace("\\", "/") == below


def _judge(
    contribution: Contribution, shapes: Shapes, store: Store, *, whole: bool, name: str | None
) -> tuple[list[Finding], dict[str, int], set[NamedNode | BlankNode], Engine]:
    """Return what the engine finds, how many nodes each shape looked at, the nodes in question, and the engine."""
    far = reach(shapes)
    if whole:
        nodes = {quad.subject for quad in store}
        triples = {quad.triple for quad in store}
    else:
        nodes = affected(contribution, far, store)
        triples = neighbourhood(nodes, far, store)
    ran = engine_called(name, len(triples))
    asked = {str(node) for node in nodes}
    focus_nodes = focus_in(shapes, store) if whole else focus_among(shapes, triples, asked)
    if not any(focus_nodes.values()):
        return [], focus_nodes, nodes, ran
    found = results_of(ran.run(as_ntriples(triples), shapes.ntriples), shapes)
    if not whole:
        # Of nodes that the contribution only touches, hints are those of the shipped graph; it has nothing graver.
        own = {str(node) for node in contribution.subjects}
        found = [each for each in found if each.focus in own or (each.focus in asked and each.severity > Severity.INFO)]
    return found, focus_nodes, nodes, ran
