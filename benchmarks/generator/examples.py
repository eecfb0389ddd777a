"""What to ask for: a value that finds something for each parameter of each query, read off the nodes as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from benchmarks.generator.documents import KINDS
from benchmarks.generator.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.generator.terms import Vocabulary

Value = str | int

_GUIDELINE = PREFIXES["code"] + "document-kind-guideline"
_FIRST_REPORT = PREFIXES["thing"] + "gov-report-00001"

FIXED: dict[str, dict[str, Value]] = {
    "changes_since": {"since": "2022", "as_at": "2026"},
    "contested_statements": {"source": _FIRST_REPORT, "thing": PREFIXES["thing"] + "country-0000"},
    "document_contents": {"kind": _GUIDELINE},
    "document_facts": {"kind": _GUIDELINE},
    "documents_by_actor": {"kind": _GUIDELINE},
    "guideline_positions": {"kind": _GUIDELINE, "as_at": "2026"},
    "guidelines_omitting_rlt": {"as_at": "2026"},
    "delivery_guidance": {"as_at": "2026"},
    "mappings": {
        "thing": PREFIXES["thing"] + "radioligand-therapy",
        "foreign_id": "http://purl.obolibrary.org/obo/NCIT_C97000000",
    },
    "positions_over_time": {"kind": _GUIDELINE, "since": 2000, "until": 2026},
    "references_in_several_sections": {"source": _FIRST_REPORT, "at_least": 2},
    "standing_of_therapies": {"as_at": "2026"},
    "statements": {"kind": PREFIXES["rlt"] + "Unknown"},
    "statements_by_reference": {"kind": _GUIDELINE},
    "status_of": {"sense": PREFIXES["code"] + "sense-wide", "as_at": "2026"},
    "strategies_and_rlt": {
        "level": PREFIXES["code"] + "topic-indication",
        "scope": PREFIXES["code"] + "indication-scope-specific",
        "as_at": "2026",
    },
}
"""Values that find something in every generated graph."""

_READ = """
changes_since: StatusEvent updates licensed > place=jurisdiction indication topic
clinical_evidence: ClinicalEvidence eur populationIndication direction
    > indication=populationIndication outcome direction modality
contested_statements: Comparison coding > kind=comparisonKind
delivery_guidance: DocumentContent gov ~delivery-guidance > document=contentOf topic=coveredTopic
document_contents: DocumentContent gov > document=contentOf topic=coveredTopic coverage
document_contents: Position gov > indication
document_facts: DocumentFact gov > document=about
document_relations: DocumentRelation gov > document=fromDocument relation=relationKind
documents_by_actor: DocumentFact gov publisher > actor=publisher document=about
figures: Measurement eur > thing=quantity statistic
guideline_positions: Position gov ~guideline omitted > document=contentOf indication coverage
guideline_positions: Position gov ~guideline strength > strength
guidelines_omitting_rlt: Position gov ~guideline omitted jurisdiction > indication place=jurisdiction
non_existence: NonExistence gov jurisdiction > indication kind=absentKind place=jurisdiction
omission_explanations: Position gov ~guideline omitted > document=contentOf indication
omission_explanations: Explanation gov > reason
passages_of: Position gov > statement=node thing=contentOf
policy_actions: PolicyAction eur barrierArea > area=barrierArea actor=calledOn topic
positions_over_time: Position gov ~dated > indication coverage
readiness_matrix: Assessment gov indication > indication indicator place=jurisdiction
standing_of_therapies: StatusState eur jurisdiction indication > standing=status indication place=jurisdiction
statements: Finding gov about indication > topic thing=about indication modality polarity
statements_by_reference: Passage gov citesReference > number=citesReference source=citesReference
status_of: StatusEvent updates licensed > thing=concerns indication place=jurisdiction
strategies_and_rlt: DocumentContent gov ~strategy topic-indication > strategy=contentOf indication coverage
technical_properties: TechnicalProperty eur > thing=concerns topic
terms: TermUse eur > thing=denotes role=termRole
timeline: StatusEvent updates licensed > thing=concerns
"""
"""Query: class and graph of the node to read, and what it has: a property, a part of a code, or ~ and the kind of its
document (or that it is dated) > parameters, each with the property that holds its value (or the node itself)."""


class _Row(NamedTuple):
    query: str
    kind: str
    graph: str
    holding: list[str]
    parameters: dict[str, str]


def _rows() -> Iterator[_Row]:
    for line in _READ.replace("\n    ", " ").strip().splitlines():
        query, _, rest = line.partition(": ")
        wanted, _, parameters = rest.partition(" > ")
        kind, graph, *holding = wanted.split()
        pairs = [each.partition("=") for each in parameters.split()]
        yield _Row(query, kind, graph, holding, {name: value or name for name, _, value in pairs})


class Examples:
    """An observer that changes nothing and keeps the first value that fits each parameter."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Value]] = {query: dict(values) for query, values in FIXED.items()}
        self._open = list(_rows())
        self._dated: set[str] = set()

    def see(self, vocabulary: Vocabulary, graph: str, subject: str, kind: str, claims: list[str]) -> list[str]:
        """Return `claims`."""
        if self._open:
            full = vocabulary.terms.full
            pairs = [(full(before).rpartition("/")[2], full(after)) for before, _, after in map(_split, claims)]
            self._look(graph, full(subject), kind, pairs)
        return claims

    def _look(self, graph: str, subject: str, kind: str, pairs: list[tuple[str, str]]) -> None:
        said = dict(reversed(pairs))  # of several values, the first
        if kind == "DocumentFact" and "publicationYear" in said:
            self._dated.add(said["about"])
        for row in [each for each in self._open if each.kind == kind and each.graph == graph]:
            if all(self._holds(each, said) for each in row.holding):
                self._open.remove(row)
                for parameter, name in row.parameters.items():
                    value = subject if name == "node" else said[name]
                    self.found.setdefault(row.query, {})[parameter] = _reference(parameter, value)

    def _holds(self, condition: str, said: dict[str, str]) -> bool:
        if condition == "~dated":
            return said["contentOf"] in self._dated
        if condition.startswith("~"):
            number = said["contentOf"].rpartition("/document-")[2]
            return number.isdigit() and KINDS[(int(number) - 1) % len(KINDS)] == condition[1:]
        return condition in said or any(value.endswith((f"-{condition}", f"/{condition}")) for value in said.values())


def _split(claim: str) -> tuple[str, str, str]:
    return claim.partition(" ")


def _reference(parameter: str, iri: str) -> Value:
    """Return the number or the source of a reference, and any other IRI as it is."""
    start, mark, number = iri.rpartition("-reference-")
    if not mark:
        return iri
    return int(number) if parameter == "number" else start.replace("/gov/report-", "/thing/gov-report-")
