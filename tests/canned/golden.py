"""Golden answers: which cases there are, how two engines answer them, and how an answer is written down.

`python -m tests.canned.golden [CASE...]` freezes the answers of these cases (all if none is named), and refuses where
the two engines differ. A query that is new to the second engine may take it minutes.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import rdflib

import rltkg

if TYPE_CHECKING:
    from rltkg.results.answer import Answer

EXPECTED = Path(__file__).resolve().parents[1] / "expected"
Cell = tuple[str, ...] | None
Rows = Counter[tuple[Cell, ...]]


def cases() -> dict[str, tuple[str, dict[str, object]]]:
    """Return case id -> (query id, parameters)."""
    found = json.loads((EXPECTED / "cases.json").read_text(encoding="utf-8"))
    return {name: (case["query"], case.get("parameters", {})) for name, case in found.items()}


def by_pyoxigraph(answer: Answer) -> Rows:
    """Return the rows of `answer` as a multiset of terms."""
    return Counter(tuple(map(_cell, row)) for row in answer.rows)


def by_rdflib(answer: Answer, dataset: rdflib.Dataset) -> Rows:
    """Return the rows that rdflib gives for the same text, as a multiset of terms."""
    rows: Rows = Counter()
    for row in dataset.query(answer.text):
        assert isinstance(row, rdflib.query.ResultRow)
        rows[tuple(_cell_of_rdflib(term) for term in row)] += 1
    return rows


def frozen(name: str) -> Rows:
    """Return the frozen rows of the case `name`."""
    payload = (EXPECTED / f"{name}.tsv").read_bytes()
    solutions = pyoxigraph.parse_query_results(payload, format=pyoxigraph.QueryResultsFormat.TSV)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return Counter(tuple(map(_cell, tuple(solution))) for solution in solutions)


def load_dataset() -> rdflib.Dataset:
    """Return the release in rdflib: one named graph for each graph, the default graph being their union."""
    dataset = rdflib.Dataset(default_union=True)
    for file in rltkg.open().release.files:
        dataset.graph(rdflib.URIRef(file.graph)).parse(file.path, format="turtle")
    return dataset


def _cell(term: object) -> Cell:
    if term is None:
        return None
    if isinstance(term, pyoxigraph.Literal):
        return ("literal", term.value, term.datatype.value, term.language or "")
    assert isinstance(term, pyoxigraph.NamedNode)
    return ("iri", term.value)


def _cell_of_rdflib(term: object) -> Cell:
    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        return ("literal", str(term), str(term.datatype or rdflib.XSD.string), term.language or "")
    assert isinstance(term, rdflib.URIRef)
    return ("iri", str(term))


def freeze(names: list[str]) -> int:
    """Write the answer of each case in `names`, or of all; 1 where the engines differ or a file belongs to no case."""
    graph, dataset, failed = rltkg.open(), load_dataset(), 0
    for name, (query, parameters) in cases().items():
        if names and name not in names:
            continue
        answer = graph.ask(query, **parameters)
        if by_pyoxigraph(answer) != by_rdflib(answer, dataset):
            print(f"{name}: pyoxigraph and rdflib differ; not frozen", file=sys.stderr)
            failed = 1
            continue
        (EXPECTED / f"{name}.tsv").write_bytes(answer.serialize("tsv"))
    for path in EXPECTED.glob("*.tsv"):
        if path.stem not in cases():
            print(f"{path.name} belongs to no case; delete it or add the case", file=sys.stderr)
            failed = 1
    return failed


if __name__ == "__main__":
    raise SystemExit(freeze(sys.argv[1:]))
