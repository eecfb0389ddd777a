"""Arguments of a query on the command line: its options come from its contract."""

from __future__ import annotations

import argparse

from rltkg.errors import InputError, UnavailableError
from rltkg.results.width import terminal_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from rltkg.canned.contract import Catalogue, Query


class Parser(argparse.ArgumentParser):
    """An argument parser that raises InputError instead of ending the process, and knows no abbreviations."""

    sought = False

    def __init__(self, **settings: object) -> None:
        super().__init__(allow_abbrev=False, formatter_class=_formatter, **settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raise InputError with `message` and where to find help."""
        raise InputError(f"{message} (`{self.prog} --help` tells more)")

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse, as the base class does, unless only the parser itself is wanted."""
        if Parser.sought and self.add_help:
            raise _Found(self)
        return super().parse_known_args(args, namespace)

    @property
    def options(self) -> list[str]:
        """The names of the options, long ones and short ones."""
        return [name for action in self._actions for name in action.option_strings]

    @property
    def positionals(self) -> list[argparse.Action]:
        """The arguments that have a place instead of a name."""
        return [action for action in self._actions if not action.option_strings]

    def action(self, option: str) -> argparse.Action | None:
        """Return what stands behind the name of an option; None if it is not known."""
        return self._option_string_actions.get(option)

    def read(self, arguments: list[str], found: argparse.Namespace | None = None) -> argparse.Namespace:
        """Return the parsed arguments, added to `found`; InputError with the nearest options for one that is unknown.

        Where the parser has output options, the format that they leave open is filled in.
        """
        found, left = self.parse_known_args(arguments, found)
        if left:
            from rltkg.nearest import nearest, sayable

            options = [option for option in self.options if option.startswith("--")]
            option = left[0].split("=", 1)[0]
            what = "option" if option.startswith("-") else "argument"
            self.error(f"unknown {what} {sayable(option)}; {nearest(option, options)}")
        if hasattr(found, "formats"):
            from rltkg.cli.output import settle

            settle(found)
        return found


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Return what writes help texts, as wide as argparse would have it; argparse makes one for each option."""
    return argparse.RawDescriptionHelpFormatter(prog, width=terminal_width(80) - 2)


class _Found(BaseException):
    """Carries a parser out of the verb that made it."""


def parser_of(verb: str, arguments: list[str]) -> Parser:
    """Return the parser that `verb` reads `arguments` with; the verb does not run.

    The verb itself makes it, so that what is said of it elsewhere (the reference, completion) cannot differ.
    """
    from importlib import import_module

    Parser.sought = True
    try:
        import_module(f"rltkg.cli.{verb}").main(arguments)
    except _Found as found:
        parser: Parser = found.args[0]
        return parser
    finally:
        Parser.sought = False
    raise UnavailableError(f"the verb {verb} reads no options with a Parser; mend rltkg/cli/{verb}.py")


def pick(catalogue: Catalogue, arguments: list[str]) -> tuple[str | None, list[str]]:
    """Return the query id among `arguments` (None if there is none) and the other arguments.

    The id comes first as a rule; after options, the first argument that is the id of a query is taken.
    """
    if arguments and not arguments[0].startswith("-"):
        return arguments[0], arguments[1:]
    for place, argument in enumerate(arguments):
        if argument in catalogue:
            return argument, arguments[:place] + arguments[place + 1 :]
    return None, arguments


def add_parameters(parser: argparse.ArgumentParser, query: Query) -> None:
    """Give `parser` one option for each parameter of `query`; a repeated one collects a list."""
    group = parser.add_argument_group("parameters", "A value is an id, a label or an IRI; a repeated option is a list.")
    for parameter in query.parameters:
        default = f" (default: {parameter.default})" if parameter.default else ""
        group.add_argument(
            parameter.option,
            dest=parameter.name,
            action="append",
            metavar="/".join(parameter.types).upper(),
            help=(parameter.help + default).replace("%", "%%"),
        )


def values(query: Query, found: argparse.Namespace) -> dict[str, object]:
    """Return the values given for the parameters of `query`."""
    pairs = ((each.name, getattr(found, each.name)) for each in query.parameters)
    return {name: value for name, value in pairs if value is not None}
