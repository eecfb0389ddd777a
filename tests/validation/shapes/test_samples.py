"""The conforming samples have no fault, and each violating case has just the findings that its line names."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import pytest

from rltkg.validation.run import validate
from tests.validation.shapes.constraints import constraints, shapes
from tests.validation.shapes.samples import (
    SAMPLES,
    Change,
    judged,
    named,
    sample_files,
    sample_triples,
    short,
    triples_of,
    written,
)

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Triple

    from rltkg.validation.report import Finding

CASES = SAMPLES / "violations.tsv"
COLUMNS = "case node removed added findings"
NUMBER = 675
both_engines = pytest.mark.parametrize("engine", ["pyshacl", "pyshifty"])


@cache
def cases() -> dict[str, tuple[str, str, str, tuple[str, ...]]]:
    """Return the violating cases by name: node, what is removed, what is added, and the findings.

    What is removed is written as in Turtle, with `*` for all values of a property.
    """
    head, *lines = CASES.read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == COLUMNS.split()
    cells = [line.split("\t") for line in lines]
    return {name: (node, removed, added, tuple(found.split(" ; "))) for name, node, removed, added, found in cells}


def taken_out(node: NamedNode, text: str) -> frozenset[Triple]:
    """Return the triples of `node` that `text` names; AssertionError where it names one that is not there."""
    found: set[Triple] = set()
    for part in filter(None, text.split(" ; ")):
        predicate, _, value = part.partition(" ")
        if value == "*":
            iri = next(iter(written(node, f"{predicate} 0"))).predicate
            these = {triple for triple in triples_of(node) if triple.predicate == iri}
        else:
            these = set(written(node, part))
        assert these, f"{node} has no {part}"
        assert these <= triples_of(node), f"{node} has no {part}"
        found |= these
    return frozenset(found)


def change(name: str) -> Change:
    """Return what the case called `name` changes."""
    node, removed, added, _ = cases()[name]
    iri = named(node)
    return Change(name, iri, taken_out(iri, removed), written(iri, added))


def told(finding: Finding) -> str:
    """Return a finding as the table has it: severity, constraint component, path and shape."""
    component = finding.component.rpartition("#")[2].removesuffix("ConstraintComponent")
    path = re.sub(r"<?(https?://[^>|^()]+)>?", lambda found: short(found[1]), finding.path) or "-"
    return f"{finding.severity.word} {component} {path} {finding.rule}"


def test_the_samples_have_no_fault_and_miss_no_shape() -> None:
    """The samples as one contribution: not even a hint, and each shape with a target looks at a node of them."""
    report = validate(sample_files())

    assert [str(finding) for finding in report] == []
    assert len(report.files) == 11
    assert report.triples > 700
    assert set(report.focus_nodes) == set(shapes().targets)
    assert [shape for shape, count in report.focus_nodes.items() if not count] == []


def test_the_samples_have_no_fault_in_the_whole() -> None:
    """Added to the shipped graph, the samples bring no warning and nothing that a check finds."""
    report = validate(sample_files(), whole=True, engine="pyshifty")

    own = {str(triple.subject) for triple in sample_triples()}
    # Sample codes lie in the namespace of the samples, and no release has them.
    found = [finding for finding in report if finding.focus in own and finding.rule != "misnamed_term"]
    assert [str(finding) for finding in found] == []


@both_engines
def test_each_case_has_just_its_findings(engine: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Both engines find what each line names at the changed node, and nothing elsewhere."""
    names, report = judged(map(change, cases()), tmp_path_factory.mktemp(engine), engine)
    case_of = {str(node): name for name, node in names.items()}
    found: dict[str, set[str]] = defaultdict(set)
    for finding in report:
        if finding.component:
            found[case_of.get(finding.focus, finding.focus)].add(told(finding))

    assert len(names) == NUMBER
    assert report.engine == engine
    wrong = {
        name: (sorted(found.get(name, ())), sorted(expected))
        for name, (*_, expected) in cases().items()
        if found.pop(name, set()) != set(expected)
    }
    assert wrong == {}
    assert found == {}


def test_each_constraint_has_a_case() -> None:
    """Each constraint that a report may name has a case of its name, which it is among the findings of."""
    assert len(cases()) == NUMBER
    by_name = {tuple(name.split(".")[:2]) for name in cases()}
    assert sorted(constraints() - by_name) == []
    assert sorted(by_name - constraints()) == []
    for name, (*_, expected) in cases().items():
        shape, component = name.split(".")[:2]
        assert any(each.split()[1] == component and each.split()[-1] == shape for each in expected), name


def test_the_cases_are_in_order() -> None:
    """The table is sorted by case, so that a new one has its place."""
    assert list(cases()) == sorted(cases())
