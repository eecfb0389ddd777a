"""Whether anything was looked at: a check that finds nothing because it saw nothing is no check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.results.labels import last_part
from rltkg.validation.report import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rltkg.validation.reading import Contribution
    from rltkg.validation.shapes import Shapes


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
    elif not any(looked_at.values()) and contribution.sources:
        message = "No shape looks at anything in these files; give the nodes a class (`a`) of the ontology."
        yield Finding("nothing-recognised", Severity.VIOLATION, message, location=place)
    elif whole:
        for shape, count in sorted(looked_at.items()):
            if not count and shape not in shapes.optional:
                name = last_part(shape.strip("<>"))
                message = f"The shape {name} found no node to look at; mend its target, or mark it rlt:targetOptional."
                yield Finding("shape-without-focus-node", Severity.VIOLATION, message, shape=shape.strip("<>"))
