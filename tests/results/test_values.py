"""Literals as values of Python: exact, or left as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from rltkg.results.values import XSD, kind_of, kind_of_column, text_of, value_of


def literal(text: str, kind: str) -> Literal:
    """Return a literal of a datatype of XML Schema."""
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("term", "kind", "value"),
    [
        (literal("2019", "integer"), "integer", 2019),
        (literal("+7", "unsignedByte"), "integer", 7),
        (literal("9" * 30, "nonNegativeInteger"), "integer", int("9" * 30)),
        (literal("1.50", "decimal"), "decimal", Decimal("1.50")),
        (literal(".5", "decimal"), "decimal", Decimal("0.5")),
        (literal("1e3", "double"), "double", 1000.0),
        (literal("-INF", "float"), "double", float("-inf")),
        (literal("1", "boolean"), "boolean", True),
        (literal("false", "boolean"), "boolean", False),
        (literal("2021-09-09", "date"), "date", date(2021, 9, 9)),
        (literal("2021-09-09T23:59:59Z", "dateTime"), "instant", datetime(2021, 9, 9, 23, 59, 59, tzinfo=UTC)),
        (
            literal("2021-09-09T01:00:00+02:00", "dateTime"),
            "instant",
            datetime(2021, 9, 9, 1, tzinfo=timezone(timedelta(hours=2))),
        ),
        (Literal("2019"), "text", "2019"),
        (Literal("x", language="en"), "text", "x"),
        (NamedNode("http://example.org/a"), "text", "http://example.org/a"),
        (BlankNode("b"), "text", "_:b"),
    ],
)
def test_a_term_has_its_kind_and_value(term: Literal | NamedNode | BlankNode, kind: str, value: object) -> None:
    assert kind_of(term) == kind
    assert value_of(term) == value
    assert type(value_of(term)) is type(value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("=1+1", "integer"), ("1_000", "integer"), ("1_0.5", "double"), ("nan", "double"), ("1e5", "decimal"),
        ("\u0661", "integer"), ("yes", "boolean"), ("2021-02-30", "date"), ("2021-09-09Z", "date"),
        ("2021-09-09T25:00:00Z", "dateTime"), ("-0044-03-15", "date"), ("9" * 5000, "integer"),
    ],
)  # fmt: skip
def test_what_is_ill_formed_or_beyond_python_stays_text(text: str, kind: str) -> None:
    assert value_of(literal(text, kind)) == text
    assert kind_of_column([literal(text, kind)]) == "text"


@pytest.mark.parametrize(
    ("terms", "kind"),
    [
        ([literal("1", "integer"), None, literal("2", "int")], "integer"),
        ([literal("1", "integer"), literal("1.5", "decimal")], "decimal"),
        ([literal("1", "integer"), literal("1.5", "decimal"), literal("1e0", "double")], "double"),
        ([literal("2021-01-01", "date")], "date"),
        ([literal("2021-01-01T00:00:00Z", "dateTime")], "instant"),
        ([literal("2021-01-01T00:00:00", "dateTime")], "local instant"),
        ([literal("2021-01-01T00:00:00", "dateTime"), literal("2021-01-01T00:00:00Z", "dateTime")], "text"),
        ([literal("1", "integer"), Literal("not stated")], "text"),
        ([literal("1", "integer"), literal("true", "boolean")], "text"),
        ([None, None], "text"),
        ([], "text"),
    ],
)
def test_a_column_has_the_kind_that_all_its_terms_share(terms: list[Literal | None], kind: str) -> None:
    assert kind_of_column(terms) == kind


def test_triple_terms_have_a_text() -> None:
    from pyoxigraph import Triple

    term = Triple(NamedNode("http://e/a"), NamedNode("http://e/b"), Literal(1))

    assert text_of(term).startswith("<<( <http://e/a> <http://e/b> ")  # type: ignore[arg-type]
