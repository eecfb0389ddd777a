"""Which literals are the same value: what XSD says, written out; and that nothing else is."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode

from rltkg.loading.verify.values import XSD, same_in_virtuoso, value

SAME = [
    ("integer", "1", "integer", "01"), ("integer", "+5", "integer", "5"), ("int", "5", "integer", "5"),
    ("integer", "9223372036854775807", "decimal", "9223372036854775807"), ("decimal", "1.50", "decimal", "1.5"),
    ("decimal", "1.0", "integer", "1"), ("boolean", "true", "boolean", "1"), ("boolean", "false", "boolean", "0"),
    ("double", "1.0E0", "double", "1"), ("double", "1.5E10", "double", "15000000000"),
    ("double", "NaN", "double", "NaN"),
    ("double", "INF", "double", "+INF"), ("float", "0.1", "float", "0.10000000149"),
    ("dateTime", "2020-01-01T10:00:00Z", "dateTime", "2020-01-01T10:00:00+00:00"),
    ("dateTime", "2020-01-01T00:30:00+02:00", "dateTime", "2019-12-31T22:30:00Z"),
    ("dateTime", "2020-01-01T10:00:00.50Z", "dateTime", "2020-01-01T10:00:00.5Z"),
    ("dateTime", "2020-01-01T24:00:00", "dateTime", "2020-01-02T00:00:00"), ("time", "24:00:00", "time", "00:00:00"),
    ("date", "2020-01-01+00:00", "date", "2020-01-01Z"), ("duration", "P1Y", "duration", "P12M"),
    ("duration", "PT60S", "duration", "PT1M"), ("dayTimeDuration", "P1D", "dayTimeDuration", "PT24H"),
    ("duration", "-P1M", "duration", "-P0Y1M"), ("hexBinary", "0aff", "hexBinary", "0AFF"),
    ("base64Binary", "YWJj", "base64Binary", "YW Jj"),
]  # fmt: skip
OTHER = [
    ("integer", "1", "integer", "2"), ("integer", "oops", "integer", "0"), ("integer", "1", "double", "1"),
    ("integer", "1", "string", "1"), ("integer", "1", "boolean", "1"), ("decimal", "0.1", "double", "0.1"),
    ("boolean", "oops", "boolean", "0"), ("boolean", "true", "boolean", "false"), ("float", "1", "double", "1"),
    ("dateTime", "2020-01-01T10:00:00Z", "dateTime", "2020-01-01T10:00:00"),
    ("dateTime", "2020-01-01T10:00:00", "date", "2020-01-01"), ("date", "2020-01-01", "date", "2020-01-01Z"),
    ("date", "2020-01-01", "date", "2020-01-02"), ("gYear", "2020", "integer", "2020"),
    ("gYear", "2020", "gYear", "2021"), ("gYearMonth", "2020-05", "gYearMonth", "2020-06"),
    ("duration", "P1M", "duration", "P30D"), ("duration", "P", "duration", "PT0S"), ("string", "a", "string", "a "),
    ("string", "a", "token", "a"), ("double", "0", "double", "-0"), ("integer", "\u0661", "integer", "1"),
    ("date", "2020-02-30", "date", "2020-03-01"),
    ("dateTime", "2020-02-30T00:00:00Z", "dateTime", "2020-03-01T00:00:00Z"),
    ("anyURI", "http://e/", "anyURI", "http://e"), ("hexBinary", "0", "hexBinary", "00"),
]  # fmt: skip


def literal(kind: str, text: str) -> Literal:
    """Return a literal of a datatype of XSD."""
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(("kind", "one", "other_kind", "other"), SAME)
def test_the_same_value_in_two_forms(kind: str, one: str, other_kind: str, other: str) -> None:
    assert value(literal(kind, one)) == value(literal(other_kind, other))


@pytest.mark.parametrize(("kind", "one", "other_kind", "other"), OTHER)
def test_values_that_differ(kind: str, one: str, other_kind: str, other: str) -> None:
    assert value(literal(kind, one)) != value(literal(other_kind, other))


def test_texts_and_languages() -> None:
    assert value(Literal("a", language="en-GB")) == value(Literal("a", language="en-gb"))
    assert value(Literal("a", language="en")) != value(Literal("a", language="en-GB"))
    assert value(Literal("a", language="en")) != value(Literal("b", language="en"))
    assert value(Literal("a", language="en")) != value(Literal("a"))
    assert value(Literal("a")) == value(literal("string", "a"))


def test_what_only_virtuoso_writes_so() -> None:
    assert same_in_virtuoso(literal("boolean", "true"), literal("integer", "1"))
    assert same_in_virtuoso(literal("duration", "P1Y2M"), literal("duration", "14"))
    assert same_in_virtuoso(literal("dayTimeDuration", "P1D"), literal("dayTimeDuration", "86400.0"))
    assert not same_in_virtuoso(literal("boolean", "true"), literal("integer", "0"))
    assert not same_in_virtuoso(literal("boolean", "oops"), literal("integer", "1"))
    assert not same_in_virtuoso(literal("duration", "PT60S"), literal("duration", "60.6"))  # what 7.2.5 makes of it
    assert not same_in_virtuoso(literal("duration", "P1Y"), literal("integer", "12"))
    assert not same_in_virtuoso(literal("integer", "5"), literal("integer", "6"))
