"""Rows with a label column beside each column of IRIs, as a W3C document that any writer of results can take."""

from __future__ import annotations

import json
import re

from pyoxigraph import Literal, NamedNode

from rltkg.results.values import XSD, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rltkg.results.answer import Answer, Term

# Full-width signs start a formula where the keyboard has them; a blank before a sign does not always disarm it.
_SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BREAKS = ("\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)


def label_columns(answer: Answer) -> dict[str, str]:
    """Return, for each column of IRIs, the name of the label column that stands beside it.

    A canned query declares which columns these are; in free SPARQL they are those that hold an IRI. The name is
    `<column>_label`, with underscores after it where the query has a column of that name.
    """
    if answer.query:
        from rltkg.canned.contract import LITERAL_TYPES

        found = [column.name for column in answer.query.columns if set(column.types) - set(LITERAL_TYPES)]
    else:
        columns = zip(answer.columns, zip(*answer.rows, strict=True), strict=False)
        found = [name for name, terms in columns if any(isinstance(term, NamedNode) for term in terms)]
    names: dict[str, str] = {}
    for column in found:
        name = f"{column}_label"
        while name in answer.columns or name in names.values():
            name += "_"
        names[column] = name
    return names


def spread(answer: Answer) -> list[str]:
    """Return the columns of `answer` with the label columns, in order."""
    names = label_columns(answer)
    return [name for column in answer.columns for name in (column, names.get(column)) if name]


def label_of(answer: Answer, term: Term | None) -> str | None:
    """Return what the label column has beside `term`: the label of an IRI if it has one, the text of a literal."""
    if isinstance(term, NamedNode):
        return answer.labels.get(term.value)
    return term.value if isinstance(term, Literal) else None


def labelled_rows(answer: Answer) -> list[list[str]]:
    """Return the rows of `answer` as text, IRIs in full and the label of each beside it; "" for an empty cell."""
    names = label_columns(answer)
    rows = []
    for row in answer.rows:
        cells = []
        for column, term in zip(answer.columns, row, strict=True):
            cells.append("" if term is None else text_of(term))
            if column in names:
                cells.append(label_of(answer, term) or "")
        rows.append(cells)
    return rows


def document(answer: Answer, *, guard: bool = False) -> bytes:
    """Return the W3C JSON document of `answer` with label columns; an IRI without a label has an empty cell there.

    With `guard`, text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    names = label_columns(answer)
    held: dict[str, Any] = json.loads(answer.serialize("json"))
    for row in held["results"]["bindings"]:
        for column, name in names.items():
            cell = row.get(column, {"type": ""})
            label = answer.labels.get(cell["value"]) if cell["type"] == "uri" else cell.get("value")
            if label is not None and cell["type"] != "bnode":
                row[name] = {"type": "literal", "value": label}
        if guard:
            for cell in row.values():
                if cell["type"] == "literal":
                    cell["value"] = guarded(cell["value"])
    held["head"]["vars"] = spread(answer)
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()


def lines(answer: Answer, *, labels: bool = False) -> bytes:
    """Return `answer` as JSON Lines: for each row an object of column to W3C term object, without its empty cells."""
    held = json.loads(document(answer) if labels else answer.serialize("json"))
    columns = spread(answer) if labels else answer.columns
    if answer.boolean is not None:
        rows = [{columns[0]: {"type": "literal", "value": json.dumps(answer.boolean), "datatype": XSD + "boolean"}}]
    else:
        rows = held["results"]["bindings"]
    ordered = ({column: row[column] for column in columns if column in row} for row in rows)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ordered)
    # JSON allows these inside a string, but many readers take them for the end of a line.
    return re.sub("[\x85\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet may take `text` for a formula; a number with a sign is none."""
    return not _NUMBER.fullmatch(text) and (text.startswith(_BREAKS) or text.lstrip().startswith(_SIGNS))


def guarded(text: str) -> str:
    """Return `text`, with an apostrophe before it where a spreadsheet may take it for a formula."""
    return f"'{text}" if is_formula(text) else text
