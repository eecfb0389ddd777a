"""Says what is wrong with a query that the engine could not read, and where."""

from __future__ import annotations

import re

from rltkg.sparql.cursor import Misread, Node
from rltkg.sparql.grammar import parse
from rltkg.sparql.places import mistake, offset_of
from rltkg.sparql.words import AGGREGATES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg.errors import InputError
    from rltkg.sparql.lexer import Token
    from rltkg.sparql.reading import Reading

_LONG = 40
_AT = re.compile(r"\bat (\d+):(\d+)")
_ESCAPE = re.compile(r"\\(?!u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[tbnrf\\\"'])")


def explained(reading: Reading, said: str) -> InputError:
    """Return the error for the query of `reading`, of which the engine `said` that it is not SPARQL.

    It names line and column in the user's text and shows the line. The engine's own place is only near the fault, so it
    is taken where neither the grammar nor the rules below find one.
    """
    try:
        node = parse(reading)
    except Misread as error:
        return _misread(reading, error)
    for start, what in _faults(reading, node):
        return mistake(reading.text, start, what)
    found = _AT.search(said)
    line, column = (int(found[1]) - reading.lines, int(found[2])) if found else (1, 1)
    return mistake(
        reading.text,
        offset_of(reading.text, max(line, 1), column),
        "the engine cannot read this, or what stands shortly before it; compare it with a query that runs "
        "(`rltkg queries ID --sparql` prints one)",
    )


def _misread(reading: Reading, error: Misread) -> InputError:
    if error.place >= len(reading.tokens):
        return mistake(reading.text, len(reading.text.rstrip()), f"the query ends; write {error.expected} here")
    token = reading.tokens[error.place]
    return reading.wrong(token, error.plainly or f"{_quoted(token.text)} cannot stand here; write {error.expected}")


def _quoted(text: str) -> str:
    return f"`{text}`" if len(text) <= _LONG else f"`{text[:_LONG]}...`"


def _faults(reading: Reading, node: Node) -> Iterator[tuple[int, str]]:
    """Yield what the grammar allows and the rules of SPARQL do not, with the offset in the text."""
    for token in reading.tokens:
        bad = _ESCAPE.search(token.text) if token.kind == "text" else None
        if bad:
            yield token.start + bad.start(), "strings have no such escape; write \\\\ for a backslash"
    for each in _all(node):
        if each.kind in ("query", "select"):
            yield from _selected(reading, each)
        if each.kind == "group":
            yield from _bound(reading, each)


def _selected(reading: Reading, node: Node) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the columns of a SELECT."""
    tokens = reading.tokens
    columns = [each for each in node.parts if each.kind == "column"]
    group = next((each for each in node.parts if each.kind in ("group", "select")), None)
    grouping = next((each for each in node.parts if each.kind == "group by"), None)
    inside = _visible(reading, group) if group else set()
    aggregated = grouping is not None or any(_aggregates(reading, each) for each in columns)
    kept = _variables(reading, grouping) if grouping else set()
    seen: set[str] = set()
    for column in columns:
        token = tokens[column.head[0]]
        is_expression = column.last - column.first > 1
        if token.text[1:] in seen:
            yield token.start, f"{token.text} is selected twice; leave one out"
        if is_expression and token.text[1:] in inside:
            yield token.start, f"{token.text} is used in the patterns already; give the result another name"
        for loose in _outside_aggregates(reading, column) if aggregated else ():
            if loose.text[1:] not in kept:
                yield loose.start, f"{loose.text} stands beside a GROUP BY or an aggregate; add it to GROUP BY"
        seen.add(token.text[1:])
        kept.add(token.text[1:])
    is_select = node.kind == "select" or tokens[node.first].upper == "SELECT"
    if grouping and is_select and not columns:
        yield tokens[grouping.first].start, "with GROUP BY, * is not defined; name what is to be selected"


def _bound(reading: Reading, group: Node) -> Iterator[tuple[int, str]]:
    """Yield each BIND to a variable that the group has used before."""
    for place, part in enumerate(group.parts):
        if part.kind != "bind":
            continue
        token = reading.tokens[part.last - 2]
        before = set().union(*(_visible(reading, each) for each in group.parts[:place]))
        if token.text[1:] in before:
            yield token.start, f"{token.text} is used before it is bound; give BIND another name, or move it up"


def _visible(reading: Reading, node: Node) -> set[str]:
    """Return the variables that a pattern can bind for what stands beside it."""
    if node.kind in ("filter", "exists", "not exists", "minus"):
        return set()
    columns = [each for each in node.parts if each.kind == "column"]
    if columns:
        return {reading.tokens[each.head[0]].text[1:] for each in columns}
    if node.kind == "bind":
        return {reading.tokens[node.last - 2].text[1:]}
    if node.kind in ("group", "select", "union", "optional", "graph"):
        named = _variables(reading, Node("", node.first, node.parts[0].first)) if node.parts else set()
        return named.union(*(_visible(reading, each) for each in node.parts))
    return _variables(reading, node)


def _variables(reading: Reading, node: Node) -> set[str]:
    return {each.text[1:] for each in reading.tokens[node.first : node.last] if each.kind == "var"}


def _outside_aggregates(reading: Reading, column: Node) -> Iterator[Token]:
    """Yield the variables of a column that no aggregate takes, nor AS gives."""
    depth, aggregate = 0, None
    for at in range(column.first, column.last):
        token = reading.tokens[at]
        if token.upper in AGGREGATES and aggregate is None:
            aggregate = depth
        depth += (token.text == "(") - (token.text == ")")
        if token.text == ")" and depth == aggregate:
            aggregate = None
        if token.kind == "var" and aggregate is None and (at != column.head[0] or column.last - column.first == 1):
            yield token


def _aggregates(reading: Reading, column: Node) -> bool:
    return any(each.upper in AGGREGATES for each in reading.tokens[column.first : column.last])


def _all(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from _all(part)
