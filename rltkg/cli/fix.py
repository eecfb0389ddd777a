"""`rltkg fix`: mend what is safe to mend in a contribution."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rltkg.cli.output import WIDTH
from rltkg.cli.parsing import Parser
from rltkg.cli.progress import Progress
from rltkg.cli.unified import show_difference
from rltkg.cli.validate import WORTHLESS
from rltkg.errors import InputError
from rltkg.results.width import terminal_width
from rltkg.validation.engines import NAMES

if TYPE_CHECKING:
    from rltkg.validation.report import ValidationReport
    from rltkg.writing.fixing import Proposal

_MORE = """\
FILE is what `rltkg validate` takes, but for standard input. What it finds and what can mean one thing only is mended:
slips in the names of properties, classes, codes and things (one letter, capitals, hyphens, the namespace), and
literals that a store would write otherwise. Only the words in question change, at their place; blanks and comments
stay. Where another name is nearly as near, or what is written may be new, it stays as it is: a person is asked.

The changes go to stdout as a unified diff; --apply makes them, each file in one step, and only where it is still the
one that was read. What is left for a person goes to stderr, as it will be found then.

Exit status: 0 nothing is left to mend, 1 something is (a repair that was not applied, or a violation), 2 a file cannot
be read or written, 3 the engine is not installed.

example: rltkg fix --apply my-guideline.ttl
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg fix` with `arguments` and return the exit status."""
    found = parser().read(arguments)
    from rltkg.writing.fixing import proposed

    with Progress() as progress:
        proposal = proposed(found.files, engine=found.engine, tell=progress)
    if found.apply:
        _apply(proposal)
    else:
        for repair in proposal.repairs:
            show_difference(repair.name, repair.old.encode(), repair.new.encode())
    _tell(proposal, applied=found.apply)
    if any(finding.rule in WORTHLESS for finding in proposal.left):
        return 2
    return int(proposal.left.fails() or (bool(proposal.repairs) and not found.apply))


def _apply(proposal: Proposal) -> None:
    troubles = []
    for repair in proposal.repairs:
        try:
            repair.apply()
        except InputError as error:
            troubles.append(str(error))
            continue
        print(f"{repair.name}: {_many(len(repair.findings), 'repair')} made", file=sys.stderr)
    if troubles:
        raise InputError("\nrltkg: ".join(troubles))


def _tell(proposal: Proposal, *, applied: bool) -> None:
    """Say on stderr what is left for a person, and what --apply would do."""
    from rltkg.validation.formats.text import text

    left: ValidationReport = proposal.left
    if left.findings:
        then = "Left for a person" if applied or not proposal.repairs else "Left for a person after these repairs"
        print(f"{then}:\n\n{text(left, terminal_width(WIDTH))}", end="", file=sys.stderr)
    if proposal.repairs and not applied:
        files = _many(len(proposal.repairs), "file")
        print(f"{_many(proposal.count, 'safe repair')} in {files}: --apply makes them", file=sys.stderr)
    elif not left.findings and not proposal.repairs:
        print("Nothing to mend", file=sys.stderr)


def _many(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(prog="rltkg fix", description="Mend what is safe to mend in contributed files.", epilog=_MORE)
    made.add_argument("files", nargs="+", metavar="FILE", help="what to mend: a file or a folder")
    made.add_argument("--apply", action="store_true", help="write the repairs into the files")
    made.add_argument("--engine", choices=NAMES, help="the engine (default: pyshacl, or pyshifty for large graphs)")
    return made
