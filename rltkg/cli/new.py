"""`rltkg new`: start a contribution from a template."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rltkg.cli.output import add_options, give, replace, screen
from rltkg.cli.parsing import Parser
from rltkg.errors import InputError

if TYPE_CHECKING:
    import argparse

    from rltkg.sheets.kinds import Kind, Kinds

FORMATS = ("ttl", "csv", "xlsx")
_MORE = """\
Without KIND the kinds are listed. A template has also the kinds that one of the named kind must name (a position stands
in a passage, a passage in a document), each with a block or sheet of its own; --only leaves them out.

Turtle is commented: what must be filled has FILL-IN in its place, what may be left out is commented out. A workbook has
one sheet a kind, with lists to choose from and a note at each header. CSV has one file a kind: of several, -o names the
folder. Rows that begin with # are for people and never data. `rltkg validate` refuses a template until it is filled.

example: rltkg new position -o position.xlsx
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg new` with `arguments` and return the exit status."""
    options = _read(arguments)
    from rltkg.sheets.kinds import kinds
    from rltkg.sheets.needs import with_needs

    known = kinds()
    if not options.kinds:
        if options.output or options.only:
            raise InputError("say of which kind: `rltkg new KIND...`; without any, the kinds are listed")
        give(f"{_listed(known, screen(options)[0])}\n".encode(), options)
        return 0
    if options.output and Path(options.output).is_file() and Path(options.output).stat().st_size:
        raise InputError(f"{options.output} exists already, and may hold work of yours; name another file")
    chosen = list(dict.fromkeys(known.named(name) for name in options.kinds))
    wanted = chosen if options.only else with_needs(chosen, known)
    if options.format == "csv":
        return _csv(wanted, chosen, known, options)
    from rltkg.sheets.shipped import shipped_nodes
    from rltkg.sheets.templates import turtle_template, xlsx_template

    held = shipped_nodes()
    content = xlsx_template(wanted, known, held) if options.format == "xlsx" else turtle_template(wanted, held).encode()
    where = give(content, options)
    print(f"{_told(wanted)}{where}", file=sys.stderr)
    return 0


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(prog="rltkg new", description="Write a template for a contribution.", epilog=_MORE)
    made.add_argument("kinds", nargs="*", metavar="KIND", help="what to contribute, such as position or status-event")
    made.add_argument("--only", action="store_true", help="only these kinds, without those that they must name")
    add_options(made, FORMATS)
    return made


def _read(arguments: list[str]) -> argparse.Namespace:
    """Return the options. A folder after -o is where CSV files go, which no other verb can write."""
    made = parser()
    made.set_defaults(formats=None)
    options, left = made.parse_known_args(arguments)
    if left:
        return made.read(arguments)  # which refuses what is unknown
    target = options.output
    options.folder = None
    if target and options.format in {None, "csv"} and (Path(target).is_dir() or target.endswith(("/", os.sep))):
        options.folder, options.format = Path(target), "csv"
        return options
    from rltkg.cli.output import settle

    options.formats = FORMATS
    settle(options)
    return options


def _csv(wanted: list[Kind], chosen: list[Kind], known: Kinds, options: argparse.Namespace) -> int:
    """Write CSV: one kind to a file or stdout, several into a folder."""
    from rltkg.sheets.delimited import MARK
    from rltkg.sheets.shipped import shipped_nodes
    from rltkg.sheets.templates import csv_templates

    if options.folder is None and len(wanted) > 1:
        names = ", ".join(kind.name for kind in wanted)
        one = f"; or take --only for {chosen[0].name} alone" if len(chosen) == 1 else ""
        raise InputError(
            f"CSV has one file a kind, and here are {len(wanted)} ({names}); name a folder: -o FOLDER/{one}"
        )
    texts = csv_templates(wanted, known, shipped_nodes())
    if options.folder is None:
        mark = MARK if options.output else ""
        where = give((mark + texts[wanted[0].name]).encode(), options)
        print(f"{_told(wanted)}{where}", file=sys.stderr)
        return 0
    taken = [path for name in texts if (path := options.folder / f"{name}.csv").exists()]
    if taken:
        raise InputError(f"{taken[0]} exists already, and may hold work of yours; name another folder")
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            replace((options.folder / f"{name}.csv").resolve(), (MARK + text).encode())
    except OSError as error:
        raise InputError(f"{options.folder} cannot be written ({error.strerror or error}); name another") from error
    print(f"{_told(wanted)}, written to {options.folder}", file=sys.stderr)
    return 0


def _told(wanted: list[Kind]) -> str:
    return f"a template for {', '.join(kind.name for kind in wanted)}"


def _listed(known: Kinds, width: int | None) -> str:
    """Return the kinds with what each is."""
    import textwrap

    from rltkg.results.width import terminal_width

    wide = width or terminal_width(120)
    longest = max(len(kind.name) for kind in known)
    lines = []
    for kind in known:
        head = f"{kind.name:<{longest}}  "
        lines += textwrap.wrap(kind.definition, wide, initial_indent=head, subsequent_indent=" " * len(head))
    return "\n".join(lines)
