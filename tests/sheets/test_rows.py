"""Rows as triples: which nodes, what is said of them, and where it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from rltkg.sheets.known import Known, id_from
from rltkg.validation.reading import read
from rltkg.validation.run import validate
from tests.sheets.samples import PAGE, Grid, delimited, few, good, saved, understood, workbook, written

if TYPE_CHECKING:
    from rltkg.corpus import Release
    from rltkg.sheets.rows import Rows

RLT = "https://w3id.org/rltkg/ontology/"
THING = "https://w3id.org/rltkg/thing/"
OURS = "https://w3id.org/rltkg/page/"
CODE = "https://w3id.org/rltkg/code/"


def _csv(name: str, *rows: str, **options: str) -> Rows:
    return understood((name, "\n".join(rows).encode()), **options)


def _said(rows: Rows, subject: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for triple in rows.triples:
        if triple.subject == NamedNode(subject):
            found.setdefault(triple.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1], []).append(
                str(triple.object)
            )
    return found


def _rules(rows: Rows) -> list[tuple[str, str]]:
    return [(found.rule, found.location.in_book if found.location else "") for found in rows.findings]


def test_a_row_says_what_its_cells_say() -> None:
    rows = understood(("book.xlsx", saved(workbook(few(good())))))

    assert rows.findings == []
    assert rows.rows == 13
    assert _said(rows, f"{OURS}position-0") == {
        "type": [f"<{RLT}Position>"],
        "label": ['"position 0 of Norland"@en'],
        "contentOf": [f"<{THING}guideline-of-norland>"],
        "coverage": [f"<{CODE}coverage-included>"],
        "coveredTopic": [f"<{CODE}topic-rlt>"],
        "text": ['"The guideline of Norland includes the therapy, says number 0."@en'],
        "statedIn": [f"<{THING}page-agency>"],
        "passage": [f"<{OURS}passage-agency>"],
        "topic": [f"<{CODE}topic-rlt>", f"<{CODE}topic-guidelines>"],
        "modality": [f"<{CODE}modality-asserted>"],
        "polarity": [f"<{CODE}polarity-affirmed>"],
        "indicationScope": [f"<{CODE}indication-scope-unspecified>"],
        "jurisdiction": [f"<{THING}norland>"],
        "enteredOn": ['"2026-11-21"^^<http://www.w3.org/2001/XMLSchema#date>'],
        "holdsFromYear": ['"2016"^^<http://www.w3.org/2001/XMLSchema#integer>'],
    }


def test_each_triple_knows_its_cell() -> None:
    rows = understood(("book.xlsx", saved(workbook(few(good())))))
    places = {
        (str(triple.subject)[1:-1], triple.predicate.value.rsplit("/", 1)[-1]): place.in_book
        for triple, place in zip(rows.triples, rows.places, strict=True)
    }

    assert places[f"{OURS}position-1", "contentOf"] == "position!C3"
    assert places[f"{OURS}position-1", "enteredOn"] == "position!N3"
    assert places[f"{OURS}measurement-0", "value"] == "measurement!F2"
    assert places[f"{THING}guideline-of-norland", "title"] == "guideline!C2"
    assert places[f"{THING}guideline-of-norland", "documentKind"] == "guideline!B2"  # the preset, where the id is
    assert rows.empty[f"{OURS}position-1", f"{RLT}notStated"].in_book == "position!P3"


@pytest.mark.parametrize(
    ("label", "made"),
    [
        ("guideline of Norland", "guideline-of-norland"),
        ("Lutetium (177Lu) oxodotreotide", "lutetium-177lu-oxodotreotide"),
        ("BUG & BAUS: 2013", "bug-baus-2013"),
        ("Haute Autorit\u00e9 de Sant\u00e9", "haute-autorite-de-sante"),
        ("Stra\u00dfe, \u0141\u00f3d\u017a, \u00d8resund", "strasse-lodz-oresund"),
        ("Europe's Beating Cancer Plan", "europes-beating-cancer-plan"),
        ("the NHS\u2019s plan", "the-nhss-plan"),
        ("\u4e2d\u56fd", ""),
    ],
)
def test_an_id_is_the_words_of_the_label(label: str, made: str) -> None:
    assert id_from(label) == made


def test_most_ids_of_the_release_are_the_words_of_their_labels(release: Release) -> None:
    known = Known.of(release)
    places = [iri for iri, kinds in known.classes.items() if f"{RLT}Place" in kinds]

    assert len(places) >= 20
    assert {iri for iri in places if iri != THING + id_from(known.labels[iri])} == {
        f"{THING}oecd-countries",  # the others have short ones
        f"{THING}uk-devolved-nations",
    }


@pytest.mark.parametrize(
    ("written_as", "subject"),
    [
        ("norland", f"{THING}norland"),
        ("thing:norland", f"{THING}norland"),
        ("page:norland", f"{OURS}norland"),
        (f"{THING}norland", f"{THING}norland"),
        ("https://example.org/norland", "https://example.org/norland"),
    ],
)
def test_ways_to_give_an_id(written_as: str, subject: str) -> None:
    rows = _csv("place.csv", "id,label,place kind", f"{written_as},Norland,country")

    assert rows.findings == []
    assert rows.triples[0].subject == NamedNode(subject)


def test_ids_are_made_in_another_namespace_if_it_is_told() -> None:
    rows = _csv("place.csv", "id,label,place kind", ",Norland,country", namespace="https://example.org/n/")

    assert rows.triples[0].subject == NamedNode("https://example.org/n/norland")


@pytest.mark.parametrize(
    "name", ["Norland", "norland", "NORLAND", "thing:norland", f"{THING}norland", "No Land", "united-kingdom; Norland"]
)
def test_ways_to_name_a_thing_of_the_book(name: str) -> None:
    rows = _csv(
        "place.csv",
        "id,label,place kind,alt label,located in",
        "norland,Norland,country,No Land,",
        f",Port,region,,{name}",
    )

    assert rows.findings == []
    assert f"<{THING}norland>" in _said(rows, f"{THING}port")["locatedIn"]


def test_a_row_may_name_a_later_row_and_another_file() -> None:
    first = ("passage.csv", f"id,in document\np-1,{PAGE}\n".encode())
    second = ("uk.web-page.csv", f"id,label,title,web page\n,{PAGE},T,https://example.org/\n".encode())

    assert _said(understood(first, second), f"{OURS}p-1")["inDocument"] == [f"<{THING}page-of-the-agency-of-norland>"]


def test_an_existing_node_may_be_said_more_of_by_its_id() -> None:
    rows = _csv("actor.csv", "id,curator note", "nice,Seen on its page.")

    assert rows.findings == []
    assert len(rows.triples) == 2


def test_texts_in_languages_and_repeated_texts() -> None:
    rows = _csv(
        "place.csv",
        "id,label,place kind,alt label,alt label @de,alt label @fr 2,alt label @fr",
        'n,Norland,country,The North,"Nordland; das Land",Terre,Pays',
    )

    assert sorted(_said(rows, f"{THING}n")["altLabel"]) == [
        '"Nordland; das Land"@de',
        '"Pays"@fr',
        '"Terre"@fr',
        '"The North"@en',
    ]


def test_a_number_is_a_decimal_if_it_has_a_point() -> None:
    head = "id,label,value,low,high"
    rows = _csv("measurement.csv", head, "m,M,12,0.5,-1.25")

    assert [str(triple.object) for triple in rows.triples if isinstance(triple.object, Literal)][1:] == [
        '"12"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        '"-1.25"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    ]


def test_a_label_that_two_things_of_different_kinds_have_is_told_by_what_the_column_takes() -> None:
    sheets = few(good())
    sheets["actor"].append(["norland-body", "Norland", "public authority"])

    rows = understood(("book.xlsx", saved(workbook(sheets))))

    assert rows.findings == []


def test_what_is_meant_is_told() -> None:
    rows = _csv("position.csv", "id,label,coverage,content of", "p,P,inclued,NICE lymphoma guidline 2016")
    first, second = (found.message for found in rows.findings)

    assert first == "'coverage' has no value 'inclued'; did you mean 'included'?"
    assert second.startswith(
        "Nothing that 'content of' takes is called 'NICE lymphoma guidline 2016'; did you mean 'NICE "
    )


def test_of_a_row_that_has_no_id_everything_else_is_looked_at() -> None:
    rows = _csv("passage.csv", "id,in document,curator note", ",no such page, x", "p 2,nice,ok")

    assert _rules(rows) == [
        ("missing-id", "B2"),
        ("bad-id", "A3"),
        ("unknown-thing", "B2"),
        ("untidy-text", "C2"),
        ("wrong-kind", "B3"),
    ]
    assert rows.triples == []


def test_columns_that_are_not_understood_lose_no_cell_in_silence() -> None:
    rows = _csv("place.csv", "id,label,place kind,wether", "n,Norland,country,rain")

    assert _rules(rows) == [("unknown-column", "D1")]
    assert rows.open == {f"{THING}n": {""}}


def test_findings_of_shapes_have_the_cell(tmp_path: Path) -> None:
    sheets = few(good())
    _set(sheets["position"], "text", 2, "the text without a capital")
    _set(sheets["position"], "coverage", 3, None)
    _set(sheets["measurement"], "unit", 2, None)
    report = validate(written(tmp_path, sheets))

    assert {(found.rule, found.location.in_book) for found in report if found.location and found.severity == 3} == {
        ("document-content-coverage", "position!D3"),
        ("measurement-unit", "measurement!E2"),
    }


def test_what_a_faulty_cell_leaves_open_is_not_told_as_missing(tmp_path: Path) -> None:
    sheets = few(good())
    _set(sheets["position"], "coverage", 3, "inclued")
    _set(sheets["position"], "passage", 3, None)
    report = validate(written(tmp_path, sheets))

    assert {(found.rule, found.location.in_book) for found in report if found.location} == {
        ("unknown-code", "position!D3"),
        ("statement-passage", "position!H3"),
    }


def test_a_book_is_seen_beside_other_files(tmp_path: Path) -> None:
    (tmp_path / "things.ttl").write_text(
        f'<{THING}norland> a <{RLT}Place> ; <http://www.w3.org/2000/01/rdf-schema#label> "Norland"@en .',
        encoding="utf-8",
    )
    (tmp_path / "place.csv").write_text("id,label,located in\nport,Port,Norland\n", encoding="utf-8")
    contribution = read([tmp_path])

    assert contribution.findings == []
    assert [Path(source.name).name for source in contribution.sources] == ["things.ttl", "place.csv"]
    assert contribution.places.of(f"<{THING}port>", f"{RLT}locatedIn") is not None


def test_a_template_that_is_not_filled_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "place.csv").write_text("id,label\n# a remark,x\n", encoding="utf-8")

    assert [found.rule for found in validate(tmp_path / "place.csv")] == ["no-rows"]


def _set(grid: Grid, header: str, row: int, value: object) -> None:
    grid[row - 1][grid[0].index(header)] = value


def test_csv_and_workbook_say_the_same() -> None:
    sheets = few(good())
    files = [(f"{name}.csv", delimited(grid, ";").encode()) for name, grid in sheets.items()]

    assert set(understood(*files).triples) == set(understood(("book.xlsx", saved(workbook(sheets)))).triples)
