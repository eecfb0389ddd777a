"""What a query gives back: rows of RDF terms, with all that is needed to read, check and cite them."""

from __future__ import annotations

from functools import cached_property

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, parse_query_results

from rltkg.results.labels import labels_of, last_part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import polars as pl
    import pyoxigraph
    import rdflib

    from rltkg.canned.contract import Bindings, Query
    from rltkg.store import Store

    # RDF 1.2 has triple terms beside these; whatever shows or writes a term copes with them, and our graph has none.
    Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
    Row = tuple[Term | None, ...]

FORMATS = ("csv", "json", "jsonl", "md", "tsv", "xlsx")
_W3C = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV}


class Answer:
    """The rows that a SELECT query gave, canned or free, or the one cell of an ASK query.

    `text` is the SPARQL that `store` saw, `payload` its result in the W3C JSON format, `release` the version of the
    release; `query` the canned query that ran and `bindings` the terms bound to its parameters (an open one is absent),
    None and {} for free SPARQL. `empty_because` says in a sentence or two why there are no rows, `cut_because` why
    there are not more; None where there is nothing to say. `remarks` holds what else is to be said, such as a term of
    the query that the graph does not have.
    """

    asked_in = "SPARQL"  # what `text` is, for those who show it

    def __init__(self, text: str, payload: bytes, store: Store, release: str) -> None:
        self.text = text
        self.release = release
        self.query: Query | None = None
        self.bindings: Bindings = {}
        self.empty_because: str | None = None
        self.cut_because: str | None = None
        self.remarks: list[str] = []
        self.store = store
        self._payload = payload

    @property
    def title(self) -> str:
        """The title of the canned query, or a general one."""
        return self.query.title if self.query else "Answer to a SPARQL query"

    @cached_property
    def boolean(self) -> bool | None:
        """What an ASK query gave; None for a SELECT query, which gives rows."""
        parsed = parse_query_results(self._payload, format=QueryResultsFormat.JSON)
        return bool(parsed) if isinstance(parsed, QueryBoolean) else None

    @cached_property
    def columns(self) -> list[str]:
        """The names of the columns, in order; for an ASK query the one column `answer`."""
        if self.boolean is not None:
            return ["answer"]
        solutions = parse_query_results(self._payload, format=QueryResultsFormat.JSON)
        return [variable.value for variable in solutions.variables]  # type: ignore[union-attr]

    @cached_property
    def rows(self) -> list[Row]:
        """The rows, each a tuple of RDF terms in the order of `columns`; None where a cell is empty."""
        if self.boolean is not None:
            return [(Literal(self.boolean),)]
        solutions = parse_query_results(self._payload, format=QueryResultsFormat.JSON)
        return [tuple(solution) for solution in solutions]  # type: ignore[union-attr]

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each IRI in the rows that has one."""
        return labels_of((term for row in self.rows for term in row), self.store)

    def name(self, term: Term | None) -> str:
        """Return how a person would read `term`: its label, the last part of its IRI, or its text; "" for None."""
        if term is None:
            return ""
        if isinstance(term, NamedNode):
            return self.labels.get(term.value) or last_part(term.value)
        if isinstance(term, Literal):
            return term.value
        from rltkg.results.values import text_of

        return text_of(term)

    def named_rows(self) -> list[dict[str, str]]:
        """Return the rows as a person would read them: column to label or text."""
        return [dict(zip(self.columns, map(self.name, row), strict=True)) for row in self.rows]

    @property
    def citation(self) -> str:
        """How to cite this answer: the release with its version and digest, the query with its parameters, the rows."""
        from rltkg.results.citation import of_answer

        return of_answer(self)

    def to_text(self, width: int | None = None, *, bold: bool = False) -> str:
        """Return the rows as a table for a terminal of `width` characters (default: this one); `bold` heads on wish."""
        from rltkg.results.text import table

        return table(self, width, bold=bold)

    def serialize(self, form: str, *, labels: bool = False) -> bytes:
        """Return the rows in the format `form`, in UTF-8 where it is text.

        `csv`, `tsv` and `json` are the W3C SPARQL results formats, `jsonl` has an object a line (column to W3C term
        object), `md` is a Markdown table and `xlsx` a workbook with a second sheet that tells query and citation. With
        `labels`, a label column stands beside each column of IRIs, and csv and tsv are guarded against spreadsheet
        formulas; json has no room for that. Raises ValueError for another format or for json with labels, InputError
        where a workbook cannot hold the rows, UnavailableError where XlsxWriter is missing.
        """
        if form not in FORMATS:
            raise ValueError(f"{form!r} is no format of an answer; choose from {', '.join(FORMATS)}")
        if form == "json" and labels:
            raise ValueError("json is a W3C format without room for labels; choose jsonl")
        if form == "json":
            return self._payload
        if form in _W3C:
            payload = self._payload
            if labels and self.boolean is None:
                from rltkg.results.labelled import document

                payload = document(self, guard=True)
            results = parse_query_results(payload, format=QueryResultsFormat.JSON)
            return results.serialize(format=_W3C[form]) or b""
        if form == "md":
            from rltkg.results.text import markdown

            return markdown(self, labels=labels).encode() + b"\n"
        if form == "jsonl":
            from rltkg.results.labelled import lines

            return lines(self, labels=labels)
        from rltkg.results.workbook import workbook

        return workbook(self, labels=labels)

    def to_pandas(self, *, labels: bool = False) -> pd.DataFrame:
        """Return the rows as a pandas DataFrame, one typed column for each column; needs pandas.

        Whole numbers are Int64, decimals and doubles Float64, truth values boolean, dates and times datetime64, IRIs
        and all else text; an empty cell is missing. With `labels`, a label column stands beside each column of IRIs.
        Raises UnavailableError where pandas is not installed.
        """
        from rltkg.results.frames import to_pandas

        return to_pandas(self, labels=labels)

    def to_polars(self, *, labels: bool = False) -> pl.DataFrame:
        """Return the rows as a polars DataFrame, one typed column for each column; needs polars.

        Whole numbers are Int64, decimals Decimal, doubles Float64, truth values Boolean, dates Date, times Datetime,
        IRIs and all else String; an empty cell is null. With `labels`, a label column stands beside each column of
        IRIs. Raises UnavailableError where polars is not installed.
        """
        from rltkg.results.frames import to_polars

        return to_polars(self, labels=labels)

    def to_rdflib(self) -> rdflib.query.Result:
        """Return the answer as an rdflib query result, whose rows hold rdflib terms; needs rdflib.

        It is what `rdflib.Graph.query` would give: iterate over it, use `row.column` or `row["column"]`, `.bindings`.
        Raises UnavailableError where rdflib is not installed.
        """
        from rltkg.results.frames import to_rdflib

        return to_rdflib(self)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        """Say whether there are rows, without making terms of all of them."""
        if "rows" in self.__dict__ or self.boolean is not None:
            return bool(self.rows)
        solutions = parse_query_results(self._payload, format=QueryResultsFormat.JSON)
        return next(iter(solutions), None) is not None  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __repr__(self) -> str:
        to = self.query.id if self.query else "SPARQL"
        return f"<Answer to {to}: {len(self)} rows, release {self.release}>"

    def _repr_html_(self) -> str:
        from rltkg.results.notebook import html

        return html(self)
