"""What is exported: the graphs of a release or of a store, as canonical lines, and what is known of them."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from pyoxigraph import QueryResultsFormat, parse_query_results

from rltkg.corpus import Release, shipped
from rltkg.corpus.graphs import GraphLines
from rltkg.errors import InputError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from rltkg.corpus import GraphFile
    from rltkg.store import Store
    from rltkg.store.opening import Place


class Content(NamedTuple):
    """`graphs` of `release`, with those of the user's `own` files; `part` tells that some were left out.

    `remarks` are what the store says of itself that is worth knowing.
    """

    release: Release
    graphs: GraphLines
    own: tuple[GraphFile, ...] = ()
    part: bool = False
    remarks: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.graphs.close()


def content(
    store: Place | None = None,
    release: Place | None = None,
    *,
    extra: Place | Iterable[Place] = (),
    graphs: Iterable[str] = (),
) -> Content:
    """Return what is to be exported; close it, or use `with`.

    It is read from the files of the shipped release, or of the folder `release` or `store`, with those in `extra`, as
    they are written; or, where `store` is a store on disk or an endpoint, from there, as that store has it. `graphs`
    names those that are wanted, by IRI or by its last part; none means all. Raises InputError where a file is missing
    or broken or a graph is not there, and for both places at once; UnavailableError where a store does not answer.
    """
    names = [extra] if isinstance(extra, str | os.PathLike) else list(extra)
    if store is not None and release is not None:
        raise InputError(f"--store {store} and --release {release} both say what to export; give one")
    place, wanted = store if release is None else release, list(graphs)
    return _of_files(place, names, wanted) if place is None or _holds_files(place) else _of_store(place, names, wanted)


def _holds_files(place: Place) -> bool:
    from rltkg.corpus.stored import is_store

    root = Path(place)
    return "\0" not in os.fspath(place) and root.is_dir() and not is_store(root)


def _of_files(place: Place | None, names: Iterable[Place], wanted: list[str]) -> Content:
    from rltkg.corpus.own import at, own_file

    release = shipped() if place is None else at(place, whole=False)
    own = {file.graph: file for file in (own_file(each, whole=False) for each in names)}
    graphs = GraphLines([*release.files, *own.values()])
    try:
        left_out = sorted(set(graphs) - set(_chosen(list(graphs), wanted)))
    except BaseException:
        graphs.close()
        raise
    for graph in left_out:
        graphs.pop(graph).close()
    return Content(release, graphs, tuple(own.values()), part=bool(left_out))


def _of_store(place: Place, names: list[Place], wanted: list[str]) -> Content:
    from rltkg.store import open_store

    store, release = open_store(place, names)
    chosen = _chosen(store.graphs, wanted)
    graphs = GraphLines()
    try:
        for graph in chosen:
            _fetch(store, graph, graphs)
    except BaseException:
        graphs.close()
        raise
    return Content(
        release, graphs, tuple(store.own), part=len(chosen) < len(store.graphs), remarks=tuple(store.remarks)
    )


def _fetch(store: Store, graph: str, graphs: GraphLines) -> None:
    lines = graphs.of(graph)
    with tempfile.TemporaryFile() as file:
        store.pour(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", file, graph=True)
        file.seek(0)
        lines.read(file, name=f"graph {graph}")
    # A server may have a limit for answers, and keep to it without a word.
    due = parse_query_results(
        store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"),
        format=QueryResultsFormat.JSON,
    )
    ((number,),) = due  # type: ignore[misc]
    given = lines.digest().triples
    if given != int(number.value):
        raise UnavailableError(
            f"The store gave {given:,} of {int(number.value):,} triples of {graph}; see whether it limits its answers"
        )
    graphs.settle()


def _chosen(graphs: list[str], wanted: list[str]) -> list[str]:
    """Return those of `graphs` that are `wanted`, by IRI or last part; all where none is named."""
    if not wanted:
        return graphs
    from rltkg.nearest import nearest, sayable

    names = Counter(map(short, graphs))
    by_name = {short(graph): graph for graph in graphs if names[short(graph)] == 1}
    chosen = set()
    for each in wanted:
        graph = each if each in graphs else by_name.get(each)
        if graph is None:
            raise InputError(f"There is no graph {sayable(each)}; {nearest(each, sorted(by_name), graphs)}")
        chosen.add(graph)
    return sorted(chosen)


def short(graph: str) -> str:
    """Return the last part of the IRI of a graph, by which people call it."""
    return graph.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
