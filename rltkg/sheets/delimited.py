"""Tables as CSV, one file a kind (RFC 4180: commas, quotes doubled, CRLF)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from rltkg.errors import InputError
from rltkg.sheets.kinds import ID

if TYPE_CHECKING:
    from rltkg.sheets.table import Table

MARK = "\ufeff"  # at the start of a file, so that Excel reads it as UTF-8


def csv_text(table: Table) -> str:
    """Return a table as CSV: a line of headers, the remarks, the rows.

    Raises InputError where a cell would be a formula for whatever program opens the file.
    """
    for row in table.rows:
        for heading, text in zip([ID, *table.headings], row, strict=True):
            if text.startswith("="):
                where = f"{table.kind.name}, row {row[0]}, {heading}"
                raise InputError(f"{where}: spreadsheets run CSV text that begins with '=' ({text[:40]}); write xlsx")
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow([ID, *map(str, table.headings)])
    writer.writerows(table.remarks)
    writer.writerows(table.rows)
    return held.getvalue()
