"""Asks the catalogue on both sides, and tells which answers change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from rltkg.canned.contract import Catalogue
from rltkg.canned.run import bind
from rltkg.errors import InputError
from rltkg.results.answer import Answer
from rltkg.review.rows import RowDifference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rltkg.canned.contract import Query
    from rltkg.results.answer import Row
    from rltkg.review.form import AnswerChange, Answers, ChangedRow
    from rltkg.review.sides import Side

    Values = dict[str, str]
    Relabelled = dict[str, tuple[str, str]]


def not_asked(because: str) -> Answers:
    """Return what stands for the answers where nothing was asked."""
    return {"asked": 0, "because": because, "changed": []}


def answers(before: Side, after: Side, relabelled: Relabelled, tell: Callable[[str, float], None]) -> Answers:
    """Ask each query of the catalogue of `before` on both sides and return what changes.

    A query is asked with its defaults, and once more as at now where it is asked as at another day by default. The
    queries of `after` never run: they may be part of what is reviewed. Rows that only show one of the `relabelled`
    nodes (IRI to old and new label) by its new name are counted apart. `tell` hears which query is next, and which
    share of them is done.
    """
    asked = 0
    changed = []
    catalogue = Catalogue(before.release.catalogue)
    for number, query in enumerate(catalogue):
        tell(f"asking {query.id} on both sides", number / len(catalogue))
        for values in _ways(query):
            asked += 1
            if change := _compared(query, values, before, after, relabelled):
                changed.append(change)
    return {"asked": asked, "because": "", "changed": changed}


def _ways(query: Query) -> Iterator[Values]:
    yield {}
    for parameter in query.parameters:
        if parameter.types == ("as_at",) and parameter.default != "now":
            yield {parameter.name: "now"}


def _compared(query: Query, values: Values, before: Side, after: Side, relabelled: Relabelled) -> AnswerChange | None:
    """Return how the answer changes; None where it does not."""
    change: AnswerChange = {
        "query": query.id, "title": query.title, "options": _options(query, values), "before": 0, "after": 0,
        "columns": [], "added": [], "removed": [], "changed": [], "renamed": 0, "failed": "",
    }  # fmt: skip
    told = []
    found = []
    for side in (before, after):
        try:
            text = query.text(bind(query, values, side.store))
            found.append(Answer(text, side.store.select(text), side.store, side.version))
        except InputError as error:  # such as a default that names a thing which is not there
            told.append(f"It cannot be asked of {side.name}: {error}")
    if told:
        # What neither side can answer has not changed.
        return {**change, "failed": " ".join(told)} if len(told) == 1 else None
    was, now = found
    if not relabelled and was.serialize("json") == now.serialize("json"):
        return None
    rows = RowDifference(was, now)
    changed = [_changed(pair, was, now) for pair in rows.changed]
    told_anew = [each for each in changed if _only_renamed(each, relabelled)]
    renamed = sum(any(isinstance(term, NamedNode) and term.value in relabelled for term in row) for row in rows.kept)
    if not (rows.added or rows.removed or rows.changed or renamed):
        return None
    return {
        **change, "before": len(was), "after": len(now), "columns": now.columns,
        "added": [[now.name(term) for term in row] for row in rows.added],
        "removed": [[was.name(term) for term in row] for row in rows.removed],
        "changed": [each for each in changed if each not in told_anew],
        "renamed": renamed + len(told_anew),
    }  # fmt: skip


def _options(query: Query, values: Values) -> str:
    return " ".join(f"{query.parameter(name).option} {value}" for name, value in values.items())


def _changed(pair: tuple[Row, Row], was: Answer, now: Answer) -> ChangedRow:
    old, new = pair
    names = [name for term in new[:1] if (name := now.name(term))]
    if "statement" in now.columns and (named := now.name(new[now.columns.index("statement")])) not in names:
        names.append(named)
    return {
        "row": "; ".join(names),
        "cells": [
            {"column": column, "before": _cell(was, one, other), "after": _cell(now, other, one)}
            for column, one, other in zip(now.columns, old, new, strict=True)
            if one != other
        ],
    }


def _only_renamed(row: ChangedRow, relabelled: Relabelled) -> bool:
    """Say whether all that changed in a row is the name of a thing inside a text."""
    for cell in row["cells"]:
        text = cell["before"]
        for old, new in relabelled.values():
            text = text.replace(old, new) if old else text
        if text != cell["after"]:
            return False
    return True


def _cell(answer: Answer, term: object, other: object) -> str:
    """Return how a cell reads; the whole term where it would read like the `other` one."""
    shown = answer.name(term)  # type: ignore[arg-type]
    return str(term) if term is not None and shown == answer.name(other) else shown  # type: ignore[arg-type]
