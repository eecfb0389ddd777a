"""The seeded faults: how each is planted in a good book, which rule must find it, and at which cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula

from rltkg.sheets.reading.grid import letters
from tests.sheets.samples import PAGE, cell_of, column_of, good

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


P, M, E = "position", "measurement", "status-event"
SHEETS = good()


@dataclass(frozen=True)
class Fault:
    """A fault in one cell of a row: what is done to the cell that stands under `header`, and what must find it."""

    name: str
    rule: str
    sheet: str
    header: str
    value: Any = None
    do: Callable[[Cell], object] | None = None

    def plant(self, book: Workbook, row: int) -> tuple[str, str]:
        """Break the cell in `row`; return the rule and the place that must be reported."""
        cell = book[self.sheet].cell(row, column_of(SHEETS[self.sheet], self.header))
        if self.do is None:
            cell.value = self.value
        else:
            self.do(cell)
        return self.rule, f"{self.sheet}!{cell_of(SHEETS[self.sheet], self.header, row)}"


def _at(value: object, **look: object) -> Callable[[Cell], object]:
    def do(cell: Cell) -> None:
        cell.value = value
        for name, each in look.items():
            setattr(cell, name, each)

    return do


def _hidden(cell: Cell) -> None:
    cell.parent.row_dimensions[cell.row].hidden = True


def _merged(cell: Cell) -> None:
    cell.parent.merge_cells(start_row=cell.row, end_row=cell.row, start_column=cell.column, end_column=cell.column + 1)


def _two_places(cell: Cell) -> None:
    for number in (1, 2):
        cell.parent.parent["place"].append([f"springfield-{number}", "Springfield", "country"])
    cell.value = "Springfield"


def _no_id(label: str) -> Callable[[Cell], object]:
    def do(cell: Cell) -> None:
        cell.value = label
        cell.parent.cell(cell.row, 1).value = None

    return do


LINK = "https://example.org/elsewhere"
DAY = dt.datetime(2021, 9, 9)  # noqa: DTZ001
IN_ROWS = [
    Fault("formula", "formula", P, "text", "=A1&B1"),
    Fault("array formula", "formula", M, "value", ArrayFormula("F7", "=SUM(F2:F3)")),
    Fault("error for a text", "error-value", P, "text", "#REF!"),
    Fault("error for a number", "error-value", M, "value", "#DIV/0!"),
    Fault("error for an id, which is no remark", "error-value", M, "id", "#N/A"),
    Fault("no-break space", "invisible-character", P, "text", "The guideline\u00a0includes it."),
    Fault("zero-width space", "invisible-character", P, "label", "a new\u200b position"),
    Fault("soft hyphen in a name", "invisible-character", P, "content of", "guide\u00adline of Norland"),
    Fault("tab", "invisible-character", P, "curator note", "one\ttwo"),
    Fault("carriage return as Excel writes it", "invisible-character", P, "curator note", "one_x000D_two"),
    Fault("two lines", "line-break", P, "curator note", "one\ntwo"),
    Fault("lost character", "lost-character", P, "curator note", "caf\ufffd"),
    Fault("garbled character", "garbled-character", P, "curator note", "the agency\u00e2\u20ac\u2122s page"),
    Fault("garbled accent", "garbled-character", P, "curator note", "caf\u00c3\u00a9"),
    Fault("accent apart from its letter", "decomposed-character", P, "curator note", "cafe\u0301"),
    Fault("blank at the end of a text", "untidy-text", P, "text", "The guideline includes it. "),
    Fault("number for a text", "number-for-text", P, "text", 2016.5),
    Fault("year for a text", "number-for-text", P, "time words", 2016),
    Fault("year that a program wrote", "number-for-text", P, "time words", "2016.0"),
    Fault("number for a code", "number-for-text", P, "coverage", 1),
    Fault("number for an id", "number-for-text", P, "id", 17),
    Fault("day for a text", "date-for-text", P, "time words", DAY),
    Fault("truth for a text", "truth-for-text", P, "time words", value=True),
    Fault("serial number for a day", "number-for-date", P, "entered on", 44448),
    Fault("serial number as text for a day", "number-for-date", P, "checked on", "44448"),
    Fault("day with a time", "moment-for-date", P, "entered on", dt.datetime(2021, 9, 9, 12, 30)),  # noqa: DTZ001
    Fault("time for a day", "moment-for-date", P, "checked on", dt.time(12, 30)),
    Fault("day in the order of a country", "ambiguous-date", P, "entered on", "09/12/2021"),
    Fault("day that there is not", "no-date", P, "entered on", "2021-02-30"),
    Fault("words for a day", "no-date", P, "checked on", "last spring"),
    Fault("truth for a day", "no-date", P, "checked on", value=False),
    Fault("day for a year", "date-for-number", P, "holds from year", dt.datetime(1905, 7, 8)),  # noqa: DTZ001
    Fault("day as text for a year", "date-for-number", P, "holds from year", "2021-09-09"),
    Fault("fraction for a year", "ill-formed-number", P, "holds from year", 2016.5),
    Fault("year with a fraction of nothing", "ill-formed-number", P, "holds from year", "2016.0"),
    Fault("year with a zero before it", "ill-formed-number", P, "holds from year", "02016"),
    Fault("truth for a number", "truth-for-number", M, "value", value=True),
    Fault("comma for the point", "decimal-comma", M, "value", "12,5"),
    Fault("comma between thousands", "ill-formed-number", M, "value", "1,200"),
    Fault("words for a number", "no-number", M, "value", "about ten"),
    Fault("percentage", "percentage", M, "value", do=_at(0.45, number_format="0%")),
    Fault("day for a month", "date-for-month", E, "event month", dt.datetime(2018, 4, 1)),  # noqa: DTZ001
    Fault("words for a month", "no-month", E, "event month", "April 2018"),
    Fault("misspelt code", "unknown-code", P, "coverage", "inclued"),
    Fault("misspelt name", "unknown-thing", P, "content of", "guidline of Norland"),
    Fault("name of two places", "ambiguous-label", P, "jurisdiction", do=_two_places),
    Fault("thing of another kind", "wrong-kind", P, "content of", "Norland"),
    Fault("two values for one", "too-many-values", P, "stated in", f"{PAGE}; second page of the agency"),
    Fault("two codes for one", "too-many-values", P, "coverage", "included; omitted"),
    Fault("empty value in a list", "empty-value", P, "topic", "RLT; ; guidelines"),
    Fault("semicolon at the end of a list", "empty-value", P, "jurisdiction", "Norland; "),
    Fault("value twice", "repeated-value", P, "topic", "RLT; guidelines; radioligand therapy"),
    Fault("thing twice, by label and by id", "repeated-value", P, "jurisdiction", "Norland; norland"),
    Fault("list without blanks", "unknown-code", P, "topic", "RLT;guidelines"),
    Fault("property that there is not", "unknown-property-name", P, "not stated", "jurisdicton"),
    Fault("address in part", "no-address", P, "exact match", "www.example.org/x"),
    Fault("short name for an address", "no-address", P, "exact match", "MONDO:0019496"),
    Fault("id of other characters", "bad-id", P, "id", "A new position!"),
    Fault("id in no namespace of ours", "bad-id", P, "id", "dbo:Position"),
    Fault("id of the vocabulary", "reserved-id", P, "id", "code:coverage-partial"),
    Fault("id of another row", "duplicate-id", P, "id", "position-0"),
    Fault("id of another kind in the release", "id-of-another-kind", P, "id", "gov:section-2-2"),
    Fault("label of another row without an id", "minted-twice", P, "label", do=_no_id("Position: 0")),
    Fault("label without letters", "missing-id", P, "label", do=_no_id("\u4e2d\u56fd")),
    Fault(
        "label of a thing in the release",
        "minted-id-exists",
        P,
        "label",
        do=_no_id("HPP publishes framework templates"),
    ),
    Fault("struck out", "struck-out", P, "text", do=_at("An old sentence.", font=Font(strike=True))),
    Fault("note", "cell-note", P, "text", do=_at("A sentence.", comment=Comment("really?", "A"))),
    Fault("note on an empty cell", "cell-note", P, "not stated", do=_at(None, comment=Comment("really?", "A"))),
    Fault("link behind other words", "cell-link", P, "text", do=_at("A sentence.", hyperlink=LINK)),
    Fault(
        "address that leads elsewhere", "cell-link", P, "exact match", do=_at("https://example.org/x", hyperlink=LINK)
    ),
    Fault("hidden row", "hidden-row", E, "id", do=_hidden),
    Fault("merged cells", "merged-cells", E, "label", do=_merged),
]


@dataclass(frozen=True)
class Flaw:
    """A fault in the make of a sheet: what is done to a book, and which findings it must lead to, all of them."""

    name: str
    do: Callable[[Workbook], object]
    found: frozenset[tuple[str, str]]


def _flaw(name: str, rule: str, place: str, do: Callable[[Workbook], object]) -> Flaw:
    return Flaw(name, do, frozenset({(rule, place)}))


def _end(sheet: Worksheet, header: object, value: object, gap: int = 1) -> None:
    """Write a header and a value below it, so many columns after the last one."""
    place = sheet.max_column + gap
    if header is not None:
        sheet.cell(1, place).value = header
    sheet.cell(2, place).value = value


def _other_sheet(book: Workbook, name: str) -> None:
    book.create_sheet(name).append(["id", "label"])
    book[name].append(["x", "y"])


def _hide_column(sheet: Worksheet, letter: str) -> None:
    sheet.column_dimensions[letter].hidden = True


def _after(sheet: str, gap: int = 1) -> str:
    return letters(len(SHEETS[sheet][0]) + gap)


def _gap(book: Workbook) -> None:
    _end(book["passage"], None, "x")
    _end(book["passage"], "curator note", "y")


def _chart(book: Workbook) -> None:
    book.create_chartsheet("Chart1").add_chart(BarChart())


def _hidden_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("concept")
    sheet.append(["id", "label"])
    sheet.append(["a-concept", "a concept"])
    sheet.sheet_state = "veryHidden"


OF_SHEETS = [
    _flaw("unknown column", "unknown-column", f"{P}!{_after(P)}1", lambda book: _end(book[P], "remarks of mine", "x")),
    _flaw("misspelt column", "unknown-column", "place!C1", lambda book: book["place"].__setitem__("C1", "plase kind")),
    _flaw("column twice", "duplicate-column", f"{M}!{_after(M)}1", lambda book: _end(book[M], "unit", "networks")),
    _flaw(
        "column of text twice",
        "duplicate-column",
        f"web-page!{_after('web-page')}1",
        lambda book: _end(book["web-page"], "title", "x"),
    ),
    _flaw(
        "column that the kind presets",
        "unknown-column",
        f"guideline!{_after('guideline')}1",
        lambda book: _end(book["guideline"], "document kind", "guideline"),
    ),
    _flaw("cell beyond the header", "beyond-header", f"{E}!{_after(E, 3)}2", lambda book: _end(book[E], None, "x", 3)),
    Flaw(
        "column without a name between others",
        _gap,
        frozenset({("blank-header", "passage!C2")}),
    ),
    _flaw("hidden column", "hidden-column", "actor!C1", lambda book: _hide_column(book["actor"], "C")),
    _flaw("unknown sheet", "unknown-sheet", "Sheet1", lambda book: _other_sheet(book, "Sheet1")),
    _flaw("misspelt sheet", "unknown-sheet", "positions", lambda book: _other_sheet(book, "positions")),
    _flaw("sheet with a chart", "unknown-sheet", "Chart1", _chart),
    Flaw(
        "hidden sheet",
        _hidden_sheet,
        frozenset({("hidden-sheet", "concept")}),
    ),
    Flaw(
        "sheet without a header",
        lambda book: book.create_sheet("target").append(["psma-2", "another target"]),
        frozenset({("no-header", "target!A1")}),
    ),
    Flaw(
        "passage without an id",
        lambda book: book["passage"].append([None, PAGE]),
        frozenset({("missing-id", "passage!B3")}),
    ),
]
