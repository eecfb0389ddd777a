"""What a query gives back: rows of RDF terms, with all that is needed to read, check and cite them."""

from __future__ import annotations

from functools import cached_property

from pyoxigraph import NamedNode, QueryResultsFormat, parse_query_results

from rltkg.results.labels import labels_of, last_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph

    from rltkg.canned.contract import Bindings, Query
    from rltkg.store import Store

    Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
    Row = tuple[Term | None, ...]

_FORMATS = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV}


class Answer:
    """The rows that a SELECT query gave, canned or free.

    `text` is the SPARQL that the store saw, `payload` its result in the W3C JSON format, `release` the version of the
    release; `query` the canned query that ran and `bindings` the terms bound to its parameters (an open one is absent),
    None and {} for free SPARQL. `empty_because` says in a sentence or two why there are no rows, `cut_because` why
    there are not more; None where there is nothing to say.
    """

    def __init__(self, text: str, payload: bytes, store: Store, release: str) -> None:
        self.text = text
        self.release = release
        self.query: Query | None = None
        self.bindings: Bindings = {}
        self.empty_because: str | None = None
        self.cut_because: str | None = None
        self._store = store
        self._payload = payload

    @property
    def title(self) -> str:
        """The title of the canned query, or a general one."""
        return self.query.title if self.query else "Answer to a SPARQL query"

    @cached_property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        solutions = parse_query_results(self._payload, format=QueryResultsFormat.JSON)
        return [variable.value for variable in solutions.variables]  # type: ignore[union-attr]

    @cached_property
    def rows(self) -> list[Row]:
        """The rows, each a tuple of RDF terms in the order of `columns`; None where a cell is empty."""
        solutions = parse_query_results(self._payload, format=QueryResultsFormat.JSON)
        return [tuple(solution) for solution in solutions]  # type: ignore[union-attr]

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each IRI in the rows that has one."""
        return labels_of((term for row in self.rows for term in row), self._store)

    def name(self, term: Term | None) -> str:
        """Return how a person would read `term`: its label, the last part of its IRI, or its text; "" for None."""
        if term is None:
            return ""
        if isinstance(term, NamedNode):
            return self.labels.get(term.value) or last_part(term.value)
        return term.value

    def named_rows(self) -> list[dict[str, str]]:
        """Return the rows as a person would read them: column to label or text."""
        return [dict(zip(self.columns, map(self.name, row), strict=True)) for row in self.rows]

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
        to = self.query.id if self.query else "SPARQL"
        return f"<Answer to {to}: {len(self)} rows, release {self.release}>"
