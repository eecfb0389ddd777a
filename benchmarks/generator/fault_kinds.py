"""The kinds of faults: which nodes can bear each, what it does to them, and how grave it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.generator.fault_nodes import Changed, Node, Sample, beside, instead, without

if TYPE_CHECKING:
    from collections.abc import Callable

OMITTED = "coverage-omitted"


class Kind(NamedTuple):
    """A kind of fault: the classes of the nodes that can bear it, what validation is to call it, and what it does.

    `severity` is violation (must) or warning (should). `plant` gives None where this very node cannot bear it.
    """

    of: frozenset[str]
    severity: str
    plant: Callable[[Node, Sample], Changed | None]


def _kind(of: str, severity: str, plant: Callable[[Node, Sample], Changed | None]) -> Kind:
    """Return a kind of fault; the classes stand in one text."""
    return Kind(frozenset(of.split()), severity, plant)


def _code(node: Node, local: str) -> str:
    return node.vocabulary.terms.iri("code", local)


def _has(node: Node, local: str) -> bool:
    """Say whether the node has a value of our vocabulary, a code or a property."""
    return any(local in claim for claim in node.claims)


def _passage_lost(node: Node, sample: Sample) -> Changed | None:
    # Another statement has the passage too, or it would be left over and make a second fault.
    found = node.of("passage")
    shared = len(found) == 1 and sample.passages.get(node.graph) == found[0]
    return without(node, "passage") if shared else None


def _misspelt(node: Node, _: Sample) -> Changed | None:
    # Another topic stays, or the statement would have none.
    found = node.of("topic")
    if len(found) < 2:
        return None
    right, wrong = node.token("topic"), node.token("topc")
    value = found[-1].removeprefix(right)
    claims = [wrong + value if each == found[-1] else each for each in node.claims]
    return Changed(claims, wrong.strip(), value)


def _year(node: Node) -> int:
    value = node.of("holdsFromYear")[0].removeprefix(node.token("holdsFromYear"))
    return int(node.vocabulary.terms.full(value))


def _one_compared(node: Node, _: Sample) -> Changed:
    others = node.of("compares")[1:]
    return Changed([each for each in node.claims if each not in others], node.token("compares").strip(), "")


def _unknown_class(node: Node, _: Sample) -> Changed:
    # Nothing names a comparison, so no other node suffers.
    wrong = node.vocabulary.terms.iri("rlt", "Comparson")
    predicate = node.claims[0].split(" ")[0]
    return Changed([f"{predicate} {wrong}", *node.claims[1:]], predicate, wrong)


def _undated(node: Node, _: Sample) -> Changed | None:
    changed = without(node, "sinceYear")
    dates = node.of("sinceDate")
    return changed and changed._replace(claims=[each for each in changed.claims if each not in dates])


def _other_reference(node: Node, sample: Sample) -> Changed | None:
    source = node.subject.split("-passage")[0]
    found = next((each for each in sample.references if not each.startswith(source + "-")), "")
    return beside(node, "citesReference", found) if found and node.of("inSection") else None


def _same_label(node: Node, sample: Sample) -> Changed | None:
    label = sample.labels.get(node.kind)
    return instead(node, "label", label.removeprefix(node.token("label"))) if label else None


def _without_language(node: Node, _: Sample) -> Changed | None:
    return instead(node, "label", node.of("label")[0].removeprefix(node.token("label")).removesuffix("@en"))


def _itself(node: Node, _: Sample) -> Changed | None:
    return instead(node, "later", node.of("earlier")[0].removeprefix(node.token("earlier")))


def _dangling(node: Node, _: Sample) -> Changed:
    statement = node.vocabulary.terms.full(node.subject).rpartition("/")[2]
    return beside(node, "about", node.vocabulary.terms.iri("thing", f"missing-from-{statement}"))


KINDS: dict[str, Kind] = {
    "statement-without-passage": _kind("Finding Requirement Barrier CausalLink", "violation", _passage_lost),
    "omission-with-strength": _kind(
        "Position", "violation",
        lambda node, _: beside(node, "strength", _code(node, "strength-recommends")) if _has(node, OMITTED) else None,
    ),
    "unknown-code": _kind(
        "Requirement", "violation", lambda node, _: instead(node, "modality", _code(node, "modality-doubtful"))
    ),
    "misspelt-property": _kind("Barrier CausalLink Finding Requirement", "violation", _misspelt),
    "wrong-class": _kind(
        "ClinicalEvidence Finding Requirement TermUse", "violation",
        lambda node, sample: instead(node, "indication", sample.actor),
    ),
    "year-as-text": _kind(
        "Assessment", "violation", lambda node, _: instead(node, "holdsFromYear", f'"{_year(node)}"')
    ),
    "end-before-beginning": _kind(
        "Assessment", "violation",
        lambda node, _: beside(node, "holdsUntilYear", node.vocabulary.terms.integer(_year(node) - 3)),
    ),
    "dangling-iri": _kind("Requirement", "violation", _dangling),
    "measurement-without-unit": _kind("Measurement", "violation", lambda node, _: without(node, "unit")),
    "duplicate-label": _kind("Concept", "warning", _same_label),
    "ill-typed-date": _kind(
        "Activity", "violation",
        lambda node, _: instead(node, "enteredOn", node.vocabulary.terms.typed("2026-02-30", "date")),
    ),
    "omission-denied": _kind(
        "Position DocumentContent", "violation",
        lambda node, _: instead(node, "polarity", _code(node, "polarity-denied")) if _has(node, OMITTED) else None,
    ),
    "measurement-without-figure": _kind("Measurement", "violation", lambda node, _: without(node, "value")),
    "strength-outside-position": _kind(
        "Finding", "violation", lambda node, _: beside(node, "strength", _code(node, "strength-recommends"))
    ),
    "scope-mismatch": _kind(
        "TermUse Finding Lack CausalLink", "violation",
        lambda node, _: instead(node, "indicationScope", _code(node, "indication-scope-general"))
        if node.of("indication") else None,
    ),
    "two-verdicts": _kind(
        "CausalLink", "violation", lambda node, _: beside(node, "polarity", _code(node, "polarity-denied"))
    ),
    "position-on-other-topic": _kind(
        "Position", "violation",
        lambda node, _: None if _has(node, OMITTED) else instead(node, "coveredTopic", _code(node, "topic-treatment")),
    ),
    "comparison-of-one": _kind("Comparison", "violation", _one_compared),
    "unknown-class": _kind("Comparison", "violation", _unknown_class),
    "supersession-without-date": _kind("Supersession", "violation", _undated),
    "reference-of-another-source": _kind("Passage", "violation", _other_reference),
    "stated-and-not-stated": _kind(
        "Finding", "violation",
        lambda node, _: beside(node, "notStated", node.token("jurisdiction").strip())
        if node.of("jurisdiction") else None,
    ),
    "label-without-language": _kind("Concept", "warning", _without_language),
    "non-canonical-number": _kind(
        "Measurement", "violation",
        lambda node, _: instead(node, "value", node.vocabulary.terms.integer(7).replace("7", "007")),
    ),
    "supersession-of-itself": _kind("Supersession", "violation", _itself),
    "shortcut-without-fact": _kind(
        "Document", "violation",
        lambda node, _: None if node.of("updateYear")
        else beside(node, "updateYear", node.vocabulary.terms.integer(2020)),
    ),
    "assessment-without-ground": _kind("Assessment", "violation", lambda node, _: without(node, "basedOn")),
    "statement-without-territory": _kind(
        "TechnicalProperty", "violation",
        lambda node, _: None if node.of("jurisdiction") else without(node, "notStated"),
    ),
    "part-of-itself": _kind(
        "Requirement", "violation",
        lambda node, _: None if node.of("partOfStatement") else beside(node, "partOfStatement", node.subject),
    ),
}  # fmt: skip
"""Every kind of fault by its name, in the order in which they are planted."""
