"""The graphs that are measured: the shipped release, and generated ones, kept in a folder that git ignores."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.engines.base import Case, Source
from benchmarks.measure.machine import ROOT
from rltkg.corpus import shipped
from rltkg.corpus.release import MANIFEST
from rltkg.graph import catalogue

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = "shipped"
SIZES = ("10k", "100k", "1m", "10m")
CASES = ROOT / "tests" / "expected" / "cases.json"
ONTOLOGY = ROOT / "ontology" / "rltkg.ttl"
TRIPLES = "graph.nq"
_GRAPH = "https://w3id.org/rltkg/graph/"
# Makes the folder a release, whose files may be of any size.
_MANIFEST = f"""\
<{_GRAPH}generated> <https://w3id.org/rltkg/ontology/path> "{TRIPLES}" .
<{_GRAPH}ontology> <https://w3id.org/rltkg/ontology/path> "ontology/{ONTOLOGY.name}" .
"""
THING = "https://w3id.org/rltkg/thing/nice-lymphoma-guideline-2016"


@dataclass(frozen=True)
class Graph:
    """A graph to load: its size as the user names it, its files, and what to ask it.

    `parameters` holds pairs of a query of the catalogue and values that find something; `thing` is the IRI of a
    document.
    """

    size: str
    source: Source
    thing: str
    parameters: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def cases(self) -> list[Case]:
        """Return the whole catalogue: each query with its defaults and with such values as there are for it.

        A query whose default is a thing of the shipped release is asked of other graphs with values only.
        """
        found = {}
        for query in catalogue():
            given = [values for ident, values in self.parameters if ident == query.id and values]
            elsewhere = self.size != SHIPPED and any(each.default and not each.is_literal for each in query.parameters)
            for values in given if elsewhere and given else [{}, *given]:
                name = self._name(query.id, values)
                found[name] = Case(name, query.id, values)
        return list(found.values())

    def _name(self, query: str, values: dict[str, object]) -> str:
        """Return a name for a case that is the same at every size of generated graphs, whose values differ."""
        if self.size == SHIPPED:
            return " ".join([query, *(f"{key}={_short(value)}" for key, value in values.items())])
        return f"{query} ({', '.join(values)})" if values else query


def shipped_graph() -> Graph:
    """Return the shipped release; it is asked with the values that the tests know."""
    files = tuple((str(file.path), file.graph) for file in shipped().files)
    known = json.loads(CASES.read_text(encoding="utf-8")).values()
    return Graph(SHIPPED, Source(files), THING, [(case["query"], case.get("parameters", {})) for case in known])


def generated(size: str, cache: Path) -> Graph:
    """Return the generated graph of `size`, from the folder `cache`, or made now where it is not there or outdated."""
    folder = cache / "graphs" / size
    triples, told = folder / TRIPLES, folder / f"{TRIPLES}.json"
    mark, made_by = folder / "made-by", _made_by()
    if not mark.exists() or mark.read_text(encoding="ascii") != made_by:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        command = [sys.executable, "-m", "benchmarks.generator", size, "-o", str(triples)]
        subprocess.run(command, cwd=ROOT, check=True)
        (folder / "ontology").mkdir()
        shutil.copyfile(ONTOLOGY, folder / "ontology" / ONTOLOGY.name)
        (folder / "data").mkdir()
        (folder / MANIFEST).write_text(_MANIFEST, encoding="utf-8")
        mark.write_text(made_by, encoding="ascii")
    known = json.loads(told.read_text(encoding="utf-8"))
    files = ((str(folder / "ontology" / ONTOLOGY.name), _GRAPH + "ontology"), (str(triples), _GRAPH + "generated"))
    return Graph(size, Source(files, str(folder)), known["things"]["Document"], list(known["queries"].items()))


def _made_by() -> str:
    """Return a digest of all that a generated graph depends on."""
    total = hashlib.sha256()
    for path in [*sorted((ROOT / "benchmarks" / "generator").glob("*.py")), ONTOLOGY]:
        total.update(path.read_bytes())
    return total.hexdigest()


def _short(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return "+".join(str(each).rsplit("/", 1)[-1] if str(each).startswith("http") else str(each) for each in values)
