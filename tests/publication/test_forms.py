"""Each format holds the graphs to the triple, in two engines, with literals as they are written, the same each time."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib

from rltkg.corpus.graphs import GraphLines
from rltkg.corpus.own import own_file
from rltkg.errors import InputError
from rltkg.publication.forms import FORMS, quad_lines, write
from rltkg.publication.places import poured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg.corpus import Release

ROOT = Path(__file__).resolve().parents[2]
# rdflib's own parsers of TriG and JSON-LD call what rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
NAMING = [name for name, form in FORMS.items() if form.names]
SINGLE = [name for name, form in FORMS.items() if not form.names]
RDFLIB = {"nq": "nquads", "trig": "trig", "jsonld": "json-ld", "ttl": "turtle", "nt": "nt"}
GOV = "https://w3id.org/rltkg/graph/gov"
ODD = r"""
@prefix : <http://e/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:g {
  :a :p 01 , 1.10 , 1.0E0 , true , "1"^^xsd:boolean , "2020-01-01Z"^^xsd:date , "P12M"^^xsd:duration , "x"^^:own ;
     :q "a\tb\nc\"d\\e\r\u0007é😀" , "colour"@en-GB , "" , <thing:x> , <code:y> , <http://e/ü%20> ;
     a :C , "no class" ; rdf:value rdf:nil .
  <http://e/a/b> :p _:x . _:x :p ( 1 [ :q 2 ] ) .
}
:h { _:z :p _:y . _:y :q "other"@en . }
"""


@pytest.fixture(scope="module")
def graphs(release: Release) -> Iterator[GraphLines]:
    with GraphLines(release.files) as found:
        yield found


@pytest.fixture
def odd(tmp_path: Path) -> Iterator[GraphLines]:
    path = tmp_path / "odd.trig"
    path.write_text(ODD, encoding="utf-8")
    with GraphLines([own_file(path)]) as found:
        yield found


def written(name: str, graphs: GraphLines) -> bytes:
    sink = io.BytesIO()
    write(FORMS[name], graphs, sink)
    return sink.getvalue()


def dataset(data: bytes, form: ox.RdfFormat) -> ox.Dataset:
    found = ox.Dataset(ox.parse(data, format=form))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return found


def of(name: str) -> ox.RdfFormat:
    form = ox.RdfFormat.from_extension(name)
    assert form is not None
    return form


@pytest.mark.parametrize("name", NAMING)
def test_the_release_comes_back_whole(name: str, graphs: GraphLines) -> None:
    data = written(name, graphs)
    quads = list(ox.parse(data, format=of(name)))

    assert {f"{quad} .\n".encode() for quad in quads} == set(quad_lines(graphs))
    assert len(quads) == sum(lines.digest().triples for lines in graphs.values())


@pytest.mark.parametrize("name", NAMING)
def test_rdflib_reads_the_release_whole(name: str, graphs: GraphLines, rdflib_union: rdflib.Dataset) -> None:
    found = rdflib.Dataset()
    found.parse(data=written(name, graphs), format=RDFLIB[name])

    for graph in graphs:
        if graph.endswith("/ontology"):  # its blank nodes have other names in each
            continue
        ours = set(found.graph(rdflib.URIRef(graph)))
        assert ours == set(rdflib_union.graph(rdflib.URIRef(graph))), graph
        assert len(ours) > 30


@pytest.mark.parametrize("name", SINGLE)
def test_one_graph_comes_back_whole(name: str, graphs: GraphLines, rdflib_union: rdflib.Dataset) -> None:
    sink = io.BytesIO()
    write(FORMS[name], {GOV: graphs[GOV]}, sink)
    triples = [f"{quad.triple} .\n".encode() for quad in ox.parse(sink.getvalue(), format=of(name))]
    second = rdflib.Graph().parse(data=sink.getvalue(), format=RDFLIB[name])

    assert sorted(triples) == list(graphs[GOV])
    assert set(second) == set(rdflib_union.graph(rdflib.URIRef(GOV)))


@pytest.mark.parametrize("name", NAMING)
def test_odd_terms_and_blank_nodes_of_two_graphs_survive(name: str, odd: GraphLines) -> None:
    expected = ox.Dataset(ox.parse(ODD, format=ox.RdfFormat.TRIG))
    expected.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    assert dataset(written(name, odd), of(name)) == expected


@pytest.mark.parametrize("name", NAMING)
def test_rdflib_reads_odd_terms_too(name: str, odd: GraphLines, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    found = rdflib.Dataset()
    found.parse(data=written(name, odd), format=RDFLIB[name])
    again = dataset(found.serialize(format="nquads", encoding="utf-8"), ox.RdfFormat.N_QUADS)
    # rdflib reads the bare number 01 of Turtle as 1, from any file.
    expected = ODD.replace(":p 01 ", ":p 1 ") if name == "trig" else ODD

    assert again == dataset(expected.encode(), ox.RdfFormat.TRIG)


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("nq", "b56fb1140b868d6aba44fc232e08654de6da8d79d5ae282ee9412260871d0c06"),
        ("trig", "af536bcfcf4729ea18a572093a003fdad74fa6c6526daa070f983edb3503013f"),
        ("jsonld", "803e569aa15adc9c2fb275a3c6d3fc800a99d7f09685baf54bdcea56da0a86aa"),
    ],
)
def test_the_bytes_are_those_of_every_other_machine_and_python(name: str, digest: str, odd: GraphLines) -> None:
    assert sha256(written(name, odd)).hexdigest() == digest


def test_json_ld_leaves_out_a_prefix_that_an_iri_begins_with(odd: GraphLines, graphs: GraphLines) -> None:
    ours, theirs = written("jsonld", odd).decode(), written("jsonld", graphs).decode()

    assert '"thing": ' in theirs.splitlines()[0]
    assert '"thing": ' not in ours.splitlines()[0]
    assert '"code": ' not in ours.splitlines()[0]
    assert '{"@id": "thing:x"}' in ours
    assert '"http' not in theirs.split('"@graph"', 1)[0].split("{", 2)[0]  # the context is here, none is fetched


@pytest.mark.parametrize(
    ("object_", "needle"), [('"x"@ar--rtl', "no text with a direction"), ("<<( :a :b :c )>>", "no triple terms")]
)
def test_json_ld_refuses_what_it_cannot_hold(object_: str, needle: str, tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(f"@prefix : <http://e/> . :a :p {object_} .", encoding="utf-8")
    with GraphLines([own_file(path)]) as graphs:
        assert len(dataset(written("trig", graphs), ox.RdfFormat.TRIG)) == 1
        with pytest.raises(InputError, match=needle):
            written("jsonld", graphs)


def test_n_quads_are_sorted_by_bytes(graphs: GraphLines, odd: GraphLines) -> None:
    for each in (graphs, odd):
        lines = written("nq", each).splitlines()
        assert lines == sorted(lines)
        assert len(lines) == len(set(lines))


def test_gzip_has_no_name_and_no_time() -> None:
    sinks = io.BytesIO(), io.BytesIO()
    for sink in sinks:
        with poured(sink, zipped=True) as tally:
            tally.write(b"abc" * 1000)
            tally.writelines(iter([b"d\n"] * 5000))
    data = sinks[0].getvalue()

    assert data == sinks[1].getvalue()
    assert gzip.decompress(data) == b"abc" * 1000 + b"d\n" * 5000
    assert data[3] == 0  # no flag: no name of a file
    assert data[4:8] == bytes(4)  # no time


@pytest.mark.parametrize("arguments", [["--format", "nq"], ["--gzip"], ["--format", "trig"], ["--format", "jsonld"]])
def test_the_same_bytes_in_every_surrounding(arguments: list[str], tmp_path: Path) -> None:
    surroundings = [
        {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    ]
    found = []
    for number, each in enumerate(surroundings):
        folder = tmp_path / str(number)
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "rltkg", "export", *arguments],
            capture_output=True, check=True, cwd=folder, timeout=60,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **each},
        )  # fmt: skip
        found.append(done.stdout)

    assert len(found[0]) > 100_000
    assert found[0] == found[1]


def test_a_copy_of_the_release_elsewhere_gives_the_same_bytes(
    release: Release, graphs: GraphLines, tmp_path: Path
) -> None:
    for name in ("data", "ontology"):
        shutil.copytree(release.root / name, tmp_path / name)
    with GraphLines(type(release)(tmp_path).files) as copied:
        for name in NAMING:
            assert written(name, copied) == written(name, graphs)
