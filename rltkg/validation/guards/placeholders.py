"""What a template leaves to be filled in: a file that still holds it says nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.results.labels import last_part
from rltkg.results.names import OWN, short
from rltkg.validation.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg.validation.reading import Contribution

BLANK = "FILL-IN"  # what templates put wherever something must be put


def placeholder_findings(contribution: Contribution) -> Iterator[Finding]:
    """Find subjects, once each, and values in which the placeholder of a template is left."""
    for source in contribution.sources:
        seen = set()
        for quad in source.quads:
            subject, value = str(quad.subject), str(quad.object)
            if BLANK in subject and subject not in seen:
                seen.add(subject)
                message = f"{short(subject.strip('<>'))} is the name that the template gives; choose one of your own."
                yield Finding("placeholder", Severity.VIOLATION, message, focus=subject)
            if BLANK in value:
                path = quad.predicate.value
                name = short(path) if path.startswith(OWN) else last_part(path)
                message = f"Put the value of {name} in the place of {BLANK}, or take the line out."
                yield Finding("placeholder", Severity.VIOLATION, message, focus=subject, path=path, value=value)
