"""How statements of each class are made: topics, modality, and how often place and indication are named.

The shares are those of the release of November 2026.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.generator.source import Manner

if TYPE_CHECKING:
    from benchmarks.generator.terms import Vocabulary

_CARE = ("treatment", "service-delivery", "guidelines", "diagnosis")
_POLICY = (
    "planning",
    "political-support",
    "funding",
    "governance",
    "research",
    "awareness",
    "leadership",
    "collaboration",
)
_ROWS = {
    # class: topic of all, topics of some, territory, specific, weights of asserted, hedged and normative
    "Activity": ("rlt", ("radiotherapy", *_POLICY), 0.87, 0.23, (1, 0, 0)),
    "Assessment": ("framework", ("rlt", "guidelines", "planning", "leadership"), 1.0, 0.0, (1, 0, 0)),
    "Barrier": (
        "rlt",
        ("awareness", "data", "team-working", "workforce", "infrastructure", "supply"),
        0.93,
        0.08,
        (25, 36, 0),
    ),
    "CausalLink": ("rlt", (*_CARE, *_POLICY), 0.56, 0.35, (57, 28, 0)),
    "ClinicalEvidence": ("evidence", ("rlt", "treatment", "survival", "imaging"), 0.1, 0.61, (23, 8, 0)),
    "DocumentContent": ("planning", ("rlt", "guidelines", "treatment", "funding", "appraisal"), 0.84, 0.44, (1, 0, 0)),
    "DocumentFact": (
        "guidelines",
        ("source-itself", "planning", "service-delivery", "radiotherapy"),
        0.66,
        0.36,
        (1, 0, 0),
    ),
    "DocumentRelation": ("source-itself", ("planning", "radiotherapy", "rlt"), 1.0, 0.0, (1, 0, 0)),
    "Endorsement": ("guidelines", ("treatment", "rlt"), 1.0, 1.0, (1, 0, 0)),
    "Example": ("radiotherapy", ("political-support", "collaboration", "team-working"), 0.4, 0.4, (1, 0, 0)),
    "Explanation": ("rlt", ("guidelines", "licensing", "appraisal"), 0.67, 1.0, (4, 1, 0)),
    "Finding": ("rlt", (*_CARE, *_POLICY, "epidemiology"), 0.5, 0.38, (132, 34, 0)),
    "Lack": ("rlt", ("political-support", "awareness", "planning", "rare-cancers"), 0.78, 0.52, (20, 3, 0)),
    "Measurement": ("epidemiology", ("radiotherapy", "funding", "infrastructure", "survival"), 0.54, 0.5, (1, 0, 0)),
    "NonExistence": ("planning", ("pathways", "rlt"), 0.75, 1.0, (1, 0, 0)),
    "PolicyAction": ("rlt", ("funding", "supply", "data", "workforce", "regulation"), 0.94, 0.06, (4, 0, 14)),
    "Position": ("rlt", ("guidelines", "treatment", "research", "pathways"), 0.81, 0.87, (1, 0, 0)),
    "Requirement": ("rlt", ("planning", "team-working", "research", "regulation", "evidence"), 0.66, 0.25, (9, 5, 76)),
    "StatusEvent": ("rlt", ("licensing", "appraisal", "supply"), 0.6, 0.7, (1, 0, 0)),
    "StatusState": ("rlt", ("imaging", "research", "licensing", "funding"), 0.4, 0.94, (1, 0, 0)),
    "TechnicalProperty": ("mechanism", ("rlt", "radioisotopes", "imaging", "waste"), 0.05, 0.12, (51, 6, 0)),
    "TermUse": ("terminology", ("rlt", "imaging", "treatment", "indication"), 0.03, 0.3, (68, 1, 0)),
    "Unknown": ("rlt", ("research", "funding", "guidelines"), 0.67, 0.33, (1, 0, 0)),
    "UsedInPractice": ("treatment", ("rlt", "guidelines", "radioisotopes"), 0.33, 0.83, (1, 0, 0)),
}


def manners(vocabulary: Vocabulary) -> dict[str, Manner]:
    """Return the manner of each class of statements, by its name."""
    modalities = [vocabulary.code("modality", f"modality-{each}") for each in ("asserted", "hedged", "normative")]
    found = {}
    for kind, (topic, topics, territory, specific, weights) in _ROWS.items():
        slug = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in kind)[1:]
        picks = tuple(each for each, weight in zip(modalities, weights, strict=True) for _ in range(weight))
        codes = tuple(vocabulary.code("topic", f"topic-{each}") for each in topics)
        found[kind] = Manner(kind, slug, vocabulary.code("topic", f"topic-{topic}"), codes, picks, territory, specific)
    return found
