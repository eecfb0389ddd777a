"""Triples as tables: all of them, or none and why."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from rltkg.errors import InputError
from rltkg.results.names import long
from rltkg.sheets.columns import BETWEEN, Code, Property, Text, Thing, Typed, Web
from rltkg.sheets.delimited import csv_text
from rltkg.sheets.kinds import kinds
from rltkg.sheets.table import ABOUT, LISTS
from rltkg.sheets.workbook import workbook
from rltkg.sheets.writing import tables_of

if TYPE_CHECKING:
    from rltkg.corpus import Release
    from rltkg.sheets.columns import Heading
    from rltkg.sheets.table import Table

RLT = "https://w3id.org/rltkg/ontology/"
PAGE = "https://w3id.org/rltkg/page/"
CODE = "https://w3id.org/rltkg/code/"
THING = "https://w3id.org/rltkg/thing/"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
A = NamedNode(PAGE + "a")


def rlt(name: str) -> NamedNode:
    return NamedNode(RLT + name)


def node(*more: tuple[NamedNode, NamedNode | Literal | BlankNode], kind: str = "Position") -> list[Triple]:
    return [Triple(A, TYPE, rlt(kind)), *(Triple(A, predicate, value) for predicate, value in more)]


def said(table: Table) -> set[Triple]:
    """Read a table by what the docstrings say of cells, and nothing else."""
    found = set()
    for name, *cells in table.rows:
        iri = long(name) if ":" in name else table.kind.namespace + name
        found.add(Triple(NamedNode(iri), TYPE, NamedNode(table.kind.iri)))
        for heading, cell in zip(table.headings, cells, strict=True):
            texts = cell.split(BETWEEN) if heading.column.splits else [cell]
            for text in texts if cell else []:
                found.add(Triple(NamedNode(iri), NamedNode(heading.column.iri), term(text, heading)))
    return found


def term(text: str, heading: Heading) -> NamedNode | Literal:
    value = heading.column.value
    if isinstance(value, Text):
        return Literal(text, language=heading.language)
    if isinstance(value, Typed):
        types = value.datatypes
        return Literal(text, datatype=NamedNode(types[-1 if "." in text else 0]))
    if isinstance(value, Code | Property):
        labels = {choice.label: choice.iri for choice in value.choices}
        return NamedNode(labels.get(text) or long(text))
    assert isinstance(value, Thing | Web)
    return NamedNode(long(text) if isinstance(value, Thing) else text)


@pytest.fixture(scope="module")
def nodes(release: Release) -> list[Triple]:
    """Return what the release says of all its nodes but of its graphs."""
    held = [
        quad.triple
        for file in release.files
        if not file.graph.endswith("/ontology")
        for quad in parse(path=str(file.path), format=RdfFormat.TURTLE)
    ]
    graphs = {triple.subject for triple in held if triple.object == rlt("ReleaseGraph")}
    return [triple for triple in held if triple.subject not in graphs]


def test_the_whole_release_fits_and_says_the_same(nodes: list[Triple]) -> None:
    tables = tables_of(nodes, kinds())

    assert len(tables) >= 49
    assert sum(len(table.rows) for table in tables) == len({triple.subject for triple in nodes})
    assert set().union(*map(said, tables)) == set(nodes)
    assert len(set(nodes)) > 28_000


def test_rows_and_columns_have_an_order() -> None:
    triples = node((LABEL, Literal("B", language="en")))
    triples += [
        Triple(NamedNode(PAGE + "0"), TYPE, rlt("Position")),
        Triple(NamedNode(THING + "x"), TYPE, rlt("Place")),
    ]
    tables = tables_of([*reversed(triples)], kinds())

    assert [(table.kind.name, [row[0] for row in table.rows]) for table in tables] == [
        ("place", ["x"]),
        ("position", ["0", "a"]),
    ]
    assert [str(heading) for heading in tables[0].headings] == ["label", "place kind"]
    assert [str(heading) for heading in tables[1].headings][:2] == ["label", "coverage"]
    assert tables[1].rows[1][:2] == ["a", "B"]
    assert set(tables[1].rows[0][1:]) == {""}


def test_what_cells_look_like() -> None:
    triples = node(
        (rlt("topic"), NamedNode(CODE + "topic-rlt")),
        (rlt("topic"), NamedNode(CODE + "topic-funding")),
        (rlt("notStated"), rlt("jurisdiction")),
        (rlt("notStated"), rlt("publisher")),
        (rlt("passage"), NamedNode("https://w3id.org/rltkg/gov/passage-x")),
        (rlt("contentOf"), NamedNode("https://example.org/thing")),
        (rlt("holdsFromYear"), Literal("2024", datatype=NamedNode(XSD + "integer"))),
        (rlt("curatorNote"), Literal("Two; three.", language="en")),
        (rlt("curatorNote"), Literal("One.", language="en")),
        (NamedNode(SKOS + "altLabel"), Literal("Haltung", language="de")),
    )
    (table,) = tables_of(triples, kinds())
    row = dict(zip(map(str, table.headings), table.rows[0][1:], strict=True))

    assert {header: cell for header, cell in row.items() if cell} == {
        "topic": "funding; radioligand therapy",
        "not stated": "jurisdiction; rlt:publisher",
        "passage": "gov:passage-x",
        "content of": "https://example.org/thing",
        "holds from year": "2024",
        "curator note": "One.",
        "curator note 2": "Two; three.",
        "alt label @de": "Haltung",
    }


@pytest.mark.parametrize("iri", [PAGE + "#x", PAGE + "a/b", "https://example.org/x", THING + "x", PAGE + "x:y"])
def test_ids_out_of_the_common_come_back(iri: str) -> None:
    triples = [Triple(NamedNode(iri), TYPE, rlt("Finding"))]
    (table,) = tables_of(triples, kinds())

    assert not table.rows[0][0].startswith("#")
    assert said(table) == set(triples)


@pytest.mark.parametrize(
    ("triples", "why"),
    [
        (node(kind="Unheard"), "no kind is of the class rlt:Unheard"),
        (node(kind="Statement"), "no kind is of the class rlt:Statement"),
        (node((TYPE, rlt("Lack"))), "a row has one class, and this node has 2"),
        ([Triple(A, LABEL, Literal("x", language="en"))], "a row has one class, and this node has none"),
        ([Triple(BlankNode("b"), TYPE, rlt("Place"))], "a row has an IRI, and this node has none"),
        ([Triple(NamedNode("thing:x"), TYPE, rlt("Place"))], "its IRI would be read as another one"),
        (node((rlt("half"), Literal("x"))), "a position has no column for it"),
        (node((rlt("publisher"), NamedNode(THING + "x"))), "a position has no column for it"),
        (node((rlt("coverage"), NamedNode(CODE + "topic-rlt"))), "coverage takes a code of its scheme"),
        (node((rlt("coverage"), Literal("brief"))), "coverage takes no such literal"),
        (node((rlt("passage"), BlankNode("b"))), "passage takes no node without an IRI"),
        (node((rlt("passage"), NamedNode("gov:x"))), "its IRI would be read as another one"),
        (node((rlt("text"), Literal("Text."))), "text takes text with the tag @en"),
        (node((rlt("text"), Literal("Text.", language="de"))), "text takes text with the tag @en"),
        (node((rlt("text"), NamedNode(THING + "x"))), "text takes a literal"),
        (node((rlt("timeWords"), Literal("now", language="en"))), "time words takes no such literal"),
        (node((rlt("holdsFromYear"), Literal("2024"))), "holds from year takes no such literal"),
        (node((LABEL, Literal("", language="en"))), "it is empty, or has blanks at an end"),
        (node((LABEL, Literal("x ", language="en"))), "it is empty, or has blanks at an end"),
        (node((LABEL, Literal("x\ny", language="en"))), "more than one line"),
        (node((LABEL, Literal("x\u00a0y", language="en"))), "no-break space"),
        (node((LABEL, Literal("x" * 32_768, language="en"))), "a cell holds 32,767 characters, and it has 32,768"),
        (
            node((LABEL, Literal("x", language="en")), (LABEL, Literal("y", language="en"))),
            "a position has one label, and here is a second",
        ),
        (
            node((rlt("value"), Literal("5", datatype=NamedNode(XSD + "decimal"))), kind="Measurement"),
            "a number is a decimal if it has a full stop",
        ),
    ],
)
def test_what_no_sheet_holds_is_named(triples: list[Triple], why: str) -> None:
    with pytest.raises(InputError, match=r"1 triples? fits? no sheet, so nothing was written") as caught:
        tables_of(triples, kinds())
    lines = str(caught.value).splitlines()

    assert len(lines) == 2
    assert why in lines[1]
    assert any(f"{triple} : " in lines[1] for triple in triples)


def test_all_that_does_not_fit_is_counted() -> None:
    triples = node(*((rlt(f"half{number:02}"), Literal("x")) for number in range(23)))
    with pytest.raises(InputError) as caught:
        tables_of(triples, kinds())
    lines = str(caught.value).splitlines()

    assert lines[0].startswith("23 triples fit no sheet")
    assert len(lines) == 22
    assert lines[-1] == "  and 3 more"


def test_a_workbook_holds_text_in_every_cell() -> None:
    label = Literal("=1+1", language="en")
    triples = node((LABEL, label), (rlt("enteredOn"), Literal("2026-11-21", datatype=NamedNode(XSD + "date"))))
    content = workbook(tables_of(triples, kinds()), kinds())
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["position"]
    cells = {cell.value: sheet.cell(2, cell.column) for cell in sheet[1]}

    assert book.sheetnames == [ABOUT, "position", LISTS]
    assert (cells["label"].value, cells["label"].data_type, cells["label"].number_format) == ("=1+1", "s", "@")
    assert (cells["entered on"].value, cells["entered on"].number_format) == ("2026-11-21", "@")
    assert (cells["id"].value, sheet.max_row, sheet.freeze_panes) == ("a", 2, "C2")
    assert content == workbook(tables_of(triples, kinds()), kinds())


def test_csv_has_the_same_rows() -> None:
    (table,) = tables_of(node((LABEL, Literal('A "b", c', language="en"))), kinds())
    lines = list(csv.reader(io.StringIO(csv_text(table))))

    assert lines[0] == ["id", *map(str, table.headings)]
    assert lines[1:] == table.rows
    assert lines[1][:2] == ["a", 'A "b", c']


def test_csv_refuses_what_a_spreadsheet_would_run() -> None:
    (table,) = tables_of(node((LABEL, Literal("=1+1", language="en"))), kinds())

    with pytest.raises(InputError, match=r"position, row a, label: spreadsheets run CSV text that begins with '='"):
        csv_text(table)
