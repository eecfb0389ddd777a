"""The verdict: one seeded change for each reason, told with its level and cases, and the version that it asks for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from rltkg.corpus import shipped
from rltkg.review import wording
from rltkg.review.judging.queries import answer_cases
from rltkg.review.judging.rules import RULES, reasons
from rltkg.review.judging.rules import told as reason_in_words
from rltkg.review.judging.shapes import shape_cases
from rltkg.review.markdown import markdown
from rltkg.review.run import compare
from rltkg.review.text import text
from rltkg.review.verdict import raised
from tests.review.copies import GUIDELINE, HEAD, copied

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rltkg.review.form import Review

    Change = Callable[[Path], None]
    Fields = dict[str, Any]

ONTOLOGY = "ontology/rltkg.ttl"
THINGS = "data/things/eur-a.ttl"
FIGURES = "ontology/shapes/figures.ttl"
PROSTATE = "data/gov/2.3-prostate-cancer.ttl"
CHECK = "ontology/checks/improbable_figure.rq"
IODINE = "thing:radioiodine"
NEW_TERM = """
rlt:glows a owl:ObjectProperty ;
    rdfs:label "glows"@en ;
    rdfs:domain rlt:Nuclide .
"""
NEW_SHAPE = """
shape:new a sh:NodeShape ;
    sh:targetClass rlt:{target} ;
    sh:property [
        sh:path rlt:note ;
        sh:minCount 1
    ] .
"""


def inside(name: str, node: str, old: str, new: str) -> Change:
    """Replace a text in the description of one node."""

    def change(folder: Path) -> None:
        path = folder / name
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        [place] = [number for number, block in enumerate(blocks) if re.match(rf"{re.escape(node)}\s+a\s", block)]
        assert old in blocks[place], f"{node} no longer holds {old!r}"
        blocks[place] = blocks[place].replace(old, new, 1)
        path.write_text("\n\n".join(blocks), encoding="utf-8")

    return change


def everywhere(old: str, new: str) -> Change:
    """Replace a name in all files of data."""

    def change(folder: Path) -> None:
        for path in (folder / "data").rglob("*.ttl"):
            text = path.read_text(encoding="utf-8")
            if old in text:
                path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def gone(name: str, node: str) -> Change:
    """Take the description of a node out of a file."""

    def change(folder: Path) -> None:
        path = folder / name
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        kept = [block for block in blocks if not block.startswith(f"{node} a ")]
        assert len(kept) == len(blocks) - 1
        path.write_text("\n\n".join(kept) + "\n", encoding="utf-8")

    return change


def more(name: str, added: str) -> Change:
    """Write something at the end of a file, which may be new."""

    def change(folder: Path) -> None:
        path = folder / name
        held = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(held + added, encoding="utf-8")

    return change


def query(change: Callable[[Fields], object]) -> Change:
    """Change the compiled queries."""

    def changed(folder: Path) -> None:
        path = folder / "queries" / "catalogue.json"
        held = json.loads(path.read_text(encoding="utf-8"))
        change(held["queries"])
        path.write_text(json.dumps(held), encoding="utf-8")

    return changed


def checked(folder: Path) -> None:
    text = (folder / CHECK).read_text(encoding="utf-8")
    (folder / "ontology/checks/new_check.rq").write_text(text, encoding="utf-8")


def reordered(queries: Fields) -> None:
    columns = queries["statements"]["columns"]
    columns["kind"] = columns.pop("kind")


def renamed(queries: Fields) -> None:
    queries["new_query"] = queries["statements"]


# The change, whether answers are asked, the level, and how many cases of each rule there are.
CHANGES: dict[str, tuple[Change, bool, str, dict[str, int]]] = {
    "term-removed": (gone(ONTOLOGY, "rlt:bindsTo"), False, "major", {"term-removed": 1}),
    "term-renamed": (
        inside(ONTOLOGY, "rlt:bindsTo", "rlt:bindsTo", "rlt:sticksTo"), False, "major", {"term-renamed": 1}
    ),
    "kind-changed": (
        inside(ONTOLOGY, "rlt:aim", "owl:DatatypeProperty", "owl:AnnotationProperty"), False, "major",
        {"kind-changed": 1},
    ),
    "thing-removed": (gone(THINGS, IODINE), False, "major", {"thing-removed": 1}),
    "thing-renamed": (everywhere(IODINE, "thing:radio-iodine"), False, "major", {"thing-renamed": 1}),
    "domain-narrowed": (
        inside(ONTOLOGY, "rlt:emits", "rdfs:domain rlt:Nuclide", "rdfs:domain rlt:Ligand"), False, "major",
        {"domain-narrowed": 1},
    ),
    "range-narrowed": (
        inside(ONTOLOGY, "rlt:cause", "rdfs:domain ", "rdfs:range rlt:Concept ;\n    rdfs:domain "), False, "major",
        {"range-narrowed": 1},
    ),
    "disjointness-added": (
        inside(ONTOLOGY, "rlt:Activity", "rdfs:subClassOf ", "owl:disjointWith rlt:Barrier ;\n    rdfs:subClassOf "),
        False, "major", {"disjointness-added": 1},
    ),
    "axiom-tightened": (
        inside(ONTOLOGY, "rlt:emits", "a owl:ObjectProperty", "a owl:ObjectProperty , owl:FunctionalProperty"), False,
        "major", {"axiom-tightened": 1},
    ),
    "conclusion-lost": (
        inside(ONTOLOGY, "rlt:partOf", " ,\n        owl:TransitiveProperty", ""), False, "major", {"conclusion-lost": 1}
    ),
    "shape-added": (more(FIGURES, NEW_SHAPE.format(target="Measurement")), False, "major", {"shape-added": 1}),
    "shape-tightened": (
        inside(FIGURES, "shape:measurement-unit", "sh:minCount 1", "sh:minCount 2"), False, "major",
        {"shape-tightened": 1},
    ),
    "check-added": (checked, False, "major", {"check-added": 1}),
    "query-removed": (query(lambda held: held.pop("statements")), False, "major", {"query-removed": 1}),
    "parameter-removed": (
        query(lambda held: held["statements"]["parameters"].pop("sense")), False, "major", {"parameter-removed": 1}
    ),
    "parameter-changed": (
        query(lambda held: held["statements"]["parameters"]["as_at"].update(default="now")), False, "major",
        {"parameter-changed": 1},
    ),
    "column-removed": (
        query(lambda held: held["statements"]["columns"].pop("text")), False, "major", {"column-removed": 1}
    ),
    "column-changed": (query(reordered), False, "major", {"column-changed": 1}),
    "answer-changed": (
        inside(PROSTATE, "gov:bug-baus-2013-omits-rlt", "coverage-omitted", "coverage-included"), True, "major",
        {"answer-changed": 10, "fact-corrected": 1},
    ),
    "term-added": (more(ONTOLOGY, NEW_TERM), False, "minor", {"term-added": 1}),
    "term-deprecated": (
        inside(ONTOLOGY, "rlt:emits", "rdfs:domain", "owl:deprecated true ;\n    rdfs:domain"), False, "minor",
        {"term-deprecated": 1},
    ),
    "thing-added": (more("data/updates/sample.ttl", GUIDELINE), False, "minor", {"thing-added": 3}),
    "fact-added": (
        inside(THINGS, IODINE, "rdfs:label", "rlt:emits thing:beta-radiation ;\n    rdfs:label"), False, "minor",
        {"fact-added": 1},
    ),
    "axiom-added": (
        inside(ONTOLOGY, "rlt:strength", "domain rlt:Position", "domain rlt:DocumentContent"), False, "minor",
        {"axiom-added": 1},
    ),
    "shape-loosened": (
        inside(FIGURES, "shape:measurement-unit", "sh:maxCount 1", "sh:maxCount 2"), False, "minor",
        {"shape-loosened": 1},
    ),
    "query-added": (query(renamed), False, "minor", {"query-added": 1}),
    "parameter-added": (
        query(lambda held: held["statements"]["parameters"]["topic"].update(type="Topic|Concept")), False, "minor",
        {"parameter-added": 1},
    ),
    "column-added": (
        query(lambda held: held["statements"]["columns"].update(new={"type": "text", "help": "New."})), False, "minor",
        {"column-added": 1},
    ),
    "answer-grown": (
        more("data/updates/sample.ttl", GUIDELINE), True, "minor", {"answer-grown": 5, "thing-added": 3}
    ),
    "text-changed": (
        inside(THINGS, IODINE, "Iodine in a radioactive form.", "Iodine that decays."), False, "patch",
        {"text-changed": 1},
    ),
    "fact-corrected": (
        inside(PROSTATE, "gov:bug-baus-2013-omits-rlt", "coverage-omitted", "coverage-included"), False, "patch",
        {"fact-corrected": 1},
    ),
    "graph-changed": (
        more("data/updates/again.ttl", f"{HEAD}{IODINE} a rlt:Nuclide .\n"), False, "patch", {"graph-changed": 1}
    ),
    "rule-reworded": (
        inside(FIGURES, "shape:measurement-unit", "Give exactly one unit", "Give just one unit"), False, "patch",
        {"rule-reworded": 1},
    ),
    "query-reworded": (
        query(lambda held: held["statements"].update(title="Another title")), False, "patch", {"query-reworded": 1}
    ),
    "answer-reworded": (
        inside(PROSTATE, "gov:bug-baus-2013-omits-rlt", "leave radioligand therapy out", "leave the therapy out"), True,
        "patch", {"answer-reworded": 6, "text-changed": 1},
    ),
}  # fmt: skip


def counts(review: Review) -> dict[str, int]:
    return {each["rule"]: len(each["cases"]) for each in review["verdict"]["reasons"]}


def test_each_reason_has_its_change() -> None:
    """No rule of the verdict is without a seeded change; graver ones stand first."""
    levels = [level for level, _, _ in RULES.values()]

    assert list(CHANGES) == list(RULES)
    assert levels == sorted(levels, key=["major", "minor", "patch"].index)


@pytest.mark.parametrize("rule", CHANGES)
def test_verdict(rule: str, tmp_path: Path) -> None:
    """A change has the level of its gravest reason; nothing else is told, and the last line says what it means."""
    change, ask, level, expected = CHANGES[rule]
    folder = copied(tmp_path / "b")
    change(folder)
    review = compare(None, folder, ask=ask)
    told = review["verdict"]
    last = text(review, 10_000).splitlines()[-1]
    [one] = [each for each in told["reasons"] if each["rule"] == rule]

    assert counts(review) == expected
    assert (told["level"], one["level"]) == (level, level)
    assert (told["before"], told["at_least"]) == ("0.1.0", "0.2.0" if level == "major" else "0.1.1")
    assert last.startswith(f"This is a {level} change: ")
    assert reason_in_words(one) in last
    assert f"Version 0.1.0 is to become {told['at_least']} or higher (it was 0.1.0)." in last
    # A change of the graph that was not asked about is not judged whole; what lies beside the graph changes no answer.
    assert ("Not judged: the answers" in last) is (not ask and review["answers"]["because"].startswith("Not asked, as"))


def test_no_difference_has_no_verdict(tmp_path: Path) -> None:
    """Nothing is said where nothing differs."""
    review = compare(None, copied(tmp_path / "b"))

    assert review["verdict"]["level"] == "none"
    assert text(review) == "No difference."
    assert "change" not in markdown(review)


def test_a_version_that_is_enough(tmp_path: Path) -> None:
    """A release that says 0.2.0 has told its readers that something breaks."""
    folder = copied(tmp_path / "b", (ONTOLOGY, 'owl:versionInfo "0.1.0"', 'owl:versionInfo "0.2.0"'))
    gone(ONTOLOGY, "rlt:bindsTo")(folder)
    review = compare(None, folder, ask=False)

    assert counts(review) == {"term-removed": 1, "text-changed": 1}
    assert "Version 0.2.0 is enough (it was 0.1.0)." in wording.judged(review["verdict"])
    assert "**" not in markdown(review).splitlines()[-1]
    assert markdown(review).splitlines()[-1].startswith("Verdict: This is a major change")


def test_what_cannot_be_read_is_not_judged(tmp_path: Path) -> None:
    """A broken file of shapes, a check without a header and a link that leads out are named, and stop nothing."""
    folder = copied(tmp_path / "b")
    more(FIGURES, "no Turtle")(folder)
    more("ontology/checks/bad.rq", "SELECT")(folder)
    (folder / "queries" / "catalogue.json").write_text("[]", encoding="utf-8")
    told = compare(None, folder, ask=False)["verdict"]
    outside = copied(tmp_path / "c")
    (outside / "ontology" / "shapes" / "out.ttl").symlink_to(tmp_path / "b" / FIGURES)

    assert told["reasons"] == []
    assert [each.partition(",")[0] for each in told["unjudged"]] == ["the queries", "the shapes", "the checks"]
    assert compare(None, outside, ask=False)["verdict"]["unjudged"][0].startswith("the shapes, ")


@pytest.mark.parametrize(
    ("version", "level", "expected"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("0.1.0", "major", "0.2.0"),
        ("0.1.0", "minor", "0.1.1"),
        ("0.1.0", "patch", "0.1.1"),
        ("1.2.3", "none", ""),
        ("folder b", "major", ""),
        ("1.2", "major", ""),
    ],
)
def test_next_version(version: str, level: Any, expected: str) -> None:  # noqa: ANN401 - one of four words
    """Semantic versioning, and before 1.0.0 its custom: the second number counts what breaks."""
    assert raised(version, level) == expected


SHAPES = """@prefix rlt: <https://w3id.org/rltkg/ontology/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/rltkg/shape/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
HEADED = (
    SHAPES + "shape:a a sh:NodeShape ; sh:targetClass rlt:Actor ; sh:property shape:b .\nshape:b a sh:PropertyShape ; "
)


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("sh:maxCount 2", "sh:maxCount 1", "shape-tightened"),
        ("sh:path rlt:note", "sh:path rlt:note ; sh:maxCount 3", "shape-tightened"),
        ("sh:minCount 2", "sh:minCount 1", "shape-loosened"),
        ("sh:severity sh:Warning", "sh:path rlt:note", "shape-tightened"),
        ("sh:severity sh:Info", "sh:severity sh:Warning", "shape-tightened"),
        ("sh:path rlt:note", "sh:path rlt:note ; sh:severity sh:Info", "shape-loosened"),
        ("sh:in ( 1 2 3 )", "sh:in ( 1 3 )", "shape-tightened"),
        ("sh:in ( 1 3 )", "sh:in ( 3 2 1 )", "shape-loosened"),
        ("sh:in ( 1 3 )", "sh:in ( 3 1 )", ""),
        ("sh:path rlt:note", "sh:path rlt:note ; sh:in ( 1 )", "shape-tightened"),
        ("sh:in ( 1 )", "sh:path rlt:note", "shape-loosened"),
        ("sh:class rlt:Actor", "sh:class rlt:Place", "shape-tightened"),
        ("sh:datatype xsd:string", "sh:path rlt:note", "shape-loosened"),
        ("sh:deactivated true", "sh:path rlt:note", "shape-tightened"),
        ("sh:path rlt:note", "sh:path rlt:note ; sh:deactivated true", "shape-loosened"),
        ("sh:closed false", "sh:closed true", "shape-tightened"),
        ("sh:ignoredProperties ( rlt:note )", "sh:ignoredProperties ( rlt:note rlt:text )", "shape-loosened"),
        ("sh:or ( [ sh:minCount 1 ] )", "sh:or ( [ sh:minCount 2 ] )", "shape-tightened"),
        ("sh:targetClass rlt:Place", "sh:targetClass rlt:Place , rlt:Actor", "shape-tightened"),
        ("sh:targetClass rlt:Place", "sh:targetClass rlt:Place , rlt:Fresh", "shape-loosened"),
        ('sh:message "One."', 'sh:message "Other."', "rule-reworded"),
    ],
)
def test_each_constraint(before: str, after: str, rule: str, tmp_path: Path) -> None:
    """What a constraint refuses decides, not that it reads otherwise."""
    paths = []
    for name, part in (("a.ttl", before), ("b.ttl", after)):
        path = tmp_path / name
        path.write_text(HEADED + ("" if "sh:path" in part else "sh:path rlt:note ; ") + part + " .", encoding="utf-8")
        paths.append(path)
    fresh = ["https://w3id.org/rltkg/ontology/Fresh"]
    found = {each for each, _ in shape_cases(paths[:1], paths[1:], fresh)}

    assert found == ({rule} if rule else set())


def test_shapes_that_hang_together(tmp_path: Path) -> None:
    """A new shape counts with what it leads to, one for a new term breaks nothing, and one below an old one does."""
    before, after = tmp_path / "a.ttl", tmp_path / "b.ttl"
    held = HEADED + "sh:path rlt:note .\n"
    part = "shape:c a sh:PropertyShape ; sh:path rlt:text ; sh:minCount 1 .\n"
    new = "shape:d a sh:NodeShape ; sh:targetClass rlt:{} ; sh:property shape:c .\n"
    before.write_text(held, encoding="utf-8")
    found = {}
    for name, added in (
        ("used by a new shape", new.format("Place") + part),
        ("for a new term", new.format("Fresh") + part),
        ("below an old shape", "shape:a sh:property shape:c .\n" + part),
    ):
        after.write_text(held + added, encoding="utf-8")
        found[name] = sorted(shape_cases([before], [after], ["https://w3id.org/rltkg/ontology/Fresh"]))

    assert found == {
        "used by a new shape": [("shape-added", "shape:d")],
        "for a new term": [
            ("shape-loosened", "shape:c is for new terms"),
            ("shape-loosened", "shape:d is for new terms"),
        ],
        "below an old shape": [("shape-added", "shape:c")],
    }


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("", "Spain", "answer-grown"),
        ("GOV 2; GOV 3", "GOV 2; GOV 2.1; GOV 3", "answer-grown"),
        ("GOV 2; GOV 3", "GOV 3", "answer-changed"),
        ("omitted", "included", "answer-changed"),
        ("It is an old text.", "It is a new text.", "answer-reworded"),
    ],
)
def test_a_cell(before: str, after: str, rule: str) -> None:
    """A cell has grown where nothing of it is gone; what reads otherwise as a text of the data does has not changed."""
    change: Any = {
        "query": "q", "options": "", "added": [], "removed": [], "failed": "",
        "changed": [{"row": "r", "cells": [{"column": "c", "before": before, "after": after}]}],
    }  # fmt: skip

    assert [each for each, _ in answer_cases([change], [("an old text", "a new text")])] == [rule]


def test_cases_are_counted_once() -> None:
    """Two triples about one node are one case."""
    [found] = reasons([("text-changed", "thing:a"), ("text-changed", "thing:a")])

    assert found["cases"] == ["thing:a"]
    assert shipped().version == "0.1.0", "the versions that these tests expect follow from it"
