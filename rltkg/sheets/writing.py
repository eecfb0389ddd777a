"""Triples as tables: a row for each node, a column for each property, exactly what the reading half reads back."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from rltkg.errors import InputError
from rltkg.results.names import long, short
from rltkg.sheets.columns import BETWEEN, Code, Heading, Property, Text, Thing, Typed
from rltkg.sheets.reading.characters import wrong
from rltkg.sheets.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, Triple

    from rltkg.sheets.columns import Column
    from rltkg.sheets.kinds import Kind, Kinds

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
_LONGEST = 32_767  # characters that a cell of a workbook holds
_TOLD = 20  # triples that an error names; it counts the others
_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")


class _Unheld(Exception):  # noqa: N818 - never leaves this module
    """A value that no cell holds; its text says why."""


def tables_of(triples: Iterable[Triple], kinds: Kinds) -> list[Table]:
    """Return `triples` as one table for each kind among them, in the order of `kinds`; rows by id.

    The columns are those that are filled and those that must be. Raises InputError, naming the triples, where the
    kinds cannot hold all of them: nothing is ever left out.
    """
    held: dict[NamedNode | BlankNode, list[Triple]] = defaultdict(list)
    for triple in sorted(set(triples), key=str):
        held[triple.subject].append(triple)  # type: ignore[index]
    rows: dict[str, list[tuple[str, dict[Heading, str]]]] = defaultdict(list)
    refused: list[tuple[Triple, str]] = []
    for subject, about in held.items():
        kind, why = _kind_of(subject, about, kinds)
        if kind is None:
            refused.append((about[0], why))
            continue
        cells, left = cells_of(kind, about)
        refused += left
        rows[kind.name].append((id_cell(subject.value, kind), cells))
    if refused:
        raise InputError(_told(refused))
    return [_table(kind, rows[kind.name]) for kind in kinds if kind.name in rows]


def id_cell(iri: str, kind: Kind) -> str:
    """Return what stands in the id cell of a row of `kind`: of the IRI no more than must be there."""
    part = iri.removeprefix(kind.namespace)
    return part if iri.startswith(kind.namespace) and _BARE.fullmatch(part) else name_of(iri)


def name_of(iri: str) -> str:
    """Return how a cell names the node `iri`: by a prefix of this project, else in full."""
    return short(iri)


def cells_of(kind: Kind, about: Iterable[Triple]) -> tuple[dict[Heading, str], list[tuple[Triple, str]]]:
    """Return the cells of a row of `kind` that say what the triples `about` its node say, and what does not fit.

    What does not fit are triples, each with why.
    """
    values: dict[Heading, list[str]] = defaultdict(list)
    refused = []
    for triple in about:
        if triple.predicate.value == TYPE:
            continue
        column = kind.by_iri.get(triple.predicate.value)
        heading = Heading(column, _language(triple.object)) if column else None
        if heading is None:
            refused.append((triple, f"a {kind.name} has no column for it"))
        elif values[heading] and not heading.column.many:
            refused.append((triple, f"a {kind.name} has one {heading}, and here is a second"))
        else:
            try:
                values[heading].append(_cell(triple.object, heading.column))
            except _Unheld as error:
                refused.append((triple, str(error)))
    cells: dict[Heading, str] = {}
    for heading, texts in values.items():
        if heading.column.splits:
            cells[heading] = BETWEEN.join(texts)
        else:
            for number, text in enumerate(texts, 1):
                cells[Heading(heading.column, heading.language, number)] = text
    return cells, refused


def _language(value: object) -> str:
    return (value.language or "") if isinstance(value, Literal) else ""


def _kind_of(subject: NamedNode | BlankNode, about: list[Triple], kinds: Kinds) -> tuple[Kind | None, str]:
    """Return the kind of a node, None with the reason if it is none."""
    if not isinstance(subject, NamedNode):
        return None, "a row has an IRI, and this node has none"
    if long(short(subject.value)) != subject.value or re.search(r"\s", subject.value):
        return None, "its IRI would be read as another one"
    classes = [triple.object.value for triple in about if triple.predicate.value == TYPE]  # type: ignore[union-attr]
    found = [kind for each in classes if (kind := kinds.of_class(each))]
    if len(classes) != 1:
        return None, f"a row has one class, and this node has {len(classes) or 'none'}"
    return (found[0], "") if found else (None, f"no kind is of the class {short(classes[0])}")


def _cell(value: object, column: Column) -> str:
    """Return what one value says in a cell of `column`. Raises _Unheld where it cannot be said there."""
    expected = column.value
    if isinstance(value, Literal):
        text = _literal(value, column)
    elif not isinstance(value, NamedNode):
        raise _Unheld(f"{column.header} takes no node without an IRI")
    elif isinstance(expected, Text | Typed):
        raise _Unheld(f"{column.header} takes a literal")
    elif isinstance(expected, Code | Property):
        labels = {choice.iri: choice.label for choice in expected.choices}
        if value.value not in labels and isinstance(expected, Code):
            raise _Unheld(f"{column.header} takes a code of its scheme")
        text = labels.get(value.value) or name_of(value.value)
    else:
        text = name_of(value.value) if isinstance(expected, Thing) else value.value
        if long(text) != value.value:
            raise _Unheld("its IRI would be read as another one")
    if not text or text != text.strip() or (found := next(wrong(text), None)):
        why = found[1] if text and text == text.strip() and found else "it is empty, or has blanks at an end"
        raise _Unheld(f"no cell holds it as it is: {why}")
    if len(text) > _LONGEST:
        raise _Unheld(f"a cell holds {_LONGEST:,} characters, and it has {len(text):,}")
    return text


def _literal(value: Literal, column: Column) -> str:
    expected = column.value
    if isinstance(expected, Text):
        if not value.language or (expected.language and value.language != expected.language):
            raise _Unheld(f"{column.header} takes text with the tag @{expected.language or 'of its language'}")
        return value.value
    if not isinstance(expected, Typed) or value.language or value.datatype.value not in expected.datatypes:
        raise _Unheld(f"{column.header} takes no such literal")
    if len(expected.datatypes) > 1 and (value.datatype.value == _DECIMAL) != ("." in value.value):
        raise _Unheld(f"in {column.header} a number is a decimal if it has a full stop, and whole if it has none")
    return value.value


def _table(kind: Kind, rows: list[tuple[str, dict[Heading, str]]]) -> Table:
    order = {column.iri: place for place, column in enumerate(kind.columns)}
    used = {heading for _, cells in rows for heading in cells}
    for column in kind.columns:
        if column.required and not any(heading.column.iri == column.iri for heading in used):
            used.add(Heading(column, column.value.language if isinstance(column.value, Text) else ""))
    headings = sorted(used, key=lambda each: (order[each.column.iri], each.language, each.number))
    in_order = sorted(rows, key=lambda row: row[0])
    return Table(kind, headings, [[name, *(cells.get(each, "") for each in headings)] for name, cells in in_order])


def _told(refused: list[tuple[Triple, str]]) -> str:
    lines = [f"{triple} : {why}" for triple, why in refused[:_TOLD]]
    more = [f"and {len(refused) - _TOLD:,} more"] if len(refused) > _TOLD else []
    count = len(refused)
    which = "triple fits no sheet, so nothing was written; mend it or take it out:"
    if count > 1:
        which = "triples fit no sheet, so nothing was written; mend them or take them out:"
    head = f"{count:,} {which}"
    return "\n  ".join([head, *lines, *more])
