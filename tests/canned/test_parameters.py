"""Every parameter of the catalogue changes an answer, and nothing but a known term gets into a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
import pytest

import rltkg
from rltkg.canned.resolve import as_at, choices
from rltkg.errors import InputError

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

PARAMETERS = [(query.id, parameter.name) for query in rltkg.catalogue() for parameter in query.parameters]
LITERALS: dict[str, list[object]] = {
    "as_at": ["1900", "2013", "2016", "now"],
    "date": ["2022", "2100"],
    "text": ["MONDO:0019496"],
    "integer": [1900, 2018, 2100, 3, 8],
}


def test_parameters_are_collected() -> None:
    assert len(PARAMETERS) >= 60


@pytest.mark.parametrize(("ident", "name"), PARAMETERS)
def test_parameter_changes_an_answer(ident: str, name: str, graph: KnowledgeGraph) -> None:
    """Some value gives other rows than leaving the parameter open does; and some value gives rows at all."""
    query = graph.catalogue[ident]
    parameter = query.parameter(name)
    values: list[object] = (
        list(LITERALS[parameter.types[0]])
        if parameter.is_literal
        else [choice.iri for choice in choices(parameter, graph.store)]
    )
    others = {other.name: None for other in query.parameters if other.name != name}
    open_rows = graph.ask(ident, **others, **{name: None}).rows
    changed = fruitful = False
    for value in values:
        rows = graph.ask(ident, **others, **{name: value}).rows
        changed = changed or rows != open_rows
        fruitful = fruitful or bool(rows)
        if changed and fruitful:
            break

    assert changed, f"no value of {name} changes the answer to {ident}"
    assert fruitful, f"no value of {name} gives a row in {ident}"


@pytest.mark.parametrize(
    "value",
    [
        "lymphoma", "LYMPHOMA", " lymphoma ", "https://w3id.org/rltkg/thing/lymphoma",
        pyoxigraph.NamedNode("https://w3id.org/rltkg/thing/lymphoma"),
    ],
)  # fmt: skip
def test_a_thing_is_given_by_id_label_or_iri(value: object, graph: KnowledgeGraph) -> None:
    assert len(graph.ask("guidelines_omitting_rlt", indication=value)) == 3


def test_a_code_is_given_by_its_short_name(graph: KnowledgeGraph) -> None:
    by_notation = graph.ask("strategies_and_rlt", level="rlt").rows

    assert by_notation == graph.ask("strategies_and_rlt", level="topic-rlt").rows
    assert by_notation == graph.ask("strategies_and_rlt", level="radioligand therapy").rows
    assert len(by_notation) == 4


def test_a_list_asks_for_any_of_its_members(graph: KnowledgeGraph) -> None:
    both = graph.ask("guidelines_omitting_rlt", indication=["lymphoma", "prostate cancer"])

    assert len(both) == 5


def test_a_broad_indication_finds_the_narrower_ones(graph: KnowledgeGraph) -> None:
    rows = graph.ask("guideline_positions", indication="haematological cancers").named_rows()

    assert {"lymphoma", "relapsed or refractory follicular lymphoma"} == {row["indication"] for row in rows}


@pytest.mark.parametrize(
    ("parameters", "needles"),
    [
        ({"indication": "lymphona"}, ["--indication", "'lymphona'", "did you mean 'lymphoma'"]),
        ({"indicaton": "lymphoma"}, ["no parameter 'indicaton'", "did you mean 'indication'"]),
        ({"indication": "england"}, ["takes Indication", "'england' is not one"]),
        ({"indication": "https://example.org/lymphoma"}, ["nothing is called"]),
        ({"indication": ""}, ["is empty"]),
        ({"indication": 7}, ["nothing is called '7'"]),
        ({"as_at": "last year"}, ["--as-at", "'last year' is no year or day", "2021-09-09"]),
        ({"as_at": "2021-02-30"}, ["is no year or day"]),
        ({"as_at": "٢٠٢١"}, ["is no year or day"]),
    ],
)
def test_a_wrong_value_is_refused_with_the_nearest_choices(
    parameters: dict[str, object], needles: list[str], graph: KnowledgeGraph
) -> None:
    with pytest.raises(InputError) as caught:
        graph.ask("guidelines_omitting_rlt", **parameters)

    assert caught.value.exit_status == 2
    assert [] == [needle for needle in needles if needle not in str(caught.value)]


def test_an_unknown_query_is_refused_with_the_nearest_ids(graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="did you mean 'guidelines_omitting_rlt'"):
        graph.ask("guideline_omitting_rlt")


def test_a_number_is_refused_unless_whole(graph: KnowledgeGraph) -> None:
    for value in ("8.5", "eight", "1e3", "8; DROP", "\uff19"):
        with pytest.raises(InputError, match="no whole number"):
            graph.ask("statements_by_reference", number=value)


@pytest.mark.parametrize(
    "value",
    [
        "lymphoma> } ?s ?p ?o . SERVICE <http://127.0.0.1/> { ?a ?b ?c } VALUES ?x { <a:b",
        'lymphoma" } UNION { ?s ?p ?o } #',
        "UNDEF } ?s ?p ?o VALUES ?indication { UNDEF",
        "lymphoma\nFILTER(false)",
        "lymph\x00oma\x1b[31m\x07",
        "\ud800",
        "x" * 1_000_000,
        "https://w3id.org/rltkg/thing/lymphoma> <http://example.org/",
    ],
    ids=["sparql", "quote", "braces", "newline", "control", "surrogate", "megabyte", "iri"],
)
def test_a_hostile_value_is_refused_in_a_short_plain_sentence(value: str, graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError) as caught:
        graph.ask("guidelines_omitting_rlt", indication=value)

    message = str(caught.value)
    assert "--indication" in message
    assert len(message) < 400
    assert message.isprintable()


def test_the_end_of_a_year_or_day_is_meant() -> None:
    assert as_at("2021").value == "2021-12-31T23:59:59Z"
    assert as_at("2021-09-09").value == "2021-09-09T23:59:59Z"
    assert as_at("now").value > "2026"


def test_as_at_leaves_later_documents_out(graph: KnowledgeGraph) -> None:
    found = {year: len(graph.ask("guidelines_omitting_rlt", as_at=year)) for year in (2012, 2013, 2016, 2018, 2021)}

    assert found == {2012: 0, 2013: 1, 2016: 2, 2018: 3, 2021: 5}
