"""Guards: rules beside the shapes, so that a check without findings is never one that looked at nothing."""

from rltkg.validation.guards.literals import literal_findings
from rltkg.validation.guards.placeholders import placeholder_findings
from rltkg.validation.guards.vacuity import vacuity_findings
from rltkg.validation.guards.vocabulary import Vocabulary, shape_findings, vocabulary_findings

__all__ = [
    "Vocabulary",
    "literal_findings",
    "placeholder_findings",
    "shape_findings",
    "vacuity_findings",
    "vocabulary_findings",
]
