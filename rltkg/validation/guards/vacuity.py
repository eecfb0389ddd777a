"""Whether anything was looked at: a check that finds nothing because it saw nothing is no check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.results.labels import last_part
from rltkg.validation.report import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rltkg.validation.reading import Contribution
    from rltkg.validation.shapes import Shapes

_GENERAL = ("http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2004/02/skos/core#")


def vacuity_findings(
    contribution: Contribution, shapes: Shapes, looked_at: Mapping[str, int], *, whole: bool
) -> Iterator[Finding]:
    """Find what makes the check empty: nothing in the files that a shape looks at, or a shape that looks at nothing.

    `looked_at` tells how many nodes each shape with targets looked at; with `whole` that of the whole graph, in which
    every shape should find something unless it says that it need not.
    """
    place = Location(contribution.sources[0].name) if contribution.sources else None
    if not shapes.targets:
        message = "No shape has a target, so none looks at anything; give a shape an sh:targetClass."
        yield Finding("shapes-without-target", Severity.VIOLATION, message)
    elif contribution.sources and not any(looked_at[shape] for shape in looked_at if not _general(shape, shapes)):
        message = "No shape looks at anything in these files; give the nodes a class (`a`) of the ontology."
        yield Finding("nothing-recognised", Severity.VIOLATION, message, location=place)
    elif whole:
        for shape, count in sorted(looked_at.items()):
            if not count and shape not in shapes.optional:
                name = last_part(shape.strip("<>"))
                message = f"The shape {name} found no node to look at; mend its target, or mark it rlt:targetOptional."
                yield Finding("shape-without-focus-node", Severity.VIOLATION, message, shape=shape.strip("<>"))


def _general(shape: str, shapes: Shapes) -> bool:
    """Say whether a shape looks at what any graph may have, such as a label, so that it recognises nothing as ours."""
    return all(target.strip("<>").startswith(_GENERAL) for _, target in shapes.targets[shape])
