"""The contract of a canned query, as compiled from its header: what it asks, takes and returns."""

from __future__ import annotations

import json

from rltkg.errors import InputError, UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from pyoxigraph import Literal, NamedNode

    Bindings = dict[str, list[NamedNode | Literal]]

TERMS = "https://w3id.org/rltkg/ontology/"
LITERAL_TYPES = ("as_at", "date", "decimal", "integer", "text")
FORM = "catalogue 1"


class Parameter:
    """One parameter: its name, its type, its default, and what it is for.

    `types` holds local names of classes of the ontology, whose members are taken (`Class*`: the class itself or one
    below it), or one of LITERAL_TYPES. `default` is a value as a user
    would type it, or None, which leaves the parameter open.
    """

    __slots__ = ("default", "help", "name", "types")

    def __init__(self, name: str, fields: dict[str, Any]) -> None:
        self.name = name
        self.types: tuple[str, ...] = tuple(fields["type"].split("|"))
        self.default: str | None = fields.get("default")
        self.help: str = fields["help"]

    @property
    def option(self) -> str:
        """The parameter as an option of the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def is_literal(self) -> bool:
        """Whether values are literals rather than things of the graph."""
        return self.types[0] in LITERAL_TYPES


class Column:
    """One column: its name, the types of its values, whether a cell may be empty, and what it says.

    `in_table` is False for a column that a table on a screen leaves out, such as a web address; files have it.
    """

    __slots__ = ("help", "in_table", "may_be_empty", "name", "types")

    def __init__(self, name: str, fields: dict[str, Any]) -> None:
        self.name = name
        self.types: tuple[str, ...] = tuple(fields["type"].split("|"))
        self.may_be_empty: bool = fields.get("empty", False)
        self.in_table: bool = fields.get("table", True)
        self.help: str = fields["help"]


class Query:
    """One query of the catalogue.

    `pieces` is the SPARQL text cut at its parameters: text, parameter name, text, parameter name, ..., text.
    `head` is the length of the part of the first piece that stands before WHERE.
    """

    def __init__(self, ident: str, fields: dict[str, Any]) -> None:
        self.id = ident
        self.topic: str = fields["topic"]
        self.title: str = fields["title"]
        self.question: str = fields["question"]
        self.description: str = fields["description"]
        self.tags: tuple[str, ...] = tuple(fields["tags"])
        self.parameters = [Parameter(name, each) for name, each in fields["parameters"].items()]
        self.columns = [Column(name, each) for name, each in fields["columns"].items()]
        self.pieces: list[str] = fields["pieces"]
        self.head: int = fields["head"]

    def parameter(self, name: str) -> Parameter:
        """Return the parameter `name`, with hyphens or underscores; InputError with the nearest names if none."""
        wanted = name.replace("-", "_")
        for parameter in self.parameters:
            if parameter.name == wanted:
                return parameter
        from rltkg.nearest import nearest, sayable

        raise InputError(
            f"{self.id} has no parameter {sayable(name)}; {nearest(name, [each.name for each in self.parameters])}"
        )

    def text(self, bindings: Bindings, graphs: list[str] | None = None) -> str:
        """Return the SPARQL text with `bindings` (parameter name to terms; absent or empty = open) filled in.

        With `graphs`, dataset clauses are added, so that another client asks over the same union of graphs. Each term
        is written by the engine's own term class, so no value can end the braces that it stands in.
        """
        first, *rest = self.pieces
        if graphs:
            clauses = [f"{verb} <{graph}>" for verb in ("FROM", "FROM NAMED") for graph in graphs]
            first = first[: self.head] + "\n".join(clauses) + "\n" + first[self.head :]
        filled = [first]
        for name, text in zip(rest[::2], rest[1::2], strict=True):
            filled += [" ".join(str(term) for term in bindings.get(name, ())) or "UNDEF", text]
        return "".join(filled)


class Catalogue:
    """The compiled catalogue of a release, by id."""

    def __init__(self, path: Path) -> None:
        """Read the compiled file at `path`; UnavailableError where it is missing or of another form."""
        mend = "compile it with `python -m rltkg.canned`, or install rltkg afresh"
        try:
            compiled = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise UnavailableError(f"{path} cannot be read ({error}); {mend}") from error
        if compiled.get("form") != FORM:
            raise UnavailableError(f"{path} has the form {compiled.get('form')!r}, not {FORM!r}; {mend}")
        self._queries: dict[str, dict[str, Any]] = compiled["queries"]

    def __iter__(self) -> Iterator[Query]:
        """Iterate over the queries in the order of topic and id."""
        return (self[ident] for ident in self._queries)

    def __len__(self) -> int:
        return len(self._queries)

    def __contains__(self, ident: object) -> bool:
        return ident in self._queries

    def __getitem__(self, ident: str) -> Query:
        """Return the query `ident`; InputError with the nearest ids if there is none."""
        if ident in self._queries:
            return Query(ident, self._queries[ident])
        from rltkg.nearest import nearest, sayable

        raise InputError(f"There is no query {sayable(ident)}; {nearest(ident, list(self._queries))}")
