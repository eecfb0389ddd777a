"""The model page tells the truth: its queries run alike in two engines, its examples exist, it leaves no kind out.

`python -m tests.test_model_page` writes the true numbers of rows and the true texts of the examples into the page.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib

from rltkg.corpus import Release, shipped
from rltkg.corpus.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = shipped().root / "docs" / "model.md"
TEXT = PAGE.read_text(encoding="utf-8")
MEND = "if the data are right, refresh the page: python -m tests.test_model_page"
SECONDS = 5

QUERY = re.compile(
    r"^### (?P<title>.+)\n\n```sparql\n(?P<query>[^`]+)```\n\n(?P<number>\d+) (?:rows|triples): ", re.MULTILINE
)
KIND = re.compile(
    r"^\| `rlt:(?P<kind>\w+)` \| [^|]+ \| (?P<own>[^|]+) \| `(?P<example>[^`]+)`: (?P<text>.+) \|$", re.MULTILINE
)
QUERIES, KINDS = list(QUERY.finditer(TEXT)), list(KIND.finditer(TEXT))
GRADING = re.compile(r"^\| `rlt:(\w+)` \| ((?:`[a-z-]+`(?:, )?)+) \| ", re.MULTILINE)
DIAGRAM = re.compile(r"^```mermaid\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EDGE = re.compile(r"^ +(\w+) -->\|(\w+)\| (\w+)$", re.MULTILINE)
DECLARED = re.compile(r"^PREFIX (\w+): +<(\S+)>", re.MULTILINE)
OURS = [prefix for prefix, namespace in PREFIXES.items() if namespace.startswith("https://w3id.org/rltkg/")]
NAME = re.compile(rf"\b({'|'.join(OURS)}|rdfs|skos):([A-Za-z](?:[\w.-]*\w)?)")

Row = tuple[str, ...]


def ask(store: ox.Store, query: str) -> Counter[Row]:
    """Return the rows of `query` in pyoxigraph, or its triples, none twice."""
    result = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
    if isinstance(result, ox.QueryTriples):
        return Counter({(cell(t.subject), cell(t.predicate), cell(t.object)) for t in result})
    assert isinstance(result, ox.QuerySolutions)
    return Counter(tuple(map(cell, tuple(row))) for row in result)


def ask_rdflib(dataset: rdflib.Dataset, query: str) -> Counter[Row]:
    """Return the same from rdflib, to which the query alone must be enough."""
    result = dataset.query(query)
    rows = [tuple(map(cell, row)) for row in result if isinstance(row, tuple)]
    return Counter(set(rows) if result.type == "CONSTRUCT" else rows)


def cell(term: object) -> str:
    """Return a term of either engine as one string: words with their language or datatype, or the IRI."""
    if isinstance(term, ox.Literal):
        return f"{term.value}@{term.language or term.datatype.value}"
    if isinstance(term, rdflib.Literal):
        return f"{term}@{term.language or term.datatype or rdflib.XSD.string}"
    if isinstance(term, ox.NamedNode):
        return term.value
    assert term is None or isinstance(term, rdflib.URIRef)
    return str(term or "")


def names(rows: Iterable[Row]) -> set[str]:
    """Return the first column, each IRI of the ontology without its namespace, each literal without its language."""
    return {row[0].removeprefix(PREFIXES["rlt"]).split("@")[0] for row in rows}


def terms(text: str) -> set[str]:
    """Return the names of the ontology that `text` shows."""
    return {name for prefix, name in NAME.findall(text) if prefix == "rlt"}


def open_store(release: Release) -> ox.Store:
    """Return the release in pyoxigraph."""
    store = ox.Store()
    for file in release.files:
        store.load(path=str(file.path), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(file.graph))
    return store


def text_of(store: ox.Store, statement: str) -> str:
    """Return what the statement says; empty where there is none of that name."""
    rows = ask(store, f"SELECT ?text {{ {statement} rlt:text ?text }}")
    return next(iter(rows), ("",))[0].rpartition("@")[0]


def refreshed(page: str, store: ox.Store) -> str:
    """Return `page` with the numbers and texts that the data give."""

    def with_new(found: re.Match[str], group: str, new: str) -> str:
        start, end = (place - found.start() for place in found.span(group))
        return found[0][:start] + new + found[0][end:]

    page = QUERY.sub(lambda found: with_new(found, "number", str(ask(store, found["query"]).total())), page)
    return KIND.sub(lambda found: with_new(found, "text", text_of(store, found["example"]) or found["text"]), page)


@pytest.fixture(scope="module")
def store(release: Release) -> ox.Store:
    return open_store(release)


def test_ten_queries_are_shown() -> None:
    assert len(QUERIES) == TEXT.count("```sparql") == 10


@pytest.mark.parametrize("found", QUERIES, ids=lambda found: found["title"])
def test_query_runs_and_gives_what_the_page_says(
    found: re.Match[str], store: ox.Store, rdflib_union: rdflib.Dataset
) -> None:
    rows = ask(store, found["query"])
    start = time.perf_counter()
    others = ask_rdflib(rdflib_union, found["query"])
    seconds = time.perf_counter() - start

    assert rows == others, "pyoxigraph and rdflib differ"
    assert int(found["number"]) == rows.total() > 0, f"it gives {rows.total()}; {MEND}"
    assert seconds < SECONDS, "too slow in rdflib"


@pytest.mark.parametrize("found", QUERIES, ids=lambda found: found["title"])
def test_query_declares_the_prefixes_that_it_uses(found: re.Match[str]) -> None:
    declared = dict(DECLARED.findall(found["query"]))

    assert declared == {prefix: PREFIXES[prefix] for prefix, _ in NAME.findall(found["query"])}


def test_namespaces_are_the_true_ones() -> None:
    shown = dict(DECLARED.findall(TEXT))

    assert shown == {prefix: PREFIXES[prefix] for prefix in (*OURS, "rdfs", "skos")}


def test_every_name_on_the_page_exists(store: ox.Store) -> None:
    nodes = {f"{prefix}:{name}": ox.NamedNode(PREFIXES[prefix] + name) for prefix, name in NAME.findall(TEXT)}

    assert len(nodes) > 150
    assert [
        name for name, node in sorted(nodes.items())
        if not any(store.quads_for_pattern(node, None, None)) and not any(store.quads_for_pattern(None, node, None))
    ] == []  # fmt: skip


def test_every_graph_is_on_the_page(release: Release) -> None:
    shown = {PREFIXES["graph"] + name for prefix, name in NAME.findall(TEXT) if prefix == "graph"}

    assert shown == set(release.graphs), "the table of graphs needs a row more or less"


def test_every_kind_of_statement_is_in_the_table_and_the_diagram(store: ox.Store) -> None:
    kinds = names(ask(store, "SELECT ?kind { ?kind rdfs:subClassOf+ rlt:Statement }"))
    shown = [found["kind"] for found in KINDS]

    assert len(kinds) >= 24
    assert sorted(shown) == sorted(kinds)
    assert sorted(kinds - set(re.findall(r"\w+", DIAGRAM.findall(TEXT)[0]))) == []


@pytest.mark.parametrize("found", KINDS, ids=lambda found: found["kind"])
def test_kind_has_its_properties_and_a_true_example(found: re.Match[str], store: ox.Store) -> None:
    kind, example = found["kind"], found["example"]
    own = names(ask(store, f"SELECT ?property {{ ?property rdfs:domain rlt:{kind} }}"))
    used = names(ask(store, f"SELECT DISTINCT ?property {{ ?statement a rlt:{kind} ; ?property ?value }}"))

    assert own <= terms(found["own"]) <= own | used
    assert names(ask(store, f"SELECT ?kind {{ {example} a ?kind }}")) == {kind}
    assert found["text"] == text_of(store, example), MEND


def test_every_property_of_statements_is_on_the_page(store: ox.Store) -> None:
    common = names(ask(store, "SELECT ?property { ?property rdfs:domain rlt:Statement }"))

    assert len(common) >= 25
    assert sorted(common - terms(TEXT)) == []


def test_gradings_show_every_value(store: ox.Store) -> None:
    shown = {name: set(re.findall(r"[a-z-]+", values)) for name, values in GRADING.findall(TEXT)}

    assert set(shown) == {"polarity", "modality", "force", "coverage", "strength", "context", "indicationScope"}
    for name, values in shown.items():
        query = f"SELECT ?notation {{ rlt:{name} rdfs:range ?class . ?code a ?class ; skos:notation ?notation }}"
        assert values == names(ask(store, query)), name


def test_edges_of_the_diagram_are_in_the_data(store: ox.Store) -> None:
    edges = EDGE.findall(DIAGRAM.findall(TEXT)[0])
    walk = "?from rlt:{1} ?to ; a/rdfs:subClassOf* rlt:{0} . ?to a/rdfs:subClassOf* rlt:{2}"

    assert len(edges) >= 13
    assert [edge for edge in edges if not ask(store, f"SELECT ?to {{ {walk.format(*edge)} }} LIMIT 1")] == []


@pytest.mark.parametrize(
    "pattern",
    [
        "thing:follicular-lymphoma rlt:narrowerThan+ thing:lymphoma",
        "thing:london rlt:locatedIn+ thing:england . thing:england rlt:locatedIn+ thing:united-kingdom",
        "<https://w3id.org/rltkg/gov/section-1-2-1> rlt:partOf+ gov:section-1-2",
        "thing:prrt rlt:kindOfProcedure+ thing:radioligand-therapy",
        "gov:ltp-omits-rlt rlt:coverage code:coverage-omitted ; rlt:polarity code:polarity-affirmed",
        "gov:ltp-omits-rlt rlt:indicationScope code:indication-scope-unspecified",
        "thing:gov-working-paper rlt:usesSense code:sense-strict . thing:european-report rlt:usesSense code:sense-wide",
        "thing:gov-working-paper rlt:notStated rlt:publicationYear",
        "thing:european-report rlt:publicationYear 2020",
        '?use rlt:term "PRRT" ; rlt:denotes thing:radioligand-therapy',
        'thing:lymphoma rdfs:label "lymphoma"@en',
    ],
)
def test_what_the_prose_says_is_so(pattern: str, store: ox.Store) -> None:
    assert ask(store, f"SELECT * {{ BIND(1 AS ?one) {pattern} }}")


@pytest.mark.parametrize(
    "pattern",
    [
        '?thing rdfs:label "lymphoma"',
        "?content rlt:coveredTopic code:topic-rlt ; a rlt:DocumentContent",
        "?member a ?class . FILTER(?class IN (rlt:Omission, rlt:Guideline, rlt:Strategy))",
        "?omission rlt:coverage code:coverage-omitted ; rlt:polarity code:polarity-denied",
        "thing:radioligand-therapy rlt:kindOfProcedure thing:radiotherapy",
        "?text rlt:term|rlt:title|rlt:timeWords|rlt:printedStrength ?words . FILTER(LANG(?words) != '')",
    ],
)
def test_what_the_prose_denies_is_not_so(pattern: str, store: ox.Store) -> None:
    assert not ask(store, f"SELECT * {{ {pattern} }} LIMIT 1")


if __name__ == "__main__":
    PAGE.write_text(refreshed(TEXT, open_store(shipped())), encoding="utf-8")
