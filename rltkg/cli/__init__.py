"""The command `rltkg`: reads arguments, calls one function, shows its result."""

from __future__ import annotations

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
  rltkg --version                      the version of the package and its release
  rltkg VERB --help                    more about a verb

example: rltkg ask guidelines_omitting_rlt --indication lymphoma
"""
VERBS = ("ask", "queries")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (default: those of the process) and return its exit status.

    0 fine, 2 usage or input error, 3 unsupported or unavailable; 130 after Ctrl-C.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _dispatch(given)
    except RltkgError as error:
        print(f"rltkg: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone (`| head`): nothing left to tell it
        return 0
    except KeyboardInterrupt:
        return 130


def _dispatch(given: list[str]) -> int:
    if not given or given[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0 if given else 2
    if given[0] in ("-V", "--version"):
        from rltkg import __version__

        print(f"rltkg {__version__}")
        return 0
    verb, *rest = given
    if verb not in VERBS:
        from rltkg.canned.nearest import nearest, sayable

        raise InputError(f"There is no verb {sayable(verb)}; {nearest(verb, list(VERBS))}")
    return int(import_module(f"rltkg.cli.{verb}").main(rest))
