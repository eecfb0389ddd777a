"""The literal or address that a cell means, or why it means none."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from rltkg.nearest import sayable
from rltkg.sheets.columns import STRING, Text, Typed, Web
from rltkg.sheets.reading import Sort

if TYPE_CHECKING:
    from rltkg.sheets.columns import Heading

XSD = "http://www.w3.org/2001/XMLSchema#"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OTHER_DAY = re.compile(r"([0-9]{1,4})[./-]([0-9]{1,2})[./-]([0-9]{1,4})")
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_WHOLE = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,' ]*(?:[eE][+-]?[0-9]+)?")
_WRITTEN_BY_PROGRAM = re.compile(r"[0-9]{3,}\.0")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`/?#]+[^\s<>\"{}|\\^`]*")
_SERIAL = range(20_000, 80_000)  # 1954 to 2119, as spreadsheets count days
_YEARS = range(1_900, 2_101)
_SERIAL_START = date(1899, 12, 30)

Faulty = tuple[str, str]  # a rule and a message


def literal_of(text: str, sort: Sort, heading: Heading) -> Literal | NamedNode | Faulty:
    """Return what a cell with `text` of the given sort means under `heading`, a column of literals or addresses."""
    value = heading.column.value
    if isinstance(value, Typed) and not value.is_text:
        return _typed(text, sort, value, heading)
    if fault := not_text(sort, text, heading):
        return fault
    if isinstance(value, Web):
        return _address(text, heading)
    if text != text.strip(" "):
        return "untidy-text", f"The text of '{heading!s}' begins or ends with a blank; take it off."
    return Literal(text, language=heading.language) if isinstance(value, Text) else Literal(text)


def not_text(sort: Sort, text: str, heading: object) -> Faulty | None:
    """Say why a cell of that sort is none of a column of text, codes or names; None where it is one."""
    mend = "format the cell as text and type it again"
    if sort == Sort.TEXT:
        if not _WRITTEN_BY_PROGRAM.fullmatch(text):
            return None
        message = f"{text!r} looks like {text[:-2]}, which a program has written as a fraction; write what is meant."
        return "number-for-text", message
    if sort in {Sort.NUMBER, Sort.PERCENTAGE}:
        message = (
            f"The cell is the number {text}, but '{heading!s}' takes text, and zeros or digits may be lost; {mend}."
        )
        return "number-for-text", message
    if sort == Sort.TRUTH:
        return "truth-for-text", f"The cell is the truth value {text}, but '{heading!s}' takes text; {mend}."
    return "date-for-text", f"The cell is the date {text}, but '{heading!s}' takes text; {mend}."


def _typed(text: str, sort: Sort, value: Typed, heading: Heading) -> Literal | Faulty:
    names = {datatype.removeprefix(XSD) for datatype in value.datatypes}
    if names & {"integer", "decimal"}:
        return _number(text, sort, names, heading)
    if "date" in names:
        return _day(text, sort, heading)
    if "gYearMonth" in names:
        return _month(text, sort, heading)
    return _other(text, sort, value, heading)


def _number(text: str, sort: Sort, names: set[str], heading: Heading) -> Literal | Faulty:
    fractions = "decimal" in names
    kind = "number" if fractions else "whole number"
    if sort in {Sort.TEXT, Sort.NUMBER}:
        if _WHOLE.fullmatch(text) and "integer" in names:
            return Literal(text, datatype=NamedNode(XSD + "integer"))
        if fractions and _DECIMAL.fullmatch(text):
            return Literal(text, datatype=NamedNode(XSD + "decimal"))
    if sort == Sort.PERCENTAGE:
        message = (
            f"The cell is a percentage, which a spreadsheet keeps as {text}; format it as a number and write that."
        )
        return "percentage", message
    if sort == Sort.TRUTH:
        return "truth-for-number", f"The cell is the truth value {text}, but '{heading!s}' takes a {kind}; write that."
    if sort in {Sort.DAY, Sort.MOMENT} or (_DAY.fullmatch(text) and _is_day(text)):
        behind = (date.fromisoformat(text[:10]) - _SERIAL_START).days if _is_day(text[:10]) else 0
        told = f" (as a number it is {behind})" if behind in _YEARS and sort == Sort.DAY else ""
        message = f"The cell is the date {text}{told}, but '{heading!s}' takes a {kind}; format it as a number."
        return "date-for-number", message
    return _misspelt_number(text, kind, heading)


def _misspelt_number(text: str, kind: str, heading: Heading) -> Faulty:
    whole, _, fraction = text.partition(".")
    if fraction and not fraction.strip("0") and _WHOLE.fullmatch(whole):
        return "ill-formed-number", f"{text!r} is the whole number {whole} written as a fraction; write {whole}."
    if re.fullmatch(r"-?[0-9]+,[0-9]{1,2}", text):
        message = f"{text!r} has a comma, which is none of a fraction here; write {text.replace(',', '.')}."
        return "decimal-comma", message
    if _NUMBER.fullmatch(text):
        stop = "" if kind == "whole number" else " and one full stop"
        message = f"{text!r} is no {kind} in its shortest form; write it with digits{stop} alone, without a first 0."
        return "ill-formed-number", message
    return (
        "no-number",
        f"{sayable(text)} is no number, and '{heading!s}' takes a {kind}; write that, or leave it empty.",
    )


def _day(text: str, sort: Sort, heading: Heading) -> Literal | Faulty:
    if sort == Sort.MOMENT:
        message = f"The cell is {text}, with a time of day, but '{heading!s}' takes a day; write the day alone."
        return "moment-for-date", message
    if sort == Sort.TRUTH:
        return "no-date", f"The cell is the truth value {text}, but '{heading!s}' takes a day, such as 2021-09-09."
    if sort in {Sort.NUMBER, Sort.PERCENTAGE} or re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        guess = ""
        if re.fullmatch("[0-9]{5}", text) and int(text) in _SERIAL:
            guess = f" (as spreadsheets count days it is {_SERIAL_START + timedelta(days=int(text))})"
        message = f"{text} is a number{guess}, but '{heading!s}' takes a day; write it as 2021-09-09 is written."
        return "number-for-date", message
    if _DAY.fullmatch(text) and _is_day(text):
        return Literal(text, datatype=NamedNode(XSD + "date"))
    if _OTHER_DAY.fullmatch(text) and not _DAY.fullmatch(text):
        message = f"{text!r} may be read in several ways; write the day as year-month-day, as 2021-09-09 is written."
        return "ambiguous-date", message
    return "no-date", f"{sayable(text)} is no day; write it as 2021-09-09 is written, or leave the cell empty."


def _month(text: str, sort: Sort, heading: Heading) -> Literal | Faulty:
    if sort == Sort.TEXT and _MONTH.fullmatch(text):
        return Literal(text, datatype=NamedNode(XSD + "gYearMonth"))
    if sort in {Sort.DAY, Sort.MOMENT}:
        message = (
            f"The cell is the date {text}, but '{heading!s}' takes a month; format it as text, write it as 2022-04."
        )
        return "date-for-month", message
    return "no-month", f"{sayable(text)} is no month; write it as 2022-04 is written, in a cell formatted as text."


def _other(text: str, sort: Sort, value: Typed, heading: Heading) -> Literal | Faulty:
    """Return a literal of a datatype that no column has today: true or false, else as it is written."""
    [datatype, *_] = value.datatypes
    if datatype == XSD + "boolean":
        if text in {"true", "false"}:
            return Literal(text, datatype=NamedNode(datatype))
        return "no-truth", f"{sayable(text)} is neither true nor false, and '{heading!s}' takes one of them."
    if fault := not_text(sort, text, heading):
        return fault
    return Literal(text, datatype=NamedNode(datatype or STRING))


def _address(text: str, heading: Heading) -> NamedNode | Faulty:
    message = f"{sayable(text)} is no address; '{heading!s}' takes one in full, such as https://www.nice.org.uk/guidance/ng131."
    if not _ADDRESS.fullmatch(text):
        return "no-address", message
    try:
        return NamedNode(text)
    except ValueError:
        return "no-address", message


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
