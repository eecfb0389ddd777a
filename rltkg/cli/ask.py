"""`rltkg ask`: run a canned query and show its answer."""

from __future__ import annotations

import sys
import time

from rltkg.cli.parsing import Parser, add_parameters, pick, values
from rltkg.errors import InputError
from rltkg.graph import open as open_graph

FORMATS = ("table", "csv", "json", "md")


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
    parser.add_argument("--format", choices=FORMATS, default="table", help="how to show the rows (default: table)")
    if query:
        add_parameters(parser, query)
    found = parser.read(rest)
    if not query:
        raise InputError("say which query: `rltkg ask ID`; `rltkg queries` lists the ids")
    answer = graph.ask(query.id, **values(query, found))
    if found.format in ("csv", "json"):
        sys.stdout.buffer.write(answer.serialize(found.format))
        sys.stdout.buffer.flush()
    else:
        from rltkg.cli import table

        print(table.markdown(answer) if found.format == "md" else table.text(answer))
    rows = len(answer)
    print(f"{rows} row{'' if rows == 1 else 's'} in {time.perf_counter() - started:.3f} s", file=sys.stderr)
    if answer.empty_because:
        print(answer.empty_because, file=sys.stderr)
    return 0
