"""What an answer tells: rows, labels, formats, its query, and why it is empty."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph


def test_an_answer_knows_its_question(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication="lymphoma")

    assert answer.query is not None
    assert answer.query.id == "guidelines_omitting_rlt"
    assert [term.value for term in answer.bindings["indication"]] == ["https://w3id.org/rltkg/thing/lymphoma"]
    assert answer.columns[0] == "guideline"
    assert answer.release == "0.1.0"
    assert "VALUES ?indication { <https://w3id.org/rltkg/thing/lymphoma> }" in answer.text
    assert repr(answer) == "<Answer to guidelines_omitting_rlt: 3 rows, release 0.1.0>"


def test_cells_are_terms_and_have_labels(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication="lymphoma")
    guideline = answer.rows[0][0]

    assert guideline == pyoxigraph.NamedNode("https://w3id.org/rltkg/thing/nice-lymphoma-guideline-2016")
    assert answer.rows[0][1] == pyoxigraph.Literal(2016)
    assert answer.name(pyoxigraph.NamedNode(guideline.value)) == "NICE lymphoma guideline 2016"
    assert answer.name(pyoxigraph.NamedNode("http://example.org/a#b")) == "b"


def test_formats_equal_those_of_the_engine(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guideline_positions")
    engine = graph.store._engine  # type: ignore[attr-defined] # noqa: SLF001 - the raw engine is the yardstick
    for form, media in (("json", "JSON"), ("csv", "CSV"), ("tsv", "TSV")):
        raw = engine.query(answer.text, use_default_graph_as_union=True)

        assert answer.serialize(form) == raw.serialize(format=getattr(pyoxigraph.QueryResultsFormat, media)), form
    assert len(json.loads(answer.serialize("json"))["results"]["bindings"]) == len(answer) == 15
    with pytest.raises(ValueError, match="no format of an answer"):
        answer.serialize("xml")


def test_cells_keep_their_declared_types(graph: KnowledgeGraph) -> None:
    """A cell is empty only where its column says so, and a year is a number."""
    wrong = []
    for query in graph.catalogue:
        for row in graph.ask(query.id):
            for column, term in zip(query.columns, row, strict=True):
                empty = term is None or (isinstance(term, pyoxigraph.Literal) and term.value == "")
                if empty and not column.may_be_empty:
                    wrong.append((query.id, column.name, "empty"))
                if isinstance(term, pyoxigraph.NamedNode) and column.types[0] in ("text", "integer", "decimal"):
                    wrong.append((query.id, column.name, term.value))
                if column.types == ("integer",) and term is not None and not term.value.lstrip("-").isdigit():
                    wrong.append((query.id, column.name, term.value))

    assert wrong == []


def test_an_empty_answer_names_the_parameter_that_empties_it(graph: KnowledgeGraph) -> None:
    one = graph.ask("guidelines_omitting_rlt", indication="nen")
    two = graph.ask("guidelines_omitting_rlt", indication="nen", place="london")

    assert one.rows == []
    assert "without --indication 'neuroendocrine neoplasms' there would be 5" in str(one.empty_because)
    assert "without --indication 'neuroendocrine neoplasms' there would be 1" in str(two.empty_because)
    assert graph.ask("guidelines_omitting_rlt").empty_because is None


def test_an_empty_answer_tells_when_parameters_empty_it_only_together(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication="nen", place="ireland")

    assert "fits two or more of these together" in str(answer.empty_because)


def test_an_empty_answer_tells_when_nothing_is_recorded_at_all(graph: KnowledgeGraph) -> None:
    query = graph.catalogue["guidelines_omitting_rlt"]
    query.pieces = [piece.replace("rlt:Position", "rlt:Nuclide") for piece in query.pieces]
    from rltkg.canned.run import run

    answer = run(query, {}, graph.store, "0.1.0")

    assert answer.empty_because == "Nothing of this kind is recorded in the graph, whatever the parameters."
