"""A generated graph is like ours: no check finds a fault in it, every query finds rows, and the shares are similar."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse

import rltkg
from benchmarks.generator.__main__ import write
from rltkg.corpus import shipped
from tests.benchmarks.conftest import loaded

if TYPE_CHECKING:
    from rltkg.corpus import Release
    from rltkg.graph import KnowledgeGraph

Manifest = tuple[Path, dict[str, Any]]

ROOT = shipped().root
CHECKS = sorted((ROOT / "ontology" / "checks").glob("*.rq"))
QUERIES = sorted((ROOT / "queries").glob("*/*.rq"))
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
TERMS = "https://w3id.org/rltkg/ontology/"
CODES = "https://w3id.org/rltkg/code/"


@pytest.fixture(scope="module")
def store(sound: Manifest) -> Store:
    """Return the sound graph of 10,000 triples with the ontology."""
    return loaded(sound[0])


@pytest.fixture(scope="module")
def graph(sound: Manifest) -> KnowledgeGraph:
    """Return the same as users open it: a folder with the graph and the ontology."""
    return rltkg.open(sound[0].parent)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a sound graph of 40,000 triples with the ontology."""
    path = tmp_path_factory.mktemp("large") / "graph.nq"
    write(path, 40_000, seed=5)
    return loaded(path)


def rows(store: Store, text: str) -> list[list[str]]:
    """Return what a query gives over all graphs."""
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return [[str(term) for term in row] for row in found]


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("size", ["store", "large"])
def test_checks_find_nothing(check: Path, size: str, request: pytest.FixtureRequest) -> None:
    assert rows(request.getfixturevalue(size), check.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_every_query_finds_rows(query: Path, store: Store) -> None:
    """As it stands in the file, with every parameter open."""
    assert rows(store, query.read_text(encoding="utf-8")) != []


def test_every_parameter_finds_rows(sound: Manifest, graph: KnowledgeGraph) -> None:
    """The value that the manifest offers for a parameter finds something when it is given alone."""
    empty = []
    asked = 0
    for query in graph.catalogue:
        examples = sound[1]["parameters"].get(query.id, {})
        # The default source is one of the release, which is not here.
        by_default = {each.name for each in query.parameters if each.name == "source" and each.default}
        source = {name: examples[name] for name in by_default}
        for parameter in query.parameters:
            if parameter.name in examples:
                asked += 1
                if not graph.ask(query.id, **{**source, parameter.name: examples[parameter.name]}).rows:
                    empty.append((query.id, parameter.name))

    assert empty == []
    assert asked >= 70


def test_questions_of_the_manifest_find_rows(sound: Manifest, graph: KnowledgeGraph) -> None:
    """What the manifest offers to ask together finds something too; passages_of asks for one statement."""
    known = {query.id for query in graph.catalogue}
    questions = {query: values for query, values in sound[1]["queries"].items() if query in known}

    assert len(questions) >= 24
    assert [query for query, values in questions.items() if not graph.ask(query, **values).rows] == []
    assert {row[0].value for row in graph.ask("passages_of", **questions["passages_of"]).rows if row[0]} == {
        questions["passages_of"]["statement"]
    }


def test_things_of_the_manifest_are_there(sound: Manifest, store: Store) -> None:
    for kind, thing in sound[1]["things"].items():
        found = store.quads_for_pattern(NamedNode(thing), TYPE, None, None)
        assert [str(quad.object) for quad in found] == [f"<{TERMS}{kind}>"]


def test_manifest_counts_right(sound: Manifest) -> None:
    path, manifest = sound
    graphs: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    for quad in parse(path=path, format=RdfFormat.N_QUADS):
        graphs[quad.graph_name.value] += 1
        if quad.predicate == TYPE:
            classes[quad.object.value.removeprefix(TERMS)] += 1

    assert manifest["graphs"] == graphs
    assert manifest["classes"] == classes
    assert manifest["triples"] == graphs.total() == 10_000
    assert manifest["faults"] == []


def test_graphs_are_those_of_the_release(sound: Manifest, release: Release) -> None:
    assert manifest_graphs(sound) <= {*release.graphs, "https://w3id.org/rltkg/graph/updates"}
    assert set(release.graphs) - manifest_graphs(sound) <= {"https://w3id.org/rltkg/graph/ontology"}


def manifest_graphs(sound: Manifest) -> set[str]:
    """Return the named graphs that hold triples."""
    return set(sound[1]["graphs"])


def test_classes_and_properties_of_the_release_are_all_there(large: Store, release: Release) -> None:
    """Whatever the release says of its things, the generated graph says too, but for a few rare words."""
    used: set[str] = set()
    for file in release.files:
        if file.graph != "https://w3id.org/rltkg/graph/ontology":
            for quad in parse(path=file.path, format=RdfFormat.TURTLE):
                used.add(quad.predicate.value)
                if quad.predicate == TYPE:
                    used.add(quad.object.value)
    missing = {
        term
        for term in used
        if not next(large.quads_for_pattern(None, NamedNode(term), None, None), None)
        and not next(large.quads_for_pattern(None, TYPE, NamedNode(term), None), None)
    }

    assert {term.removeprefix(TERMS) for term in missing} <= RARE
    assert len(used) > 120


RARE = {
    "comparator",
    "holdsFromDate",
    "holdsUntilDate",
    "holdsUntilYear",
    "path",
    "publicationDate",
    "renamedTo",
    "sense",
}
"""What the release has a few times and generated graphs never; the path of a graph is that of a file."""


def test_shares_are_those_of_the_release(large: Store, release: Release) -> None:
    """The larger classes of statements have between half and twice their share among all statements."""
    ours = Counter(
        quad.object.value.removeprefix(TERMS)
        for file in release.files
        if not file.graph.endswith("/ontology")
        for quad in parse(path=file.path, format=RdfFormat.TURTLE)
        if quad.predicate == TYPE
    )
    made = Counter(
        str(quad.object).strip("<>").removeprefix(TERMS)
        for quad in large.quads_for_pattern(None, TYPE, None, None)
        if "/rltkg/bench/" in str(quad.subject)
    )
    large_classes = ["Finding", "Requirement", "CausalLink", "Barrier", "TermUse", "TechnicalProperty", "Position"]
    large_classes += ["DocumentContent", "Activity", "ClinicalEvidence", "Passage", "Comparison", "Reference"]

    for kind in large_classes:
        ratio = (made[kind] / made["Finding"]) / (ours[kind] / ours["Finding"])
        assert 0.5 < ratio < 2, f"{kind}: {ratio:.2f}"


def test_fan_out_is_bounded(large: Store) -> None:
    """A larger graph has more sources, not larger ones: no source makes more than some hundred statements."""
    statements = Counter(
        str(quad.object) for quad in large.quads_for_pattern(None, NamedNode(TERMS + "statedIn"), None, None)
    )
    reports = {source: number for source, number in statements.items() if "-report-" in source}

    assert len(reports) >= 10
    assert max(reports.values()) < 400
    assert min(reports.values()) > 15


def test_codes_are_all_used_that_matter(large: Store) -> None:
    """Every degree of coverage, every rung, context and indication scope turns up, and the commoner strengths."""
    for scheme, number in {"coverage": 4, "strength": 4, "indication-scope": 4, "context": 3, "rung": 5}.items():
        text = (
            f"SELECT DISTINCT ?code WHERE {{ ?node ?any ?code FILTER(STRSTARTS(STR(?code), '{CODES}{scheme}-')) "
            "FILTER(STRSTARTS(STR(?node), 'https://w3id.org/rltkg/bench/')) }"
        )
        assert len(rows(large, text)) >= number, scheme
