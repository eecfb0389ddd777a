"""`rltkg ask`: run a canned query and show its answer."""

from __future__ import annotations

import sys
import time

from rltkg.cli.opening import add_store_options, catalogue_from, first_pass, open_from
from rltkg.cli.output import add_options, show
from rltkg.cli.parsing import Parser, add_parameters, pick, values
from rltkg.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.canned.contract import Query


def main(arguments: list[str]) -> int:
    """Run `rltkg ask` with `arguments` and return the exit status."""
    started = time.perf_counter()
    found, left = first_pass("rltkg ask", arguments)
    catalogue = catalogue_from(found)
    ident, rest = pick(catalogue, left)
    query = catalogue[ident] if ident else None
    found = parser(query).read(rest, found)
    if not query:
        raise InputError("say which query: `rltkg ask ID`; `rltkg queries` lists the ids")
    graph = open_from(found)
    answer = graph.ask(query.id, **values(query, found))
    show(answer, found, started)
    for remark in answer.remarks:
        print(remark, file=sys.stderr)
    if found.explain and not answer.rows:
        from rltkg.sparql.explain import explain

        print(explain(answer.text, graph.store), file=sys.stderr)
    return 0


def parser(query: Query | None) -> Parser:
    """Return the parser of the verb; with `query`, it takes its parameters."""
    made = Parser(
        prog=f"rltkg ask {query.id if query else 'ID'}",
        description=query.question
        if query
        else "Run a query of the catalogue: `rltkg ask ID`, with an option for each of its "
        "parameters. `rltkg queries` lists the queries, `rltkg ask ID --help` the options of one.",
        epilog="example: rltkg ask guidelines_omitting_rlt --indication lymphoma --format csv",
    )
    if query:
        add_parameters(made, query)
    made.add_argument("--explain", action="store_true", help="for no rows: say which pattern empties the answer")
    add_options(made)
    add_store_options(made)
    return made
