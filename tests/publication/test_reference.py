"""The reference is that of the release: each term, rule and query stands there once, and each link leads somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib import OWL, RDF, SH, SKOS

from rltkg.publication.reference.__main__ import main, pages

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.corpus import Release
    from rltkg.graph import KnowledgeGraph

OWN = "https://w3id.org/rltkg/"
_ANCHOR = re.compile(r"<a id='([^']+)'></a>")
_LINK = re.compile(r"\]\(([a-z]*\.?m?d?)#([^)]+)\)")


@pytest.fixture(scope="module")
def made(release: Release) -> dict[str, str]:
    return pages(release)


def test_the_pages_are_those_of_the_release(made: dict[str, str], release: Release) -> None:
    folder = release.root / "docs" / "reference"

    held = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}

    assert set(made) == {"README.md", "classes.md", "properties.md", "schemes.md", "shapes.md", "queries.md"}
    assert held == made, "run `python -m rltkg.publication.reference`"


def test_every_term_stands_there_once(made: dict[str, str], release: Release) -> None:
    ontology = rdflib.Graph().parse(release.root / "ontology" / "rltkg.ttl")
    kinds = {
        "classes.md": [OWL.Class],
        "properties.md": [OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty],
    }
    told = {page: sorted(_ANCHOR.findall(made[page])) for page in (*kinds, "schemes.md")}

    for page, types in kinds.items():
        known = {str(term) for kind in types for term in ontology.subjects(RDF.type, kind) if str(term).startswith(OWN)}
        assert told[page] == sorted(term.rsplit("/", 1)[-1] for term in known), page
    codes = {
        str(term) for term in (*ontology.subjects(SKOS.inScheme), *ontology.subjects(RDF.type, SKOS.ConceptScheme))
    }
    assert told["schemes.md"] == sorted(term.rsplit("/", 1)[-1] for term in codes)
    assert (len(told["classes.md"]), len(told["properties.md"]), len(told["schemes.md"])) > (80, 140, 200)


def test_every_rule_and_query_is_told(made: dict[str, str], graph: KnowledgeGraph, release: Release) -> None:
    shapes = rdflib.Graph()
    for path in release.shapes:
        shapes.parse(path)
    targeted = set(shapes.subjects(SH.targetClass)) | set(shapes.subjects(SH.targetSubjectsOf))
    told = {rule for shape in targeted for rule in (shape, *shapes.objects(shape, SH.property))}
    rules = {rule for rule in told if (rule, SH.message, None) in shapes}

    assert len(rules) > 300
    missing = [rule for rule in rules if f"`shape:{str(rule).rsplit('/', 1)[-1]}`" not in made["shapes.md"]]
    assert missing == []
    assert sorted(_ANCHOR.findall(made["queries.md"])) == sorted(query.id for query in graph.catalogue)
    assert {path.stem for path in release.checks} <= set(_ANCHOR.findall(made["shapes.md"]))


def test_every_link_leads_to_a_place(made: dict[str, str]) -> None:
    places = {page: set(_ANCHOR.findall(text)) for page, text in made.items()}
    links = [(page, target or page, place) for page, text in made.items() for target, place in _LINK.findall(text)]

    assert len(links) > 2000
    assert [each for each in links if each[2] not in places[each[1]]] == []


def test_the_diagram_has_the_edges_of_the_model(made: dict[str, str]) -> None:
    edges = {"Statement -->|statedIn| Document", "Passage -->|inSection| Section", "Place -->|locatedIn| Place"}

    assert {line.strip() for line in made["README.md"].splitlines() if "-->|" in line} >= edges


def test_a_stale_page_is_told_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"], tmp_path) == 1
    assert "python -m rltkg.publication.reference" in capsys.readouterr().err
    assert main([], tmp_path) == 0
    (tmp_path / "gone.md").write_text("a page of a term that is no more", encoding="utf-8")
    assert main(["--check"], tmp_path) == 1
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    assert len(list(tmp_path.glob("*.md"))) == 6
