"""What the shapes can complain of: each shape that a report may name, with each constraint that it has."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rltkg.corpus import shipped
from rltkg.validation.shapes import Shapes, read_shapes
from rltkg.validation.shapes.terms import PARAMETERS, SH

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCAL = "https://w3id.org/rltkg/shape/"
_NO_RESULT = {"property", "node"}  # these only lead on


@cache
def shapes() -> Shapes:
    """Return the shapes of the release."""
    return read_shapes(shipped().shapes)


def reported() -> set[str]:
    """Return the local names of the shapes with targets, and of the property shapes below them."""
    found: set[str] = set()
    border = {each.strip("<>") for each in shapes().targets}
    while border:
        found |= border
        rows = shapes().select("SELECT ?shape ?below { ?shape sh:property ?below }")
        border = {row[1].value for row in rows if row[0].value in border} - found
    return {each.removeprefix(LOCAL) for each in found}


@cache
def constraints() -> frozenset[tuple[str, str]]:
    """Return the local names of shape and constraint component of everything that a report may name."""
    return frozenset(_constraints())


def _constraints() -> Iterator[tuple[str, str]]:
    among = reported()
    for shape, predicate in shapes().select("SELECT ?shape ?predicate { ?shape ?predicate ?value }"):
        name = predicate.value.removeprefix(SH)
        if name in PARAMETERS and name not in _NO_RESULT and shape.value.removeprefix(LOCAL) in among:
            yield shape.value.removeprefix(LOCAL), PARAMETERS[name].removesuffix("ConstraintComponent")
