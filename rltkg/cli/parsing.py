"""Arguments of a query on the command line: its options come from its contract."""

from __future__ import annotations

import argparse

from rltkg.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

    from rltkg.canned.contract import Catalogue, Query


class Parser(argparse.ArgumentParser):
    """An argument parser that raises InputError instead of ending the process, and knows no abbreviations."""

    def __init__(self, **settings: object) -> None:
        super().__init__(allow_abbrev=False, formatter_class=argparse.RawDescriptionHelpFormatter, **settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raise InputError with `message` and where to find help."""
        raise InputError(f"{message} (`{self.prog} --help` tells more)")

    def read(self, arguments: list[str]) -> argparse.Namespace:
        """Return the parsed arguments; InputError with the nearest options for one that is unknown."""
        found, left = self.parse_known_args(arguments)
        if left:
            from rltkg.canned.nearest import nearest, sayable

            options = [option for option in self._option_string_actions if option.startswith("--")]
            option = left[0].split("=", 1)[0]
            what = "option" if option.startswith("-") else "argument"
            self.error(f"unknown {what} {sayable(option)}; {nearest(option, options)}")
        return found


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
