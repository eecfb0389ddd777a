"""The command `rltkg`: reads arguments, calls one function, shows its result."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from rltkg.errors import InputError, RltkgError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE = """usage: rltkg VERB ...

A knowledge graph of how ready health systems are for radioligand therapy.

  rltkg queries                        list the questions that can be asked
  rltkg queries ID                     one question: parameters with choices, columns
  rltkg ask ID [--PARAMETER VALUE ...] ask it
  rltkg sparql TEXT                    run a query of your own (SELECT, ASK, CONSTRUCT, DESCRIBE)
  rltkg find WORD...                   search names and texts, misspelt or not
  rltkg describe THING                 all that is known of a thing or statement, with its sources
  rltkg new KIND                       a template for a contribution: Turtle, CSV, or XLSX with -o FILE.xlsx
  rltkg convert BOOK -o FILE.ttl       turn sheets (XLSX, CSV) into Turtle, and back with -o FILE.xlsx
  rltkg validate FILE...               check a contribution: shapes, names, literals, with the line of each finding
  rltkg diff A B                       what differs between two releases, in words, and which answers change
  rltkg fix FILE...                    mend what is safe to mend in a contribution, shown first
  rltkg format FILE...                 bring Turtle files into the one layout; comments stay
  rltkg reason [FILE...]               can it all be true? classes, members, and which few triples clash if not
  rltkg load TARGET                    fill a store: a folder, which --store opens in milliseconds, or an endpoint
  rltkg verify TARGET                  prove that a store holds the release, triple by triple
  rltkg doctor ENDPOINT                what an endpoint can do, what will go wrong, and the command that will work
  rltkg export                         write the graph out: N-Quads, TriG, Turtle, N-Triples, JSON-LD; its description
  rltkg cite                           how to cite the release
  rltkg completion SHELL               a script that completes commands in bash, zsh or fish
  rltkg --version                      the version, and the digest of the release
  rltkg VERB --help                    more about a verb

Answers go to stdout, as a table or as --format says (csv, tsv, json, jsonl, md, xlsx), or to a file with -o FILE;
--store PLACE asks another graph than the shipped release (a folder, an endpoint, a target of your configuration file),
--with FILE adds your own RDF file to it.

example: rltkg ask guidelines_omitting_rlt --indication lymphoma
"""
VERBS = (
    "ask",
    "cite",
    "completion",
    "convert",
    "describe",
    "diff",
    "doctor",
    "export",
    "find",
    "fix",
    "format",
    "load",
    "new",
    "queries",
    "reason",
    "sparql",
    "validate",
    "verify",
)
EARLY = ("--store", "--with")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: those of the process) and return its exit status.

    0 fine, 2 usage or input error, 3 unsupported or unavailable; 130 after Ctrl-C.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        status = _dispatch(given)
        sys.stdout.flush()
    except RltkgError as error:
        # A name or a line of a file may be quoted in it, with whatever characters it holds.
        told = "".join(each if each == "\n" or each.isprintable() else "\ufffd" for each in str(error))
        print(f"rltkg: {told}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        _hush()
        return 0
    except KeyboardInterrupt:
        print("\nrltkg: interrupted", file=sys.stderr)
        return 130
    return status


def _hush() -> None:
    """Send what is still buffered nowhere: the reader has gone (`| head`), and there is nobody left to tell."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


def _dispatch(given: list[str]) -> int:
    before: list[str] = []
    while given and given[0].split("=")[0] in EARLY:
        size = 1 if "=" in given[0] else 2
        before, given = [*before, *given[:size]], given[size:]
    if not given or given[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0 if given else 2
    if given[0] in ("-V", "--version"):
        return _tell_version(before)
    verb, *rest = given
    if verb == "__complete":
        return int(import_module("rltkg.cli.completion").complete(rest))
    if verb not in VERBS:
        from rltkg.nearest import nearest, sayable

        raise InputError(f"There is no verb {sayable(verb)}; {nearest(verb, list(VERBS))}")
    try:
        return int(import_module(f"rltkg.cli.{verb}").main([*before, *rest]))
    except SystemExit as end:  # argparse ends so after --help
        return int(end.code or 0)


def _tell_version(before: list[str]) -> int:
    from rltkg import __version__
    from rltkg.cli.opening import first_pass, release_from

    try:
        found, _ = first_pass("rltkg", before)
        release = release_from(found)
        other = "" if release.version == __version__ else f"{release.version}, "
        told = f" (release {other}{release.digest[:12]})"
    except RltkgError:
        print(f"rltkg {__version__}")  # which is known even where the store cannot be read
        raise
    print(f"rltkg {__version__}{told}")
    return 0
