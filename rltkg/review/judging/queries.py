"""What becomes of the contracts of the catalogue, and of its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rltkg.review.form import AnswerChange, ChangedRow
    from rltkg.review.judging.rules import Case

    Fields = dict[str, Any]

_WORDS = ("topic", "title", "question", "description", "tags", "pieces", "head")


def query_cases(was: dict[str, Fields], now: dict[str, Fields]) -> Iterator[Case]:
    """Yield what changes between two compiled catalogues, given as their queries by id.

    Raises LookupError, TypeError or AttributeError for a catalogue of another form.
    """
    for ident in sorted(was.keys() - now.keys()):
        yield "query-removed", ident
    for ident in sorted(now.keys() - was.keys()):
        yield "query-added", ident
    for ident in sorted(was.keys() & now.keys()):
        yield from _parameters(ident, was[ident]["parameters"], now[ident]["parameters"])
        yield from _columns(ident, was[ident]["columns"], now[ident]["columns"])
        if any(was[ident].get(each) != now[ident].get(each) for each in _WORDS):
            yield "query-reworded", ident


def _parameters(ident: str, was: Fields, now: Fields) -> Iterator[Case]:
    for name in was:
        told = f"{ident} --{name.replace('_', '-')}"
        if name not in now:
            yield "parameter-removed", told
            continue
        lost, got = _types(was[name], now[name])
        old, new = was[name].get("default"), now[name].get("default")
        if lost or old != new:
            told += (
                f": no longer {', '.join(sorted(lost))}" if lost else f": default {old or 'none'} -> {new or 'none'}"
            )
            yield "parameter-changed", told
        elif got:
            yield "parameter-added", f"{told} takes {', '.join(sorted(got))} too"
        elif was[name] != now[name]:
            yield "query-reworded", ident
    for name in now:
        if name not in was:
            yield "parameter-added", f"{ident} --{name.replace('_', '-')}"


def _columns(ident: str, was: Fields, now: Fields) -> Iterator[Case]:
    if [name for name in was if name in now] != [name for name in now if name in was]:
        yield "column-changed", f"{ident}: another order"
    for name in was:
        if name not in now:
            yield "column-removed", f"{ident}: {name}"
            continue
        _, got = _types(was[name], now[name])
        if got:
            yield "column-changed", f"{ident}: {name} may hold {', '.join(sorted(got))}"
        elif now[name].get("empty") and not was[name].get("empty"):
            yield "column-changed", f"{ident}: {name} may be empty"
        elif was[name] != now[name]:
            yield "query-reworded", ident
    for name in now:
        if name not in was:
            yield "column-added", f"{ident}: {name}"


def _types(was: Fields, now: Fields) -> tuple[set[str], set[str]]:
    old, new = (set(each["type"].split("|")) for each in (was, now))
    return old - new, new - old


def answer_cases(changed: list[AnswerChange], reworded: Collection[tuple[str, str]]) -> Iterator[Case]:
    """Yield which answers lost or changed rows, only got more, or only read otherwise.

    `reworded` are texts, each with the text that took its place in the data.
    """
    for each in changed:
        asked = f"{each['query']} {each['options']}".strip()
        kinds = {_cell(cell["before"], cell["after"], reworded) for row in each["changed"] for cell in row["cells"]}
        if each["failed"] or each["removed"] or "changed" in kinds:
            yield "answer-changed", f"{asked}{_lost(each)}"
        elif each["added"] or "grown" in kinds:
            yield "answer-grown", asked
        else:
            yield "answer-reworded", asked


def _lost(change: AnswerChange) -> str:
    parts = [f"{len(rows)} {word}" for rows, word in _parts(change) if rows]
    return f" ({', '.join(parts)})" if parts else " (cannot be asked any more)"


def _parts(change: AnswerChange) -> tuple[tuple[list[list[str]], str], tuple[list[ChangedRow], str]]:
    return ((change["removed"], "removed"), (change["changed"], "changed"))


def _cell(before: str, after: str, reworded: Collection[tuple[str, str]]) -> str:
    """Say what became of a cell: it has grown where nothing that stood there is gone, and a list is cut at `; `."""
    if set(filter(None, before.split("; "))) <= set(after.split("; ")):
        return "grown"
    text = before
    for old, new in reworded:
        text = text.replace(old, new) if old else text
    return "reworded" if text == after else "changed"
