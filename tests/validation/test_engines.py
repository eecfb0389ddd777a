"""Both engines say the same, and what is planted in a generated graph is found where it was planted.

`make prove` adds the graph of 100,000 triples, on which pySHACL takes a minute or more.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.generator.__main__ import write
from benchmarks.generator.fault_kinds import KINDS
from rltkg.errors import InputError, UnavailableError
from rltkg.validation import engines
from rltkg.validation.engines import LARGE, NAMES, engine
from rltkg.validation.report import Finding, Severity, ValidationReport
from rltkg.validation.run import validate
from tests.validation.samples import written
from tests.validation.shapes.samples import sample_files

if TYPE_CHECKING:
    from pathlib import Path

PROVE = bool(os.environ.get("RLTKG_PROVE"))
SIZES = {"10k": 10_000, "100k": 100_000} if PROVE else {"10k": 10_000}
FAULTS = 50
# What must be told of each kind of fault, at the node in which it was planted: one of these rules.
RULES = {
    "assessment-without-ground": {"assessment-based-on"},
    "comparison-of-one": {"comparison-compares"},
    "dangling-iri": {"undefined-iri"},
    "duplicate-label": {"repeated_label"},
    "end-before-beginning": {"statement-years-in-order"},
    "ill-typed-date": {"ill-typed-literal"},
    "label-without-language": {"value-of-label"},
    "measurement-without-figure": {"measurement-figure"},
    "measurement-without-unit": {"measurement-unit"},
    "misspelt-property": {"unknown-property"},
    "non-canonical-number": {"non-canonical-literal"},
    "omission-denied": {"omission-is-affirmed"},
    "omission-with-strength": {"omission-has-no-stance"},
    "part-of-itself": {"hierarchy_cycle"},
    "position-on-other-topic": {"position-covers-rlt-topic"},
    "reference-of-another-source": {"misplaced_passage"},
    "scope-mismatch": {"statement-indications"},
    "shortcut-without-fact": {"shortcut_fact_mismatch"},
    "stated-and-not-stated": {"statement-place", "stated_after_all"},
    "statement-without-passage": {"statement-passage"},
    "statement-without-territory": {"statement-place"},
    "strength-outside-position": {"use-of-strength"},
    "supersession-of-itself": {"supersession-of-another-statement"},
    "supersession-without-date": {"supersession-since-year"},
    "two-verdicts": {"statement-polarity"},
    "unknown-class": {"unknown-class"},
    "unknown-code": {"undefined-iri"},
    "wrong-class": {"value-of-indication"},
    "year-as-text": {"value-of-holds-from-year"},
}


def told(report: ValidationReport) -> Counter[tuple[object, ...]]:
    """Return all that a reader sees of each finding, and its key."""
    return Counter(
        (each.rule, each.key, each.severity, each.message, str(each.location), each.label) for each in report
    )


def differences(first: ValidationReport, second: ValidationReport) -> list[tuple[object, ...]]:
    """Return the findings that only one of two reports has."""
    return [*(told(first) - told(second)), *(told(second) - told(first))]


@cache
def shipped_by(name: str) -> ValidationReport:
    """Return what the engine `name` finds in the shipped graph."""
    return validate(whole=True, engine=name)


def test_engines_agree_on_the_shipped_graph() -> None:
    reports = [shipped_by(name) for name in NAMES]

    assert [report.engine for report in reports] == list(NAMES)
    assert differences(*reports) == []
    assert reports[0].focus_nodes == reports[1].focus_nodes
    assert len(reports[0].focus_nodes) > 200
    assert reports[0].nodes > 3000


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_graph_has_nothing_to_mend(name: str) -> None:
    report = shipped_by(name)

    assert [finding for finding in report if finding.severity > Severity.INFO] == []


def test_number_of_samples() -> None:
    assert len(sample_files()) >= 11


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.stem)
def test_engines_agree_on_each_sample(path: Path) -> None:
    """A sample alone is not conforming: it speaks of nodes of the others."""
    reports = [validate([path], engine=name) for name in NAMES]

    assert differences(*reports) == []
    assert reports[0].focus_nodes == reports[1].focus_nodes
    assert sum(map(bool, reports[0].focus_nodes.values())) >= 3


def test_engines_agree_on_all_samples_together() -> None:
    reports = [validate(sample_files(), engine=name) for name in NAMES]

    assert differences(*reports) == []
    assert [finding for finding in reports[0] if finding.severity > Severity.INFO] == []


@cache
def generated(size: str, folder: Path) -> tuple[dict[str, Any], dict[str, ValidationReport]]:
    """Return the manifest of a generated graph with faults, and what each engine finds in it."""
    path = folder / f"{size}.nq"
    manifest = write(path, SIZES[size], faults=FAULTS)
    return manifest, {name: validate([path], whole=True, engine=name) for name in NAMES}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where generated graphs are written."""
    return tmp_path_factory.mktemp("generated")


@pytest.mark.parametrize("size", SIZES)
def test_engines_agree_on_a_generated_graph(size: str, folder: Path) -> None:
    manifest, reports = generated(size, folder)

    assert manifest["triples"] == pytest.approx(SIZES[size], rel=0.01)
    assert differences(*reports.values()) == []
    assert len(reports["pyshacl"]) > FAULTS


@pytest.mark.parametrize("size", SIZES)
def test_what_was_planted_is_found(size: str, folder: Path) -> None:
    """Each fault at its focus node, by its rule, as grave as it is, and with the line of the node or triple."""
    manifest, reports = generated(size, folder)
    about: dict[str, list[Finding]] = {}
    for finding in reports["pyshifty"]:
        about.setdefault(finding.focus.strip("<>"), []).append(finding)

    assert len(manifest["faults"]) == FAULTS
    for fault in manifest["faults"]:
        found = [each for each in about.get(fault["focus"], []) if each.rule in RULES[fault["kind"]]]
        assert found, (fault, [each.rule for each in about.get(fault["focus"], [])])
        assert max(each.severity for each in found) >= Severity.of(fault["severity"]), fault
        assert all(each.location and each.location.line for each in found), fault


def test_every_kind_of_fault_has_its_rule() -> None:
    assert KINDS.keys() == RULES.keys()


SHAPES = (
    b'<urn:s> <http://www.w3.org/ns/shacl#targetNode> <urn:n> .\n<urn:s> <http://www.w3.org/ns/shacl#pattern> "%s" .\n'
)


def test_what_ends_an_engine_is_a_sentence() -> None:
    """A pattern that is no regular expression ends pySHACL with an exception of Python; pyshifty matches nothing."""
    data = b"<urn:n> <urn:p> <urn:o> .\n"

    with pytest.raises(InputError, match="pySHACL cannot use the shapes: missing \\), unterminated subpattern"):
        engine("pyshacl").run(data, SHAPES % b"(")
    with pytest.raises(InputError, match="pyshifty cannot use the shapes: explicit shapes graph is empty"):
        engine("pyshifty").run(data, b"")


def test_pyshacl_does_not_talk_of_ill_typed_literals_on_stderr(tmp_path: Path) -> None:
    """By itself rdflib prints a traceback for each; our own rule tells of them."""
    file = written(tmp_path, ('"2024-05-06"', '"2024-13-06"'))
    done = subprocess.run(
        [sys.executable, "-m", "rltkg", "validate", str(file), "--engine", "pyshacl"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert done.stderr == ""
    assert done.stdout.count("[ill-typed-literal]") == 1
    assert done.returncode == 1


def test_which_engine_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference, unless the data are large and the fast one is installed."""
    assert engine().name == "pyshacl"
    assert engine(triples=LARGE).name == "pyshacl"
    assert engine(triples=LARGE + 1).name == "pyshifty"
    monkeypatch.setattr(engines, "_pyshifty", _missing)
    assert engine(triples=LARGE + 1).name == "pyshacl"


def test_an_engine_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_pyshifty", _missing)

    with pytest.raises(
        UnavailableError, match=r"pyshifty is not installed; install it with `pip install rltkg\[fast\]`"
    ):
        engine("pyshifty")
    with pytest.raises(InputError, match="There is no engine 'jena'; choose from pyshacl, pyshifty"):
        engine("jena")


def _missing() -> engines.Engine:
    raise ImportError("pyshifty is not installed")


def test_pyshifty_may_be_imported_before_and_after() -> None:
    """We load its compiled module without its package, and a second copy of it in one process is refused."""
    ours = "from rltkg.validation.engines.fast import Pyshifty"
    theirs = "import shifty; shifty.PreparedValidator"
    use = f'assert b"Violation" in Pyshifty().run(b"<urn:n> <urn:p> <urn:o> .", {SHAPES % b"x"!r})'
    for lines in ((ours, theirs, use), (theirs, ours, use)):
        done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=False)

        assert done.returncode == 0, done.stderr


def test_pyshifty_comes_without_what_is_heavy() -> None:
    code = "import sys, rltkg.validation.run, rltkg.validation.engines.fast; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert {"rdflib", "pyshacl", "ssl", "http.client", "yaml"} & set(done.stdout.split()) == set()
    assert "pyoxigraph" in done.stdout.split()
