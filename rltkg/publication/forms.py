"""The formats that a graph is written in, and how: from canonical lines, in their order, whatever their number."""

from __future__ import annotations

import heapq
from typing import IO, TYPE_CHECKING, NamedTuple, Self, cast

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from rltkg.corpus.lines import LABEL, triples
from rltkg.corpus.prefixes import PREFIXES
from rltkg.publication.jsonld import clashing
from rltkg.publication.jsonld import write as write_jsonld

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

    from pyoxigraph import Triple

    from rltkg.corpus.lines import Lines

_PREFIX = b"@prefix "


class Form(NamedTuple):
    """A format: its `name`, which is its suffix too, its `title`, its `media` type, and whether it `names` graphs.

    A format that names graphs holds any number of them in one file; any other holds one graph, so each has a file.
    """

    name: str
    title: str
    media: str
    names: bool


FORMS = {
    form.name: form
    for form in (
        Form("nq", "N-Quads", "application/n-quads", names=True),
        Form("trig", "TriG", "application/trig", names=True),
        Form("ttl", "Turtle", "text/turtle", names=False),
        Form("nt", "N-Triples", "application/n-triples", names=False),
        Form("jsonld", "JSON-LD", "application/ld+json", names=True),
    )
}


def write(form: Form, graphs: Mapping[str, Lines], sink: IO[bytes]) -> None:
    """Write `graphs` (IRI -> lines) to `sink`; a format that names no graphs takes one of them.

    The same graphs give the same bytes. Raises InputError for what JSON-LD cannot hold.
    """
    if form.name == "nt":
        (lines,) = graphs.values()
        sink.writelines(lines)
    elif form.name == "ttl":
        (lines,) = graphs.values()
        write_turtle(triples(lines), sink, PREFIXES)
    elif form.name == "trig":
        with _Headed(sink) as headed:
            serialize(_quads(graphs), cast("IO[bytes]", headed), RdfFormat.TRIG, prefixes=PREFIXES)
    elif form.name == "nq":
        sink.writelines(quad_lines(graphs))
    else:
        clashes = set().union(*(clashing(PREFIXES, lines) for lines in graphs.values()))
        prefixes = {prefix: namespace for prefix, namespace in PREFIXES.items() if prefix not in clashes}
        write_jsonld(dict(named(graphs)), sink, prefixes)


def write_turtle(found: Iterable[Triple], sink: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write the triples `found` to `sink` as Turtle, in their order, with all `prefixes`."""
    with _Headed(sink) as headed:
        serialize(found, cast("IO[bytes]", headed), RdfFormat.TURTLE, prefixes=dict(prefixes))


def quad_lines(graphs: Mapping[str, Lines]) -> Iterator[bytes]:
    """Give the lines of N-Quads of all `graphs`, in the order of the bytes."""
    # Triples are in the same order with a graph behind them: no line is the beginning of another.
    return heapq.merge(*(_placed(lines, f" <{graph}> .\n".encode()) for graph, lines in named(graphs)))


def named(graphs: Mapping[str, Lines]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Give each graph with its lines, named so that no two of them share a blank node, as they may in one file.

    As long as only one has blank nodes they are named as in its digest.
    """
    several = sum(lines.blank for lines in graphs.values()) > 1
    for number, (graph, lines) in enumerate(graphs.items(), 1):
        yield graph, lines.named(f"g{number}{LABEL}" if several else LABEL)


def _placed(lines: Iterable[bytes], end: bytes) -> Iterator[bytes]:
    return (line[:-3] + end for line in lines)


def _quads(graphs: Mapping[str, Lines]) -> Iterator[Quad]:
    for graph, lines in named(graphs):
        node = NamedNode(graph)
        for triple in triples(lines):
            yield Quad(triple.subject, triple.predicate, triple.object, node)


class _Headed:
    """Puts the prefixes at the start of Turtle and TriG in alphabetical order: the engine promises none."""

    def __init__(self, sink: IO[bytes]) -> None:
        self._sink = sink
        self._head: bytes | None = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._head:
            self._sink.write(_sorted_head(self._head))

    def write(self, data: bytes) -> int:
        """Write `data`, or hold it back as long as it may be prefixes."""
        if self._head is None:
            return self._sink.write(data)
        self._head += data
        whole = self._head[: self._head.rfind(b"\n") + 1]
        if not all(line.startswith(_PREFIX) for line in whole.splitlines()):
            self._sink.write(_sorted_head(self._head))
            self._head = None
        return len(data)

    def flush(self) -> None:
        """Do nothing: whoever made the sink flushes it."""


def _sorted_head(data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    size = next((place for place, line in enumerate(lines) if not line.startswith(_PREFIX)), len(lines))
    return b"".join([*sorted(lines[:size]), *lines[size:]])
