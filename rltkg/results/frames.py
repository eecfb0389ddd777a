"""Rows as data frames of pandas and polars, and as a result of rdflib; none of these is needed by anything else."""

from __future__ import annotations

import io
from importlib import import_module

from rltkg.errors import UnavailableError
from rltkg.results.labelled import label_columns, label_of
from rltkg.results.values import kind_of_column, text_of, value_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

    import pandas as pd
    import polars as pl
    import rdflib

    from rltkg.results.answer import Answer

_PANDAS = {
    "integer": "Int64",
    "decimal": "Float64",
    "double": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "instant": "datetime64[us, UTC]",
    "local instant": "datetime64[us]",
}
_DECLARED = {"integer": "integer", "decimal": "decimal"}
_LARGEST = 2**63
_DIGITS = 38


def to_pandas(answer: Answer, *, labels: bool = False) -> pd.DataFrame:
    """Return `answer` as a pandas DataFrame; `Answer.to_pandas` tells the types."""
    pandas = _needed("pandas", "pandas")
    series = {}
    for name, kind, values in _columns(answer, labels=labels):
        if kind == "decimal":
            values = [None if value is None else float(value) for value in values]  # type: ignore[arg-type] # noqa: PLW2901
        if kind in ("instant", "local instant"):
            values = pandas.to_datetime(values, utc=kind == "instant").as_unit("us")  # noqa: PLW2901
        series[name] = pandas.Series(values, dtype=_PANDAS.get(kind, "string"))
    frame: pd.DataFrame = pandas.DataFrame(series, columns=list(series))
    return frame


def to_polars(answer: Answer, *, labels: bool = False) -> pl.DataFrame:
    """Return `answer` as a polars DataFrame; `Answer.to_polars` tells the types."""
    polars = _needed("polars", "polars")
    types = {
        "integer": polars.Int64,
        "double": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
        "instant": polars.Datetime("us", "UTC"),
        "local instant": polars.Datetime("us"),
    }
    series = []
    for name, kind, values in _columns(answer, labels=labels):
        dtype = types.get(kind, polars.String)
        if kind == "decimal":
            places = max((-int(each.as_tuple().exponent) for each in values if each is not None), default=0)  # type: ignore[attr-defined]
            dtype = polars.Decimal(_DIGITS, max(places, 0))
        series.append(polars.Series(name, values, dtype=dtype))
    frame: pl.DataFrame = polars.DataFrame(series)
    return frame


def to_rdflib(answer: Answer) -> rdflib.query.Result:
    """Return `answer` as an rdflib query result."""
    query = _needed("rdflib.query", "rdflib")
    result: rdflib.query.Result = query.Result.parse(io.BytesIO(answer.serialize("json")), format="json")
    return result


def _columns(answer: Answer, *, labels: bool) -> list[tuple[str, str, list[object]]]:
    """Return the name, the kind and the values of each column, label columns after those that they label."""
    names = label_columns(answer) if labels else {}
    declared = {column.name: column.types[0] for column in answer.query.columns} if answer.query else {}
    found: list[tuple[str, str, list[object]]] = []
    for place, name in enumerate(answer.columns):
        terms = [row[place] for row in answer.rows]
        kind = kind_of_column(terms)
        if all(term is None for term in terms):
            kind = _DECLARED.get(declared.get(name, ""), "text")
        convert = text_of if kind == "text" else value_of
        values: list[object] = [None if term is None else convert(term) for term in terms]
        if _overflows(kind, values):
            kind, values = "text", [None if term is None else text_of(term) for term in terms]
        found.append((name, kind, _widened(kind, values)))
        if name in names:
            found.append((names[name], "text", [label_of(answer, term) for term in terms]))
    return found


def _overflows(kind: str, values: list[object]) -> bool:
    """Say whether whole numbers or decimals among `values` are too long for a column of numbers."""
    if kind == "integer":
        return any(isinstance(value, int) and not -_LARGEST <= value < _LARGEST for value in values)
    return kind == "decimal" and any(value is not None and len(str(value)) > _DIGITS // 2 for value in values)


def _widened(kind: str, values: list[object]) -> list[object]:
    """Return `values` of one kind: whole numbers among decimals or doubles become such."""
    if kind == "double":
        return [None if value is None else float(value) for value in values]  # type: ignore[arg-type]
    if kind == "decimal":
        from decimal import Decimal

        return [None if value is None else Decimal(value) for value in values]  # type: ignore[arg-type]
    return values


def _needed(module: str, package: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError as error:
        raise UnavailableError(f"This needs {package}, which is not installed: pip install {package}") from error
