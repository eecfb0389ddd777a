"""Literals as they are written: no parser or store may have repaired or rewritten them before."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, Store

from rltkg.nearest import sayable
from rltkg.validation.report import Finding, Severity, Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad

    from rltkg.validation.reading import Contribution

XSD = "http://www.w3.org/2001/XMLSchema#"
_FRACTION = re.compile(r"\.([0-9]+)")
_PLAIN = {XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}
# The datatypes that the engine of this project compares and every store knows.
TYPES = {
    XSD + name: example
    for name, example in {
        "integer": "2021",
        "decimal": "1.5",
        "boolean": "true",
        "date": "2021-09-09",
        "dateTime": "2021-09-09T12:00:00Z",
        "time": "12:00:00",
        "gYear": "2021",
        "gYearMonth": "2021-09",
        "double": "1.5",
        "float": "1.5",
        "duration": "P1Y",
        "dayTimeDuration": "P1D",
        "yearMonthDuration": "P1Y",
    }.items()
}


def literal_findings(contribution: Contribution) -> Iterator[Finding]:
    """Find literals whose form their datatype does not know, that a store would rewrite, or of no usual datatype."""
    for source in contribution.sources:
        for quad in source.quads:
            if isinstance(quad.object, Literal) and quad.object.datatype.value not in _PLAIN:
                yield from _judge(quad, quad.object)


def _judge(quad: Quad, literal: Literal) -> Iterator[Finding]:
    datatype = literal.datatype.value
    name = f"xsd:{datatype.removeprefix(XSD)}" if datatype.startswith(XSD) else f"<{datatype}>"

    def found(rule: str, severity: Severity, message: str, suggestion: Suggestion | None = None) -> Finding:
        return Finding(
            rule,
            severity,
            message,
            focus=str(quad.subject),
            path=quad.predicate.value,
            value=str(literal),
            suggestion=suggestion,
        )

    if datatype not in TYPES:
        known = ", ".join(f"xsd:{each.removeprefix(XSD)}" for each in TYPES)
        yield found("unknown-datatype", Severity.WARNING, f"Stores may not compare {name}; use one of {known}.")
        return
    canonical = _canonical(literal.value, datatype)
    if canonical is None:
        message = f"{sayable(literal.value)} is no {name}; write it as {TYPES[datatype]!r} is written."
        yield found("ill-typed-literal", Severity.VIOLATION, message)
    elif canonical != literal.value:
        message = (
            f"Stores rewrite {sayable(literal.value)} as {canonical!r}, so the file and the store differ; write that."
        )
        safe = _says_the_same(literal.value, canonical, datatype)
        repair = Suggestion(literal.value, canonical, f"write {canonical!r}", safe=safe)
        yield found("non-canonical-literal", Severity.VIOLATION, message, repair)


def _says_the_same(value: str, canonical: str, datatype: str) -> bool:
    """Say whether the engine has not rounded: it keeps a limited number of digits."""
    name = datatype.removeprefix(XSD)
    if name in {"integer", "decimal"}:
        return Decimal(value) == Decimal(canonical)
    if name in {"double", "float"}:
        return value.strip().upper() == canonical.upper() or Decimal(value) == Decimal(canonical)
    return [*filter(None, (part.rstrip("0") for part in _FRACTION.findall(value)))] == _FRACTION.findall(canonical)


@cache
def _canonical(value: str, datatype: str) -> str | None:
    """Return the form in which the engine keeps the literal; None where its form is none of its datatype."""
    query = f"SELECT (<{datatype}>({Literal(value)}) AS ?cast) {{}}"
    cast = next(iter(_engine().query(query)))[0]  # type: ignore[arg-type]
    return None if cast is None else cast.value


@cache
def _engine() -> Store:
    return Store()
