"""The frozen answers: two engines gave them, and they still hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.canned.golden import EXPECTED, by_pyoxigraph, by_rdflib, cases, frozen

if TYPE_CHECKING:
    import rdflib

    from rltkg import KnowledgeGraph

MEND = "if the change is meant, freeze anew: python -m tests.canned.golden"


def test_cases_and_files_match(graph: KnowledgeGraph) -> None:
    assert {path.stem for path in EXPECTED.glob("*.tsv")} == set(cases())
    assert len(cases()) >= 31
    assert {query for query, _ in cases().values()} == {query.id for query in graph.catalogue}


@pytest.mark.parametrize("name", sorted(cases()))
def test_answer_is_the_frozen_one_in_both_engines(
    name: str, graph: KnowledgeGraph, rdflib_union: rdflib.Dataset
) -> None:
    query, parameters = cases()[name]
    answer = graph.ask(query, **parameters)

    assert sum(frozen(name).values()) > 0
    assert frozen(name) == by_pyoxigraph(answer), MEND
    assert frozen(name) == by_rdflib(answer, rdflib_union), "rdflib disagrees with pyoxigraph"
