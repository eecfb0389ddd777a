"""Cuts what is long into what a server takes at once: a graph into parts, lines into batches."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from rltkg.loading.verify.rewriting import is_loose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rltkg.loading.prepared import PreparedGraph
    from rltkg.loading.remote.limits import Limits


def parts(graph: PreparedGraph, most: int) -> Iterator[tuple[Iterator[bytes], int]]:
    """Give the lines of a graph in parts of about `most` bytes, each with its length; blank nodes are all in the first.

    A part must be gone through before the next one is asked for.
    """
    if graph.size <= most:
        yield _blocks(graph.lines()), graph.size
        return
    lengths, loose = _lengths(graph, most)
    ground = (line for line in graph.lines() if not is_loose(line))
    for number, (count, size) in enumerate(lengths):
        first = loose if number == 0 else []
        yield _blocks(chain(first, islice(ground, count))), size + sum(map(len, first))


def _lengths(graph: PreparedGraph, most: int) -> tuple[list[tuple[int, int]], list[bytes]]:
    """Return how many lines without blank nodes, and bytes, each part has; and the lines with blank nodes."""
    found: list[tuple[int, int]] = []
    loose: list[bytes] = []
    count = size = 0
    for line in graph.lines():
        if is_loose(line):
            loose.append(line)
            continue
        count, size = count + 1, size + len(line)
        if size >= most:
            found.append((count, size))
            count = size = 0
    if count or not found:
        found.append((count, size))
    return found, loose


def _blocks(lines: Iterable[bytes], size: int = 1 << 16) -> Iterator[bytes]:
    """Give `lines` joined into blocks of about `size` bytes, so that a network is not asked to carry each."""
    held: list[bytes] = []
    length = 0
    for line in lines:
        held.append(line)
        length += len(line)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)


def batches(lines: Iterable[str], limits: Limits) -> Iterator[list[str]]:
    """Give `lines` in lists that each fit into one update."""
    held: list[str] = []
    size = 0
    for line in lines:
        if held and (len(held) >= limits.lines or size + 4 * len(line) > limits.size):
            yield held
            held, size = [], 0
        held.append(line)
        size += len(line.encode())
    if held:
        yield held
