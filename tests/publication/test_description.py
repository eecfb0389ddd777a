"""What the description says is so: rdflib counts the same, the files are as told, DCAT and VoID have what they ask."""

from __future__ import annotations

import io
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS

from rltkg.publication.content import content
from rltkg.publication.description import describe
from rltkg.publication.run import export_folder, write_description

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.corpus import Release

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DATASET = rdflib.URIRef("https://w3id.org/rltkg/dataset/0.1.0")
SHAPES = Path(__file__).with_name("shapes.ttl")
MATCHES = [SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch]
Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the release in several formats, and its description."""
    path = tmp_path_factory.mktemp("export") / "release"
    with content() as found:
        export_folder(found, ["nq", "nt"], path, zipped=False)
    return path


@pytest.fixture(scope="module")
def told(folder: Path) -> rdflib.Graph:
    """Return the description, read by rdflib."""
    return rdflib.Graph().parse(folder / "dataset.ttl")


def number(told: rdflib.Graph, node: rdflib.term.Node, predicate: rdflib.URIRef) -> int:
    (value,) = told.objects(node, predicate)
    return int(str(value))


def partitions(told: rdflib.Graph, node: rdflib.term.Node, kind: str, of: str, counted: str) -> dict[object, int]:
    parts = told.objects(node, VOID[kind])
    return {told.value(part, VOID[of]): number(told, part, VOID[counted]) for part in parts}


def agrees(told: rdflib.Graph, node: rdflib.term.Node, triples: Iterable[Triple]) -> None:
    """Assert that all counts of `node` are those of `triples`, which rdflib holds."""
    held = set(triples)
    subjects = {subject for subject, _, _ in held}
    kinds = Counter(kind for _, predicate, kind in held if predicate == RDF.type)
    assert number(told, node, VOID.triples) == len(held)
    assert number(told, node, VOID.distinctSubjects) == len(subjects)
    assert number(told, node, VOID.entities) == sum(isinstance(each, rdflib.URIRef) for each in subjects)
    assert number(told, node, VOID.classes) == len(kinds)
    assert number(told, node, VOID.properties) == len({predicate for _, predicate, _ in held})
    assert partitions(told, node, "classPartition", "class", "entities") == dict(kinds)
    assert partitions(told, node, "propertyPartition", "property", "triples") == dict(
        Counter(predicate for _, predicate, _ in held)
    )
    assert {str(each) for each in told.objects(node, VOID.vocabulary)} == {
        str(each)[: max(str(each).rfind("/"), str(each).rfind("#")) + 1]
        for each in {*kinds, *(predicate for _, predicate, _ in held)}
    }
    (example,) = told.objects(node, VOID.exampleResource)
    about: Counter[object] = Counter(subject for subject, _, _ in held if isinstance(subject, rdflib.URIRef))
    assert about[example] == max(about.values())


def test_each_graph_is_counted_as_rdflib_counts_it(told: rdflib.Graph, rdflib_union: rdflib.Dataset) -> None:
    parts = {str(told.value(part, SD.name)): part for part in told.subjects(RDF.type, SD.NamedGraph)}

    assert len(parts) == 10
    for graph, part in parts.items():
        agrees(told, part, rdflib_union.graph(rdflib.URIRef(graph)))


def test_the_whole_is_counted_as_the_union(told: rdflib.Graph, rdflib_union: rdflib.Dataset, release: Release) -> None:
    union = {triple for graph in release.graphs for triple in rdflib_union.graph(rdflib.URIRef(graph))}

    agrees(told, DATASET, union)
    assert [str(each) for each in told.objects(DATASET, DCTERMS.language)] == [
        "http://id.loc.gov/vocabulary/iso639-1/en"
    ]
    assert {each.language for _, _, each in union if isinstance(each, rdflib.Literal)} == {None, "en"}


def test_the_linksets_are_the_matches_of_the_mappings(
    told: rdflib.Graph, rdflib_union: rdflib.Dataset, release: Release
) -> None:
    lines = (release.root / "data" / "mappings" / "mappings.sssom.tsv").read_text(encoding="utf-8").splitlines()
    bases = {line.split('"')[1] for line in lines if line.startswith("#   ") and '"' in line}
    expected: Counter[tuple[object, str]] = Counter()
    for predicate in MATCHES:
        for _, _, target in rdflib_union.triples((None, predicate, None)):
            (base,) = [each for each in bases if str(target).startswith(each)]
            expected[predicate, base] += 1
    found = {
        (told.value(each, VOID.linkPredicate), str(told.value(told.value(each, VOID.objectsTarget), VOID.uriSpace))):
        number(told, each, VOID.triples)
        for each in told.subjects(RDF.type, VOID.Linkset)
    }  # fmt: skip

    assert found == dict(expected)
    assert sum(found.values()) == 264
    assert len({base for _, base in found}) == 29
    assert set(told.objects(None, VOID.subjectsTarget)) == {DATASET}


def test_the_digest_of_a_graph_is_that_of_its_file(told: rdflib.Graph, folder: Path) -> None:
    for part in told.subjects(RDF.type, SD.NamedGraph):
        name = str(told.value(part, SD.name)).rsplit("/", 1)[1]
        digest = told.value(told.value(part, SPDX.checksum), SPDX.checksumValue)
        assert str(digest) == sha256((folder / f"{name}.nt").read_bytes()).hexdigest()


def test_the_files_are_as_told(told: rdflib.Graph, folder: Path) -> None:
    files = {str(each).rsplit("/", 1)[1]: each for each in told.subjects(RDF.type, DCAT.Distribution)}

    assert sorted(files) == sorted(each.name for each in folder.iterdir() if each.suffix in (".nt", ".nq"))
    for name, node in files.items():
        data = (folder / name).read_bytes()
        assert number(told, node, DCAT.byteSize) == len(data)
        assert str(told.value(told.value(node, SPDX.checksum), SPDX.checksumValue)) == sha256(data).hexdigest()
        assert str(told.value(node, DCAT.mediaType)).endswith("n-quads" if name.endswith(".nq") else "n-triples")
        assert (None, VOID.dataDump, told.value(node, DCAT.downloadURL)) in told


def test_it_says_what_the_citation_and_the_ontology_say(
    told: rdflib.Graph, rdflib_union: rdflib.Dataset, release: Release
) -> None:
    ontology = rdflib.URIRef("https://w3id.org/rltkg/ontology")
    text = (release.root / "CITATION.cff").read_text(encoding="utf-8")
    (agent,) = told.objects(DATASET, DCTERMS.publisher)

    assert told.value(DATASET, DCTERMS.license) == rdflib_union.value(ontology, DCTERMS.license)
    assert str(told.value(DATASET, DCTERMS.issued)) == str(rdflib_union.value(ontology, DCTERMS.issued))
    assert str(told.value(agent, FOAF.name)) == str(rdflib_union.value(ontology, DCTERMS.creator))
    assert f'title: "{told.value(DATASET, DCTERMS.title)}"' in text
    assert f"version: {told.value(DATASET, DCAT.version)}\n" in text
    assert {f"  - {each}" for each in told.objects(DATASET, DCAT.keyword)} < set(text.splitlines())
    assert str(told.value(DATASET, DCTERMS.identifier)) == f"sha256:{release.digest}"


def test_dcat_and_void_have_what_they_ask(told: rdflib.Graph) -> None:
    conforms, _, report = pyshacl.validate(told, shacl_graph=rdflib.Graph().parse(SHAPES))

    assert conforms, report


def test_a_gap_would_be_found(told: rdflib.Graph) -> None:
    for gap in (
        (DATASET, DCTERMS.license, None),
        (None, DCAT.mediaType, None),
        (None, VOID.linkPredicate, None),
        (None, SPDX.checksumValue, None),
    ):
        poorer = rdflib.Graph()
        for triple in told:
            poorer.add(triple)
        poorer.remove(gap)
        assert not pyshacl.validate(poorer, shacl_graph=rdflib.Graph().parse(SHAPES))[0], gap


def test_no_node_is_blank_and_all_are_ours(told: rdflib.Graph) -> None:
    assert {type(subject) for subject in told.subjects()} == {rdflib.URIRef}
    assert not any(isinstance(each, rdflib.BNode) for each in told.objects())
    assert {str(subject)[:30] for subject in told.subjects()} == {"https://w3id.org/rltkg/dataset"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_json_ld_says_the_same(told: rdflib.Graph, folder: Path) -> None:
    second = rdflib.Graph().parse(folder / "dataset.jsonld", format="json-ld")
    third = {quad.triple for quad in ox.parse(path=str(folder / "dataset.jsonld"))}

    assert set(second) == set(told)
    assert third == {quad.triple for quad in ox.parse(path=str(folder / "dataset.ttl"))}


def test_the_dataset_stands_first(folder: Path) -> None:
    lines = (folder / "dataset.ttl").read_text(encoding="utf-8").splitlines()

    assert next(line for line in lines if not line.startswith("@prefix")).startswith(f"<{DATASET}> a dcat:Dataset")


def told_of(**settings: object) -> tuple[rdflib.Graph, rdflib.term.Node]:
    """Return the description of what `settings` ask for, and its dataset."""
    with content(**settings) as found:  # type: ignore[arg-type]
        sink = io.BytesIO()
        write_description(describe(found), "ttl", sink)
    graph = rdflib.Graph().parse(data=sink.getvalue(), format="turtle")
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    return graph, dataset


def test_a_part_is_named_after_its_digest_and_told_as_a_part() -> None:
    graph, dataset = told_of(graphs=["gov"])
    _, other = told_of(graphs=["eur"])

    assert str(dataset).startswith("https://w3id.org/rltkg/dataset/sha256-")
    assert other != dataset
    assert graph.value(dataset, DCTERMS.isPartOf) == DATASET
    assert str(graph.value(dataset, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    assert graph.value(dataset, DCTERMS.identifier) is None


def test_a_graph_with_own_files_claims_nothing(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text("<http://e/a> <http://e/p> 01 .", encoding="utf-8")
    graph, dataset = told_of(extra=[path])

    assert str(dataset).startswith("https://w3id.org/rltkg/dataset/sha256-")
    for predicate in (DCTERMS.license, DCTERMS.publisher, DCTERMS.isPartOf, DCTERMS.identifier):
        assert list(graph.objects(dataset, predicate)) == []
    assert number(graph, dataset, VOID.triples) == number(*told_of(), VOID.triples) + 1
