"""What `describe` gives: plain data on one node, for a page, a program or another format."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rltkg.search.citations import Passage


class Record:
    """Plain data: `to_dict` gives its FIELDS by name, as what JSON knows."""

    __slots__ = ()
    FIELDS: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the fields by name, in their order; each is text, a number, None, a list or another such dict."""
        return {name: _plain(getattr(self, name)) for name in self.FIELDS}


class Named(Record):
    """A node by its IRI, its id (unique among all nodes) and its label."""

    __slots__ = ("id", "iri", "label")
    FIELDS = ("iri", "id", "label")

    def __init__(self, iri: str, ident: str, label: str = "") -> None:
        self.iri = iri
        self.id = ident
        self.label = label


class Coded(Record):
    """A value of a scheme, and what it means."""

    __slots__ = ("code", "meaning")
    FIELDS = ("code", "meaning")

    def __init__(self, code: Named, meaning: str | None) -> None:
        self.code = code
        self.meaning = meaning


class Property(Record):
    """A property with its values: nodes, or texts (numbers and dates as text, too)."""

    __slots__ = ("property", "values")
    FIELDS = ("property", "values")

    def __init__(self, name: Named, values: list[Named | str]) -> None:
        self.property = name
        self.values = values


class Condition(Record):
    """A condition, and where one of several is enough, these `any_of`."""

    __slots__ = ("any_of", "condition")
    FIELDS = ("condition", "any_of")

    def __init__(self, condition: Named, any_of: list[Named]) -> None:
        self.condition = condition
        self.any_of = any_of


class Note(Record):
    """A comparison of statements, or the supersession of one by another, by its author: a note of this project.

    `how` is the kind of comparison or the extent of supersession. A comparison `compares` several statements; in a
    supersession the `earlier` ones are replaced by the `later` ones, `since` a year where it is known.
    """

    __slots__ = ("author", "compares", "earlier", "how", "kind", "later", "note", "since", "text")
    FIELDS = ("note", "kind", "how", "text", "since", "author", "compares", "earlier", "later")

    def __init__(self, note: Named, kind: Named) -> None:
        self.note = note
        self.kind = kind
        self.how: list[Named] = []
        self.text: str | None = None
        self.since: str | None = None
        self.author: list[Named] = []
        self.compares: list[Named] = []
        self.earlier: list[Named] = []
        self.later: list[Named] = []

    def sides(self) -> list[tuple[str, Named]]:
        """Return each statement with the side on which it stands: compares, earlier or later."""
        sides = {"compares": self.compares, "earlier": self.earlier, "later": self.later}
        return [(side, named) for side, several in sides.items() for named in several]


class Mark(Record):
    """That a statement stands in a `note`: `how` it differs or how far it is replaced.

    `side` is `compares`, `earlier` (the statement is superseded) or `later` (it supersedes).
    """

    __slots__ = ("how", "note", "side")
    FIELDS = ("note", "how", "side")

    def __init__(self, note: Named, how: list[Named], side: str) -> None:
        self.note = note
        self.how = how
        self.side = side


class Brief(Record):
    """A statement in brief.

    `role` is the property that ties it to what is described (None for one of another statement's relations), `codes`
    the coded values that grade it, such as coverage and strength; `not_stated` what the source leaves open.
    """

    __slots__ = (
        "codes", "explained_by", "indications", "jurisdictions", "kind", "modality", "not_stated", "notes", "passages",
        "polarity", "role", "statement", "text",
    )  # fmt: skip
    FIELDS = (
        "statement", "kind", "text", "role", "codes", "modality", "polarity", "indications", "jurisdictions",
        "not_stated", "passages", "explained_by", "notes",
    )  # fmt: skip

    def __init__(self, statement: Named, kind: Named) -> None:
        self.statement = statement
        self.kind = kind
        self.text = ""
        self.role: list[Named] = []
        self.codes: list[Property] = []
        self.modality: list[Named] = []
        self.polarity: list[Named] = []
        self.indications: list[Named] = []
        self.jurisdictions: list[Named] = []
        self.not_stated: list[Named] = []
        self.passages: list[Passage] = []
        self.explained_by: list[Brief] = []
        self.notes: list[Mark] = []


class Group(Record):
    """Statements of one kind: how many there are, and those that are shown."""

    __slots__ = ("kind", "shown", "total")
    FIELDS = ("kind", "total", "shown")

    def __init__(self, kind: Named, total: int, shown: list[Brief]) -> None:
        self.kind = kind
        self.total = total
        self.shown = shown


class Link(Record):
    """What leads to the node by one property: how many there are, and those that are shown."""

    __slots__ = ("property", "shown", "total")
    FIELDS = ("property", "total", "shown")

    def __init__(self, name: Named, total: int, shown: list[Named]) -> None:
        self.property = name
        self.total = total
        self.shown = shown


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON knows
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, str | int):
        return value
    return value.to_dict()  # type: ignore[attr-defined]
