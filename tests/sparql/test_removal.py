"""A query without one of its parts is still a query, and lacks just that part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg.sparql.grammar import parse
from rltkg.sparql.reading import read
from rltkg.sparql.removal import Removal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg import KnowledgeGraph
    from rltkg.corpus import Release
    from rltkg.sparql.cursor import Node

TEXT = """PREFIX e: <http://e/>
SELECT ?s (COUNT(?o) AS ?n) FROM graph:gov WHERE {
  ?s a e:A , e:B ; ; e:p [ e:q "x"@en ; e:r 5 ] ; e:t ( 1 2 ) . # a comment }
  [ e:u ?s ] e:v ?o .
  FILTER(?o > 1 && (?o < 5 || ?s = e:x))
  OPTIONAL { ?s e:w ?w }
  { SELECT ?s { ?s e:sub ?z } LIMIT 7 }
  { ?s e:left 1 } UNION { ?s e:right 2 }
  FILTER NOT EXISTS { ?s e:not 3 } MINUS { ?s e:minus 4 } . BIND(1 AS ?b)
  VALUES (?v ?w) { (1 UNDEF) }
}
GROUP BY ?s HAVING(COUNT(?o) > 1) ORDER BY ?s LIMIT 10 OFFSET 0"""


def removal(text: str, graphs: list[str]) -> Removal:
    """Return what writes `text` without its parts."""
    reading = read(text, graphs)
    return Removal(reading, parse(reading))


def everything(made: Removal, parts: list[Node]) -> Iterator[Node]:
    """Yield `parts` and their parts."""
    for part in parts:
        yield part
        yield from everything(made, made.parts(part))


def test_the_parts_are_told_as_in_the_text(graph: KnowledgeGraph) -> None:
    made = removal(TEXT, graph.store.graphs)

    assert [made.shown(part) for part in everything(made, made.parts())] == [
        "?s a e:A",
        "?s a e:B",
        '?s e:p [ e:q "x"@en ; e:r 5 ]',
        'e:q "x"@en',
        "e:r 5",
        "?s e:t ( 1 2 )",
        "e:u ?s",
        "[ e:u ?s ] e:v ?o",
        "FILTER(?o > 1 && (?o < 5 || ?s = e:x))",
        "?o > 1",
        "(?o < 5 || ?s = e:x)",
        "OPTIONAL { ?s e:w ?w }",
        "{ SELECT ?s { ?s e:sub ?z } LIMIT 7 }",
        "?s e:sub ?z",
        "LIMIT 7",
        "{ ?s e:left 1 } UNION { ?s e:right 2 }",
        "?s e:left 1",
        "?s e:right 2",
        "FILTER NOT EXISTS { ?s e:not 3 }",
        "MINUS { ?s e:minus 4 }",
        "BIND(1 AS ?b)",
        "VALUES (?v ?w) { (1 UNDEF) }",
        "HAVING(COUNT(?o) > 1)",
        "LIMIT 10",
        "OFFSET 0",
    ]


def test_nothing_left_out_leaves_all_but_the_order(graph: KnowledgeGraph) -> None:
    text = removal(TEXT, graph.store.graphs).without([])

    assert text.startswith("PREFIX graph: <https://w3id.org/rltkg/graph/>\nPREFIX e: <http://e/>\nSELECT ?s (COUNT(?o)")
    for piece in (
        "FROM graph:gov",
        "e:A, e:B ; e:p [ e:q",
        "( 1 2 )",
        "[ e:u ?s ] e:v ?o",
        "LIMIT 7",
        "HAVING(COUNT",
        "OFFSET 0",
    ):
        assert piece in text
    assert "ORDER BY" not in text
    pyoxigraph.Store().query(text)


def test_a_part_that_is_left_out_is_gone_and_the_rest_is_there(graph: KnowledgeGraph) -> None:
    made = removal(TEXT, graph.store.graphs)
    marks = [
        "e:A",
        "e:B",
        '"x"@en',
        "e:r 5",
        "( 1 2 )",
        "e:v",
        "?o > 1",
        "e:w",
        "e:sub",
        "e:left",
        "e:right",
        "e:not",
        "e:minus",
    ]
    for part in everything(made, made.parts()):
        text = made.without([part])
        pyoxigraph.Store().query(text)

        assert [mark for mark in marks if mark not in text] == [mark for mark in marks if mark in made.shown(part)]


def test_all_parts_can_be_left_out_together(graph: KnowledgeGraph) -> None:
    made = removal(TEXT, graph.store.graphs)
    text = made.without(made.parts())

    pyoxigraph.Store().query(text)
    assert text.split("WHERE")[1].split() == ["{", "}", "GROUP", "BY", "?s"]


def test_the_group_around_a_part_can_be_asked(graph: KnowledgeGraph) -> None:
    made = removal(
        "SELECT ?a FROM graph:gov { ?a ?b ?c { SELECT ?d { ?d ?e ?f FILTER(?f > 1) } } }", graph.store.graphs
    )
    inner = next(part for part in everything(made, made.parts()) if part.kind == "filter")

    assert made.selecting("DISTINCT ?f", [inner], around=inner).endswith(
        "SELECT DISTINCT ?f FROM graph:gov WHERE { ?d ?e ?f . }"
    )
    assert "?a ?b ?c" in made.selecting("*", [])


def test_our_own_queries_stay_queries_whatever_is_left_out(release: Release, graph: KnowledgeGraph) -> None:
    """One part after another; what is projected or grouped by may then be missing, which no engine minds."""
    store = pyoxigraph.Store()
    count = 0
    for path in sorted(release.root.glob("queries/*/*.rq")):
        made = removal(path.read_text(encoding="utf-8"), graph.store.graphs)
        for part in everything(made, made.parts()):
            try:
                store.query(made.without([part]))
            except SyntaxError as error:
                pytest.fail(f"{path.name} without {made.shown(part)}: {error}")
            count += 1

    assert count > 500
