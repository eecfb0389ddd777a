"""`rltkg describe`: all that is known of one thing or statement, with its sources."""

from __future__ import annotations

import json
import sys
import time

from rltkg.cli.opening import add_store_options, open_from
from rltkg.cli.output import add_options, give, screen
from rltkg.cli.parsing import Parser

FORMATS = ("text", "json", "ttl", "nt", "jsonld")
_MORE = """\
A thing: what it is, the statements that name it by kind (how graded, where printed, why), what compares or supersedes
them, and what links to it. A statement: whose content, how it is put, its scope and time, and each passage with its
references. For a code or a term of the ontology: its definition, and how it is used. --format json has the same as
data; ttl, nt and jsonld have the triples: its own, and those of all statements that name it, with their passages.

example: rltkg describe nice-lymphoma-guideline-2016
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg describe` with `arguments` and return the exit status."""
    started = time.perf_counter()
    options = parser().read(arguments)
    found = open_from(options).describe(" ".join(options.thing), everything=options.all)
    if options.format == "text":
        width, bold = screen(options)
        content = found.to_text(width, bold=bold).encode() + b"\n"
    elif options.format == "json":
        content = json.dumps(found.to_dict(), ensure_ascii=False, indent=1).encode() + b"\n"
    else:
        content = found.serialize(options.format)
    where = give(content, options)
    print(f"described in {time.perf_counter() - started:.3f} s{where}", file=sys.stderr)
    return 0


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(prog="rltkg describe", description="Tell all that is known of one thing or statement.", epilog=_MORE)
    made.add_argument("thing", nargs="+", metavar="THING", help="an id, a label or an IRI")
    made.add_argument("--all", action="store_true", help="show every statement, note and link, not the first few")
    add_options(made, FORMATS)
    add_store_options(made)
    return made
