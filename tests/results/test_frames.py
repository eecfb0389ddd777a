"""Answers as data frames and as results of rdflib: typed columns, nothing lost."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import polars as pl
import pytest
import rdflib

from rltkg.errors import UnavailableError
from rltkg.results.labelled import spread
from tests.results.asking import answer_over, values_of

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

ROOT = Path(__file__).resolve().parents[2]
KINDS = {
    "2019": ("Int64", pl.Int64, 2019),
    "1.25": ("Float64", pl.Decimal(38, 2), Decimal("1.25")),
    "1e3": ("Float64", pl.Float64, 1000.0),
    "true": ("boolean", pl.Boolean, True),
    '"2021-09-09"^^xsd:date': ("datetime64[s]", pl.Date, date(2021, 9, 9)),
    '"2021-09-09T12:00:00Z"^^xsd:dateTime': (
        "datetime64[us, UTC]", pl.Datetime("us", "UTC"), datetime(2021, 9, 9, 12, tzinfo=UTC)),
    '"2021-09-09T12:00:00"^^xsd:dateTime': ("datetime64[us]", pl.Datetime("us"), datetime(2021, 9, 9, 12)),  # noqa: DTZ001
    '"lymphoma"@en': ("string", pl.String, "lymphoma"),
    "<http://example.org/a>": ("string", pl.String, "http://example.org/a"),
    "9223372036854775808": ("string", pl.String, "9223372036854775808"),
    '"1500-01-01"^^xsd:date': ("datetime64[s]", pl.Date, date(1500, 1, 1)),
}  # fmt: skip


@pytest.mark.parametrize("literal", list(KINDS))
def test_columns_are_typed_and_an_empty_cell_is_missing(literal: str) -> None:
    pandas_type, polars_type, value = KINDS[literal]
    answer = answer_over(
        f":a :is :x ; :value {literal} . :b :is :x .",
        """SELECT ?value WHERE { ?s <http://example.org/is> ?x OPTIONAL { ?s <http://example.org/value> ?value } }
        ORDER BY ?s""",
    )
    one, two = answer.to_pandas(), answer.to_polars()

    assert str(one["value"].dtype) == pandas_type
    assert one["value"][0] == (pd.Timestamp(value) if isinstance(value, date) else value)
    assert one["value"].isna().tolist() == [False, True]
    assert two["value"].dtype == polars_type
    assert two["value"].to_list() == [value, None]


def test_numbers_of_several_kinds_become_the_widest() -> None:
    decimals, doubles = values_of("1", "2.5"), values_of("1", "2.5", "1e0")

    assert decimals.to_polars()["value"].to_list() == [Decimal("1.0"), Decimal("2.5")]
    assert doubles.to_polars()["value"].to_list() == [1.0, 2.5, 1.0]
    assert decimals.to_pandas()["value"].sum() == 3.5
    assert doubles.to_pandas()["value"].sum() == 4.5


def test_a_column_of_numbers_and_words_is_text() -> None:
    answer = values_of("2019", '"not stated"')

    assert answer.to_polars()["value"].to_list() == ["2019", "not stated"]
    assert answer.to_pandas()["value"].tolist() == ["2019", "not stated"]


def test_years_of_guidelines_can_be_counted_with(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt")
    one, two = answer.to_pandas(labels=True), answer.to_polars(labels=True)

    assert one["year"].tolist() == two["year"].to_list() == [2013, 2016, 2018, 2019, 2019]
    assert int(one["year"].max()) == two["year"].max() == 2019
    assert list(one.columns) == two.columns == spread(answer)
    assert two.filter(pl.col("indication_label") == "prostate cancer")["guideline_label"].to_list() == [
        "BUG and BAUS Section of Oncology prostate cancer guidelines 2013", "NICE prostate cancer guideline 2019"
    ]  # fmt: skip


def test_every_query_fits_into_both_frames(graph: KnowledgeGraph) -> None:
    for query in graph.catalogue:
        answer = graph.ask(query.id)
        one, two = answer.to_pandas(labels=True), answer.to_polars(labels=True)

        assert one.shape == two.shape == (len(answer), len(spread(answer))), query.id
        for column in query.columns:
            if column.types == ("integer",):
                assert str(one[column.name].dtype) == "Int64", (query.id, column.name)
                assert two[column.name].dtype == pl.Int64, (query.id, column.name)


def test_a_column_without_values_has_its_declared_type(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication="nen")

    assert len(answer) == 0
    assert str(answer.to_pandas()["year"].dtype) == "Int64"
    assert answer.to_polars().schema["year"] == pl.Int64
    assert answer.to_polars().schema["guideline"] == pl.String


def test_rdflib_gets_what_it_would_have_found_itself(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication="lymphoma")
    result = answer.to_rdflib()
    rows = list(result)

    assert result.type == "SELECT"
    assert [str(variable) for variable in result.vars or ()] == answer.columns
    assert len(rows) == 3
    first = rows[0]
    assert isinstance(first, rdflib.query.ResultRow)
    assert first.guideline == rdflib.URIRef("https://w3id.org/rltkg/thing/nice-lymphoma-guideline-2016")
    assert first["year"] == rdflib.Literal(2016)
    assert answer_over(":a :b :c .", "ASK { ?s ?p ?o }").to_rdflib().askAnswer is True


@pytest.mark.parametrize("library", ["pandas", "polars", "rdflib"])
def test_a_missing_library_is_named_with_the_line_that_installs_it(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (library, f"{library}.query"):
        monkeypatch.setitem(sys.modules, name, None)
    answer = values_of("1")

    with pytest.raises(UnavailableError, match=rf"needs {library}.*pip install {library}"):
        getattr(answer, f"to_{library}")()


def test_none_of_the_libraries_is_loaded_unasked() -> None:
    code = (
        "import sys, rltkg; a = rltkg.open().ask('figures'); a.serialize('jsonl', labels=True); a._repr_html_();"
        "print(sorted({'pandas', 'polars', 'rdflib', 'xlsxwriter', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert done.stdout == "[]\n"
