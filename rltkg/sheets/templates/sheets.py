"""Empty sheets: headers, what is needed, and an example that nobody reads as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.sheets.columns import Code, Heading, Property, Text
from rltkg.sheets.delimited import csv_text
from rltkg.sheets.kinds import COMMENT
from rltkg.sheets.table import Table
from rltkg.sheets.wording import need, sheet_words, takes
from rltkg.sheets.workbook import workbook

if TYPE_CHECKING:
    from rltkg.sheets.columns import Column
    from rltkg.sheets.kinds import Kind, Kinds
    from rltkg.sheets.shipped import Example, Shipped


def xlsx_template(wanted: list[Kind], kinds: Kinds, shipped: Shipped) -> bytes:
    """Return a workbook with an empty sheet for each of the `wanted` kinds, with examples from `shipped`."""
    examples = shipped.examples(wanted)
    return workbook([_empty(kind, examples[kind.name]) for kind in wanted], kinds, shipped)


def csv_templates(wanted: list[Kind], kinds: Kinds, shipped: Shipped) -> dict[str, str]:
    """Return for each of the `wanted` kinds, by name, an empty CSV file, whose remarks are all the help it can have."""
    examples = shipped.examples(wanted)
    found = {}
    for kind in wanted:
        table = _empty(kind, examples[kind.name])
        columns = [heading.column for heading in table.headings]
        help_rows = [
            [f"{COMMENT} means", *(sheet_words(" ".join(column.help), kinds) for column in columns)],
            [f"{COMMENT} takes", *(_taken(column, kinds) for column in columns)],
        ]
        table.remarks[1:1] = help_rows
        found[kind.name] = csv_text(table)
    return found


def _empty(kind: Kind, example: Example) -> Table:
    """Return a table without data: every column once, what is needed, and the example."""
    headings = [Heading(column, _language(column)) for column in kind.columns]
    name, cells = example
    remarks = [
        [f"{COMMENT} needed?", *(need(heading.column) for heading in headings)],
        [f"{COMMENT} example: {name}", *(cells.get(heading, "") for heading in headings)],
    ]
    return Table(kind, headings, remarks=remarks)


def _language(column: Column) -> str:
    return (column.value.language or "en") if isinstance(column.value, Text) else ""


def _taken(column: Column, kinds: Kinds) -> str:
    """Return what a column takes, with all that it may choose from, since CSV has no lists."""
    if not isinstance(column.value, Code | Property):
        return takes(column, kinds)
    offered = " | ".join(choice.label for choice in column.value.choices)
    return f"{takes(column, kinds)} The list: {offered}."
