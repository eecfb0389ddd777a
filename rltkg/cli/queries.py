"""`rltkg queries`: what can be asked, and how."""

from __future__ import annotations

import textwrap

from rltkg.cli.opening import add_store_options, catalogue_from, first_pass, open_from
from rltkg.cli.parsing import Parser, add_parameters, pick, values
from rltkg.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.canned.contract import Catalogue, Parameter, Query
    from rltkg.graph import KnowledgeGraph
    from rltkg.store import Store

WIDTH = 100
LISTED = 25


def main(arguments: list[str]) -> int:
    """Run `rltkg queries` with `arguments` and return the exit status."""
    found, left = first_pass("rltkg queries", arguments)
    catalogue = catalogue_from(found)
    ident, rest = pick(catalogue, left)
    query = catalogue[ident] if ident else None
    found = parser(query).read(rest, found)
    if query:
        given = values(query, found)
        if given and not found.sparql:
            raise InputError("parameters are filled in with --sparql only; to run the query use `rltkg ask`")
        graph = open_from(found)
        print(_ready(query, given, graph) if found.sparql else _shown(query, graph.store))
    elif found.sparql:
        raise InputError("say which query to print: `rltkg queries ID --sparql`")
    else:
        print(_listed(catalogue))
    return 0


def parser(query: Query | None) -> Parser:
    """Return the parser of the verb; with `query`, it takes its parameters."""
    made = Parser(
        prog=f"rltkg queries {query.id if query else '[ID]'}",
        description=query.question
        if query
        else "List the queries of the catalogue; with an ID show one: its parameters with "
        "choices and its columns, or with --sparql its text, with values and graphs filled in.",
        epilog="example: rltkg queries guidelines_omitting_rlt --sparql --indication lymphoma",
    )
    made.add_argument("--sparql", action="store_true", help="print the query ready for another client")
    if query:
        add_parameters(made, query)
    add_store_options(made)
    return made


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


def _shown(query: Query, store: Store) -> str:
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
        shown = "" if column.in_table else " Left out of tables; other formats have it."
        lines += _indented(f"{column.name}  {' or '.join(column.types)}. {column.help}{empty}{shown}")
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


def _ready(query: Query, given: dict[str, object], graph: KnowledgeGraph) -> str:
    from rltkg.canned.run import bind

    return query.text(bind(query, given, graph.store), graphs=graph.store.graphs).rstrip("\n")
