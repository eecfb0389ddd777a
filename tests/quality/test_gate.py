"""The gate: the release passes it, and a seeded defect for each of its rules is found, with its file and line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rltkg.corpus import shipped
from rltkg.corpus.own import at
from rltkg.quality.definitions import genus
from rltkg.quality.gate import RULES, gate
from tests.review.copies import copied

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = "ontology/rltkg.ttl"
NUCLIDES = "data/things/eur-a.ttl"
VERSION = shipped().version
FILES = ("CITATION.cff", "CHANGELOG.md", "LICENSE-data", "pyproject.toml")
TERMS = "https://w3id.org/rltkg/ontology/"
Found = tuple[str, str, str]

LIGAND = '"A molecule that binds selectively to another."'
RADIOIODINE = "thing:radioiodine a rlt:Nuclide ;"
EMITS = "rlt:emits a owl:ObjectProperty ;"
GLOWS = """rlt:glows a owl:ObjectProperty ;
    rdfs:label "glows"@en ;
    rdfs:range rlt:Radiation ;
    skos:definition "A light that the nuclide gives off."@en ;
    skos:example "Blue, in water."@en .

"""
LEAD_BACK = '"A molecule or structure to which a ligand binds."'

DEFECTS: dict[str, tuple[list[tuple[str, str, str]], list[Found]]] = {
    "definition-without-genus": (
        [
            (ONTOLOGY, LIGAND, '"Binds selectively to another molecule."'),
            (ONTOLOGY, '"A procedure meant to treat."', '"A way of treating people who are ill."'),
            (ONTOLOGY, '"The body that acted."', '"Acted on the matter."'),
        ],
        [
            (ONTOLOGY, "Ligand", "Binds selectively to another molecule."),
            (ONTOLOGY, "Therapy", "A way of treating people who are ill."),
            (ONTOLOGY, "authority", "Acted on the matter."),
        ],
    ),
    "definition-without-difference": (
        [
            (ONTOLOGY, '"A procedure meant to treat."', '"A procedure for therapy."'),
            (ONTOLOGY, '"The lower end of a range."', '"That which is low."'),
        ],
        [(ONTOLOGY, "Therapy", "A procedure for therapy."), (ONTOLOGY, "low", "That which is low.")],
    ),
    "circular-definition": (
        [
            (ONTOLOGY, LIGAND, '"A target that another molecule binds to."'),
            (ONTOLOGY, LEAD_BACK, '"A ligand to which other molecules bind."'),
            (ONTOLOGY, '"The name under which', '"The title under which'),
        ],
        [
            (ONTOLOGY, "Ligand", "A target that another molecule binds to."),
            (ONTOLOGY, "Target", "A ligand to which other molecules bind."),
            (ONTOLOGY, "title", "The title under which a document is known, as printed."),
        ],
    ),
    "unused-term": (
        [(ONTOLOGY, EMITS, GLOWS.replace("rdfs:range", "rdfs:domain rlt:Nuclide ;\n    rdfs:range") + EMITS)],
        [(ONTOLOGY, "glows", "")],
    ),
    "open-property": (
        [
            (ONTOLOGY, EMITS, GLOWS + EMITS),
            (NUCLIDES, RADIOIODINE, f"{RADIOIODINE}\n    rlt:glows thing:beta-radiation ;"),
        ],
        [(ONTOLOGY, "glows", "")],
    ),
    "version-mismatch": (
        [
            (ONTOLOGY, f"owl:versionIRI rlt:{VERSION}", "owl:versionIRI rlt:9.9.8"),
            (ONTOLOGY, f"version {VERSION}.", "version 9.9.7."),
            ("CITATION.cff", f"version: {VERSION}", "version: 9.9.6"),
            ("CHANGELOG.md", f"## {VERSION}", "## 9.9.5"),
            ("rltkg/__init__.py", f'__version__ = "{VERSION}"', '__version__ = "9.9.4"'),
        ],
        [
            (ONTOLOGY, "ontology", "readiness for radioligand therapy, version 9.9.7."),
            (ONTOLOGY, "ontology", "rlt:9.9.8"),
            ("CHANGELOG.md", "", "## 9.9.5"),
            ("CITATION.cff", "", "version: 9.9.6"),
            ("rltkg/__init__.py", "", '__version__ = "9.9.4'),
        ],
    ),
    "date-mismatch": (
        [("CITATION.cff", "date-released: ", "date-released: 1999-01-01 # ")],
        [("CITATION.cff", "", "date-released: 1999-01-01 # ")],
    ),
    "licence-mismatch": (
        [
            ("CITATION.cff", "- CC-BY-4.0", "- CC-BY-3.0"),
            ("LICENSE-data", "/by/4.0/legalcode", "/by/3.0/legalcode"),
            ("pyproject.toml", "CC-BY-4.0", "CC-BY-3.0"),
        ],
        [
            ("CITATION.cff", "", "- CC-BY-4.0"),
            ("LICENSE-data", "", "https://creativecommons.org/licenses/by/4.0/legalcode"),
            ("pyproject.toml", "", "CC-BY-4.0"),
        ],
    ),
}
"""What is changed for each rule, and what is then found: file, term, and how the value ends."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the release with the files that only a checkout has."""
    folder = copied(tmp_path / "checkout")
    for name in FILES:
        shutil.copy(shipped().root / name, folder / name)
    (folder / "rltkg").mkdir()
    shutil.copy(shipped().root / "rltkg" / "__init__.py", folder / "rltkg")
    return folder


def change(folder: Path, changes: list[tuple[str, str, str]]) -> None:
    """Replace texts of files, each of which must be there; once, so that it is known where."""
    for name, old, new in changes:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_release_passes() -> None:
    """The release breaks no rule."""
    assert gate(shipped()) == (), "`python -m rltkg.quality` tells how to mend these"


def test_every_rule_has_a_defect() -> None:
    """Each rule has a name of its own, says what is wrong and how to mend it, and has a seeded defect below."""
    assert [rule.name for rule in RULES] == list(DEFECTS)
    for rule in RULES:
        assert rule.problem.endswith("."), rule
        assert rule.solution.endswith("."), rule


@pytest.mark.parametrize("rule", DEFECTS)
def test_defect_is_found(rule: str, checkout: Path) -> None:
    """Of a changed release just the changed terms and files are reported, by this rule alone, at their lines."""
    changes, expected = DEFECTS[rule]
    change(checkout, changes)
    found = gate(at(checkout))
    told = []
    for each in found:
        assert each.location is not None
        path = checkout / each.location.file
        lines = path.read_text(encoding="utf-8").splitlines()
        last = each.focus.strip("<>").rsplit("/", 1)[-1]
        # The line holds the value in question; where something is missing, it is the first line of the term.
        line = lines[each.location.line - 1]
        if each.value.strip("<>") and rule != "licence-mismatch":
            assert each.value.strip("<>").removeprefix(TERMS) in line
        elif last:
            assert line.startswith(f"rlt:{last} ")
        told.append((path.relative_to(checkout).as_posix(), last, each.value.strip("<>").replace(TERMS, "rlt:")))

    assert {each.rule for each in found} == {rule}
    assert len(told) == len(expected)
    for one, other in zip(sorted(told), sorted(expected), strict=True):
        assert one[:2] == other[:2]
        assert one[2].endswith(other[2])


def test_a_file_that_is_missing_from_a_checkout(checkout: Path) -> None:
    """A checkout without its changelog names no version there; an installed release needs none."""
    (checkout / "CHANGELOG.md").unlink()

    assert [(each.rule, str(each.location)) for each in gate(at(checkout))] == [
        ("version-mismatch", "CHANGELOG.md:1:0")
    ]
    (checkout / "pyproject.toml").unlink()
    assert gate(at(checkout)) == ()


@pytest.mark.parametrize(
    ("definition", "kind"),
    [
        ("A statement that an actor advises others.", "statement"),
        ("The day of the act.", "day"),
        ("The day is known.", ""),
        ("How strongly a source ties them.", ""),
        ("Several documents that a source speaks of together.", "documents"),
        ("A medicine as authorised and sold under a name.", "medicine"),
    ],
)
def test_the_kind_that_a_definition_names(definition: str, kind: str) -> None:
    """The kind ends where the difference begins; a question or a sentence names none."""
    assert genus(definition) == kind


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rltkg.quality", *arguments], check=False, capture_output=True, encoding="utf-8"
    )


def test_the_door(checkout: Path, tmp_path: Path) -> None:
    """It exits with 0 for nothing, 1 for findings, 2 for a folder that is none, and says what was looked at."""
    clean = run()
    checks = len(shipped().checks)

    assert (clean.returncode, clean.stderr) == (0, "")
    assert f"held to {checks} checks and 8 rules of texts and files" in clean.stdout
    change(checkout, [(ONTOLOGY, LIGAND, '"A ligand that binds selectively."')])
    faulty = run(str(checkout))
    assert faulty.returncode == 1
    assert "[circular-definition]" in faulty.stdout
    assert "ligand, definition" in faulty.stdout
    assert faulty.stdout.splitlines()[-1].startswith("1 finding: ")
    assert run(str(tmp_path / "nowhere")).returncode == 2
    assert run("one", "two").stderr.startswith("rltkg: Usage: ")
