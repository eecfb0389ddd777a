"""`rltkg completion`: scripts that complete commands in a shell, and the hidden verb that they ask."""

from __future__ import annotations

import contextlib
import sys

from rltkg.cli.opening import first_pass, open_from
from rltkg.cli.parsing import Parser, parser_of, pick
from rltkg.errors import RltkgError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.canned.contract import Catalogue

_BASH = """\
# rltkg in bash: eval "$(rltkg completion bash)", for good in ~/.bashrc
_rltkg() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$line")
    done < <("${COMP_WORDS[0]/#\\~/$HOME}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _rltkg rltkg
"""
_ZSH = """\
#compdef rltkg
# rltkg in zsh: eval "$(rltkg completion zsh)" after compinit, for good in ~/.zshrc
_rltkg() {
    local -a found
    found=(${(f)"$("${words[1]/#\\~/$HOME}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)"})
    if (( $#found )); then compadd -- $found; else _files; fi
}
compdef _rltkg rltkg
"""
_FISH = """\
# rltkg in fish: rltkg completion fish | source, for good in ~/.config/fish/config.fish
function __rltkg_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l found ($before[1] __complete $before[2..-1] "$current" 2>/dev/null)
    if set -q found[1]
        printf '%s\\n' $found
    else
        __fish_complete_path "$current"
    end
end
complete -c rltkg -f -a '(__rltkg_complete)'
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
_BY_ID = ("ask", "queries")
_TO_TARGETS = ("doctor", "load", "verify")


def main(arguments: list[str]) -> int:
    """Run `rltkg completion` with `arguments` and return the exit status."""
    parser = Parser(
        prog="rltkg completion",
        description="Print a script that completes verbs, query ids, options and their values in a shell; its first "
        "line tells how to use it.",
        epilog="example: rltkg completion bash",
    )
    parser.add_argument("shell", choices=tuple(SCRIPTS), help="the shell that you use")
    print(SCRIPTS[parser.read(arguments).shell], end="")
    return 0


def complete(words: list[str]) -> int:
    """Print what may stand in the place of the last of `words`, which follow `rltkg`, one a line; nothing if unsure.

    The graph is loaded only for the values of a parameter that takes things of it.
    """
    with contextlib.suppress(RltkgError, SystemExit):
        found = "".join(f"{each}\n" for each in _candidates(_joined(words or [""])))
        sys.stdout.write(found)
    return 0


def _joined(words: list[str]) -> list[str]:
    """Return `words` without the `=` that bash sets apart: `--format = cs` is `--format cs`."""
    if words[-1] == "=":
        words = [*words, ""]
    return [word for place, word in enumerate(words) if word != "=" or not words[place - 1].startswith("--")]


def _candidates(words: list[str]) -> list[str]:
    from rltkg.cli import EARLY, VERBS

    before: list[str] = []
    while len(words) > 2 and words[0] in EARLY:  # noqa: PLR2004 - the option, its value, and what follows
        before, words = [*before, *words[:2]], words[2:]
    verb, *arguments = words
    if not arguments:
        return _fitting(verb, [*VERBS, *EARLY, "--help", "--version"])
    if verb not in VERBS:
        return []  # also the value of an early option: files, which the shell knows better
    return _after(verb, [*before, *arguments[:-1]], arguments[-1])


def _after(verb: str, arguments: list[str], current: str) -> list[str]:
    """Return what may stand in the place of `current`, which follows `verb` and `arguments`."""
    option, equals, value = current.partition("=")
    if equals and option.startswith("--"):
        return [f"{option}={each}" for each in _values(verb, arguments, option, value) or ()]
    if arguments and arguments[-1].startswith("-"):
        values = _values(verb, arguments[:-1], arguments[-1], current)
        if values is not None:
            return values
    parser = parser_of(verb, arguments)
    if current.startswith("-"):
        return _fitting(current, parser.options)
    choices = [str(each) for action in parser.positionals for each in action.choices or ()]
    if verb == "new":
        from rltkg.sheets.kinds import kinds

        choices += [kind.name for kind in kinds()]
    if verb in _TO_TARGETS:
        from rltkg.endpoint.targets import names

        choices += names()
    if verb in _BY_ID:
        ident, catalogue = _query_of(arguments)
        choices += [] if ident else [query.id for query in catalogue]
    return _fitting(current, choices)


def _values(verb: str, arguments: list[str], option: str, start: str) -> list[str] | None:
    """Return the values of `option` that begin with `start`; None where it takes none."""
    action = parser_of(verb, arguments).action(option)
    if action is None or action.nargs == 0:
        return None
    if action.choices is not None:
        return _fitting(start, action.choices)
    if verb == "convert":
        from rltkg.sheets.converting import offered

        return _fitting(start, offered(option))
    ident, catalogue = _query_of(arguments) if verb in _BY_ID else (None, None)
    if not ident or not catalogue:
        return []
    for parameter in catalogue[ident].parameters:
        if parameter.option == option and not parameter.is_literal:
            from rltkg.canned.resolve import choices

            graph = open_from(first_pass(f"rltkg {verb}", arguments)[0])
            return _fitting(start, sorted(each.id for each in choices(parameter, graph.store)))
    return []


def _query_of(arguments: list[str]) -> tuple[str | None, Catalogue]:
    from rltkg.cli.opening import catalogue_from

    found, left = first_pass("rltkg", arguments)
    catalogue = catalogue_from(found)
    return pick(catalogue, left)[0], catalogue


def _fitting(start: str, candidates: Iterable[object]) -> list[str]:
    return [text for text in map(str, candidates) if text.startswith(start)]
