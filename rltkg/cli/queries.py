"""`rltkg queries`: what can be asked, and how."""

from __future__ import annotations

import textwrap

from rltkg.canned.contract import Catalogue, Parameter, Query
from rltkg.cli.parsing import Parser, add_parameters, pick, values
from rltkg.corpus import shipped
from rltkg.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.store import Store

WIDTH = 100
LISTED = 25


def main(arguments: list[str]) -> int:
    """Run `rltkg queries` with `arguments` and return the exit status."""
    catalogue = Catalogue(shipped().catalogue)
    ident, rest = pick(catalogue, arguments)
    query = catalogue[ident] if ident else None
    parser = Parser(
        prog=f"rltkg queries {ident or '[ID]'}",
        description=query.question if query else "List the queries of the catalogue, or show one.",
        epilog="example: rltkg queries guidelines_omitting_rlt --sparql --indication lymphoma",
    )
    parser.add_argument("--sparql", action="store_true", help="print the query ready for another client")
    if query:
        add_parameters(parser, query)
    found = parser.read(rest)
    if query:
        given = values(query, found)
        if given and not found.sparql:
            raise InputError("parameters are filled in with --sparql only; to run the query use `rltkg ask`")
        print(_ready(query, given) if found.sparql else _shown(query))
    elif found.sparql:
        raise InputError("say which query to print: `rltkg queries ID --sparql`")
    else:
        print(_listed(catalogue))
    return 0


def _listed(catalogue: Catalogue) -> str:
    lines: list[str] = []
    topic = ""
    width = max(len(query.id) for query in catalogue)
    for query in catalogue:
        if query.topic != topic:
            lines += ["", query.topic]
            topic = query.topic
        lines.append(f"  {query.id.ljust(width)}  {query.title}")
    return "\n".join(
        [*lines[1:], "", f"{len(catalogue)} queries. `rltkg queries ID` shows one; `rltkg ask ID` runs it."]
    )


def _shown(query: Query) -> str:
    from rltkg.graph import open as open_graph

    store = open_graph().store
    lines = [query.title, "", *textwrap.wrap(query.question, WIDTH), ""]
    lines += [*textwrap.wrap(query.description, WIDTH), "", f"tags: {', '.join(query.tags)}", "", "parameters"]
    for parameter in query.parameters:
        default = f" Default: {parameter.default}." if parameter.default else ""
        lines += _indented(f"{parameter.option}  {' or '.join(parameter.types)}. {parameter.help}{default}")
        lines += _choices(parameter, store)
    lines += [] if query.parameters else ["  none"]
    lines += ["", "columns"]
    for column in query.columns:
        empty = " May be empty." if column.may_be_empty else ""
        lines += _indented(f"{column.name}  {' or '.join(column.types)}. {column.help}{empty}")
    return "\n".join(lines)


def _choices(parameter: Parameter, store: Store) -> list[str]:
    if parameter.is_literal:
        return []
    from rltkg.canned.resolve import choices

    ids = sorted(choice.id for choice in choices(parameter, store))
    more = f" and {len(ids) - LISTED} more" if len(ids) > LISTED else ""
    return _indented(f"choices: {', '.join(ids[:LISTED])}{more}", first=6)


def _indented(text: str, first: int = 2) -> list[str]:
    indent, deeper = " " * first, " " * (first + 4)
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=deeper, break_on_hyphens=False, break_long_words=False
    )


def _ready(query: Query, given: dict[str, object]) -> str:
    from rltkg.canned.run import bind
    from rltkg.graph import open as open_graph

    graph = open_graph()
    return query.text(bind(query, given, graph.store), graphs=graph.release.graphs).rstrip("\n")
