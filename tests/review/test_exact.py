"""Nothing of a difference is left out: every triple that is in one side only is told, in words or as it is."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from rltkg.corpus import shipped
from rltkg.review import wording
from rltkg.review.escape import code, escaped
from rltkg.review.form import check
from rltkg.review.markdown import markdown
from rltkg.review.run import compare
from rltkg.review.text import text
from rltkg.review.triples import Difference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rltkg.graph import KnowledgeGraph
    from rltkg.review.form import Item, Review

NODES = [NamedNode(f"urn:n{number}") for number in range(4)]
BLANKS = [BlankNode(f"b{number}") for number in range(3)]
GRAPHS = [NamedNode("urn:g1"), NamedNode("urn:g2")]
named_quads = st.sets(
    st.builds(
        Quad,
        st.sampled_from(NODES),
        st.sampled_from(NODES[:2]),
        st.sampled_from([*NODES, Literal("x"), Literal("x", language="en")]),
        st.sampled_from(GRAPHS),
    ),
    max_size=12,
)
blank_quads = st.sets(
    st.builds(
        Quad,
        st.sampled_from([*NODES[:2], *BLANKS]),
        st.sampled_from(NODES[:2]),
        st.sampled_from([*NODES[:2], *BLANKS]),
        st.just(GRAPHS[0]),
    ),
    max_size=8,
)


def store(quads: set[Quad]) -> Store:
    held = Store()
    held.extend(quads)
    return held


@given(named_quads, named_quads)
def test_quads_without_blank_nodes(before: set[Quad], after: set[Quad]) -> None:
    found = Difference(store(before), store(after))
    triples = [{quad.triple for quad in side} for side in (before, after)]

    assert (set(found.gone), set(found.come)) == (before - after, after - before)
    assert set(found.removed) == triples[0] - triples[1]
    assert set(found.added) == triples[1] - triples[0]
    assert bool(found) == (before != after)
    assert found.same_triples == (triples[0] == triples[1])
    told = {quad for triples in (found.removed, found.added) for quads in triples.values() for quad in quads}
    assert told | {quad for pair in found.moved.values() for quads in pair for quad in quads} == before ^ after


@given(named_quads, blank_quads, st.permutations(range(3)))
@settings(max_examples=60)
def test_blank_nodes_by_other_names_are_no_difference(named: set[Quad], blank: set[Quad], order: list[int]) -> None:
    renamed = dict(zip(BLANKS, (BlankNode(f"c{number}") for number in order), strict=True))

    def other(quad: Quad) -> Quad:
        subject, value = (renamed.get(node, node) for node in (quad.subject, quad.object))  # type: ignore[arg-type]
        return Quad(subject, quad.predicate, value, quad.graph_name)

    assert not Difference(store(named | blank), store(named | {other(quad) for quad in blank}))


@given(blank_quads, st.data())
@settings(max_examples=60)
def test_a_lost_triple_with_a_blank_node_is_a_difference(blank: set[Quad], data: st.DataObject) -> None:
    held = [quad for quad in blank if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)]
    if held:
        lost = data.draw(st.sampled_from(sorted(held, key=str)))
        found = Difference(store(blank), store(blank - {lost}))

        assert found.lost
        assert len(found.removed_lines) > len(found.added_lines)


def test_blank_nodes_that_look_alike_take_no_forever() -> None:
    """Eight blank nodes that all refer to each other: who tries all orders does not come back from that."""
    nodes = [BlankNode() for _ in range(8)]
    ring = {Quad(one, NODES[0], other, GRAPHS[0]) for one in nodes for other in nodes if one != other}
    others = {node: BlankNode() for node in nodes}
    copy = {Quad(others[quad.subject], NODES[0], others[quad.object], GRAPHS[0]) for quad in ring}  # type: ignore[index]

    assert not Difference(store(ring), store(copy))
    assert Difference(store(ring), store(set(list(copy)[1:])))


@pytest.fixture(scope="module", params=[1, 2, 3])
def changed(request: pytest.FixtureRequest, graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Review:
    """Return the review of the release after hasty edits: nodes lost, objects exchanged, new ones, other graphs."""
    chance = random.Random(request.param)  # noqa: S311 - no secret
    quads = sorted(graph.store.engine.quads_for_pattern(None, None, None, None), key=str)  # type: ignore[attr-defined]
    named = [
        quad for quad in quads if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)
    ]
    held = set(quads)
    for _ in range(10):
        subject = chance.choice(named).subject
        held -= {quad for quad in named if quad.subject == subject}
        one, other = chance.sample(named, 2)
        held.discard(one)
        held.add(Quad(one.subject, one.predicate, other.object, one.graph_name))
        held.add(
            Quad(
                NamedNode(f"https://w3id.org/rltkg/thing/new-{len(held)}"),
                other.predicate,
                one.object,
                other.graph_name,
            )
        )
        held.discard(other)
        held.add(
            Quad(other.subject, other.predicate, other.object, NamedNode("https://w3id.org/rltkg/graph/elsewhere"))
        )
    held -= {quad for quad in quads if "DocumentGuideline" in str(quad)}
    folder: Path = tmp_path_factory.mktemp("changed")
    (folder / "whole.nq").write_text("".join(f"{quad} .\n" for quad in held), encoding="utf-8")
    return compare(None, folder, ask=False)


def terms(items: list[Item], place: str) -> Iterator[str]:
    for item in items:
        for change in item["changes"]:
            for value in change[place]:  # type: ignore[literal-required]
                yield f"<{item['iri']}> <{change['iri']}> {value['term']}"
        yield from terms(item["passages"], place)


def test_every_triple_is_told(changed: Review) -> None:
    every = [item for group in changed["groups"] for item in group["items"]]
    assert len(changed["triples"]["removed"]) > 50

    for place in ("removed", "added"):
        lines = {line.rsplit(" <", 1)[0] for line in changed["triples"][place]}
        told = set(terms(every, place))
        rest = {line.removesuffix(" .") for each in changed["rest"] for line in each["lines"]}

        assert told <= lines
        assert lines - told <= {line.rsplit(" <", 1)[0] for line in rest} | rest
    assert check(changed) == changed


def test_every_value_is_shown(changed: Review) -> None:
    """In text and in Markdown, as long as nothing is capped."""
    every = [item for group in changed["groups"] for item in group["items"]]
    every += [passage for item in every for passage in item["passages"]]
    shown = " ".join(text(changed, 100, limit=None).split())
    marked = markdown(changed, limit=None)

    assert len(every) > 20
    for item in every:
        assert " ".join(item["label"].split()) in shown
        for change in item["changes"]:
            told = change in wording.told_of(item)
            assert change["property"] in shown or not told
            for value in (*change["removed"], *change["added"]):
                assert " ".join(value["shown"].split()) in shown
                assert escaped(value["shown"]) in marked or code(value["shown"]) in marked
    for each in changed["rest"]:
        assert " ".join(each["what"].split()) in shown


def test_what_is_capped_is_told(changed: Review) -> None:
    short = text(changed, 100, limit=1)
    hidden = [group for group in changed["groups"] if len(group["items"]) > 1]

    assert hidden
    for group in hidden:
        assert f"... and {len(group['items']) - 1:,} more {group['name']}" in " ".join(short.split())
    assert "\nNot all is shown; --all shows the rest, --format json has it as data.\n\nThis is a " in short
    assert "Not all is shown" not in text(changed, 100, limit=None)
    assert markdown(changed, limit=1).count("... and ") >= len(hidden)


def test_the_release_has_blank_nodes_that_are_compared(graph: KnowledgeGraph) -> None:
    found = Difference(graph.store.engine, store(set()))  # type: ignore[attr-defined]

    # Those of the defined classes and of the chains of properties.
    assert sum(found.lost.values()) == 10
    assert len(found.gone) + sum(len(part) for part in found.lost.elements()) == len(graph.store)  # type: ignore[arg-type]
    assert shipped().files
