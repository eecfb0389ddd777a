"""What a canned query gives back: rows of RDF terms, with all that is needed to read, check and cite them."""

from __future__ import annotations

from functools import cached_property

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, parse_query_results

from rltkg.canned.labels import labels_of, last_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Literal

    from rltkg.canned.contract import Bindings, Query
    from rltkg.store import Store

    Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
    Row = tuple[Term | None, ...]

_FORMATS = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV}


class Answer:
    """The rows of one run of a canned query.

    `query` is the query that ran, `bindings` the terms bound to its parameters (an open one is absent), `text` the
    SPARQL that the store saw, `release` the version of the release, `empty_because` one or two sentences where there
    are no rows, else None.
    """

    def __init__(self, query: Query, bindings: Bindings, store: Store, release: str) -> None:
        """Run `query` with `bindings` on `store`."""
        self.query = query
        self.bindings = bindings
        self.text = query.text(bindings)
        self.release = release
        self.empty_because: str | None = None
        self._store = store
        self._payload = store.select(self.text)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.query.columns]

    @cached_property
    def rows(self) -> list[Row]:
        """The rows, each a tuple of RDF terms in the order of `columns`; None where a cell is empty."""
        solutions = parse_query_results(self._payload, format=QueryResultsFormat.JSON)
        return [tuple(solution) for solution in solutions]  # type: ignore[union-attr]

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each IRI in the rows that has one."""
        return labels_of((term for row in self.rows for term in row), self._store)

    def name(self, term: NamedNode | Literal | None) -> str:
        """Return how a person would read `term`: its label, the last part of its IRI, or its text; "" for None."""
        if term is None:
            return ""
        if isinstance(term, NamedNode):
            return self.labels.get(term.value) or last_part(term.value)
        return term.value

    def named_rows(self) -> list[dict[str, str]]:
        """Return the rows as a person would read them: column to label or text."""
        return [dict(zip(self.columns, map(self.name, row), strict=True)) for row in self.rows]  # type: ignore[arg-type]

    def serialize(self, form: str) -> bytes:
        """Return the rows in a W3C SPARQL results format: `json`, `csv` or `tsv`, UTF-8. ValueError for another."""
        if form == "json":
            return self._payload
        if form not in _FORMATS:
            raise ValueError(f"{form!r} is no SPARQL results format; choose from json, csv, tsv")
        solutions = parse_query_results(self._payload, format=QueryResultsFormat.JSON)
        return solutions.serialize(format=_FORMATS[form]) or b""

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        return f"<Answer to {self.query.id}: {len(self)} rows, release {self.release}>"
