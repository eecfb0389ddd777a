"""Literals, sent and fetched back: which come back as they were, which in another form, which changed or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from rltkg.doctor.findings import BEWARE, LOAD, NO, SPARQL, VERIFY, YES, Finding
from rltkg.loading.verify.values import XSD, same_in_virtuoso, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Back = dict[str, object]

# By kind: what is sent. Those of IN_RELEASE are kinds that the release has; the others are for files of users.
SENT: dict[str, tuple[Literal, ...]] = {
    "text": (Literal("plain"), Literal(" two  blanks "), Literal('a\nb\tc\r"d"\\e'), Literal("")),
    "language tags": (Literal("colour", language="en"), Literal("Stra\u00dfe", language="de-at")),
    "Unicode": (
        Literal("na\u00efve \u2014 \u201cquoted\u201d \u00bd", language="en"),
        Literal("e\u0301 \u65e5\u672c\u8a9e \U0001f600 \U00010348"),
        Literal("\u200b\ufeff\u00a0"),
    ),
    "long texts": (Literal("x" * 5_000), Literal("\u00e9 " * 25_000)),
    "integers": tuple(
        Literal(each, datatype=NamedNode(XSD + "integer"))
        for each in ("7", "01", "-130000000", "123456789012345678901234567890")
    ),
    "decimals": tuple(
        Literal(each, datatype=NamedNode(XSD + "decimal")) for each in ("1.5", "1.50", "-0.125", "12345.678901234")
    ),
    "long decimals": (Literal("0.1234567890123456789", datatype=NamedNode(XSD + "decimal")),),
    "dates": tuple(Literal(each, datatype=NamedNode(XSD + "date")) for each in ("2021-05-04", "2020-02-29")),
    "months": (Literal("2020-05", datatype=NamedNode(XSD + "gYearMonth")),),
    "years": (Literal("2016", datatype=NamedNode(XSD + "gYear")),),
    "times": tuple(
        Literal(each, datatype=NamedNode(XSD + kind))
        for kind, each in (
            ("dateTime", "2021-05-04T10:11:12"),
            ("dateTime", "2021-05-04T10:11:12.5Z"),
            ("dateTime", "2021-05-04T10:11:12+02:00"),
            ("date", "2021-05-04+02:00"),
            ("time", "10:11:12"),
        )
    ),
    "durations": tuple(
        Literal(each, datatype=NamedNode(XSD + "duration")) for each in ("P12M", "P1Y", "PT60S", "P1Y2M3DT4H5M6S")
    ),
    "booleans": tuple(Literal(each, datatype=NamedNode(XSD + "boolean")) for each in ("true", "false", "1")),
    "doubles": tuple(Literal(each, datatype=NamedNode(XSD + "double")) for each in ("1.0E0", "1.5E300", "INF")),
}
IN_RELEASE = ("text", "language tags", "Unicode", "long texts", "integers", "decimals", "dates", "months")
_SHOWN = 40


class Trip(NamedTuple):
    """One literal that was sent, and what came back of it (None: nothing)."""

    kind: str
    sent: Literal
    back: Literal | None


def triples(graph: str) -> bytes:
    """Return the lines of N-Triples that send all of them, each with a subject of its own below `graph`."""
    return "".join(f"<{_node(graph, number)}> <{graph}#value> {each} .\n" for number, (_, each) in _numbered()).encode()


def read(answer: bytes) -> Back:
    """Return what N-Triples that came back hold, by subject."""
    return {quad.subject.value: quad.object for quad in parse(answer, format=RdfFormat.N_TRIPLES)}


def read_rows(rows: list[dict[str, dict[str, str]]]) -> Back:
    """Return what rows of ?s and ?v hold, by subject."""
    found: Back = {}
    for row in rows:
        cell = row["v"]
        kind = NamedNode(cell["datatype"]) if "datatype" in cell else None
        tag = cell.get("xml:lang")
        found[row["s"]["value"]] = (
            Literal(cell["value"], language=tag) if tag else Literal(cell["value"], datatype=kind)
        )
    return found


def trips(graph: str, back: Back) -> list[Trip]:
    """Return what became of each, by what came `back`."""
    found = []
    for number, (kind, sent) in _numbered():
        term = back.get(_node(graph, number))
        found.append(Trip(kind, sent, term if isinstance(term, Literal) else None))
    return found


def in_queries(found: Iterable[Trip], stored: Iterable[Trip]) -> Iterator[Finding]:
    """Give the finding about what queries give in another form than the store: `found` by a query, else `stored`."""
    other = [
        one
        for one, two in zip(found, stored, strict=True)
        if one.back != two.back and not (one.back and two.back and one.back.datatype == two.back.datatype)
    ]
    if other:
        told = f"queries give {_shown(other)}"
        yield Finding("literals", "in queries", BEWARE, told, (SPARQL,), "mind that in queries of your own")
    else:
        yield Finding("literals", "in queries", YES, "queries give the same values")


def judged(found: Iterable[Trip], dialect: str) -> Iterator[Finding]:
    """Give one finding a kind: unchanged, in another form with the same value, or changed."""
    by_kind: dict[str, list[Trip]] = {}
    for each in found:
        by_kind.setdefault(each.kind, []).append(each)
    for kind, made in by_kind.items():
        rewritten = [each for each in made if each.back is not None and each.back != each.sent]
        lost = [each for each in made if each.back is None or not _same(each.sent, each.back, dialect)]
        if lost:
            needed = kind in IN_RELEASE
            yield Finding(
                "literals", kind, NO if needed else BEWARE,
                f"changed: {_shown(lost)}" + ("" if needed else "; the release has none, your own files may"),
                (LOAD, VERIFY) if needed else (),
                "verify would find it; take another store" if needed else "keep such values out of this store",
            )  # fmt: skip
        elif rewritten:
            yield Finding("literals", kind, YES, f"in another form, the value is the same: {_shown(rewritten)}")
        else:
            yield Finding("literals", kind, YES, "unchanged")


def _numbered() -> Iterator[tuple[int, tuple[str, Literal]]]:
    return enumerate((kind, each) for kind, some in SENT.items() for each in some)


def _node(graph: str, number: int) -> str:
    return f"{graph}#n{number}"


def _same(sent: Literal, back: Literal, dialect: str) -> bool:
    return value(sent) == value(back) or (dialect == "virtuoso" and same_in_virtuoso(sent, back))


def _shown(made: list[Trip]) -> str:
    return ", ".join(f"{_short(each.sent)} as {'nothing' if each.back is None else _short(each.back)}" for each in made)


def _short(literal: Literal) -> str:
    text = "".join(each if each.isprintable() else "\ufffd" for each in literal.value)
    start = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... ({len(text):,} characters)"
    kind = literal.datatype.value.removeprefix(XSD)
    return f"{start}@{literal.language}" if literal.language else f"{start} ({kind})" if kind != "string" else start
