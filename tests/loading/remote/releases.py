"""Releases for the tests of loads: small ones that are made up, and the shipped one as it might look next."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from typing import TYPE_CHECKING

from rltkg.corpus.graphs import GraphLines
from rltkg.corpus.lines import Lines
from rltkg.corpus.own import at, own_file
from rltkg.loading.pace import Pace
from rltkg.loading.prepared import Prepared
from rltkg.loading.verify.run import begun, compare_all
from rltkg.loading.verify.sources import Remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rltkg.corpus import Release
    from rltkg.endpoint.transport import Endpoint
    from rltkg.loading.verify.run import Verification

PATH = "https://w3id.org/rltkg/ontology/path"
GRAPH = "https://w3id.org/rltkg/graph/"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
# What the digests of a store are: graph -> SHA-256 of its canonical lines; no entry where it has no triple.
State = dict[str, str]


def made(root: Path, graphs: Mapping[str, Iterable[str]]) -> Release:
    """Return a release in the folder `root` that has these graphs (last part of the name -> lines of Turtle)."""
    (root / "data").mkdir(parents=True)
    entries = []
    for name, lines in graphs.items():
        (root / "data" / f"{name}.ttl").write_text("\n".join([*lines, ""]), encoding="utf-8")
        entries.append(f'<{GRAPH}{name}> <{PATH}> "data/{name}.ttl" .')
    (root / "data" / "manifest.ttl").write_text("\n".join([*entries, ""]), encoding="utf-8")
    return at(root)


def plain(count: int, start: int = 0, word: str = "text") -> list[str]:
    """Return `count` triples about things of two classes, as lines of N-Triples."""
    kinds = ("Position", "Finding")
    lines = []
    for number in range(start, start + count):
        lines.append(f'<http://e/{number:06}> <{LABEL}> "{word} {number}"@en .')
        lines.append(f"<http://e/{number:06}> <{TYPE}> <https://w3id.org/rltkg/ontology/{kinds[number % 2]}> .")
    return lines[:count]


def next_release(release: Release, root: Path) -> Release:
    """Return the release as it might look in the next version: statements added, removed and changed, in a folder."""
    for part in ("ontology", "data", "queries"):
        shutil.copytree(release.root / part, root / part)
    files = {file.graph.removeprefix(GRAPH): file for file in reversed(at(root).files)}
    pages = files["pages"].path
    pages.write_text(
        pages.read_text(encoding="utf-8") + f'\n<http://e/added> <{LABEL}> "a new page"@en .\n', encoding="utf-8"
    )
    things = files["things"].path
    blocks = things.read_text(encoding="utf-8").split("\n\n")
    things.write_text("\n\n".join([*blocks[:-1], ""]), encoding="utf-8")  # the last thing is gone
    coding = files["coding"].path
    coding.write_text(coding.read_text(encoding="utf-8").replace("@en", "@en-GB", 1), encoding="utf-8")
    return at(root)


def state(release: Release) -> State:
    """Return the digests of a release."""
    with GraphLines(release.files) as graphs:
        return {graph: lines.digest().sha256 for graph, lines in graphs.items()}


def held(endpoint: Endpoint, graphs: Iterable[str]) -> State:
    """Return the digests of what the store gives back of `graphs`."""
    empty = sha256().hexdigest()
    found = {}
    for graph in graphs:
        with Lines() as lines:
            lines.read(endpoint.stream_graph(graph))
            found[graph] = lines.digest().sha256
    return {graph: digest for graph, digest in found.items() if digest != empty}


def cleared(endpoint: Endpoint) -> None:
    """Remove every graph that a test may have made."""
    rows = json.loads(endpoint.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))["results"]["bindings"]
    for graph in (row["g"]["value"] for row in rows):
        if graph.startswith(("http://e/", "http://foreign.example/", "https://w3id.org/rltkg/", "file:///")):
            endpoint.update(f"DROP SILENT GRAPH <{graph}>")


def verified(endpoint: Endpoint, release: Release, own: tuple[Path, ...] = ()) -> Verification:
    """Return what a verification finds."""
    source = Remote(endpoint)
    found = begun(source, release)
    with Prepared(release, [own_file(path) for path in own]) as prepared:
        compare_all(found, prepared.graphs, source, Pace(None))
    return found
