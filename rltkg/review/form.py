"""The form of a review as plain data, as `rltkg diff --format json` writes it; text and Markdown are made of it."""

from __future__ import annotations

from typing import Any, Final, Literal, TypedDict, get_args, get_origin, get_type_hints

FORM: Final = "rltkg review 1"
_DEEPEST = 12


class Value(TypedDict):
    """One value of a property: how a person reads it, and the term as N-Triples has it."""

    shown: str
    term: str


class Change(TypedDict):
    """One property of one node: its name and IRI, and the values that it lost and got."""

    property: str
    iri: str
    removed: list[Value]
    added: list[Value]


class Item(TypedDict):
    """One node that differs.

    `change` is added, removed, changed, or renamed: another label alone, or another IRI. `was` is what it was called
    before (a label), `iri_before` the IRI that it had; "" where that is as it was. `text` is the proposition of a
    statement, the note of a comparison or the definition of a thing; `whose` and `where` tell source, publisher,
    section and references. `passages` are those that belong to this statement alone. `following` counts the triples
    that differ only in that they name a renamed node by its new IRI, `followers` are the nodes that these are about.
    """

    change: Literal["added", "removed", "changed", "renamed"]
    iri: str
    iri_before: str
    id: str
    kind: str
    label: str
    was: str
    text: str
    whose: str
    where: str
    graphs: list[str]
    changes: list[Change]
    passages: list[Item]
    following: int
    followers: list[str]


class Group(TypedDict):
    """The items of one sort, such as statements or actors."""

    name: str
    items: list[Item]


class Rest(TypedDict):
    """Triples that no item tells: those with blank nodes, or those that stand in another graph than before.

    `what` is a sentence; `lines` are N-Quads, of what moved N-Triples.
    """

    change: Literal["added", "removed", "moved"]
    what: str
    lines: list[str]


class Cell(TypedDict):
    """A cell of an answer that changed."""

    column: str
    before: str
    after: str


class ChangedRow(TypedDict):
    """A row of an answer that changed in some cells; `row` names it."""

    row: str
    cells: list[Cell]


class AnswerChange(TypedDict):
    """How the answer to one query changes.

    `options` are those of `rltkg ask` beside the defaults. `columns` are those of the rows `added` and `removed`, whose
    cells are as a person reads them. `renamed` counts further rows that only show a thing by its new label. `failed` is
    why the query cannot be asked on one side, else "".
    """

    query: str
    title: str
    options: str
    before: int
    after: int
    columns: list[str]
    added: list[list[str]]
    removed: list[list[str]]
    changed: list[ChangedRow]
    renamed: int
    failed: str


class Answers(TypedDict):
    """What became of the catalogue: how often it was asked (each time on both sides), why not, and what changes."""

    asked: int
    because: str
    changed: list[AnswerChange]


class Named(TypedDict):
    """One of the two sides: its name, the version of the release, the first digits of its digest ("" for none)."""

    name: str
    version: str
    digest: str


Level = Literal["major", "minor", "patch", "none"]


class Reason(TypedDict):
    """One reason for a verdict: its level, the rule (`rltkg.review.judging.rules` tells what it means), its cases."""

    level: Level
    rule: str
    cases: list[str]


class Verdict(TypedDict):
    """How grave a change is: the gravest of the levels of its `reasons`, which stand gravest first.

    `unjudged` is what could not be looked at. `before` and `after` are the versions that the two sides name, `at_least`
    is the version that the later one should have, or a higher one; "" where there is none.
    """

    level: Level
    reasons: list[Reason]
    unjudged: list[str]
    before: str
    after: str
    at_least: str


class Triples(TypedDict):
    """The exact difference as N-Quads, sorted: what is in one side only, blank nodes by canonical names."""

    added: list[str]
    removed: list[str]


class Review(TypedDict):
    """All that differs between two releases. `beside` are sentences on what is no part of the graph."""

    form: Literal["rltkg review 1"]
    before: Named
    after: Named
    same: bool
    groups: list[Group]
    rest: list[Rest]
    answers: Answers
    beside: list[str]
    verdict: Verdict
    triples: Triples


def check(value: object) -> Review:
    """Return `value`, read from JSON, as the review that it is; ValueError for anything else."""
    _check(value, Review, "review", 0)
    return value  # type: ignore[return-value]


def _check(value: object, form: Any, where: str, depth: int) -> None:  # noqa: ANN401 - a type, or a form of one
    if depth > _DEEPEST:
        raise ValueError(f"{where} is nested too deep")
    origin = get_origin(form)
    if origin is Literal:
        fits = value in get_args(form)
    elif origin is list:
        fits = isinstance(value, list)
        for each in value if isinstance(value, list) else ():
            _check(each, get_args(form)[0], f"{where}, a member", depth + 1)
    elif form in (str, int, bool):
        fits = type(value) is form and not (form is int and value < 0)  # type: ignore[operator]
    else:
        fields = get_type_hints(form)
        fits = isinstance(value, dict) and set(value) == set(fields)
        for name, kind in fields.items() if fits else ():
            _check(value[name], kind, f"{where}.{name}"[:200], depth + 1)  # type: ignore[index]
    if not fits:
        raise ValueError(f"{where} is not of the form {FORM!r}")
