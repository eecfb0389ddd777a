"""Which kinds belong in one book, so that whoever starts with one of them finds a sheet for all that it must name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.sheets.columns import Property, Thing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.sheets.columns import Column
    from rltkg.sheets.kinds import Kind, Kinds

# What stands firm: a contribution names parts of the framework and does not make them.
_FIRM = "https://w3id.org/rltkg/ontology/FrameworkElement"
_FEW = 3  # a column that takes more kinds than these says too little of which is needed


def with_needs(chosen: Iterable[Kind], kinds: Kinds) -> list[Kind]:
    """Return the `chosen` kinds, the facts that tell of them, and the kinds whose nodes all these must name.

    Of columns of which one must be filled, and all of which take rows, the first counts, unless the kind of another is
    there already. A kind with a preset does not stand for its class: the page that names a guideline is none.
    """
    found = list(dict.fromkeys(chosen))
    found += [fact for fact in dict.fromkeys(fact_of(kind, kinds.all) for kind in found) if fact and fact not in found]
    for kind in found:
        for each in _named(kind, kinds):
            if each not in found:
                found.append(each)
        groups = {column.either: None for column in kind.columns if column.either}
        for headers in groups:
            targets = [_target(kind.by_header[header], kinds) for header in headers]
            if targets[0] and all(targets) and not set(targets) & set(found):
                found.append(targets[0])
    return found


def fact_of(kind: Kind, kinds: Iterable[Kind]) -> Kind | None:
    """Return the kind whose nodes state of nodes of `kind` what stands on these as a shortcut, None if there is none.

    It names them in a column that must be filled, and must have one of several properties that both have.
    """
    for other in kinds:
        about = [column.value for column in other.columns if column.required and isinstance(column.value, Thing)]
        if any(value.classes and kind.base in value.kinds for value in about) and shortcuts(kind, other):
            return other
    return None


def shortcuts(kind: Kind, fact: Kind) -> set[str]:
    """Return the properties (IRIs) of which nodes of `fact` must have one, and which nodes of `kind` may have too."""
    stated = (column for column in fact.columns if column.either and column.own)
    return {column.iri for column in stated if not isinstance(column.value, Property)} & set(kind.by_iri)


def _named(kind: Kind, kinds: Kinds) -> list[Kind]:
    return [each for column in kind.columns if column.required and (each := _target(column, kinds))]


def _target(column: Column, kinds: Kinds) -> Kind | None:
    """Return the kind of the rows that a column names first of all, None if it names none, or too many kinds."""
    value = column.value
    if not isinstance(value, Thing) or not value.classes or len(value.kinds) > _FEW:
        return None
    kind = kinds.of_class(value.classes[0])
    return kind if kind and _FIRM not in kind.line else None
