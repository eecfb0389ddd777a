"""Turtle to sheets and back: the same graph, for what is shipped and for any rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from rltkg.corpus import shipped
from rltkg.errors import InputError
from rltkg.sheets.columns import Code, Property, Text, Thing, Typed, Web
from rltkg.sheets.converting import declaration, tables_in, turtle_of
from rltkg.sheets.delimited import csv_text
from rltkg.sheets.kinds import kinds
from rltkg.sheets.workbook import workbook
from rltkg.sheets.writing import tables_of
from tests.sheets.samples import understood

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.sheets.columns import Column
    from rltkg.sheets.kinds import Kind
    from rltkg.sheets.rows import Rows
    from rltkg.sheets.table import Table

DATA = shipped().root / "data"
FILES = sorted(str(path.relative_to(DATA)) for path in DATA.rglob("*.ttl"))
# Files with nodes that are described elsewhere, so that they have no class here and no row could say of which kind they
# are; and the manifest, whose graphs are no kind.
NO_SHEETS = {
    "bibliography/appraisals-and-specifications.ttl",
    "bibliography/guidelines.ttl",
    "bibliography/organisations.ttl",
    "bibliography/sources.ttl",
    "bibliography/strategies.ttl",
    "manifest.ttl",
    "mappings/mappings.ttl",
    "updates/things.ttl",
}
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"


def _as_workbook(tables: list[Table]) -> Rows:
    return understood(("book.xlsx", workbook(tables, kinds())))


def _as_csv(tables: list[Table]) -> Rows:
    return understood(*((f"{table.kind.name}.csv", csv_text(table).encode()) for table in tables))


def test_which_files_no_sheet_holds() -> None:
    assert len(FILES) == 82
    assert set(FILES) >= NO_SHEETS
    for name in sorted(NO_SHEETS):
        with pytest.raises(InputError, match="triples fit no sheet, so nothing was written"):
            tables_in([DATA / name])


@pytest.mark.parametrize("name", [name for name in FILES if name not in NO_SHEETS])
def test_a_shipped_file_comes_back_to_the_byte(name: str) -> None:
    tables, [graph] = tables_in([DATA / name])
    rows = _as_workbook(tables) if len(name) % 2 else _as_csv(tables)

    assert rows.findings == []
    assert turtle_of(rows, graph) == (DATA / name).read_text(encoding="utf-8")


def test_a_file_goes_through_both_ways_alike() -> None:
    tables, _ = tables_in([DATA / "updates" / "services.ttl"])
    quads = parse(path=str(DATA / "updates" / "services.ttl"), format=RdfFormat.TURTLE)
    triples = {quad.triple for quad in quads} - {declaration("updates")}

    assert set(_as_workbook(tables).triples) == set(_as_csv(tables).triples) == triples


# What texts are made of; every sign that a spreadsheet or CSV gives a meaning is among it.
SIGNS = "abzXYZ019.,;:!?#=+-*/@'\"()[]{}<>&%$|\\~^`_\u00e9\u00fc\u00df\u03bb\u0416\u4e2d\u2019\u2013\u00a3"
WORDS = st.lists(st.text(SIGNS, min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)
DAYS = st.dates().map(lambda day: f"{day.year:04}-{day.month:02}-{day.day:02}")


def _numbers(value: Typed) -> st.SearchStrategy[Literal]:
    whole = st.integers(-(10**14), 10**14).map(lambda number: (str(number), "integer"))
    kinds_of = [whole]
    if len(value.datatypes) > 1:
        kinds_of.append(st.integers(-(10**6), 10**6).map(lambda number: (f"{number}.5", "decimal")))
    return st.one_of(kinds_of).map(lambda each: Literal(each[0], datatype=NamedNode(XSD + each[1])))


def _literals(value: Typed) -> st.SearchStrategy[Literal]:
    if value.is_text:
        return WORDS.map(Literal)
    [name, *_] = [datatype.removeprefix(XSD) for datatype in value.datatypes]
    if name == "integer":
        return _numbers(value)
    texts = {"date": DAYS, "gYearMonth": DAYS.map(lambda day: day[:7])}[name]
    return texts.map(lambda text: Literal(text, datatype=NamedNode(XSD + name)))


def _terms(column: Column, nodes: dict[str, list[str]]) -> st.SearchStrategy[NamedNode | Literal] | None:
    """Return what the cells of a column may hold; None for a column of things of which there are none."""
    value = column.value
    if isinstance(value, Code | Property):
        return st.sampled_from([NamedNode(choice.iri) for choice in value.choices])
    if isinstance(value, Thing):
        fit = [iri for name in value.kinds for iri in nodes.get(name, [])]
        return st.sampled_from([NamedNode(iri) for iri in fit]) if fit else None
    if isinstance(value, Text):
        tags = st.just(value.language) if value.language else st.sampled_from(["en", "de", "fr"])
        return st.builds(lambda text, tag: Literal(text, language=tag), WORDS, tags)
    if isinstance(value, Web):
        return st.sampled_from([NamedNode(f"https://example.org/{number}?a=b;c") for number in range(4)])
    assert isinstance(value, Typed)
    return _literals(value)


@st.composite
def _graphs(draw: st.DrawFn) -> set[Triple]:
    """Draw a graph: a few nodes of a few kinds, which name each other, with a few of their properties."""
    plain = [kind for kind in kinds() if not kind.preset]
    chosen = draw(st.lists(st.sampled_from(plain), min_size=1, max_size=4, unique_by=lambda kind: kind.name))
    nodes = {kind.name: [f"{kind.namespace}drawn-{kind.name}-{number}" for number in range(2)] for kind in chosen}
    triples: set[Triple] = set()
    for kind in chosen:
        for iri in nodes[kind.name]:
            triples |= {Triple(NamedNode(iri), TYPE, NamedNode(kind.iri))}
            triples |= draw(_said(iri, kind, nodes))
    return triples


@st.composite
def _said(draw: st.DrawFn, iri: str, kind: Kind, nodes: dict[str, list[str]]) -> set[Triple]:
    triples: set[Triple] = set()
    for column in draw(st.lists(st.sampled_from(kind.columns), max_size=5, unique_by=lambda column: column.iri)):
        terms = _terms(column, nodes)
        if terms is not None:
            values = draw(st.lists(terms, min_size=1, max_size=3 if column.many else 1, unique=True))
            triples |= {Triple(NamedNode(iri), NamedNode(column.iri), value) for value in values}
    return triples


@settings(derandomize=True, deadline=None, max_examples=40)
@given(_graphs())
def test_any_rows_come_back(triples: set[Triple]) -> None:
    try:
        tables = tables_of(triples, kinds())
    except InputError:  # two languages in a column that takes one value, and the like: refused, not lost
        assume(False)  # noqa: FBT003
    formula = any(value.object.value.startswith("=") for value in triples)  # type: ignore[union-attr]
    for rows in (_as_workbook(tables), *([] if formula else [_as_csv(tables)])):  # CSV would run it
        assert [str(found.location) + found.message for found in rows.findings] == []
        assert set(rows.triples) == triples


def test_what_is_drawn_is_seldom_refused() -> None:
    refused = []

    @settings(derandomize=True, deadline=None, max_examples=40)
    @given(_graphs())
    def draw(triples: set[Triple]) -> None:
        try:
            tables_of(triples, kinds())
        except InputError as error:
            refused.append(str(error))

    draw()
    assert len(refused) < 10, refused[:3]


def test_a_book_may_hold_several_files(tmp_path: Path) -> None:
    names = ["updates/services.ttl", "updates/guidelines.ttl"]
    tables, graphs = tables_in([DATA / name for name in names])
    rows = _as_workbook(tables)
    expected = {quad.triple for name in names for quad in parse(path=str(DATA / name), format=RdfFormat.TURTLE)}

    assert graphs == ["updates"]
    assert {*rows.triples, declaration("updates")} == expected
    (tmp_path / "x.ttl").write_text(turtle_of(rows, None), encoding="utf-8")
    assert {quad.triple for quad in parse(path=str(tmp_path / "x.ttl"))} == set(rows.triples)
