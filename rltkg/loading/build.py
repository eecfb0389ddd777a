"""Fills a folder with a store on disk: the triples, the catalogue, how to cite them, and last the marker."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from rltkg.corpus.stored import FORM, MARKER
from rltkg.errors import InputError, UnavailableError
from rltkg.loading.reading import Reading
from rltkg.store.disk import current

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from rltkg.corpus import GraphFile, Release

# A bulk load has a cost of its own (15 ms), and memory grows with what is loaded at once: files up to SMALL bytes are
# loaded together, up to TOGETHER bytes at once; a larger one is a stream by itself.
SMALL = 1 << 20
TOGETHER = 1 << 24


def build(folder: Path, release: Release, own: Iterable[GraphFile], tell: Callable[[str], None]) -> dict[str, Any]:
    """Make the empty `folder` a store on disk that holds `release` and the user's `own` files; return its marker.

    `tell` is given a line now and then. Raises InputError, with file and line, where a file is broken, UnavailableError
    where one cannot be read, and where the folder cannot be written.
    """
    added = list(own)
    reading = Reading(release.files, added, tell)
    try:
        graphs = _filled(folder, reading)
        (folder / "queries").mkdir()
        shutil.copyfile(release.catalogue, folder / "queries" / "catalogue.json")
        if (release.root / "CITATION.cff").exists():
            shutil.copyfile(release.root / "CITATION.cff", folder / "CITATION.cff")
        marker = {
            "form": FORM,
            "id": secrets.token_hex(8),
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "engine": f"pyoxigraph {pyoxigraph.__version__}",
            "version": release.version,
            "citable": release.citable,
            "digest": reading.digest,
            "triples": sum(graphs.values()),
            "graphs": graphs,
            "own": [
                {"graph": each.graph, "name": each.path.name, "digest": reading.own_digests[each]} for each in added
            ],
            "current": current(folder),
        }
        (folder / MARKER).write_text(json.dumps(marker, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        _sync(folder)
    except (OSError, RuntimeError) as error:  # the engine has either for a disk that is full
        raise _unwritable(error) from error
    return marker


def _filled(folder: Path, reading: Reading) -> dict[str, int]:
    """Load all files into the engine on `folder`, close it, and return how many triples each graph has."""
    engine = pyoxigraph.Store(str(folder))
    waiting: list[tuple[GraphFile, bytes]] = []
    held = 0
    for file in reading.files:
        if reading.sizes[file] > SMALL:
            with reading.stream(file) as source:
                try:
                    engine.bulk_load(
                        input=source,
                        format=_form(file),
                        base_iri=file.base,
                        to_graph=NamedNode(file.graph),
                    )
                except SyntaxError as error:
                    raise InputError.at(file.path, error) from error
            continue
        with reading.stream(file) as source:
            waiting.append((file, source.read()))
        held += reading.sizes[file]
        if held > TOGETHER:
            engine.bulk_extend(_quads(waiting))
            waiting, held = [], 0
    engine.bulk_extend(_quads(waiting))
    reading.say("all read; putting the store in order")
    engine.optimize()
    engine.flush()
    return {each.value: _count(engine, each) for each in _named(engine)}


def _named(engine: pyoxigraph.Store) -> list[NamedNode]:
    return sorted((each for each in engine.named_graphs() if isinstance(each, NamedNode)), key=str)


def _quads(waiting: Iterable[tuple[GraphFile, bytes]]) -> Iterator[Quad]:
    """Give the quads of files, each in the named graph of its file, or in the one that the file names."""
    for file, content in waiting:
        graph = NamedNode(file.graph)
        try:
            for quad in pyoxigraph.parse(content, format=_form(file), base_iri=file.base, rename_blank_nodes=True):
                if isinstance(quad.graph_name, DefaultGraph):
                    yield Quad(quad.subject, quad.predicate, quad.object, graph)
                else:
                    yield quad
        except SyntaxError as error:
            raise InputError.at(file.path, error) from error


def _form(file: GraphFile) -> RdfFormat:
    return RdfFormat.from_extension(file.path.suffix[1:].lower()) or RdfFormat.TURTLE


def _count(engine: pyoxigraph.Store, graph: NamedNode) -> int:
    rows = engine.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    return int(next(iter(rows))[0].value)  # type: ignore[arg-type]


def _sync(folder: Path) -> None:
    """See to it that the files are on the disk, so that a store which is there after a power cut is whole."""
    for each in (*folder.rglob("*"), folder):
        number = os.open(each, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _unwritable(error: Exception) -> UnavailableError:
    told = " ".join(str(error).split())[:200]
    return UnavailableError(
        f"The store cannot be written ({told}); make room, or name another place. Nothing was changed"
    )
