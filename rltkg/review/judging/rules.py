"""The rules of the verdict: which sort of change is how grave, and in what words it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.review.form import Level, Reason

    Case = tuple[str, str]
    """The id of a rule, and what it is about in words."""

LEVELS: Final[tuple[Level, ...]] = ("major", "minor", "patch")

# The level of each rule, and how one and how several cases are told. Major is what may break a query, a file or a
# program that somebody has made for the release before; minor what adds to it; patch what only reads otherwise.
RULES: Final[dict[str, tuple[Level, str, str]]] = {
    "term-removed": ("major", "term is gone", "terms are gone"),
    "term-renamed": ("major", "term has another IRI", "terms have other IRIs"),
    "kind-changed": ("major", "term is of another kind", "terms are of other kinds"),
    "thing-removed": ("major", "node is gone", "nodes are gone"),
    "thing-renamed": ("major", "node has another IRI", "nodes have other IRIs"),
    "domain-narrowed": ("major", "property takes fewer subjects", "properties take fewer subjects"),
    "range-narrowed": ("major", "property takes fewer values", "properties take fewer values"),
    "disjointness-added": ("major", "pair became disjoint", "pairs became disjoint"),
    "axiom-tightened": ("major", "property became stricter", "properties became stricter"),
    "conclusion-lost": (
        "major",
        "axiom is gone that others followed from",
        "axioms are gone that others followed from",
    ),
    "shape-added": ("major", "shape is new", "shapes are new"),
    "shape-tightened": ("major", "constraint of a shape is stricter", "constraints of shapes are stricter"),
    "check-added": ("major", "check is new or graver", "checks are new or graver"),
    "query-removed": ("major", "query is gone", "queries are gone"),
    "parameter-removed": ("major", "parameter is gone", "parameters are gone"),
    "parameter-changed": ("major", "parameter takes or means something else", "parameters take or mean something else"),
    "column-removed": ("major", "column is gone", "columns are gone"),
    "column-changed": ("major", "column holds or stands otherwise", "columns hold or stand otherwise"),
    "answer-changed": ("major", "answer lost or changed rows", "answers lost or changed rows"),
    "term-added": ("minor", "term is new", "terms are new"),
    "term-deprecated": ("minor", "term is deprecated", "terms are deprecated"),
    "thing-added": ("minor", "node is new", "nodes are new"),
    "fact-added": ("minor", "node got values", "nodes got values"),
    "axiom-added": ("minor", "axiom is new or wider", "axioms are new or wider"),
    "shape-loosened": (
        "minor",
        "shape or check asks less, or asks of new terms",
        "shapes or checks ask less, or of new terms",
    ),
    "query-added": ("minor", "query is new", "queries are new"),
    "parameter-added": ("minor", "parameter is new or takes more", "parameters are new or take more"),
    "column-added": ("minor", "column is new", "columns are new"),
    "answer-grown": ("minor", "answer tells more", "answers tell more"),
    "text-changed": ("patch", "node reads otherwise", "nodes read otherwise"),
    "fact-corrected": ("patch", "node has other or fewer values", "nodes have other or fewer values"),
    "graph-changed": ("patch", "node stands in another graph", "nodes stand in other graphs"),
    "rule-reworded": ("patch", "shape or check reads otherwise", "shapes or checks read otherwise"),
    "query-reworded": ("patch", "query is written otherwise", "queries are written otherwise"),
    "answer-reworded": ("patch", "answer reads otherwise", "answers read otherwise"),
}


def reasons(cases: Iterable[Case]) -> list[Reason]:
    """Return the rules that `cases` fall under, gravest first, each with its cases, none twice."""
    held: dict[str, list[str]] = {}
    for rule, case in cases:
        held.setdefault(rule, []).append(case)
    return [
        {"level": level, "rule": rule, "cases": sorted(set(held[rule]))}
        for rule, (level, _, _) in RULES.items()
        if rule in held
    ]


def told(reason: Reason) -> str:
    """Return a reason in words: `2 terms are gone`."""
    _, one, several = RULES.get(reason["rule"], ("", "change of another sort", "changes of another sort"))
    count = len(reason["cases"])
    return f"{count:,} {one if count == 1 else several}"
