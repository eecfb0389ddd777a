"""Codes to pick from, each as often as in the release of November 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.generator.terms import Vocabulary


class Tables:
    """Claims with codes, ready to write; a tuple is to pick from."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        code, codes = vocabulary.code, vocabulary.codes
        self.place_supranational = code("placeKind", "place-kind-supranational")
        self.place_country = code("placeKind", "place-kind-country")
        self.place_region = code("placeKind", "place-kind-region")
        self.actor_project = code("actorKind", "actor-kind-project")
        self.actor_role = code("actorKind", "actor-kind-role")
        self.actor_bodies = codes(
            "actorKind",
            "actor-kind",
            {
                "research-organisation": 1, "charity": 1, "professional-society": 1, "authority": 2, "network-group": 1,
                "patient-organisation-group": 1, "policy-organisation": 1, "health-service-body": 1,
                "society-section": 1, "committee": 1, "company": 1,
            },
        )  # fmt: skip
        self.actor_kinds = codes(
            "actorKind",
            "actor-kind",
            {
                "professional-society": 12, "health-service-body": 5, "professional-group": 4, "committee": 4,
                "charity": 3, "clinical-community": 3, "regional-body": 3, "company": 2, "parliamentary-group": 1,
                "mixed-group": 1,
            },
        )  # fmt: skip
        self.condition_kinds = codes(
            "conditionKind",
            "condition-kind",
            {
                "circumstance": 12, "licence": 4, "prior-treatment": 3, "disease-type": 3, "stage": 3, "grade": 3,
                "line": 2, "funding": 2, "operability": 1,
            },
        )  # fmt: skip
        self.section_kinds = codes(
            "sectionKind",
            "section-kind",
            {"section": 26, "box": 4, "figure": 3, "table": 3, "example": 2, "conclusion": 2},
        )
        self.affirmed = code("polarity", "polarity-affirmed")
        self.open = code("polarity", "polarity-open")
        self.asserted = code("modality", "modality-asserted")
        self.hedged = code("modality", "modality-hedged")
        self.normative = code("modality", "modality-normative")
        self.specific = code("indicationScope", "indication-scope-specific")
        self.unspecified = code("indicationScope", "indication-scope-unspecified")
        self.general = code("indicationScope", "indication-scope-general")
        self.open_list = code("indicationScope", "indication-scope-open-list")
        self.omitted = code("coverage", "coverage-omitted")
        self.brief = code("coverage", "coverage-brief")
        self.coverage = codes("coverage", "coverage", {"included": 45, "omitted": 12, "brief": 6, "extensive": 1})
        self.covered = codes("coverage", "coverage", {"included": 16, "brief": 3, "extensive": 1})
        self.strength = codes(
            "strength",
            "strength",
            {
                "includes": 11, "recommends": 3, "recommends-consideration": 2, "exceptionally-or-where-funded": 1,
                "indicates-when": 1, "clarifies-use": 1, "within-scope": 1,
            },
        )  # fmt: skip
        self.includes = code("strength", "strength-includes")
        self.context = codes("context", "context", {"clinical-use": 14, "investigational-use": 2})
        self.research = code("context", "context-research")
        self.force = codes("force", "force", {"advised": 8, "possible": 2, "plain": 1})
        self.reason = codes(
            "reason",
            "reason",
            {
                "never-assessed": 2, "not-licensed": 2, "investigational": 1, "unlicensed-not-covered": 1,
                "unlicensed-not-usually-covered": 1, "detail-and-currency": 1,
            },
        )  # fmt: skip
        self.relation = codes(
            "relationKind", "relation-kind", {"points-to": 6, "informed": 2, "replaces": 1, "builds-on": 1, "cites": 1}
        )
        self.causal = codes(
            "causalStrength",
            "causal-strength",
            {"causes": 36, "facilitates": 27, "contributes": 11, "influences": 9, "coincides": 2},
        )
        self.direction = codes("direction", "direction", {"improves": 24, "tolerated": 5, "no-difference": 1})
        self.term_role = codes(
            "termRole",
            "term-role",
            {"definition": 38, "synonym": 15, "abbreviation": 11, "subtype-name": 3, "preferred": 2},
        )
        self.statistic = codes(
            "statistic", "statistic", {"level": 9, "count": 9, "rank": 5, "rate": 3, "change": 1, "target": 1}
        )
        self.unit = codes(
            "unit",
            "unit",
            {
                "percent": 6, "ordinal": 5, "years": 4, "pounds": 2, "machines": 2, "people-per-year": 2, "cases": 2,
                "people": 1, "networks": 1, "months": 1,
            },
        )  # fmt: skip
        self.bound = codes(
            "bound", "bound", {"exactly": 19, "over": 4, "about": 2, "almost": 1, "up-to": 1, "under": 1}
        )
        self.standing = codes(
            "status",
            "status-value",
            {
                "investigational": 8, "established": 3, "not-licensed": 3, "declining": 1, "never-assessed": 1,
                "not-funded": 1, "in-use": 1, "funded": 1,
            },
        )  # fmt: skip
        self.not_licensed = code("status", "status-value-not-licensed")
        self.usage = codes(
            "usageDegree", "usage-degree", {"used": 7, "frequent": 2, "well-established": 2, "most-commonly-used": 1}
        )
        self.used = code("usageDegree", "usage-degree-used")
        self.step = {
            name: code("step", f"status-step-{name}")
            for name in (
                "approval-unspecified",
                "licensed",
                "appraised",
                "recommended",
                "not-recommended",
                "commissioned",
            )
        }
        self.wide = code("sense", "sense-wide")
        self.exact = code("timePrecision", "time-precision-exact")
        self.month = code("timePrecision", "time-precision-month")
        self.year = code("timePrecision", "time-precision-year")
        self.comparison = codes(
            "comparisonKind",
            "comparison-kind",
            {"differs-in-scope": 42, "differs-in-wording": 8, "differs-in-strength": 7, "contradicts": 7},
        )
        self.about_rlt = code("coveredTopic", "topic-rlt")
        self.no_territory = vocabulary.silent("jurisdiction")
