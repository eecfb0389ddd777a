"""Files as cells: what is read, what is refused, and where."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.hyperlink import Hyperlink

from rltkg.errors import InputError
from rltkg.sheets.files import book_of
from rltkg.sheets.reading import Book, Sort, UnreadableError, read_sheets
from rltkg.sheets.reading import package as limits
from tests.sheets.samples import few, good, saved, understood, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = [
    ["id", "label", "place kind", "curator note"],
    ["norland", "Norland", "country", "a note"],
    ["sudland", "Sudland", "country", ""],
]
GOOD = "".join(",".join(row) + "\n" for row in ROWS)
REPEATABLE = settings(derandomize=True, deadline=None, max_examples=60)


def _texts(book: Book) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in sheet.rows.values()] for sheet in book.sheets]


def _filled(rows: list[list[str]]) -> list[list[str]]:
    return [[text for text in row if text] for row in rows]


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        b"\xfe\xff" + GOOD.encode("utf-16-be"),
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode("utf-16"),
        f"sep=;\r\n{GOOD.replace(',', ';')}".encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace("\n", "\r\n", 1).encode(),
        GOOD.rstrip("\n").encode(),
        GOOD.replace("Norland", '"Norland"').encode(),
    ],
    ids=[
        "utf-8",
        "mark",
        "utf-16",
        "utf-16-be",
        "semicolons",
        "tabs",
        "sep",
        "crlf",
        "cr",
        "two ends",
        "no end",
        "quotes",
    ],
)
def test_ways_to_write_the_same_csv(content: bytes) -> None:
    book = read_sheets(content, "uk.place.csv")

    assert _texts(book) == [_filled(ROWS)]
    assert book.findings == []
    assert book.sheets[0].kind == "place"


def test_another_encoding_is_read_if_it_is_told() -> None:
    content = GOOD.replace("a note", "caf\u00e9 \u20ac").encode("cp1252")

    assert read_sheets(content, "place.csv", encoding="windows-1252").sheets[0].rows[2][3].text == "caf\u00e9 \u20ac"
    with pytest.raises(InputError, match=r"There is no encoding 'windows-1253x'; did you mean 'windows-125[02]'"):
        read_sheets(content, "place.csv", encoding="windows-1253x")
    with pytest.raises(InputError, match="There is no encoding 'base64'"):
        read_sheets(content, "place.csv", encoding="base64")


BROKEN: dict[str, tuple[bytes, set[tuple[str, str]]]] = {
    "Windows-1252": (GOOD.replace("a note", "caf\u00e9").encode("cp1252"), {("encoding", "D2")}),
    "two encodings": (
        GOOD.replace("a note", "caf\u00e9").encode() + "osland,\u00d6sland,country,\n".encode("cp1252"),
        {("mixed-encodings", "B4")},
    ),
    "zero bytes": (GOOD.encode("utf-16-le"), {("encoding", "")}),
    "one zero byte": (GOOD.encode().replace(b"a note", b"a\0note"), {("invisible-character", "D2")}),
    "lone return": (GOOD.replace("country,\n", "country,\r").encode() + b"x,X,country,\n", {("line-end", "D3")}),
    "quote never closed": (GOOD.replace("a note", '"a note').encode(), {("unbalanced-quote", "D2")}),
    "quotes never closed": (
        GOOD.replace("a note", '"a note').replace("Sudland", '"Sudland').encode(),
        {("unbalanced-quote", "D2"), ("unbalanced-quote", "B3"), ("short-row", "B3")},
    ),
    "quote inside": (GOOD.replace("a note", 'the "note"').encode(), {("stray-quote", "D2")}),
    "text after a quote": (GOOD.replace("a note", '"a" note').encode(), {("stray-quote", "D2")}),
    "two lines in a cell": (
        GOOD.replace("a note", '"a\nnote"').encode() + b"x,=X,country,\n",
        {
            ("line-break", "D2"),
            ("formula", "B4 (line 5)"),
        },
    ),
    "short row": (GOOD.encode() + b"x,X\n", {("short-row", "B4")}),
    "long row": (GOOD.encode() + b"x,X,country,,,more\n", {("beyond-header", "F4")}),
    "formula": (GOOD.replace("a note", "=A1").encode(), {("formula", "D2")}),
    "error": (GOOD.encode() + b"#REF!,X,country,\n", {("error-value", "A4")}),
    "no-break space": (GOOD.replace("a note", "a\u00a0note").encode(), {("invisible-character", "D2")}),
    "too long": (GOOD.replace("a note", "x" * 100_001).encode(), {("cell-too-long", "D2")}),
    "no kind": (GOOD.encode(), {("unknown-kind", "")}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_faults_of_csv_are_found_at_their_cells(name: str) -> None:
    content, expected = BROKEN[name]
    rows = understood(("plaice.csv" if name == "no kind" else "place.csv", content))

    assert {(found.rule, found.location.in_book) for found in rows.findings if found.location} == expected
    assert len(rows.findings) == len(expected)


def test_a_bad_byte_is_told_with_line_and_number() -> None:
    content, _ = BROKEN["two encodings"]
    [finding] = read_sheets(content, "place.csv").findings
    number = content.index(b"\xd6") + 1

    assert finding.location is not None
    assert (finding.location.line, finding.location.column) == (4, 8)
    assert finding.message.startswith(f"Byte {number} of the file, 0xD6, is not UTF-8 (in Windows-1252 it is '\u00d6')")


def test_empty_cells_that_excel_leaves_out_are_empty() -> None:
    wide = [f"id-{number},Place {number},country,note" for number in range(15)]
    narrow = [f"id-{number},Place {number},country" for number in range(15, 40)]
    text = "\n".join([",".join(ROWS[0]), *wide, *narrow])
    cut = text.replace("id-20,Place 20,country", "id-20,Place 20")

    assert read_sheets(text.encode(), "place.csv").findings == []
    found = [str(finding.location) for finding in read_sheets(cut.encode(), "place.csv").findings]
    assert found == [f"place.csv, {'B' if row == 22 else 'C'}{row}" for row in range(17, 33)]


@pytest.mark.parametrize(
    ("shown", "target", "location"),
    [
        ("https://example.org/a#b", "https://example.org/a", "b"),
        ("https://EXAMPLE.org", "https://example.org/", None),
        ("https://example.org/\u00e9", "https://example.org/%C3%A9", None),
        ("a@example.org", "mailto:a@example.org", None),
        ("place!A1", None, "place!A1"),
    ],
)
def test_links_that_programs_make_of_addresses_lose_nothing(
    shown: str, target: str | None, location: str | None
) -> None:
    book = workbook(few(good()))
    cell = book["position"]["Q2"]
    cell.value = shown
    cell.hyperlink = Hyperlink(ref="Q2", target=target, location=location)

    assert read_sheets(saved(book), "book.xlsx").findings == []


def test_empty_rows_hold_nothing_and_move_no_cell() -> None:
    content = b"\n\n" + GOOD.replace("\n", "\n\n,,,\n   ,,,\n").encode() + b"x,=X,country,\n"
    rows = understood(("place.csv", content))

    assert [str(found.location) for found in rows.findings] == ["place.csv, B15"]
    assert rows.rows == 3


GOOD_BOOK = saved(workbook(few(good())))


def _zip(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def _parts(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """Return the good workbook with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(GOOD_BOOK)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return _zip(parts)


def _replaced(part: str, old: bytes, new: bytes) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)

    return _parts(change)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "book-format"),
    "text": (GOOD.encode, "book-format"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "book-format"),
    "another archive": (lambda: _zip({"a.txt": b"x"}), "book-format"),
    "an OpenDocument sheet": (lambda: _zip({"content.xml": b"<x/>", "mimetype": b"x"}), "book-format"),
    "half a file": (lambda: saved(workbook(few(good())))[:3000], "book-format"),
    "a strict workbook": (
        lambda: _replaced(
            "xl/workbook.xml",
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        "book-format",
    ),
    "broken XML": (lambda: _replaced(SHEET, b"</sheetData>", b""), "book-format"),
    "a row without a number": (lambda: _replaced(SHEET, b'<row r="1"', b'<row r="one"'), "book-format"),
    "macros": (lambda: _parts(lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "book-macros"),
    "the type of macros": (
        lambda: _replaced("[Content_Types].xml", b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"),
        "book-macros",
    ),
    "a document type": (lambda: _replaced(SHEET, b"<worksheet", DOCTYPE + b"<worksheet"), "book-doctype"),
    "a document type in UTF-16": (
        lambda: _parts(lambda parts: parts.update({"xl/extra.xml": "<!DOCTYPE x><x/>".encode("utf-16")})),
        "book-doctype",
    ),
    "a bomb": (lambda: _parts(lambda parts: parts.update({"xl/media/x.bin": b"\0" * (32 << 20)})), "book-too-large"),
    "a huge merged range": (
        lambda: _replaced(
            SHEET, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
        "book-too-large",
    ),
    "a link from whole columns": (
        lambda: _replaced(
            SHEET, b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A:XFD" location="x"/></hyperlinks>'
        ),
        "book-too-large",
    ),
    "deep XML": (
        lambda: _replaced(SHEET, b"</sheetData>", b"</sheetData>" + b"<x>" * 99 + b"</x>" * 99),
        "book-too-large",
    ),
    "many sheets": (
        lambda: _parts(lambda parts: parts.update({f"xl/worksheets/s{number}.xml": b"<x/>" for number in range(201)})),
        "book-too-large",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_safe_workbook_is_refused(name: str) -> None:
    make, rule = REFUSED[name]
    with pytest.raises(UnreadableError) as told:
        read_sheets(make(), "book.xlsx")

    assert told.value.finding.rule == rule
    assert str(told.value).startswith("book.xlsx: ")
    assert told.value.exit_status == 2


def test_more_cells_than_may_be_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 20)

    assert book_of(saved(workbook(few(good()))), "book.xlsx").findings[0].rule == "book-too-large"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("book.xls", "the format of old spreadsheet programs"),
        ("book.XLSM", "a workbook with macros, which nothing here may run"),
        ("book.xlsb", "a binary workbook"),
        ("book.ods", "an OpenDocument sheet"),
        ("book.tsv", "a tab-separated file"),
        ("book.docx", "no sheet"),
    ],
)
def test_other_formats_are_refused_by_name(name: str, told: str) -> None:
    with pytest.raises(InputError, match=f"{name} is {told}; save it as an Excel workbook"):
        read_sheets(b"x", name)


def test_a_workbook_tells_the_sorts_of_its_cells() -> None:
    book = openpyxl.Workbook()
    values = ["text", 2016, 2016.0, 0.1, 1e20, -3, True, dt.date(2021, 9, 9), dt.datetime(2021, 9, 9, 1)]  # noqa: DTZ001
    for row, value in enumerate(values, 1):
        book.active.cell(row, 2).value = value
    book.active["B10"] = 0.5
    book.active["B10"].number_format = "0.0%"
    book.active["XFD1048576"] = "far away"
    [sheet] = read_sheets(saved(book), "book.xlsx").sheets
    cells = [cell for row in sheet.rows.values() for cell in row]

    assert [(cell.text, cell.sort) for cell in cells] == [
        ("text", Sort.TEXT),
        ("2016", Sort.NUMBER),
        ("2016", Sort.NUMBER),
        ("0.1", Sort.NUMBER),
        ("100000000000000000000", Sort.NUMBER),
        ("-3", Sort.NUMBER),
        ("true", Sort.TRUTH),
        ("2021-09-09", Sort.DAY),
        ("2021-09-09 01:00:00", Sort.MOMENT),
        ("0.5", Sort.PERCENTAGE),
        ("far away", Sort.TEXT),
    ]
    assert sheet.place(cells[-1]).in_book == "Sheet!XFD1048576"


def test_sheets_beside_the_data_and_remarks_are_left_alone() -> None:
    book = workbook(few(good()))
    for name in ("Read Me", "lists"):
        book.create_sheet(name).append(["=1", "#REF!"])
    book["lists"].sheet_state = "hidden"
    book["place"].append(["# a remark", "=1", "\u00a0"])
    rows = understood(("book.xlsx", saved(book)))

    assert rows.findings == []
    assert rows.comments == 1


@pytest.mark.parametrize(("level", "rules"), [(0, ["hidden-column"]), (1, [])])
def test_a_column_that_a_button_folds_away_is_not_hidden(level: int, rules: list[str]) -> None:
    book = workbook(few(good()))
    book["place"].column_dimensions["C"].hidden = True
    book["place"].column_dimensions["C"].outlineLevel = level

    assert [found.rule for found in read_sheets(saved(book), "book.xlsx").findings] == rules


@REPEATABLE
@given(st.binary(max_size=400))
def test_any_bytes_are_a_csv_file_or_refused(content: bytes) -> None:
    _read_or_refuse(content, "place.csv")


@REPEATABLE
@given(st.text(st.sampled_from(list('"",;\t\r\n=#a\u00e9\ufeff ')), max_size=60))
def test_any_text_keeps_what_it_holds(text: str) -> None:
    book = _read_or_refuse(text.encode(), "place.csv")
    kept = "".join(cell.text for sheet in book.sheets for row in sheet.rows.values() for cell in row)

    assert kept.count("a") == text.count("a")
    assert kept.count("\u00e9") == text.count("\u00e9")


@REPEATABLE
@given(st.binary(max_size=200), st.integers(0, 10**6))
def test_any_damage_to_a_workbook_is_a_grid_or_refused(noise: bytes, seed: int) -> None:
    content = bytearray(GOOD_BOOK)
    rng = random.Random(seed)  # noqa: S311
    for byte in noise:
        content[rng.randrange(len(content))] = byte
    _read_or_refuse(bytes(content), "book.xlsx")


_REFERENCE = st.sampled_from(
    [*["A1", "B2", "C3", "D1"] * 5, "a3", "A0", "XFD1048576", "XFE1", "A9999999", "7", "", "A1:B2"]
)
_VALUE = st.one_of(
    st.sampled_from(["0", "1", "-1", "1e999", "44448.5", "9" * 5000, "nan", "2021-09-09T25:00", "#REF!", " ", "60"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
)
_CELL = st.builds(
    '<c r="{}" t="{}" s="{}">{}<v>{}</v></c>'.format,
    _REFERENCE,
    st.sampled_from([*["n", "str", "b"] * 5, "s", "e", "d", "inlineStr", "x"]),
    st.sampled_from([*["0"] * 20, "1", "99", "-1"]),
    st.sampled_from(
        ["", "", "<f>1</f>", '<f t="shared" si="0"/>', '<f t="array" ref="A1:B2">1</f>', "<is><t>x</t></is>"]
    ),
    _VALUE.map(escape),
)
_ROW = st.builds(
    '<row r="{}" {}>{}</row>'.format,
    st.sampled_from([*["1", "2", "3"] * 5, "1048577", "0", "-1", "x"]),
    st.sampled_from([*[""] * 9, 'hidden="1"', 'hidden="x"', 'ht="0"', 'ht="x"']),
    st.lists(_CELL, max_size=3).map("".join),
)
_REST = st.sampled_from(
    [
        "",
        '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
        '<mergeCells><mergeCell ref="B2:A1"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A1" r:id="rId9"/></hyperlinks>',
        '<autoFilter ref="x"/>',
    ]
)


@REPEATABLE
@given(st.lists(_ROW, max_size=3).map("".join), _REST)
def test_any_sheet_of_a_workbook_is_a_grid_or_refused(rows: str, rest: str) -> None:
    xml = f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheetData>{rows}</sheetData>{rest}</worksheet>'
    _read_or_refuse(_parts(lambda held: held.update({SHEET: xml.encode()})), "book.xlsx")


def _read_or_refuse(content: bytes, name: str) -> Book:
    book = book_of(content, name)
    assert all(finding.location and finding.location.file == name for finding in book.findings)
    if book.sheets:
        understood((name, content))
    return book
