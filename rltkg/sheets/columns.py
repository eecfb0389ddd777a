"""Columns: what a sheet may say of a node, one property each, and what its cells may hold."""

from __future__ import annotations

from dataclasses import dataclass

BETWEEN = "; "  # stands between the values of one cell
STRING = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list: the node `iri`, the `label` that cells show, and what it means."""

    iri: str
    label: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a scheme: `scheme` is the IRI of its class. Closed: a cell holds the label of a choice, or its IRI."""

    scheme: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology, of which something is said (not stated).

    The choices are the columns of the same kind, shown by their headers; another property is named by its IRI, in full
    or as `rlt:publisher`.
    """

    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """Another node: a row of the same book, or what the release holds.

    `classes` are the IRIs of the classes of which it may be (none: any), `barred` those of which it may not be; `kinds`
    are the names of the kinds of rows that may be meant, without presets.
    """

    classes: tuple[str, ...]
    barred: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """Text in a language: `language` is its tag; "" allows any, which the header tells ("alt label @de"), else en."""

    language: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A literal with a datatype (IRIs), which may not be under `least` or over `most`, where these are given.

    Where there are two datatypes, xsd:integer is that of a value without a full stop.
    """

    datatypes: tuple[str, ...]
    least: int | None = None
    most: int | None = None

    @property
    def is_text(self) -> bool:
        """Whether it is plain text, which no cell splits."""
        return self.datatypes == (STRING,)


@dataclass(frozen=True, slots=True)
class Web:
    """An address outside this graph, in full."""


Value = Code | Property | Thing | Text | Typed | Web


@dataclass(frozen=True, slots=True)
class Column:
    """One property of a kind.

    `header` is its local name as words, unambiguous within the kind. `help` tells what it means, as the ontology has
    it, `rules` what the shapes of the class ask of it, and `form` how its values are written, both in words of Turtle.
    It must be filled if `required`, should be if `advised`; of the headers in `either`, itself among them, at least one
    must be filled. `many` allows several values: texts in repeated columns, others in one cell with `BETWEEN` between
    them. `own` is what broader classes do not have, `general` what a node of any class may have.
    """

    iri: str
    header: str
    label: str
    help: tuple[str, ...]
    rules: tuple[str, ...]
    form: tuple[str, ...]
    value: Value
    required: bool = False
    advised: bool = False
    many: bool = True
    either: tuple[str, ...] = ()
    own: bool = False
    general: bool = False

    @property
    def is_text(self) -> bool:
        """Whether its cells hold text, which is never split."""
        return isinstance(self.value, Text) or (isinstance(self.value, Typed) and self.value.is_text)

    @property
    def splits(self) -> bool:
        """Whether a cell may hold several values with `BETWEEN` between them."""
        return self.many and not self.is_text


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header of a sheet says: which column, the language of its texts ("" for others), which repetition."""

    column: Column
    language: str = ""
    number: int = 1

    def __str__(self) -> str:
        free = isinstance(self.column.value, Text) and not self.column.value.language
        tag = f" @{self.language}" if free and self.language != "en" else ""
        return self.column.header + tag + (f" {self.number}" if self.number > 1 else "")
