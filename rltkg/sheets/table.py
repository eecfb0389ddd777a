"""A sheet that is to be written: a kind, what heads its columns, and its rows as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rltkg.sheets.columns import Heading
    from rltkg.sheets.kinds import Kind


ABOUT = "read me"  # the name of the first sheet of a book, which is for people
LISTS = "lists"  # the name of the sheet that holds what drop-down lists offer


@dataclass
class Table:
    """The rows of one kind. Each row is a cell of the id and one for each of `headings`, "" where nothing is said.

    `remarks` are rows for people, which stand above the data; the first cell of each begins with `COMMENT`.
    """

    kind: Kind
    headings: list[Heading]
    rows: list[list[str]] = field(default_factory=list)
    remarks: list[list[str]] = field(default_factory=list)
