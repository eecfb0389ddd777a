"""Whether two literals are the same value, however each is written: what a store may rewrite without loss."""

from __future__ import annotations

import math
import re
import struct
from base64 import b64decode
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from pyoxigraph import Literal

XSD = "http://www.w3.org/2001/XMLSchema#"
_LANGUAGE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_INTEGERS = (
    "integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
    "negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
)  # fmt: skip
_ZONE = r"(?P<zone>Z|[+-]\d\d:\d\d)?"
_DAY = r"(?P<year>-?\d{4,})-(?P<month>\d\d)-(?P<day>\d\d)"
_CLOCK = r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d(?:\.\d+)?)"
_MOMENTS = {
    "dateTime": re.compile(f"{_DAY}T{_CLOCK}{_ZONE}"),
    "dateTimeStamp": re.compile(f"{_DAY}T{_CLOCK}{_ZONE}"),
    "date": re.compile(_DAY + _ZONE),
    "time": re.compile(_CLOCK + _ZONE),
    "gYear": re.compile(r"(?P<year>-?\d{4,})" + _ZONE),
    "gYearMonth": re.compile(r"(?P<year>-?\d{4,})-(?P<month>\d\d)" + _ZONE),
    "gMonthDay": re.compile(r"--(?P<month>\d\d)-(?P<day>\d\d)" + _ZONE),
    "gDay": re.compile("---(?P<day>\\d\\d)" + _ZONE),
    "gMonth": re.compile("--(?P<month>\\d\\d)" + _ZONE),
}
_DURATION = re.compile(
    r"(?P<sign>-?)P(?!$)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?!$)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_DURATIONS = ("duration", "yearMonthDuration", "dayTimeDuration")
_MINUTES = 60  # seconds
_DAY_LONG = 86_400  # seconds


def value(literal: Literal) -> Hashable:
    """Return what `literal` means; two literals are the same value where this is equal.

    A literal that its datatype does not allow, or whose datatype is not known here, is only equal to itself.
    """
    kind = literal.datatype.value
    if kind == _LANGUAGE:
        return (_LANGUAGE, literal.value, (literal.language or "").lower(), str(getattr(literal, "direction", None)))
    reader = _READERS.get(kind.removeprefix(XSD)) if kind.startswith(XSD) else None
    try:
        found = reader(literal.value) if reader else None
    except (ValueError, ArithmeticError):
        found = None
    return (kind, literal.value) if found is None else found


def same_in_virtuoso(given: Literal, kept: Literal) -> bool:
    """Say whether Virtuoso writes the value `given` as `kept`: true as 1, durations as a number of months or seconds.

    The datatype of a duration stays; that of a boolean may become xsd:integer.
    """
    kind = given.datatype.value.removeprefix(XSD)
    if kind == "boolean" and kept.datatype.value == XSD + "integer":
        return {"true": "1", "1": "1", "false": "0", "0": "0"}.get(given.value) == kept.value
    if kind in _DURATIONS and kept.datatype == given.datatype:
        try:
            number = Fraction(kept.value)
        except ValueError:
            return False
        found = _duration(given.value)
        return found is not None and found[1:] in ((number, Fraction()), (Fraction(), number))
    return False


def _integer(text: str) -> Hashable | None:
    return ("decimal", Fraction(int(text))) if re.fullmatch(r"[+-]?\d+", text, re.ASCII) else None


def _decimal(text: str) -> Hashable | None:
    matched = re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text, re.ASCII)
    return ("decimal", Fraction(text)) if matched else None


def _boolean(text: str) -> Hashable | None:
    known = {"true": True, "1": True, "false": False, "0": False}
    return ("boolean", known[text]) if text in known else None


def _float(text: str, form: str, kind: str) -> Hashable | None:
    if text in ("INF", "+INF", "-INF", "NaN"):
        return (kind, text.removeprefix("+"))
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", text, re.ASCII):
        return None
    try:
        (number,) = struct.unpack(form, struct.pack(form, float(text)))
    except OverflowError:
        return None
    return (kind, number, math.copysign(1, number))


def _moment(text: str, kind: str) -> Hashable | None:
    matched = _MOMENTS[kind].fullmatch(text)
    if matched is None or not text.isascii():
        return None
    parts = matched.groupdict()
    clock = Fraction(parts.get("second") or 0) + _MINUTES * (
        int(parts.get("minute") or 0) + _MINUTES * int(parts.get("hour") or 0)
    )
    held = tuple(None if parts.get(name) is None else int(parts[name]) for name in ("year", "month", "day"))
    zone = parts["zone"]
    minutes = None if zone is None else 0
    if zone not in (None, "Z"):
        minutes = int(zone[0] + "1") * (int(zone[1:3]) * _MINUTES + int(zone[4:]))
    if kind.startswith("dateTime"):
        return _in_utc(held, clock, minutes)
    return (kind, held, clock % _DAY_LONG if kind == "time" else clock, minutes)


def _in_utc(held: tuple[int | None, ...], clock: Fraction, minutes: int | None) -> Hashable:
    """Return a moment as one in UTC, where it has a time zone; 24:00 is 00:00 of the next day."""
    from datetime import date, timedelta

    year, month, day = (each or 0 for each in held)
    seconds = clock - (minutes or 0) * _MINUTES
    moved = date(year, month, day) + timedelta(days=int(seconds // _DAY_LONG))
    return ("dateTime", moved, seconds % _DAY_LONG, minutes is None)


def _duration(text: str) -> tuple[str, Fraction, Fraction] | None:
    matched = _DURATION.fullmatch(text)
    if matched is None or not text.isascii():
        return None
    given = {name: Fraction(part or 0) for name, part in matched.groupdict().items() if name != "sign"}
    sign = -1 if matched["sign"] else 1
    months = given["years"] * 12 + given["months"]
    seconds = ((given["days"] * 24 + given["hours"]) * 60 + given["minutes"]) * 60 + given["seconds"]
    return ("duration", sign * months, sign * seconds)


_READERS: dict[str, Callable[[str], Hashable | None]] = {
    **dict.fromkeys(_INTEGERS, _integer),
    "decimal": _decimal,
    "boolean": _boolean,
    "double": lambda text: _float(text, "d", "double"),
    "float": lambda text: _float(text, "f", "float"),
    "hexBinary": lambda text: ("hexBinary", bytes.fromhex(text)),
    "base64Binary": lambda text: ("base64Binary", b64decode("".join(text.split()), validate=True)),
    **dict.fromkeys(_DURATIONS, _duration),
    **{kind: (lambda text, kind=kind: _moment(text, kind)) for kind in _MOMENTS},  # type: ignore[misc]
}
