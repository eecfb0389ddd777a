"""Tables as an XLSX workbook: text in every cell, lists to choose from, and help at every header."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from rltkg.errors import InputError, UnavailableError
from rltkg.sheets.columns import BETWEEN, Code, Property, Thing
from rltkg.sheets.kinds import ID
from rltkg.sheets.table import ABOUT, LISTS
from rltkg.sheets.wording import need, note, takes

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from rltkg.sheets.columns import Column
    from rltkg.sheets.kinds import Kinds
    from rltkg.sheets.shipped import Shipped
    from rltkg.sheets.table import Table

MOST_ROWS = 1_048_575
SPARE = 1_000  # rows below the data that still have lists
_MOST_NAMES = 400  # a longer list is no help
_FEW_KINDS = 3
_MESSAGE = 255  # what Excel takes as the message of a cell
_TITLE = 32
_COLOURS = {"needed": "#1F4E79", "either": "#2E75B6", "advised": "#9DC3E6", "other": "#DDDDDD"}


def workbook(tables: list[Table], kinds: Kinds, shipped: Shipped | None = None) -> bytes:
    """Return `tables` as an XLSX workbook, the same bytes for the same tables.

    The first sheet tells how to fill it, then comes one for each table, then one with the lists, which hold codes and,
    where `shipped` is given, what the release holds of few kinds. Raises InputError where a sheet cannot hold the
    rows, UnavailableError where XlsxWriter is missing.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise UnavailableError("XLSX needs XlsxWriter, which is not installed: pip install XlsxWriter") from error
    for table in tables:
        if len(table.rows) + len(table.remarks) > MOST_ROWS:
            raise InputError(f"a sheet holds {MOST_ROWS:,} rows, and there are more of {table.kind.name}; write csv")
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as book:
        # Without this the time of writing would make every file differ.
        book.set_properties({"title": "rltkg contribution", "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        book.set_size(1600, 1000)
        writer = _Writer(book, kinds, shipped)
        writer.about(tables)
        for table in tables:
            writer.table(table)
        writer.lists()
    return held.getvalue()


class _Writer:
    def __init__(self, book: Workbook, kinds: Kinds, shipped: Shipped | None) -> None:
        self.book = book
        self.kinds = kinds
        self.shipped = shipped
        self.columns: dict[tuple[str, ...], int] = {}  # what a list offers, and its column in the sheet of lists
        self.titles: list[str] = []
        self.bold = book.add_format({"bold": True})
        self.large = book.add_format({"bold": True, "font_size": 16})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        # Text, so that no program makes a date or a number of an id; quoted, so that it stays so when it is edited.
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.quoted = book.add_format({"num_format": "@", "valign": "top", "quote_prefix": True})
        self.remark = book.add_format(
            {"num_format": "@", "italic": True, "font_color": "#666666", "bg_color": "#F2F2F2"}
        )
        self.heads = {name: self._head(colour) for name, colour in _COLOURS.items()}

    def _head(self, colour: str) -> Format:
        dark = colour in {_COLOURS["needed"], _COLOURS["either"]}
        look = {"bold": True, "num_format": "@", "bg_color": colour, "border": 1, "valign": "top"}
        return self.book.add_format({**look, "font_color": "#FFFFFF" if dark else "#000000"})

    def about(self, tables: list[Table]) -> None:
        """Write the sheet that tells how to fill the others."""
        sheet = self.book.add_worksheet(ABOUT)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 110)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, "A contribution to rltkg", self.large)
        row = 2
        for head, text in _GUIDE:
            sheet.write_string(row, 0, head, self.bold)
            sheet.write_string(row, 1, text, self.wrapped)
            row += 1
        row += 1
        for name, words in (("needed", "must be filled"), ("either", "one of several must be filled")):
            sheet.write_string(row, 0, "header of this colour", self.heads[name])
            sheet.write_string(row, 1, words)
            row += 1
        for name, words in (("advised", "helps readers"), ("other", "may stay empty")):
            sheet.write_string(row, 0, "header of this colour", self.heads[name])
            sheet.write_string(row, 1, words)
            row += 1
        row += 1
        sheet.write_string(row, 0, "sheet", self.bold)
        sheet.write_string(row, 1, "each row of it is", self.bold)
        for table in tables:
            row += 1
            link = f"internal:'{table.kind.name}'!A1"
            sheet.write_url(row, 0, link, string=table.kind.name)
            sheet.write_string(row, 1, f"{table.kind.label}: {table.kind.definition}", self.wrapped)

    def table(self, table: Table) -> None:
        """Write one table as a sheet."""
        sheet = self.book.add_worksheet(table.kind.name)
        above = [*table.remarks, *table.rows]
        sheet.set_column(0, 0, 24, self.text)
        sheet.write_string(0, 0, ID, self.heads["other"])
        _comment(sheet, 0, _ID_NOTE)
        for place, heading in enumerate(table.headings, 1):
            column = heading.column
            sheet.write_string(0, place, str(heading), self.heads[_class_of(column)])
            _comment(sheet, place, note(column, self.kinds))
            width = 40 if column.is_text else max(14, len(str(heading)) + 3)
            sheet.set_column(place, place, width, self.text)
            self._validate(sheet, place, column, len(table.remarks) + 1, len(above) + SPARE)
        for number, cells in enumerate(above, 1):
            for place, text in enumerate(cells):
                if text:
                    self._cell(sheet, (number, place), text, remark=number <= len(table.remarks))
        labelled = bool(table.headings) and table.headings[0].column.header == "label"
        sheet.freeze_panes(1 + len(table.remarks), 2 if labelled else 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(above) + SPARE}"})

    def _cell(self, sheet: Worksheet, place: tuple[int, int], text: str, *, remark: bool) -> None:
        look = self.remark if remark else self.quoted if text[0] in "=+-@'" else self.text
        sheet.write_string(*place, text, look)

    def _validate(self, sheet: Worksheet, place: int, column: Column, first: int, last: int) -> None:
        """Give the cells of a column a message and, where there are choices, a list."""
        words = f"{need(column)}. {column.help[0] if column.help else ''} {takes(column, self.kinds)}"
        title = column.header[:_TITLE]
        rule: dict[str, object] = {"validate": "any", "input_title": title}
        rule["input_message"] = _cut(words[0].upper() + words[1:])
        if choices := self._offered(column):
            rule.update(validate="list", source=self._list(column.header, choices), show_error=False)
            if isinstance(column.value, Code) and not column.many:
                wrong = f"{column.header} takes what the list offers."
                rule.update(show_error=True, error_title=title, error_message=wrong)
        sheet.data_validation(first, place, last, place, rule)

    def _offered(self, column: Column) -> list[str]:
        value = column.value
        if isinstance(value, Code | Property):
            return [choice.label for choice in value.choices]
        if isinstance(value, Thing) and value.classes and self.shipped and len(value.kinds) <= _FEW_KINDS:
            names = self.shipped.names(self.kinds.named(name) for name in value.kinds)
            return names if len(names) <= _MOST_NAMES else []
        return []

    def _list(self, title: str, choices: list[str]) -> str:
        """Return the range of the sheet of lists that holds `choices`, a new one where there is none yet."""
        key = tuple(choices)
        if key not in self.columns:
            self.columns[key] = len(self.columns)
            self.titles.append(title)
        from xlsxwriter.utility import xl_col_to_name

        letters = xl_col_to_name(self.columns[key], col_abs=True)
        return f"={LISTS}!{letters}$2:{letters}${len(key) + 1}"

    def lists(self) -> None:
        """Write the sheet that holds what the lists offer, one a column."""
        sheet = self.book.add_worksheet(LISTS)
        for (choices, place), title in zip(self.columns.items(), self.titles, strict=True):
            sheet.set_column(place, place, 32, self.text)
            sheet.write_string(0, place, title, self.bold)
            for number, choice in enumerate(choices, 1):
                sheet.write_string(number, place, choice, self.text)
        sheet.freeze_panes(1, 0)


def _class_of(column: Column) -> str:
    return "needed" if column.required else "either" if column.either else "advised" if column.advised else "other"


def _cut(text: str) -> str:
    return text if len(text) <= _MESSAGE else f"{text[: _MESSAGE - 4].rsplit(' ', 1)[0]} ..."


def _comment(sheet: Worksheet, place: int, text: str) -> None:
    """Put a note at a header, as high as it needs."""
    lines = sum(1 + len(line) // 62 for line in text.splitlines())
    look = {"width": 400, "height": 18 * lines + 14, "font_size": 9, "author": "rltkg"}
    sheet.write_comment(0, place, text, look)


_ID_NOTE = (
    "id: may be empty.\nLast part of the IRI of the node: words in lower case with hyphens between them, such as "
    "nice-lymphoma-2016. Where it is empty, one is made of the label. Other rows name the row by it, or by the label."
)
_GUIDE = (
    (
        "What to do",
        "Fill one row for each node, from the first white row of each sheet. Take out sheets you do not need.",
    ),
    ("Rows that begin with #", "They are for you and are never read: what is needed, and an example from the release."),
    ("An empty cell", "Nothing is said. What the source itself leaves open is said in 'not stated'."),
    (
        "Several values",
        f"In one cell, with '{BETWEEN.strip()}' and a blank between them; texts in a second column, headed 'text 2'.",
    ),
    (
        "Naming a node",
        "By label, id or IRI: of a row of this book, or of the release (`rltkg find WORDS` looks there).",
    ),
    ("Help", "Point at a header: its note tells what it means and takes. Needed columns come first."),
    ("Dates", "Written as 2021-09-09, as text. All cells are text, so that no program turns an id into a date."),
    (
        "Checking",
        "`rltkg validate BOOK.xlsx` names each cell that is wrong; `rltkg convert BOOK.xlsx -o FILE.ttl` makes Turtle.",
    ),
)
