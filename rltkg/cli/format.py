"""`rltkg format`: bring Turtle files into the one layout."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rltkg.cli.parsing import Parser
from rltkg.cli.unified import show_difference
from rltkg.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

_MORE = """\
FILE is Turtle (.ttl) in UTF-8; a folder stands for the Turtle files below it, and - for standard input, whose layout
goes to stdout. The layout is that of the shipped files: subjects by kind and IRI; class, names and definition first,
then the other properties in alphabetical order; one object a line where there are several; the prefixes of rltkg, and
for other namespaces those of the file, as far as they are used. So the same graph has the same bytes, and a small
change is a small difference.

Comments stay with what they are about: at the end of a line, right above what follows, right below a subject
(indented), at the top and at the end of the file. A comment that stands alone, an empty line below it, is the heading
of the subjects up to the next one. Where a comment would lose its place (inside brackets, or above subjects that the
layout puts apart), the file is left as it is and the line is told. So it is where a blank node is used twice or not
at all: others are written inside the node that uses them.

A file is replaced in one step, and only if it is still the one that was read; one that cannot be stops no other.

Exit status: 0 fine, 1 a file would change (with --check or --diff), 2 a file is broken or cannot be read or written.

example: rltkg format my-guideline.ttl
"""
_STDIN = "<stdin>"


def main(arguments: list[str]) -> int:
    """Run `rltkg format` with `arguments` and return the exit status."""
    found = parser().read(arguments)
    changed = 0
    troubles: list[str] = []
    for place in found.files:
        try:
            names = [place] if place == "-" else _names(place)
        except InputError as error:
            troubles.append(str(error))
            continue
        for name in names:
            try:
                changed += _settle(name, found)
            except InputError as error:
                troubles.append(str(error))
    if troubles:
        raise InputError("\nrltkg: ".join(troubles))
    return int(bool(changed) and (found.check or found.diff))


def _names(place: str) -> Iterator[str]:
    from rltkg.writing.files import turtle_files

    return iter([str(path) for path in turtle_files(place)])


def _settle(name: str, options: argparse.Namespace) -> bool:
    """Lay out one file, or show what would change; return whether it changes."""
    from pathlib import Path

    from rltkg.corpus.own import sound
    from rltkg.writing.files import replace
    from rltkg.writing.formatting import formatted

    shown = _STDIN if name == "-" else name
    held = sys.stdin.buffer.read() if name == "-" else sound(Path(name))
    due = formatted(shown, held).encode()
    if options.diff:
        show_difference(shown, held, due)
    elif options.check:
        if held != due:
            print(shown)
    elif name == "-":
        sys.stdout.buffer.write(due)
    elif held != due:
        replace(Path(name), held, due)
        print(f"{name}: rewritten", file=sys.stderr)
    return held != due


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(prog="rltkg format", description="Bring Turtle files into the one layout of rltkg.", epilog=_MORE)
    made.add_argument("files", nargs="+", metavar="FILE", help="a Turtle file, a folder of them, or - for stdin")
    made.add_argument("--check", action="store_true", help="only name the files that would change; write nothing")
    made.add_argument("--diff", action="store_true", help="show what would change, as a unified diff; write nothing")
    return made
