"""The SPARQL updates of a load, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.endpoint.record import COMPLETE, GRAPH, TERMS
from rltkg.loading.remote.plan import REMOVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rltkg.endpoint.record import Record
    from rltkg.loading.remote.plan import Step

STATE = f"<{GRAPH}> <{TERMS}state>"
CLEARED = f"DELETE WHERE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"


def operations(step: Step) -> Iterator[str]:
    """Give the operations of an update that carry out a step, without blank nodes."""
    if step.action == REMOVE:
        yield f"DROP SILENT GRAPH <{step.graph}>"
    if step.removing:
        yield deleted([line.decode() for line in step.removing], step.graph)
    if step.adding:
        yield inserted([line.decode() for line in step.adding], step.graph)


def finished(record: Record) -> list[str]:
    """Return the lines of a record that is complete."""
    return [*record.lines(), f'{STATE} "{COMPLETE}" .']


def inserted(lines: Iterable[str], graph: str = GRAPH) -> str:
    """Return the operation that adds `lines` to a graph, by default the record's."""
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{_joined(lines)} }} }}"


def deleted(lines: Iterable[str], graph: str = GRAPH) -> str:
    """Return the operation that takes `lines` out of a graph, by default the record's."""
    return f"DELETE DATA {{ GRAPH <{graph}> {{\n{_joined(lines)} }} }}"


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(line.rstrip("\n") for line in lines)
