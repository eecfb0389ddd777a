"""Blank nodes get the same names wherever a graph comes from, and what cannot be named in time is refused."""

from __future__ import annotations

import random
import re

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from rltkg.corpus.blank import blank_nodes, canonical
from rltkg.corpus.lines import Lines
from rltkg.errors import InputError

SHAPE = """
@prefix : <http://e/> .
:a :p [ :q ( 1 2 [ :r 3 ] ) ] , [ :q ( 1 2 [ :r 4 ] ) ] , [ :q 1 ] , [ :q 1 ] , "_:b"@en .
_:x :p _:y . _:y :p _:x . _:x :p _:x .
"""
INSIDE = "_:x <http://e/p> <<( _:y <http://e/q> _:x )>> . _:y <http://e/r> 1 . _:x <http://e/r> 2 ."


def lines(text: str) -> Lines:
    return Lines(quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))


def renamed(text: str, seed: int) -> str:
    """Return the same graph with other names for its blank nodes and its triples in another order."""
    names: dict[str, str] = {}
    chance = random.Random(seed)  # noqa: S311 - a shuffle

    def name(term: object) -> str:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(str(term), f"_:n{chance.randrange(10**9)}x")
        if isinstance(term, ox.Triple):
            return f"<<( {name(term.subject)} {term.predicate} {name(term.object)} )>>"
        return str(term)

    found = [quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)]
    told = [f"{name(each.subject)} {each.predicate} {name(each.object)} ." for each in found]
    chance.shuffle(told)
    return "\n".join(told)


@pytest.mark.parametrize("text", [SHAPE, INSIDE], ids=["nested", "in a triple term"])
def test_names_do_not_depend_on_where_a_graph_comes_from(text: str) -> None:
    digests = {lines(renamed(text, seed)).digest() for seed in range(20)}

    assert digests == {lines(text).digest()}


def test_nothing_but_names_changes() -> None:
    before, after = Graph().parse(data=SHAPE, format="turtle"), Graph()
    after.parse(data=b"".join(lines(SHAPE)), format="nt")

    assert isomorphic(before, after)
    assert set(re.findall(rb"_:\w+ ", b"".join(lines(SHAPE)))) >= {b"_:c14n0 ", b"_:c14n1 "}


def test_two_graphs_that_differ_in_one_blank_node_differ() -> None:
    assert lines(SHAPE).digest() != lines(SHAPE.replace(":r 4", ":r 5")).digest()
    assert lines(SHAPE).digest() != lines(SHAPE.replace("_:x :p _:x .", "_:y :p _:y . _:x :p _:x .")).digest()


def test_another_label_keeps_the_order_of_bytes() -> None:
    found = list(lines(SHAPE).named("g2c14n"))

    assert found == sorted(found)
    assert b"_:g2c14n0 " in b"".join(found)
    assert b"_:c14n" not in b"".join(found)


def test_those_inside_a_triple_term_are_found() -> None:
    (triple,) = [each.triple for each in ox.parse(INSIDE, format=ox.RdfFormat.TURTLE) if "<<" in str(each)]

    assert len(blank_nodes(triple)) == 2


@pytest.mark.parametrize(
    ("text", "needle"),
    [
        ("".join(f"_:n{i} <http://e/p> _:n{j} ." for i in range(9) for j in range(9) if i != j), "9 blank nodes"),
        ("<http://e/a> <http://e/p> (" + " 1" * 400 + ") .", "blank nodes look alike"),
        ("".join(f"_:h{h} <http://e/p> [ <http://e/q> [] ] ." for h in "ab" for _ in range(9)), "blank nodes look"),
    ],
    ids=["clique", "long list of equals", "two hubs"],
)
def test_what_would_take_too_long_is_refused(text: str, needle: str) -> None:
    with pytest.raises(InputError, match=needle):
        lines(text).digest()


def test_many_that_are_told_apart_are_no_trouble() -> None:
    text = "".join(f"<http://e/a{n}> <http://e/p> [ <http://e/q> [ <http://e/r> {n} ] ] ." for n in range(2_000))

    assert len(canonical(quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))) == 6_000
