"""RDF literals as values of Python: numbers that count, dates that sort."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rltkg.results.answer import Term

    Value = int | float | bool | Decimal | date | datetime | str

XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = ["byte", "int", "integer", "long", "negativeInteger", "nonNegativeInteger", "nonPositiveInteger"]
_WHOLE += ["positiveInteger", "short", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort"]
_KINDS = dict.fromkeys(_WHOLE, "integer")
_KINDS |= {"decimal": "decimal", "double": "double", "float": "double", "boolean": "boolean"}
_KINDS |= {"date": "date", "dateTime": "instant", "dateTimeStamp": "instant"}
_TIME = r"T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_READERS: dict[str, tuple[str, Callable[[str], Value]]] = {
    "integer": (r"[+-]?[0-9]{1,400}", int),
    "decimal": (r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", Decimal),
    "double": (r"[+-]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|INF)|NaN", float),
    "boolean": (r"true|false|1|0", ("true", "1").__contains__),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date.fromisoformat),
    "instant": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}" + _TIME, datetime.fromisoformat),
}


def kind_of(term: Term) -> str:
    """Return integer, decimal, double, boolean, date or instant (a date with a time); `text` for any other term."""
    if not isinstance(term, Literal) or not term.datatype.value.startswith(XSD):
        return "text"
    return _KINDS.get(term.datatype.value[len(XSD) :], "text")


def text_of(term: Term) -> str:
    """Return the text of a term: an IRI as it is, a literal without its datatype or language, else as Turtle has it."""
    if isinstance(term, Literal | NamedNode):
        return term.value
    return f"<<( {term} )>>" if hasattr(term, "subject") else str(term)


def value_of(term: Term) -> Value:
    """Return the value of a term of Python's own kind; its text where it has none, or its text is ill-formed."""
    text = text_of(term)
    pattern, read = _READERS.get(kind_of(term), ("", str))
    try:
        return read(text) if re.fullmatch(pattern, text) else text
    except ValueError:  # a day that no calendar has
        return text


def kind_of_column(terms: Iterable[Term | None]) -> str:
    """Return the kind that all `terms` of a column share and whose values Python can hold, else `text`.

    Decimals take whole numbers in, doubles take both. Times with and without a zone do not mix. A column without terms
    is text.
    """
    kinds = set()
    for term in terms:
        if term is None:
            continue
        value, kind = value_of(term), kind_of(term)
        if isinstance(value, str):
            return "text"
        if kind == "instant":
            kind = "instant" if isinstance(value, datetime) and value.tzinfo else "local instant"
        kinds.add(kind)
        if len(kinds) > 1 and not kinds <= {"integer", "decimal", "double"}:
            return "text"
    return next((kind for kind in ("double", "decimal", "integer") if kind in kinds), "".join(kinds)) or "text"
