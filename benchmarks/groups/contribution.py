"""A contribution of 40 triples: whole processes, from start to end, beside the shipped release."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.groups.startup import rltkg
from benchmarks.measure.rounds import in_turn
from benchmarks.report.goals import Goal
from benchmarks.report.tables import times_table
from benchmarks.results import Row, seconds_of
from rltkg.corpus import shipped
from rltkg.validation.context import affected, as_ntriples, neighbourhood
from rltkg.validation.reading import read
from rltkg.validation.shapes import read_shapes
from rltkg.validation.shapes.reach import reach

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.graphs import Graph
    from benchmarks.groups.base import Bench

TITLE = "A contribution of 40 triples"
SIZED = False
GROUP = "contribution"
BARE = "bare Python"
OURS = "rltkg validate, {}"
ALL = "bare {} script, the same files"
CUT = "bare {} script, only what we cut out"
ENGINES = ("pyshacl", "pyshifty")
TRIPLES = 40
DATA = """\
@prefix code: <https://w3id.org/rltkg/code/> .
@prefix my: <https://w3id.org/rltkg/sample/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rlt: <https://w3id.org/rltkg/ontology/> .
@prefix thing: <https://w3id.org/rltkg/thing/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

my:licence a rlt:StatusEvent ; rdfs:label "Licence of a sample"@en ;
    rlt:text "A sample agency licensed the substance in 2024."@en ; rlt:statedIn my:page ; rlt:passage my:passage ;
    rlt:topic code:topic-licensing ; rlt:modality code:modality-asserted ; rlt:polarity code:polarity-affirmed ;
    rlt:indicationScope code:indication-scope-specific ; rlt:indication thing:net ; rlt:jurisdiction thing:ireland ;
    rlt:concerns thing:lutathera ; rlt:authority my:agency ; rlt:step code:status-step-licensed ;
    rlt:eventYear 2024 ; rlt:eventDate "2024-05-06"^^xsd:date ; rlt:timePrecision code:time-precision-exact ;
    rlt:enteredOn "2026-11-21"^^xsd:date .
my:teaching a rlt:Activity ; rdfs:label "Teaching of a sample"@en ; rlt:text "A sample agency teaches nurses."@en ;
    rlt:statedIn my:page ; rlt:passage my:passage ; rlt:topic code:topic-training ; rlt:actor my:agency ;
    rlt:modality code:modality-asserted ; rlt:polarity code:polarity-affirmed ; rlt:jurisdiction thing:ireland ;
    rlt:indicationScope code:indication-scope-general ; rlt:enteredOn "2026-11-21"^^xsd:date .
my:passage a rlt:Passage ; rlt:inDocument my:page .
my:page a rlt:Document ; rdfs:label "page of a sample"@en ; rlt:documentKind code:document-kind-web-page ;
    rlt:title "A sample" ; rlt:webPage <https://example.org/sample> .
my:agency a rlt:Actor ; rdfs:label "sample agency"@en ; rlt:actorKind code:actor-kind-authority .
"""
# What somebody would write without us: everything in, the number of results out.
PYSHACL = """
import pyshacl, rdflib
data, shapes = rdflib.Graph(), rdflib.Graph()
for path in {data!r}:
    data.parse(path, format={form!r})
for path in {shapes!r}:
    shapes.parse(path, format="turtle")
_, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
print(len(list(report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult))))
"""
PYSHIFTY = """
from shifty._shifty import PreparedValidator
read = lambda paths: b"\\n".join(open(path, "rb").read() for path in paths)
judge = PreparedValidator(shapes=read({shapes!r}), shapes_format="turtle")
result = judge.validate_w3c(
    data=read({data!r}), data_format={form!r}, graph_mode="data", run_infer=False, sort_results=False,
    on_unsupported="error",
)
print(result.report_turtle.count("ValidationResult"))
"""
SCRIPTS = {"pyshacl": PYSHACL, "pyshifty": PYSHIFTY}


def script(engine: str, path: Path, data: list[str], form: str = "turtle") -> list[str]:
    """Write a script that has the bare `engine` judge the files `data` by the shipped shapes; return how to run it."""
    shapes = [str(each) for each in shipped().shapes]
    path.write_text(SCRIPTS[engine].format(data=data, shapes=shapes, form=form), encoding="utf-8")
    return [sys.executable, str(path)]


def commands(graph: Graph, scratch: Path) -> dict[str, list[str]]:
    """Return what is run, by name; the contribution and the scripts are written into `scratch`."""
    file, cut = scratch / "contribution.ttl", scratch / "cut.nt"
    file.write_text(DATA, encoding="utf-8")
    cut.write_bytes(_cut_out(graph, file))
    found = {BARE: [sys.executable, "-c", "pass"]}
    for engine in ENGINES:
        everything = [str(file), *(path for path, _ in graph.source.files)]
        found[OURS.format(engine)] = [*rltkg(), "validate", str(file), "--engine", engine]
        found[ALL.format(engine)] = script(engine, scratch / f"all-{engine}.py", everything)
        found[CUT.format(engine)] = script(engine, scratch / f"cut-{engine}.py", [str(cut)], "nt")
    return found


def _cut_out(graph: Graph, file: Path) -> bytes:
    """Return the neighbourhood of the contribution, as the engines are given it."""
    from pyoxigraph import RdfFormat, Store

    store = Store()
    for path in (str(file), *(path for path, _ in graph.source.files)):
        store.load(path=path, format=RdfFormat.TURTLE)
    contribution = read([file])
    far = reach(read_shapes(shipped().shapes))
    return as_ntriples(neighbourhood(affected(contribution, far, store), far, store))


def measure(graph: Graph, bench: Bench) -> list[Row]:
    """Run each command in turn."""
    rows: dict[str, Row] = {}

    def once(name: str, command: list[str]) -> float:
        ended = bench.launcher.run(command, bench.load_limit)
        rows[name].peak = max(rows[name].peak or 0, ended.peak)
        return ended.seconds

    runs: dict[str, Callable[[], float]] = {}
    for name, command in commands(graph, bench.scratch).items():
        rows[name] = Row(GROUP, graph.size, name, name, triples=TRIPLES)
        runs[name] = partial(once, name, command)
    for name, outcome in in_turn(runs, rounds=bench.rounds, patience=4.0).items():
        rows[name].took(outcome)
    return list(rows.values())


def goals(rows: list[Row]) -> list[Goal]:
    """Hold the figures against what was set out."""
    found = []
    for engine, least in zip(ENGINES, (1000, 250), strict=True):
        ours, bare = seconds_of(rows, OURS.format(engine)), seconds_of(rows, ALL.format(engine))
        found.append(Goal.at_most(f"40 triples checked with {engine}, whole process", ours * 1000, least, least, "ms"))
        found.append(Goal.at_most(f"the same, over a bare {engine} script on the same files", ours / bare, 1.5, 1.0))
    return found


def section(rows: list[Row]) -> str:
    """Return the table."""
    told = (
        "The bare scripts judge by all shapes and print the number of results: on the same files, or only on the "
        "neighbourhood that we cut out. Neither has checks, guards, lines, or a word of help.\n\n"
    )
    return told + times_table(rows, "process", seconds_of(rows, ALL.format("pyshifty")), "over bare pyshifty")
