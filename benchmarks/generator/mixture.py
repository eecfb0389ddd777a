"""How many statements of each class the two documents of the release have: the shares in generated reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.generator.claims import (
    activity,
    barrier,
    causal_link,
    example,
    finding,
    lack,
    policy_action,
    requirement,
    unknown,
)
from benchmarks.generator.evidence import (
    clinical_evidence,
    measurement,
    status_state,
    technical_property,
    term_use,
    used_in_practice,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.generator.report import Report

SURVEY: dict[Callable[[Report], str], int] = {
    finding: 102,
    requirement: 62,
    barrier: 58,
    term_use: 57,
    technical_property: 55,
    causal_link: 43,
    clinical_evidence: 28,
    policy_action: 17,
    measurement: 15,
    lack: 10,
    status_state: 10,
    used_in_practice: 10,
    activity: 6,
    example: 2,
    unknown: 1,
}
"""What writes a statement -> how many of them EUR has."""
COUNTRY: dict[Callable[[Report], str], int] = {
    finding: 56,
    causal_link: 42,
    requirement: 24,
    activity: 23,
    lack: 13,
    term_use: 10,
    measurement: 9,
    status_state: 6,
    barrier: 3,
    clinical_evidence: 3,
    example: 3,
    unknown: 2,
    used_in_practice: 2,
    technical_property: 1,
}
"""What writes a statement -> how many of them GOV has, beside what it says of documents and indicators."""
