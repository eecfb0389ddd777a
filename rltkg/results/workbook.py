"""An answer as an XLSX workbook: typed cells, and a second sheet that tells where they come from."""

from __future__ import annotations

import io
import math
from datetime import date, datetime
from decimal import Decimal

from rltkg.errors import InputError, UnavailableError
from rltkg.results.citation import of_answer, parameters
from rltkg.results.labelled import is_formula, label_columns, label_of, spread
from rltkg.results.values import text_of, value_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from rltkg.results.answer import Answer

ROWS = 1_048_575
CELL = 32_767
DIGITS = 15
FIRST_DAY = date(1900, 3, 1)  # Excel counts a day that 1900 did not have; what lies before is text
WIDEST = 60


def workbook(answer: Answer, *, labels: bool = False) -> bytes:
    """Return `answer` as an XLSX workbook, the same bytes for the same answer.

    The first sheet has a header row and the rows. Numbers that a spreadsheet holds exactly are numbers, dates are
    dates; all else is text, links too, and nothing is ever a formula. The second sheet tells the query, its
    parameters, the release and the citation. Raises InputError where a sheet cannot hold the rows or a cell the text,
    UnavailableError where XlsxWriter is missing.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise UnavailableError("XLSX needs XlsxWriter, which is not installed: pip install XlsxWriter") from error
    if len(answer) > ROWS:
        raise InputError(f"A sheet holds {ROWS:,} rows, and the answer has {len(answer):,}; ask for less, or take csv")
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        # Without this the time of writing would make every file differ.
        book.set_properties({"title": answer.title, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        book.set_size(1600, 1000)
        sheets = _Writer(book)
        sheets.rows(answer, labels=labels)
        sheets.about(answer)
    return held.getvalue()


class _Writer:
    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.text = book.add_format({"num_format": "@"})
        # A cell that starts like a formula stays text even when it is edited.
        self.quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})

    def rows(self, answer: Answer, *, labels: bool) -> None:
        sheet = self.book.add_worksheet("rows")
        names = label_columns(answer) if labels else {}
        heads = spread(answer) if labels else answer.columns
        widths = [len(head) for head in heads]
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, self.bold)
        for number, row in enumerate(answer.rows, 1):
            cells: list[tuple[object, str]] = []
            for column, term in zip(answer.columns, row, strict=True):
                cells.append((None, "") if term is None else (value_of(term), text_of(term)))
                if column in names:
                    label = label_of(answer, term)
                    cells.append((label, label or ""))
            for place, (value, text) in enumerate(cells):
                widths[place] = max(widths[place], min(len(text), WIDEST))
                if text:
                    self.cell(sheet, (number, place), value, text)
        sheet.freeze_panes(1, 0)
        if answer.rows:
            sheet.autofilter(0, 0, len(answer), len(heads) - 1)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width + 2)

    def cell(self, sheet: Worksheet, where: tuple[int, int], value: object, text: str) -> None:
        """Write `value` with its own type where a spreadsheet can hold it, else its `text`."""
        if isinstance(value, bool):
            sheet.write_boolean(*where, value)
        elif isinstance(value, int | float | Decimal) and _exact(value):
            sheet.write_number(*where, float(value))
        elif isinstance(value, date) and not isinstance(value, datetime) and value >= FIRST_DAY:
            sheet.write_datetime(*where, value, self.day)
        else:
            self.string(sheet, where, text)

    def string(self, sheet: Worksheet, where: tuple[int, int], text: str) -> None:
        if len(text.encode("utf-16-le")) // 2 > CELL:
            raise InputError(
                f"Row {where[0]:,} has a text of {len(text):,} characters, and a cell of a spreadsheet holds {CELL:,}; "
                "take csv or jsonl"
            )
        sheet.write_string(*where, text, self.quoted if is_formula(text) else self.text)

    def about(self, answer: Answer) -> None:
        sheet = self.book.add_worksheet("about")
        facts = [("title", answer.title)]
        if answer.query:
            facts += [("query", answer.query.id), ("question", answer.query.question)]
        for name, value, label in parameters(answer):
            facts.append((f"parameter {name}", value if label == value else f"{label} ({value})"))
        facts += [("rows", f"{len(answer):,}"), ("release", answer.release)]
        facts += [("digest", answer.store.release.digest)] if answer.store.release else []
        facts += [("own file", file.path.name) for file in answer.store.own]
        facts += [("note", note) for note in (answer.cut_because, answer.empty_because, *answer.remarks) if note]
        facts += [("citation", of_answer(answer))]
        facts += [("" if place else answer.asked_in, line) for place, line in enumerate(answer.text.splitlines())]
        for number, (name, value) in enumerate(facts):
            sheet.write_string(number, 0, name, self.bold)
            for part, start in enumerate(range(0, max(len(value), 1), CELL // 2)):
                self.string(sheet, (number, 1 + part), value[start : start + CELL // 2])
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 120)


def _exact(value: float | Decimal) -> bool:
    """Say whether a spreadsheet keeps a number: 15 significant digits, and neither endless nor no number."""
    if isinstance(value, float):
        return math.isfinite(value)
    return len(Decimal(value).normalize().as_tuple().digits) <= DIGITS and math.isfinite(float(value))
