"""What things are called, and which of them a name means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.graph import catalogue
from rltkg.graph import open as open_graph
from rltkg.results.names import ROOMS, called, choices_of, folded, matching, short

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize("name", ["iri", "id", "label", "other case", "other name"])
def test_what_is_looked_up_is_what_reading_all_choices_would_find(name: str, graph: KnowledgeGraph) -> None:
    """For every type that a parameter takes, some of its choices."""
    types = {parameter.types for query in catalogue() for parameter in query.parameters if not parameter.is_literal}
    asked, alone = 0, 0
    for each in sorted(types):
        classes = [TERMS + one for one in each if not one.endswith("*")]
        tops = [TERMS + one.removesuffix("*") for one in each if one.endswith("*")]
        known = choices_of(graph.store, classes, tops)
        for choice in known[:: max(1, len(known) // 8)]:
            texts = {"iri": choice.iri, "id": choice.id, "label": choice.label, "other case": choice.label.upper()}
            text = texts.get(name) or max(choice.names)
            found = called(text, graph.store, classes, tops)
            asked += 1
            if len(found) == 1:
                alone += 1
                assert found == [each.iri for each in matching(text, known)], (text, classes, tops)

    assert asked > 100
    assert alone > 0.8 * asked


def test_a_name_to_the_letter_goes_before_one_in_another_case(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        f"@prefix rlt: <{TERMS}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<http://example.org/1> a rlt:Place ; rdfs:label "Bath"@en-GB .\n'
        '<http://example.org/2> a rlt:Place ; rdfs:label "BATH" .\n'
        '[] a rlt:Place ; rdfs:label "Bath" .\n'
        '<http://example.org/england> a rlt:Place ; rdfs:label "another England" .\n'
        '<http://example.org/3> a rlt:Place ; rdfs:label "Upon \\"Avon\\\\\\" } #" .\n',
        encoding="utf-8",
    )
    store = open_graph(extra=own).store
    places = [TERMS + "Place"]

    assert called("Bath", store, places) == ["http://example.org/1"]
    assert called("BATH", store, places) == ["http://example.org/2"]
    assert called("bath", store, places) == ["http://example.org/1", "http://example.org/2"]
    assert called("england", store, places) == ["https://w3id.org/rltkg/thing/england"]
    assert called("http://example.org/england", store, places) == ["http://example.org/england"]
    assert called("thing:england", store, places) == ["https://w3id.org/rltkg/thing/england"]
    assert called('upon "avon\\" } #', store, places) == ["http://example.org/3"]
    assert called("england", store, [TERMS + "Actor"]) == []
    assert called("Position", store, tops=[TERMS + "Statement"]) == [TERMS + "Position"]
    assert called("Position", store, tops=[TERMS + "Place"]) == []


def test_rooms_are_those_of_the_release(graph: KnowledgeGraph) -> None:
    rooms = {short(each.iri).split(":")[0] for each in choices_of(graph.store) if short(each.iri) != each.iri}

    assert {"ontology" if room == "rlt" else room for room in rooms} <= set(ROOMS)
    assert len(rooms) >= 5
