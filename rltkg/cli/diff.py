"""`rltkg diff`: what differs between two releases, in words, and which answers change."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

from rltkg.cli.output import add_options, give, screen
from rltkg.cli.parsing import Parser
from rltkg.cli.progress import Progress

if TYPE_CHECKING:
    import argparse

    from rltkg.review.form import Review

FORMATS = ("text", "md", "json")
_MORE = """\
A and B are what stood before and what stands after: a folder with a release, a store that `rltkg load` made, or
`shipped`. With one of them alone, the shipped release stands before it. An RDF file or sheets (.xlsx, .csv), or a
folder of such files that is no release, stand for the other side with it in it: `rltkg diff my.xlsx` tells what your
sheets add to the shipped release. Another version of a file of the release (data/...) takes its place.

Told are statements (whose, where printed), things, terms and links, each by its label, added (+), removed (-), renamed
or changed (~), with the properties that changed from what to what; then each query of the catalogue of A whose answer
changes, with its rows: asked with its defaults, and as at now. The triples are compared exactly: what words do not
cover stands under "besides", and --format json has all of them.

Exit status: 0 no difference, 1 a difference, 2 a mistake in the input, 3 something is missing.

example: rltkg diff shipped
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg diff` with `arguments` and return the exit status."""
    started = time.perf_counter()
    found = parser().read(arguments)
    before, after = (None, found.before) if found.after is None else (found.before, found.after)
    from rltkg.review.run import compare

    with Progress() as progress:
        review = compare(before, after, ask=found.answers, tell=progress)
    where = give(_content(review, found), found)
    print(f"compared in {time.perf_counter() - started:.3f} s{where}", file=sys.stderr)
    return int(not review["same"])


def _content(review: Review, options: argparse.Namespace) -> bytes:
    if options.format == "json":
        return json.dumps(review, ensure_ascii=False, indent=1).encode(errors="replace") + b"\n"
    from rltkg.review.wording import LIMIT

    limit = None if options.all else LIMIT
    if options.format == "md":
        from rltkg.review.markdown import markdown

        return markdown(review, limit=limit).encode(errors="replace")
    from rltkg.review.text import text

    width, bold = screen(options)
    return text(review, width, bold=bold, limit=limit).encode(errors="replace") + b"\n"


def parser() -> Parser:
    """Return the parser of the verb."""
    from argparse import BooleanOptionalAction

    made = Parser(prog="rltkg diff", description="Compare two releases, in words and answers.", epilog=_MORE)
    made.add_argument("before", metavar="A", help="what stood before: a folder, a store, a file, or `shipped`")
    made.add_argument("after", metavar="B", nargs="?", help="what stands after; without it, A is, and `shipped` before")
    made.add_argument(
        "--answers",
        action=BooleanOptionalAction,
        default=True,
        help="tell which answers change (default: yes; it takes a few seconds)",
    )
    made.add_argument("--all", action="store_true", help="show everything, not the first 20 of each sort")
    add_options(made, FORMATS, labels=False)
    return made
