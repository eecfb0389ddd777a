"""`rltkg reason`: the release is consistent, and each seeded clash is explained by the right axioms and lines."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from rltkg.cli import main
from rltkg.corpus.prefixes import PREFIXES
from rltkg.reasoning.logic import reason
from rltkg.reasoning.logic.explaining import smallest_clash
from rltkg.reasoning.logic.prepared import prepare
from tests.reasoning.clashes import CLASHES, HEAD

if TYPE_CHECKING:
    from rltkg.corpus import Release

ROOT = Path(__file__).parents[2]
RLT = PREFIXES["rlt"]
FIRST = HEAD.count("\n") + 1  # the line of the file in which a seeded clash begins
# What each kind of axiom in the ontology is called among the clashes.
KINDS = {
    "owl:AsymmetricProperty": "asymmetric property",
    "owl:FunctionalProperty": "functional property",
    "owl:IrreflexiveProperty": "irreflexive property",
    "owl:TransitiveProperty": "transitive property",
    "owl:disjointWith": "disjoint classes",
    "owl:equivalentClass": "disjoint by a class above",
    "owl:inverseOf": "inverse property",
    "owl:propertyChainAxiom": "chain of properties",
    "rdfs:domain": "domain",
    "rdfs:range": "range",
    "rdfs:subClassOf": "class above",
    "rdfs:subPropertyOf": "property above",
}


def test_the_release_is_consistent(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["reason", "--only-consistency", "--format", "json"])

    told = json.loads(capsys.readouterr().out)
    assert status == 0
    assert told["consistent"] is True
    assert told["declared"] == []
    assert told["converted"] == {}
    assert told["triples"] > 31_000


def test_each_kind_of_axiom_has_a_clash(release: Release) -> None:
    text = (release.root / "ontology" / "rltkg.ttl").read_text(encoding="utf-8")
    kinds = {"owl:SymmetricProperty", "owl:InverseFunctionalProperty", "owl:ReflexiveProperty", *KINDS}

    assert {kind for kind in kinds if kind in text} == set(KINDS)
    assert set(KINDS.values()) <= set(CLASHES)
    assert len(CLASHES) == 13


@pytest.mark.parametrize("kind", CLASHES)
def test_a_clash_is_explained(kind: str, tmp_path: Path) -> None:
    """Told are just the lines that clash, each axiom that it takes, and no others of the file."""
    seeded = CLASHES[kind]
    path = tmp_path / "contribution.ttl"
    path.write_text(HEAD + "\n".join(seeded.lines) + "\n", encoding="utf-8")

    verdict = reason([path])

    assert not verdict.consistent
    own = sorted(each.place.line for each in verdict.clash if each.place and each.place.file == str(path))
    assert own == sorted(FIRST + line - 1 for line in seeded.told)
    axioms = [each for each in verdict.clash if each.axiom]
    for words in seeded.axioms:
        assert any(words in each.text for each in axioms), (words, [each.text for each in axioms])
    assert all(each.place and each.place.file.endswith("ontology/rltkg.ttl") for each in axioms)
    assert len(verdict.clash) <= 6


def test_it_is_told_in_words_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "contribution.ttl"
    path.write_text(HEAD + "thing:lutathera a rlt:Substance .\n", encoding="utf-8")

    status = main(["reason", str(path)])

    out = capsys.readouterr().out
    assert status == 1
    assert out.startswith("Inconsistent: these cannot all be true.\n")
    assert "  fact   Lutathera is a substance\n" in out
    assert f"         {path}:{FIRST}\n" in out
    assert "  axiom  nothing is both a substance and a product\n" in out


def test_the_page_shows_what_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs" / "reasoning.md").read_text(encoding="utf-8")
    [file] = re.findall(r"^```turtle\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    [shown] = re.findall(r"^```text\n(Inconsistent.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "clash.ttl").write_text(file, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    main(["reason", "clash.ttl"])

    assert capsys.readouterr().out.replace(f"{ROOT}/", "") == shown


def test_a_class_that_can_have_no_member_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ontology.ttl"
    path.write_text(HEAD + "rlt:X a owl:Class ; rdfs:subClassOf rlt:Document, rlt:DocumentGroup .\n", encoding="utf-8")

    status = main(["reason", str(path)])

    out = capsys.readouterr().out
    assert status == 1
    assert f"No member is possible: {RLT}X\n" in out


def test_minimal_means_that_nothing_can_be_left_out() -> None:
    """Two clashes at once: one of them is told, and of it no more than it takes."""
    text = (
        "rlt:A a owl:Class . rlt:B a owl:Class ; owl:disjointWith rlt:A . rlt:C a owl:Class ; rdfs:subClassOf rlt:A . "
        "thing:one a rlt:A , rlt:B . thing:two a rlt:C , rlt:B . thing:three a rlt:A ."
    )
    triples = [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]

    units = smallest_clash(triples)

    subjects = {str(unit[0].subject).rsplit("/", 1)[-1].strip(">") for unit in units}
    assert "three" not in subjects
    assert len(subjects & {"one", "two"}) == 1
    assert len(units) == (3 if "one" in subjects else 4)


def test_nothing_is_lost_on_the_way_to_the_reasoner() -> None:
    """What owlready2 would drop in silence is converted first, and told."""
    text = (
        'thing:x <https://terms.example/hue> "red" ; rlt:when "2024-05-06"^^xsd:date ; rlt:since "2024"^^xsd:gYear . '
        "rlt:when a owl:DatatypeProperty . rlt:since a owl:DatatypeProperty ."
    )
    triples = [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]

    ready = prepare(triples)

    assert ready.declared == ["https://terms.example/hue"]
    assert ready.converted == {"date": 1, "gYear": 1}
    assert len(ready.triples) == len(triples) + 1
    dated = NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
    assert (
        Triple(
            NamedNode(PREFIXES["thing"] + "x"), NamedNode(RLT + "when"), Literal("2024-05-06T00:00:00", datatype=dated)
        )
        in ready.triples
    )


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "owlready2.py").write_text("raise ImportError('no', name='owlready2')\n", encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from rltkg.cli import main; sys.exit(main(['reason']))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 3
    assert "pip install 'rltkg[reason]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<a> <b> .\n", encoding="utf-8")

    assert main(["reason", str(path)]) == 2
    assert "broken.ttl:1" in capsys.readouterr().err
