"""What things are called, and which of them a name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.results.names import choices_of, folded, matching, short

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

TERMS = "https://w3id.org/rltkg/ontology/"


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://w3id.org/rltkg/gov/reference-43", "gov:reference-43"),
        ("https://w3id.org/rltkg/ontology/Position", "rlt:Position"),
        ("https://w3id.org/rltkg/ontology", "https://w3id.org/rltkg/ontology"),
        ("https://w3id.org/rltkg/gov/", "https://w3id.org/rltkg/gov/"),
        ("http://www.w3.org/2004/02/skos/core#Concept", "http://www.w3.org/2004/02/skos/core#Concept"),
    ],
)
def test_an_iri_of_this_project_has_a_short_form(iri: str, name: str) -> None:
    assert short(iri) == name


def test_names_are_compared_without_case_and_runs_of_spaces() -> None:
    assert folded("  NICE \t lymphoma\nGuideline ") == folded("nice lymphoma guideline")


def test_an_iri_goes_before_an_id_and_an_id_before_a_label(graph: KnowledgeGraph) -> None:
    every = choices_of(graph.store)

    def found(text: str) -> list[str]:
        return sorted(short(each.iri) for each in matching(text, every))

    assert found("https://w3id.org/rltkg/thing/nen") == ["thing:nen"]
    assert found("gov:reference-1") == ["gov:reference-1"]
    assert found("reference-1") == ["eur:reference-1", "gov:reference-1"]
    assert found("lymphoma") == ["thing:lymphoma"]
    assert found("Neuroendocrine  Neoplasms") == ["thing:nen"]
    assert found("nothing of the kind") == []


def test_choices_are_members_or_classes_or_all(graph: KnowledgeGraph) -> None:
    places = choices_of(graph.store, [TERMS + "Place"])
    kinds = choices_of(graph.store, tops=[TERMS + "Statement"])

    assert "england" in [each.id for each in places]
    assert [each.iri for each in places] == sorted(each.iri for each in places)
    assert {"Position", "Statement"} <= {each.id for each in kinds}
    assert len(choices_of(graph.store)) > 10 * len(places)
