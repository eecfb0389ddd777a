"""Puts a free query to a store: in a child process where the engine is in this one, else over the network."""

from __future__ import annotations

from rltkg.sparql import child

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from rltkg.store import Store


def ask(  # noqa: PLR0913 - what is asked, and what holds it in
    store: Store,
    text: str,
    take: Callable[[bytes], bool],
    *,
    graph: bool,
    union: bool,
    seconds: float,
    spent: float = 0.0,
) -> None:
    """Run the query `text` and call `take` with each piece of its result, until it returns true.

    `graph` and `union` are as for `Store.pour`; it may take `seconds`, less what was `spent` before. Raises what
    `child.run` raises.
    """
    if store.is_remote:
        store.stream(text, take, graph=graph, union=union, seconds=max(seconds - spent, 0.0))
        return
    child.run(
        lambda sink: store.pour(text, sink, graph=graph, union=union),
        take,
        seconds=seconds,
        spent=spent,
        ready=store.reopen,
    )


def check(text: str, *, graph: bool, seconds: float) -> None:
    """Raise child.NotSparqlError where `text` is no SPARQL: before a server is asked, which may say it in any words.

    It is put to an empty graph, in a child process. Raises UnavailableError where that dies of it.
    """
    import os

    if not hasattr(os, "fork"):  # the server will tell
        return
    import pyoxigraph

    from rltkg.errors import InputError
    from rltkg.store.embedded import EmbeddedStore

    nothing = EmbeddedStore(pyoxigraph.Store())
    try:
        child.run(lambda sink: nothing.pour(text, sink, graph=graph), lambda _: False, seconds=seconds)
    except child.NotSparqlError:
        raise
    except InputError:  # such as a function that only the server has
        return
