"""Kinds of nodes and their columns, derived from ontology and shapes, so that no sheet can fall behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from rltkg.errors import InputError
from rltkg.nearest import nearest
from rltkg.sheets.columns import (
    BETWEEN,
    Choice,
    Code,
    Column,
    Heading,
    Property,
    Text,
    Thing,
    Typed,
    Value,
    Web,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "BETWEEN",
    "COMMENT",
    "ID",
    "Choice",
    "Code",
    "Column",
    "Heading",
    "Kind",
    "Kinds",
    "Property",
    "Text",
    "Thing",
    "Typed",
    "Value",
    "Web",
    "kinds",
]

COMMENT = "#"  # a row whose first cell begins with it is for people and never data
ID = "id"  # the header of the first column of every sheet

_HEADER = re.compile(r"(?P<name>.+?)(?: @(?P<language>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*))?(?: (?P<number>[1-9]\d?))?")


@dataclass(frozen=True)
class Kind:
    """A kind of node: a class, perhaps with a `preset`: pairs of predicate and object (IRIs) that its nodes have.

    `name` is what people type and how its sheet is called, `namespace` where its ids are minted, `base` the name of the
    kind of the same class without a preset. What is preset has no column. `line` holds the class and all broader ones.
    """

    name: str
    iri: str
    label: str
    definition: str
    columns: tuple[Column, ...]
    namespace: str
    base: str
    preset: tuple[tuple[str, str], ...] = ()
    line: tuple[str, ...] = ()

    @cached_property
    def by_header(self) -> dict[str, Column]:
        """The columns by header."""
        return {column.header: column for column in self.columns}

    @cached_property
    def by_iri(self) -> dict[str, Column]:
        """The columns by the IRI of the property."""
        return {column.iri: column for column in self.columns}

    def heading(self, text: str) -> Heading | None:
        """Return what the header `text` of a sheet of this kind says ("text 2", "alt label @de"), None if nothing.

        The first column, `ID`, is none of them.
        """
        if found := self.by_header.get(text):
            return Heading(found, _language(found, None) or "")
        match = _HEADER.fullmatch(text)
        column = self.by_header.get(match["name"]) if match else None
        if match is None or column is None:
            return None
        language = _language(column, match["language"])
        number = int(match["number"] or 1)
        repeated = match["number"] is not None
        if language is None or (repeated and (number == 1 or not (column.is_text and column.many))):
            return None
        return Heading(column, language, number)


def _language(column: Column, tag: str | None) -> str | None:
    """Return the language of the texts of a column whose header bears `tag`, None where it may not bear it."""
    if not isinstance(column.value, Text):
        return "" if tag is None else None
    if column.value.language:
        return column.value.language if tag in {None, column.value.language} else None
    return tag or "en"


class Kinds:
    """All kinds, in the order in which they are listed."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self.all = kinds
        self._by_name = {kind.name: kind for kind in kinds}
        self._by_class = {kind.iri: kind for kind in kinds if not kind.preset}

    @cached_property
    def words(self) -> dict[str, str]:
        """How codes and properties are called in sheets, by the last part of their IRI: their labels and headers."""
        columns = [column for kind in self.all for column in kind.columns]
        codes = [choice for column in columns if isinstance(column.value, Code) for choice in column.value.choices]
        named = {column.iri: column.header for column in columns} | {choice.iri: choice.label for choice in codes}
        return {re.split("[/#]", iri)[-1]: name for iri, name in named.items()}

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def get(self, name: str) -> Kind | None:
        """Return the kind called `name`, in any case and with blanks or hyphens; None if there is none."""
        return self._by_name.get("-".join(name.lower().split()))

    def named(self, name: str) -> Kind:
        """Return the kind called `name`. Raises InputError, with the nearest names, if there is none."""
        if found := self.get(name):
            return found
        raise InputError(f"there is no kind {name!r}; {nearest(name, list(self._by_name))}")

    def of_class(self, iri: str) -> Kind | None:
        """Return the kind (without a preset) of the nodes of the class `iri`, None if there is none."""
        return self._by_class.get(iri)


@lru_cache(maxsize=1)
def kinds() -> Kinds:
    """Return the kinds of the shipped ontology and shapes. Raises UnavailableError where these are missing."""
    from rltkg.corpus import shipped
    from rltkg.sheets.deriving import derived

    release = shipped()
    ontology = [file.path for file in release.files if file.graph.endswith("/graph/ontology")]
    return derived(ontology, release.shapes)
