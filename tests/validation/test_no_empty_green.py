"""A report without findings is never one that looked at nothing.

The first seven cases are those in which pySHACL 0.40.1 says `Conforms: True` and ends with 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.validation.run import validate
from tests.cli.running import rltkg
from tests.validation.samples import HEAD, SAMPLE, written

if TYPE_CHECKING:
    from pathlib import Path

SHAPE = HEAD + (
    "my:shape a sh:NodeShape ; sh:targetClass rlt:StatusEvent ; sh:property my:shape-step .\n"
    'my:shape-step a sh:PropertyShape ; sh:path rlt:step ; sh:minCount 1 ; sh:message "Give the step."@en .\n'
)
# name: what stands in the data, what in the shapes (None: the shipped ones; "": no file), the rule that must tell it
CASES: dict[str, tuple[tuple[str, str] | None, tuple[str, str] | str | None, str]] = {
    "no shapes given": (None, "", "shapes-missing"),
    "empty shapes": (None, HEAD, "shapes-empty"),
    "misspelt target class": (None, ("rlt:StatusEvent", "rlt:StatusEvant"), "unknown-class-in-shapes"),
    "misspelt term of SHACL": (None, ("sh:minCount", "sh:mincount"), "unknown-shacl-term"),
    "misspelt property in the data": (("rlt:authority", "rlt:autority"), None, "unknown-property"),
    "misspelt class in the data": (("a rlt:StatusEvent", "a rlt:StatusEvnt"), None, "unknown-class"),
    "a dateTime typed as a date": (('"2024-05-06"', '"2024-08-16T12:05:34Z"'), None, "ill-typed-literal"),
    "shapes that cannot be parsed": (None, ("sh:minCount 1", "sh:minCount"), "shapes-broken"),
    "a shape on a property that there is not": (
        None,
        ("sh:path rlt:step", "sh:path rlt:stepp"),
        "unknown-property-in-shapes",
    ),
    "shapes without a target": (None, ("sh:targetClass rlt:StatusEvent ; ", ""), "shapes-without-target"),
    "a pattern that may take for ever": (None, ("sh:minCount 1", 'sh:pattern "^(a+)+$"'), "unsafe-pattern"),
    "an IRI that nothing describes": (
        ("rlt:topic code:topic-licensing", "rlt:topic code:topic-licencing"),
        None,
        "undefined-iri",
    ),
    "a number not as stores keep it": (("rlt:eventYear 2024", "rlt:eventYear 02024"), None, "non-canonical-literal"),
    "a node without a name": (
        ("rlt:inDocument my:page", "rlt:inDocument my:page , [ a rlt:Document ]"),
        None,
        "blank-node",
    ),
    "a file with nothing in it": ((SAMPLE, ""), None, "nothing-recognised"),
    "a file about something else": (
        (SAMPLE, '<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "a" .'),
        None,
        "nothing-recognised",
    ),
    "a datatype that stores do not compare": (("2024 ;", '"2024"^^xsd:short ;'), None, "unknown-datatype"),
}


def shapes(folder: Path, asked: tuple[str, str] | str | None) -> list[Path] | None:
    """Return the shapes files that a case asks for."""
    if asked is None:
        return None
    if asked == "":
        return [folder / "gone.ttl"]
    if isinstance(asked, str):
        return [written(folder, name="shapes.ttl", text=asked)]
    return [written(folder, asked, name="shapes.ttl", text=SHAPE)]


def test_number_of_cases() -> None:
    assert len(CASES) == 17


def test_the_sample_itself_conforms(tmp_path: Path) -> None:
    report = validate([written(tmp_path)])

    assert list(report) == []
    assert report.triples == 28
    assert report.nodes >= 4
    assert report.focus_nodes["<https://w3id.org/rltkg/shape/status-event>"] == 1


@pytest.mark.parametrize("engine", ["pyshacl", "pyshifty"])
@pytest.mark.parametrize("case", CASES)
def test_it_is_told(case: str, engine: str, tmp_path: Path) -> None:
    data, asked, rule = CASES[case]
    file = written(tmp_path, *([data] if data else []))
    report = validate([file], engine=engine, shapes=shapes(tmp_path, asked))

    assert rule in {finding.rule for finding in report}, [finding.rule for finding in report]
    assert report.fails() or rule == "unknown-datatype"


@pytest.mark.parametrize("case", list(CASES)[:7])
def test_the_command_does_not_end_with_0(case: str, tmp_path: Path) -> None:
    data, asked, rule = CASES[case]
    file = written(tmp_path, *([data] if data else []))
    options = [] if asked is None else ["--shapes", str((shapes(tmp_path, asked) or [])[0])]
    ran = rltkg("validate", str(file), *options)

    assert ran.returncode == (2 if rule in {"shapes-missing", "shapes-empty"} else 1), ran.stderr
    assert f"[{rule}]" in ran.stdout


def test_a_shape_that_looks_at_nothing_in_the_whole_graph(tmp_path: Path) -> None:
    unused = SHAPE.replace("rlt:StatusEvent", "rlt:Ligand")
    marked = unused.replace("sh:property", "rlt:targetOptional true ; sh:property")
    rules = [
        {
            finding.rule
            for finding in validate(
                whole=True,
                engine="pyshifty",
                shapes=[written(tmp_path, name=name, text=SHAPE.replace("my:shape", "my:other") + text)],
            )
        }
        for name, text in (("unused.ttl", unused), ("marked.ttl", marked))
    ]

    assert "shape-without-focus-node" in rules[0]
    assert "shape-without-focus-node" not in rules[1]
