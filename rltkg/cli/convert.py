"""`rltkg convert`: sheets to Turtle and back."""

from __future__ import annotations

import sys
from pathlib import Path

from rltkg.cli.output import give
from rltkg.cli.parsing import Parser
from rltkg.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from rltkg.sheets.table import Table

_SHEETS = (".xlsx", ".csv")
_TURTLE = ".ttl"
_MORE = """\
FILE is a workbook (.xlsx), a CSV file, or a folder of them, which are read together as one book beside the shipped
release: a sheet or file for each kind of node, named by the kind (position, position.csv, uk.position.csv), a row for
each node, a column for each property, as `rltkg new KIND` makes them. The Turtle has the layout of this project. Back,
FILE is RDF (Turtle, N-Triples, JSON-LD) and -o a workbook, a CSV file or a folder (its name ends in /). From RDF to
.ttl, the same triples come in that layout, without comments: so a filled Turtle template becomes a file of the release.

A row without an id gets one made of its label: its words, in lower case and ASCII, with hyphens between them. A row
that begins with # is for people. What is not understood is refused, all of it in one run, each fault at its cell; then
nothing is written.

Exit status: 0 fine, 2 a fault in what is to be converted, 3 something is missing.

example: rltkg convert book.xlsx -o contribution.ttl
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg convert` with `arguments` and return the exit status."""
    found = parser().read(arguments)
    found.output = None if found.output == "-" else found.output
    target = _target(found.output)
    places = [Path(file) for file in found.files]
    if _holds_sheets(places, to_turtle=target == _TURTLE):
        told = _from_sheets(places, target, found)
    elif target == _TURTLE:
        told = _laid_out(places, found)
    else:
        told = _from_rdf(places, target, found)
    print(told, file=sys.stderr)
    return 0


def _from_sheets(places: list[Path], target: str, found: argparse.Namespace) -> str:
    from rltkg.sheets.converting import contents_in, graph_named, namespace_of, turtle_of

    graph = graph_named(found.graph)
    rows = contents_in(places, kind=found.kind, encoding=found.encoding, namespace=namespace_of(found.namespace))
    if target == _TURTLE:
        where = give(turtle_of(rows, graph).encode(), found)
    else:
        from rltkg.sheets.converting import tables_of_rows

        where = _write(tables_of_rows(rows), target, found)
    told = f"{_many(rows.rows, 'row')}, {_many(len(rows.triples), 'triple')}{where}"
    if rows.comments:
        told += f"; {_many(rows.comments, 'row')} left out that begin{'s' * (rows.comments == 1)} with #, for people"
    return told


def _laid_out(places: list[Path], found: argparse.Namespace) -> str:
    from rltkg.sheets.converting import graph_named, laid_out

    text, triples = laid_out(places, graph_named(found.graph))
    return f"{_many(triples, 'triple')}{give(text.encode(), found)}"


def _from_rdf(places: list[Path], target: str, found: argparse.Namespace) -> str:
    from rltkg.sheets.converting import UPDATES, tables_in

    tables, graphs = tables_in(places)
    where = _write(tables, target, found)
    told = f"{_many(sum(len(table.rows) for table in tables), 'row')} in {_many(len(tables), 'sheet')}{where}"
    if graphs and graphs != [UPDATES]:
        told += f"; for the way back say --graph {' '.join(graphs)}, which no sheet holds"
    return told


def _write(tables: list[Table], target: str, found: argparse.Namespace) -> str:
    from rltkg.sheets.converting import book_of, csv_files

    if target == ".xlsx":
        return give(book_of(tables), found)
    files = csv_files(tables)
    if target == ".csv":
        if len(files) != 1:
            kinds = ", ".join(sorted(files))
            raise InputError(
                f"-o {found.output}: a CSV file holds one kind, and here are {kinds}; give a folder (NAME/)"
            )
        return give(next(iter(files.values())), found)
    from rltkg.cli.folders import give_folder

    return give_folder({f"{kind}.csv": content for kind, content in files.items()}, found.output)


def _target(output: str | None) -> str:
    """Return the suffix of what is to be written, / for a folder."""
    if output is None:
        return _TURTLE
    if output.endswith("/") or Path(output).is_dir():
        return "/"
    suffix = Path(output).suffix.lower()
    if suffix not in {*_SHEETS, _TURTLE}:
        raise InputError(
            f"-o {output}: write a .ttl, .xlsx or .csv file, or a folder of CSV files (a name that ends in /)"
        )
    return suffix


def _holds_sheets(places: list[Path], *, to_turtle: bool) -> bool:
    """Say whether what is to be read are sheets. Raises InputError where some are and some are not."""
    from rltkg.sheets.files import is_sheet, sheets_in

    kinds = {(to_turtle or bool(sheets_in(place))) if place.is_dir() else is_sheet(place) for place in places}
    if len(kinds) > 1:
        raise InputError("some of the files are sheets and some are not; convert them one after the other")
    return kinds.pop()


def _many(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(prog="rltkg convert", description="Turn sheets into Turtle, or Turtle into sheets.", epilog=_MORE)
    made.add_argument(
        "files", nargs="+", metavar="FILE", help="what to convert: sheets or RDF files, or a folder of them"
    )
    made.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write to this file, in one step once all is there: .ttl, .xlsx, .csv, or a folder (NAME/); "
        "default: Turtle to stdout",
    )
    made.add_argument("--kind", help="the kind of all sheets (default: as the name of each says)")
    made.add_argument("--encoding", metavar="NAME", help="that of CSV files without a byte order mark (default: utf-8)")
    made.add_argument("--namespace", metavar="IRI", help="make ids in this namespace (default: that of each kind)")
    made.add_argument(
        "--graph", default="updates", help="the graph that the Turtle says it belongs to, or none (default: updates)"
    )
    return made
