"""`rltkg sparql`: run a query of one's own."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from rltkg.cli.opening import add_store_options, open_from
from rltkg.cli.output import ROWS, add_options, give, show
from rltkg.cli.parsing import Parser
from rltkg.errors import InputError
from rltkg.results.triples import GRAPH_FORMATS, Triples
from rltkg.sparql.lexer import LARGEST
from rltkg.sparql.run import MAX_ROWS, TIMEOUT, run

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from rltkg.results import Answer

_MORE = """\
SELECT, ASK, CONSTRUCT and DESCRIBE run; updates and SERVICE do not. A query sees all graphs of the release at once, or
those that FROM names. The prefixes rlt, code, thing, gov, eur, coding, graph, page, shape, rdf, rdfs, owl, sh, skos,
xsd, dcterms and vann are filled in where the text does not declare them. Rows are given out as a table, a graph as ttl,
ASK as true or false. Where there are no rows, stderr tells which pattern is to blame; --explain tells more.

example: rltkg sparql 'SELECT ?guideline ?year { ?guideline rlt:publicationYear ?year } ORDER BY ?year' --max-rows 5
"""
_PER_CHARACTER = 4
_START = "The query, line"


def main(arguments: list[str]) -> int:
    """Run `rltkg sparql` with `arguments` and return the exit status."""
    started = time.perf_counter()
    made = parser()
    given, _ = made.parse_known_args(arguments)
    found = made.read(arguments)
    text, source = _text(found)
    graph = open_from(found)
    store = graph.store
    try:
        result = run(text, store, graph.release.version, timeout=found.timeout, max_rows=found.max_rows)
    except InputError as error:
        if source and str(error).startswith(_START):
            raise InputError(str(error).replace("The query", source, 1)) from None
        raise
    if found.explain:
        from rltkg.sparql.explain import explain

        result.empty_because = explain(text, store)
    _show(result, found, started, chosen=given.format is not None or found.output is not None)
    return 0


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(prog="rltkg sparql", description="Run a SPARQL query that only reads.", epilog=_MORE)
    made.add_argument("text", nargs="?", metavar="TEXT", help="the query; - reads it from stdin")
    made.add_argument("-f", "--file", metavar="FILE", help="read the query from this file")
    made.add_argument(
        "--timeout", type=float, default=TIMEOUT, metavar="S", help=f"stop it after S seconds (default: {TIMEOUT:g})"
    )
    made.add_argument(
        "--max-rows", type=int, default=MAX_ROWS, metavar="N", help=f"cut after N rows or triples (default: {MAX_ROWS})"
    )
    made.add_argument("--explain", action="store_true", help="where nothing is found, say at length why")
    add_options(made, (*ROWS, *GRAPH_FORMATS))
    add_store_options(made)
    return made


def _text(found: argparse.Namespace) -> tuple[str, str]:
    """Return the query, and the name of the file that it comes from ("" where it is on the command line)."""
    if (found.text is None) == (found.file is None):
        raise InputError("Say what to ask, in one way: `rltkg sparql TEXT`, `rltkg sparql -f FILE`, or - for stdin")
    if found.text is not None and found.text != "-":
        if found.text.endswith((".rq", ".sparql")) and Path(found.text).is_file():
            raise InputError(f"{found.text} is a file; to run what is in it write `rltkg sparql -f {found.text}`")
        return found.text, ""
    source = "stdin" if found.file in (None, "-") else found.file
    try:
        if source == "stdin":
            content = sys.stdin.buffer.read(_PER_CHARACTER * LARGEST + 1)
        else:
            with Path(source).open("rb") as file:
                content = file.read(_PER_CHARACTER * LARGEST + 1)
    except OSError as error:
        raise InputError(f"{source} cannot be read ({error.strerror or error}); name another file") from error
    if len(content) > _PER_CHARACTER * LARGEST:
        raise InputError(f"{source} holds more than {LARGEST:,} characters, the most that a query may have; shorten it")
    try:
        return content.decode("utf-8-sig"), source
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{source}, line {line}: this is not UTF-8; save the file as UTF-8") from error


def _show(result: Answer | Triples, found: argparse.Namespace, started: float, *, chosen: bool) -> None:
    """Give out `result`; the format is the user's if `chosen`, else the one that suits the form of the query."""
    if isinstance(result, Triples):
        if not chosen:
            found.format = GRAPH_FORMATS[0]
        _suits(found.format, GRAPH_FORMATS, "a graph")
        where = give(result.serialize(found.format), found)
        count = f"{len(result):,} triple{'' if len(result) == 1 else 's'} in "
    elif result.boolean is not None:
        _suits(found.format, ROWS, "true or false")
        content = f"{str(result.boolean).lower()}\n".encode()
        if found.format != "table":
            content = result.serialize(found.format, labels=found.labels)
        where, count = give(content, found), ""
    else:
        _suits(found.format, ROWS, "rows")
        show(result, found, started)
    if isinstance(result, Triples) or result.boolean is not None:
        print(f"{count}{time.perf_counter() - started:.3f} s{where}", file=sys.stderr)
        for told in filter(None, (result.cut_because, result.empty_because)):
            print(told, file=sys.stderr)
    for remark in result.remarks:
        print(remark, file=sys.stderr)


def _suits(form: str, formats: tuple[str, ...], what: str) -> None:
    if form not in formats:
        raise InputError(f"The query gives {what}, which {form} cannot hold; take --format {' or '.join(formats)}")
