"""Runs free SPARQL: reads it, asks the store in a child, and says what is to be said of the result."""

from __future__ import annotations

import math
import time

from rltkg.errors import InputError
from rltkg.results.answer import Answer
from rltkg.sparql import child
from rltkg.sparql.asking import ask, check
from rltkg.sparql.cutting import Cut
from rltkg.sparql.reading import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.results.triples import Triples
    from rltkg.sparql.reading import Reading
    from rltkg.store import Store

TIMEOUT = 10.0
MAX_ROWS = 100_000
_LONGEST = 86_400
# What may be spent on remarks, beside the time of the query.
_REMARKS = 1.0
_EMPTY = 1.5


def run(
    text: str, store: Store, release: str, *, timeout: float = TIMEOUT, max_rows: int = MAX_ROWS
) -> Answer | Triples:
    """Return what the query `text` gives: a graph for CONSTRUCT and DESCRIBE, else an answer (`boolean` for ASK).

    The query sees the union of all graphs, or those that FROM names; prefixes of this project need no declaration.
    `timeout` is in seconds; beyond `max_rows` rows or triples, or 256 MiB, the result is cut, as `cut_because` then
    tells. Where there is nothing, `empty_because` says why; `remarks` names terms that the graph does not have, and why
    a count is nought. Raises InputError, with line, column and the line itself, where the text is no query or one that
    may not run; UnavailableError where it takes too long or too much memory, or cannot run on this system.
    """
    if not (math.isfinite(timeout) and 0 < timeout <= _LONGEST):
        raise InputError(f"The time limit is {timeout} seconds; give a number above 0, at most {_LONGEST:,}")
    if max_rows < 1:
        raise InputError(f"The row limit is {max_rows}; give a whole number from 1 on")
    started = time.monotonic()
    reading = read(text, store.graphs)
    cut = Cut(max_rows, graph=reading.is_graph)
    try:
        if store.is_remote:
            check(reading.full, graph=reading.is_graph, seconds=timeout)
        ask(
            store,
            reading.full,
            cut.take,
            graph=reading.is_graph,
            union=not reading.names_graphs,
            seconds=timeout,
            spent=time.monotonic() - started,
        )
    except child.NotSparqlError as error:
        from rltkg.sparql.mistakes import explained

        raise explained(reading, str(error)) from None
    payload = bytes(cut.content)
    result: Answer | Triples
    if reading.is_graph:
        from rltkg.results.triples import Triples

        result = Triples(reading.full, payload, release)
    else:
        result = Answer(reading.full, payload, store, release)
    result.cut_because = cut.because
    _remark(result, reading, store)
    return result


def _remark(result: Answer | Triples, reading: Reading, store: Store) -> None:
    """Say of `result` what is to be said of it beside what it holds."""
    from rltkg.sparql.probe import Probe
    from rltkg.sparql.terms import Terms

    counts_nothing = isinstance(result, Answer) and _is_zero(result)
    if not len(result) or counts_nothing:
        from rltkg.sparql.explain import explained

        found = explained(reading, store, seconds=_EMPTY, brief=True)
        if not counts_nothing:
            result.empty_because = found.sentence
        elif found.pattern:
            result.remarks.append(found.sentence)
    told = " ".join([result.empty_because or "", *result.remarks])
    for token, what in Terms(Probe(store, _REMARKS), store.graphs).unknown(reading):
        if what not in told:
            result.remarks.append(f"{reading.where(token)}: {what}")


def _is_zero(answer: Answer) -> bool:
    """Say whether an answer is one row of nothing but noughts: a count of nothing looks like a finding."""
    if answer.boolean is not None or len(answer) != 1:
        return False
    values = {getattr(term, "value", None) for term in answer.rows[0]}
    return "0" in values and values <= {"0", None}
