"""`rltkg ask`: run a canned query and show its answer."""

from __future__ import annotations

import time

from rltkg.cli.output import add_options, show
from rltkg.cli.parsing import Parser, add_parameters, pick, values
from rltkg.errors import InputError
from rltkg.graph import open as open_graph


def main(arguments: list[str]) -> int:
    """Run `rltkg ask` with `arguments` and return the exit status."""
    started = time.perf_counter()
    graph = open_graph()
    ident, rest = pick(graph.catalogue, arguments)
    query = graph.catalogue[ident] if ident else None
    parser = Parser(
        prog=f"rltkg ask {ident or 'ID'}",
        description=query.question if query else "Run a query of the catalogue; `rltkg queries` lists them.",
        epilog="example: rltkg ask guidelines_omitting_rlt --indication lymphoma --format csv",
    )
    add_options(parser)
    if query:
        add_parameters(parser, query)
    found = parser.read(rest)
    if not query:
        raise InputError("say which query: `rltkg ask ID`; `rltkg queries` lists the ids")
    answer = graph.ask(query.id, **values(query, found))
    show(answer, found, started)
    return 0
