"""`rltkg doctor`: what an endpoint can do, what will go wrong, and the command that will work."""

from __future__ import annotations

import sys

from rltkg.cli.output import WIDTH, add_options, give, screen
from rltkg.cli.parsing import Parser

_MORE = """\
ENDPOINT is the address for queries, or the name of a target of the configuration file. Nothing is changed there. With
--write, two named graphs of our own with random names are filled, changed, read back and removed, which is checked; no
other graph is touched.

The table has one line a question: yes, no, beware, or not tried. Then comes what becomes of `ask`, `sparql`, `load` and
`verify`, what must be mended, the lines for the configuration file where some are needed, and the commands that will
work. Credentials are taken from where the target says, as for every verb.

Exit status: 0 all that `ask` and `load` need is there, 1 something that they need is missing, 2 a mistake in the input,
3 no endpoint answers there.

example: rltkg doctor http://127.0.0.1:7878/query
example: rltkg doctor http://127.0.0.1:7878/query --write
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg doctor` with `arguments` and return the exit status."""
    found = parser().read(arguments)
    from rltkg.cli.progress import Progress
    from rltkg.doctor import as_json, as_text, examine
    from rltkg.results.width import terminal_width

    with Progress() as progress:
        made = examine(found.endpoint, write=found.write, watch=progress)
    width = screen(found)[0] or terminal_width(WIDTH)
    text = as_json(made) if found.format == "json" else as_text(made, width)
    where = give(f"{text}\n".encode(), found)
    if where:
        print(f"{len(made.findings)} findings{where}", file=sys.stderr)
    if made.missing:
        names = ", ".join(each.name for each in made.missing)
        print(f"{made.place} lacks what `ask` or `load` need: {names}", file=sys.stderr)
    return 1 if made.missing else 0


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(
        prog="rltkg doctor",
        description="Find out what an endpoint can do, what will go wrong for each verb, and the command that will "
        "work.",
        epilog=_MORE,
    )
    made.add_argument("endpoint", metavar="ENDPOINT", help="the address for queries, or the name of a target")
    made.add_argument(
        "--write", action="store_true", help="try to write too, into graphs of our own that are removed again"
    )
    add_options(made, ("text", "json"), labels=False)
    return made
