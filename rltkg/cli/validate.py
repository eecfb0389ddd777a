"""`rltkg validate`: check what somebody contributes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rltkg.cli.output import WIDTH, add_options, give, screen
from rltkg.cli.parsing import Parser
from rltkg.cli.progress import Progress
from rltkg.errors import InputError
from rltkg.results.width import terminal_width
from rltkg.validation.engines import NAMES
from rltkg.validation.formats import FORMATS, serialize
from rltkg.validation.report import Severity

if TYPE_CHECKING:
    import argparse

    from rltkg.validation.report import ValidationReport

# What makes a check worthless: a file that could not be read, or shapes that could not.
WORTHLESS = {
    "book-doctype",
    "book-format",
    "book-macros",
    "book-too-large",
    "encoding",
    "mixed-encodings",
    "nested-too-deep",
    "rdf-1.2",
    "remote-context",
    "shapes-broken",
    "shapes-empty",
    "shapes-missing",
    "syntax-error",
}
_WITH_SUMMARY = ("text", "github")  # whose last line is the summary
_MORE = """\
FILE is Turtle (.ttl), TriG (.trig), N-Triples (.nt), N-Quads (.nq), JSON-LD (.jsonld, .json), a workbook (.xlsx) or
CSV (.csv); - is standard input; a folder stands for the files below it. The files are seen together with the shipped
graph and judged by its shapes and checks; nothing is fetched from a network. Another version of a shipped file
(data/...) takes its place. The suffix of -o tells the format: .txt, .json, .sarif, .xml (JUnit) or .ttl (a SHACL
report).

Exit status: 0 nothing as grave as --fail-on says, 1 something is, 2 a file cannot be read or the shapes are worthless,
3 the engine is not installed.

example: rltkg validate --whole --engine pyshifty --fail-on warning
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg validate` with `arguments` and return the exit status."""
    found = parser().read(arguments)
    if not found.files and not found.whole:
        raise InputError("say which file: `rltkg validate FILE...`, or --whole for the shipped graph alone")
    from rltkg.validation.formats.text import summary
    from rltkg.validation.run import validate

    shapes = _shapes(found.shapes) if found.shapes else None
    with Progress() as progress:
        report = validate(
            found.files, whole=found.whole, engine=found.engine, shapes=shapes, form=found.input_format, tell=progress
        )
    fail_on = Severity.of(found.fail_on)
    where = give(_content(report, found, fail_on), found)
    if where or found.format not in _WITH_SUMMARY:
        print(f"{summary(report)}{where}", file=sys.stderr)
    if any(finding.rule in WORTHLESS for finding in report):
        return 2
    return int(report.fails(fail_on))


def _content(report: ValidationReport, options: argparse.Namespace, fail_on: Severity) -> bytes:
    if options.format != "text":
        return serialize(report, options.format, fail_on=fail_on)
    from rltkg.validation.formats.text import text

    width, colour = screen(options)
    return text(report, width or terminal_width(WIDTH), colour=colour).encode(errors="replace")


def _shapes(places: list[str]) -> list[Path]:
    files: list[Path] = []
    for place in map(Path, places):
        files += sorted(place.rglob("*.ttl")) if place.is_dir() else [place]
    return files


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(prog="rltkg validate", description="Check contributed files against shapes and checks.", epilog=_MORE)
    made.add_argument("files", nargs="*", metavar="FILE", help="what to check: a file, a folder, or - for stdin")
    made.add_argument("--whole", action="store_true", help="judge the whole graph, not only what the files touch")
    made.add_argument(
        "--fail-on",
        choices=[severity.word for severity in reversed(Severity)],
        default="violation",
        help="the least gravity that makes the exit status 1 (default: violation)",
    )
    made.add_argument("--engine", choices=NAMES, help="the engine (default: pyshacl, or pyshifty for large graphs)")
    made.add_argument(
        "--shapes", action="append", metavar="FILE", help="judge by these shapes (a .ttl file or a folder of them)"
    )
    made.add_argument("--input-format", metavar="SUFFIX", help="the format of standard input, such as ttl or jsonld")
    add_options(made, FORMATS)
    return made
