"""The W3C test suite of SHACL, case by case, through our engines and our report model.

The suite lies beside the project (../shared/suites/shacl, from https://github.com/w3c/data-shapes). Results are
compared as multisets of focus node, path, value, component, shape, severity; a blank node equals any other.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlparse

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from rltkg.errors import InputError
from rltkg.validation.engines import NAMES, engine
from rltkg.validation.engines.results import findings, path_text
from rltkg.validation.places import Places
from rltkg.validation.report import Finding, Severity
from rltkg.validation.shapes import Shapes
from rltkg.validation.shapes.nodes import by_subject
from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from rltkg.validation.shapes.nodes import Nodes

    Term = NamedNode | BlankNode | Literal
    Result = tuple[str, str, str, str, str, Severity]

SUITE = Path(__file__).resolve().parents[3] / "shared" / "suites" / "shacl"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
CASES = sorted(
    path.relative_to(SUITE).with_suffix("").as_posix()
    for path in SUITE.rglob("*.ttl")
    if "sht:Validate" in path.read_text(encoding="utf-8")
)
# What an engine does otherwise than the suite has it; a case that changes its ways must be changed here too.
DEVIATIONS = {
    "pyshacl": {
        "core/property/uniqueLang-002": "0 missing, 1 too many",  # takes "1"^^xsd:boolean for true
        "sparql/pre-binding/shapesGraph-001": "refused",  # does not know $shapesGraph
    },
    "pyshifty": {
        "core/property/uniqueLang-002": "0 missing, 1 too many",  # takes "1"^^xsd:boolean for true
    },
}
# The paths of cases, as SPARQL writes them, without their namespaces; read by eye from the files.
PATHS = {
    "core/path/path-alternative-001": "<property1>|<property2>",
    "core/path/path-complex-001": "<type>/(<subClassOf>*)",
    "core/path/path-complex-002": "(^<p>)/(^<p>)",
    "core/path/path-inverse-001": "^<child>",
    "core/path/path-oneOrMore-001": "<child>+",
    "core/path/path-sequence-001": "<property1>/<property2>",
    "core/path/path-zeroOrMore-001": "<child>*",
    "core/path/path-zeroOrOne-001": "<child>?",
}
pytestmark = pytest.mark.skipif(
    not CASES, reason="NOT CHECKED: the W3C SHACL suite is not beside the project, in ../shared/suites/shacl"
)


def quads(path: Path) -> list[Quad]:
    """Return the triples of a file of the suite, in which relative IRIs name files."""
    return list(parse(path=path, format=RdfFormat.TURTLE, base_iri=path.as_uri()))


def one(nodes: Nodes, subject: object, predicate: str) -> Term:
    """Return the only value of a property."""
    (value,) = nodes[str(subject)][predicate]
    return value


def file_of(term: Term) -> Path:
    """Return the file that an IRI names."""
    return Path(unquote(urlparse(str(term).strip("<>")).path))


class Case:
    """One case: the two graphs, and the report that is expected, or None where the engine must refuse."""

    def __init__(self, name: str) -> None:
        path = SUITE / f"{name}.ttl"
        self.nodes = by_subject(quads(path))
        (case,) = (quad.subject for quad in quads(path) if quad.object == NamedNode(SHT + "Validate"))
        action = one(self.nodes, case, MF + "action")
        self.data = quads(file_of(one(self.nodes, action, SHT + "dataGraph")))
        self.shapes = Shapes([], quads(file_of(one(self.nodes, action, SHT + "shapesGraph"))), Places([]), [])
        result = one(self.nodes, case, MF + "result")
        self.report = None if result == NamedNode(SHT + "Failure") else result

    @property
    def results(self) -> list[Term]:
        """The results that are expected."""
        return self.nodes[str(self.report)].get(SH + "result", [])

    def expected(self) -> Counter[Result]:
        """Return the results that are expected, in the form of `told`."""
        return Counter(map(self._expected, self.results))

    def _expected(self, result: Term) -> Result:
        held = {name.removeprefix(SH): values for name, values in self.nodes[str(result)].items()}
        assert all(len(values) == 1 for name, values in held.items() if name != "resultMessage")
        shape = held.get("sourceShape", [None])[0]
        severity = str(held["resultSeverity"][0]).strip("<>").removeprefix(SH)
        return (
            blurred(str(held["focusNode"][0])),
            path_text(held["resultPath"][0], self.nodes) if "resultPath" in held else "",
            blurred(str(held["value"][0])) if "value" in held else "",
            str(held["sourceConstraintComponent"][0]).strip("<>"),
            shape.value if isinstance(shape, NamedNode) else "",
            # Ours are the three of SHACL; one of a shape's own counts as the gravest.
            Severity.of(severity) if severity in {"Violation", "Warning", "Info"} else Severity.VIOLATION,
        )


@cache
def case_called(name: str) -> Case:
    """Return the case, read once for both engines."""
    return Case(name)


def blurred(term: str) -> str:
    """Return a term, each blank node as the same."""
    return "_:" if term.startswith("_:") else term


def told(finding: Finding) -> Result:
    """Return what a result is compared by."""
    focus, path, value, component, shape = finding.key
    return blurred(focus), path, blurred(value), component, shape, finding.severity


def run(case: Case, name: str) -> list[Finding]:
    """Return what the engine `name` finds, through the report model."""
    data = serialize((quad.triple for quad in case.data), format=RdfFormat.N_TRIPLES) or b""
    return findings(engine(name).run(data, case.shapes.ntriples), case.shapes)


def difference(name: str, by: str) -> str:
    """Return how what the engine `by` finds differs from what the case expects; "" where it does not."""
    case = case_called(name)
    try:
        found = Counter(map(told, run(case, by)))
    except InputError:
        return "refused" if case.report else ""
    if case.report is None:
        return "not refused"
    conforms = one(case.nodes, case.report, SH + "conforms")
    assert str(conforms).startswith('"true"') == (not case.results), "the suite contradicts itself"
    missing, more = case.expected() - found, found - case.expected()
    return f"{missing.total()} missing, {more.total()} too many" if missing or more else ""


def test_number_of_cases() -> None:
    """The files hold 98 cases of Core, as the manifests name them, and 23 of SPARQL, one of them still proposed."""
    rooms = Counter(name.split("/")[0] for name in CASES)

    assert rooms == {"core": 98, "sparql": 23}
    assert {"core/node/and-001", "sparql/property/sparql-001"} < set(CASES)
    assert all(set(DEVIATIONS[name]) <= set(CASES) for name in NAMES)


def test_how_many_pass() -> None:
    """What is promised of the reference: 97 of Core, and 22 of SPARQL; the cases below prove it one by one."""
    passed = {name: Counter(case.split("/")[0] for case in CASES if case not in DEVIATIONS[name]) for name in NAMES}

    assert passed["pyshacl"] == {"core": 97, "sparql": 22}
    assert passed["pyshifty"] == {"core": 97, "sparql": 23}


@pytest.mark.parametrize("by", NAMES)
@pytest.mark.parametrize("name", CASES)
def test_case(name: str, by: str) -> None:
    assert difference(name, by) == DEVIATIONS[by].get(name, "")


def test_something_is_expected() -> None:
    """What the cases ask for was really read: 7 ask for a refusal, the others for 235 results in all."""
    cases = [case_called(name) for name in CASES]

    assert sum(case.report is None for case in cases) == 7
    assert sum(case.expected().total() for case in cases if case.report) == 235


@pytest.mark.parametrize("name", PATHS)
def test_paths_are_told_as_sparql_writes_them(name: str) -> None:
    paths = {path for _, path, *_ in case_called(name).expected()}

    assert {re.sub(r"<[^>]*[#/]", "<", path) for path in paths} == {PATHS[name]}


@pytest.mark.parametrize("by", NAMES)
def test_the_message_is_that_of_the_shape(by: str) -> None:
    (finding,) = run(case_called("core/misc/message-001"), by)

    assert finding.message == "Test message"
