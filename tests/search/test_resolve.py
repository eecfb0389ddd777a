"""Which node a name means: by id, label or IRI, whole or short; and what is said of none or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.errors import InputError
from rltkg.search.resolve import resolve

if TYPE_CHECKING:
    from rltkg.search.facts import Facts

GUIDELINE = "https://w3id.org/rltkg/thing/nice-lymphoma-guideline-2016"


@pytest.mark.parametrize(
    ("name", "node"),
    [
        ("nice-lymphoma-guideline-2016", GUIDELINE),
        ("  thing:nice-lymphoma-guideline-2016 ", GUIDELINE),
        (GUIDELINE, GUIDELINE),
        ("NICE lymphoma guideline 2016", GUIDELINE),
        ("nice  LYMPHOMA guideline 2016", GUIDELINE),
        ("NICE lymphoma guidelines", GUIDELINE),
        ("NENs", "https://w3id.org/rltkg/thing/nen"),
        ("gov:reference-44", "https://w3id.org/rltkg/gov/reference-44"),
        ("rlt:Reason", "https://w3id.org/rltkg/ontology/Reason"),
        ("Reason", "https://w3id.org/rltkg/ontology/Reason"),
        ("reason", "https://w3id.org/rltkg/ontology/reason"),
        ("coverage-omitted", "https://w3id.org/rltkg/code/coverage-omitted"),
        ("GOV 2.2", "https://w3id.org/rltkg/gov/section-2-2"),
        ("http://www.w3.org/2004/02/skos/core#exactMatch", "http://www.w3.org/2004/02/skos/core#exactMatch"),
    ],
)
def test_a_node_is_found_by_each_of_its_names(facts: Facts, name: str, node: str) -> None:
    assert resolve(name, facts) == node


def test_several_are_listed_with_ids_that_tell_them_apart(facts: Facts) -> None:
    with pytest.raises(InputError) as error:
        resolve("reference-1", facts)

    assert str(error.value) == (
        "'reference-1' is the name of 2 things; say which by id: "
        "eur:reference-1 (EUR reference 1); gov:reference-1 (GOV reference 1)"
    )


def test_a_thing_is_meant_before_a_code_of_the_same_name(facts: Facts) -> None:
    for name in ("radioligand therapy", "rlt", "RLT"):
        assert resolve(name, facts) == "https://w3id.org/rltkg/thing/radioligand-therapy"
    assert resolve("topic-rlt", facts) == "https://w3id.org/rltkg/code/topic-rlt"


def test_for_none_the_nearest_are_named(facts: Facts) -> None:
    with pytest.raises(InputError) as error:
        resolve("lymphona", facts)

    assert str(error.value).startswith("Nothing is called 'lymphona'; did you mean 'lymphoma' or ")
    with pytest.raises(InputError, match=r"Nothing is called 'qqqqqqqq'\. Search names and texts with `rltkg find`"):
        resolve("qqqqqqqq", facts)


@pytest.mark.parametrize(
    "name",
    [
        "x> ?p ?o } DROP ALL #",
        'lymphoma" . } SELECT * { ?s ?p ?o',
        "http://example.org/a> <b",
        "http://example.org/unknown",
        "javascript:alert(1)",
        ":",
        "_:b0",
        "gov:",
        "\0",
        "\\",
        "a" * 2000,
    ],
)
def test_a_hostile_name_names_nothing(facts: Facts, name: str) -> None:
    with pytest.raises(InputError, match="Nothing is called"):
        resolve(name, facts)


@pytest.mark.parametrize("name", ["", "   ", "\ud800", "a" * 2001, "a" * 1_000_000])
def test_what_can_be_no_name_is_refused(facts: Facts, name: str) -> None:
    with pytest.raises(InputError, match="can be no name"):
        resolve(name, facts)
