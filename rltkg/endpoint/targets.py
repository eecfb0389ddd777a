"""Targets: the endpoint that an address or a name of the user's configuration file stands for."""

from __future__ import annotations

import os
import re

from rltkg.endpoint.addresses import checked, is_address, told
from rltkg.endpoint.dialects import GENERIC, dialect
from rltkg.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.endpoint.credentials import Credentials

TIMEOUT = 60.0
# What can be no path that leads elsewhere: `--store lab` may be a target, `--store ./lab` is a folder.
_NAME = re.compile(r"[\w.-]+")


class Target:
    """One endpoint: its addresses, its dialect, who asks it, and the limits that hold for it.

    `name` is what a person calls it: its name in the configuration file, or its address. `query`, `update` and
    `graph_store` are addresses, None where not known. `timeout` is how many seconds a query may take, and how long a
    load may stand still. `ca_file` is a file of certificates to trust beside the usual ones, `proxy` the address of a
    proxy in place of the environment's. `allow_plain_http` lets credentials go to another machine without encryption.
    """

    __slots__ = (
        "allow_plain_http", "ca_file", "credentials", "dialect", "graph_store", "name", "proxy", "query", "timeout",
        "update",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913 - what a target is made of
        self,
        query: str,
        *,
        name: str | None = None,
        update: str | None = None,
        graph_store: str | None = None,
        dialect: str = GENERIC,
        credentials: Credentials | None = None,
        timeout: float = TIMEOUT,
        ca_file: str | None = None,
        proxy: str | None = None,
        allow_plain_http: bool = False,
    ) -> None:
        """Check the addresses and the dialect, and fill in what the dialect knows; InputError where one is wrong."""
        self.query = checked(query)
        self.name = name or told(query)
        self.update = update and checked(update)
        self.graph_store = graph_store and checked(graph_store)
        self.credentials = credentials
        self.timeout = timeout
        self.ca_file = ca_file
        self.proxy = proxy
        self.allow_plain_http = allow_plain_http
        self.dialect = GENERIC
        self.speaks(dialect)

    def __repr__(self) -> str:
        return f"Target({told(self.query)!r}, name={self.name!r}, dialect={self.dialect!r})"

    def speaks(self, name: str) -> None:
        """Take note that it is of the dialect `name`; addresses that are not known follow from it, where they do."""
        update, graph_store = dialect(name).beside(self.query)
        self.dialect = name
        self.update = self.update or update
        self.graph_store = self.graph_store or graph_store


def target(place: str) -> Target:
    """Return the target that `place` stands for: the address of an endpoint, or a name in the configuration file.

    Of a bare address only the one for queries is known; the dialect is learnt from the server when it is first asked.
    The configuration file is $RLTKG_CONFIG, else rltkg/config.toml in $XDG_CONFIG_HOME or ~/.config. Raises InputError
    for what is no address, for a name that is not there, and, with file and key, for what is wrong in the file.
    """
    if is_address(place):
        return Target(place)
    from rltkg.endpoint import config

    found = config.targets()
    if place not in found:
        from rltkg.nearest import nearest, sayable

        path = config.path()
        if not found:
            raise InputError(
                f"There is no target {sayable(place)}: {path or 'the configuration file'} has none; write "
                f'[targets.NAME] with `query = "https://..."` into it, or give the address of the endpoint'
            )
        raise InputError(f"There is no target {sayable(place)} in {path}; {nearest(place, list(found))}")
    return found[place]()


def is_target(place: object) -> bool:
    """Say whether `place` is the address of an endpoint, or a name in the configuration file.

    A folder of that name goes before it. Raises what is wrong with the file, where it has to be read.
    """
    if not isinstance(place, str) or is_address(place):
        return isinstance(place, str)
    from rltkg.endpoint import config

    return bool(_NAME.fullmatch(place)) and not os.path.exists(place) and place in config.targets()  # noqa: PTH110


def check_name(place: object) -> None:
    """Raise InputError where `place` is a bare name of nothing that is there, and a target may be meant."""
    if not isinstance(place, str) or not _NAME.fullmatch(place) or os.path.exists(place):  # noqa: PTH110 - any text
        return
    known = names()
    if known and place not in known:
        from rltkg.nearest import nearest, sayable

        raise InputError(f"There is no folder and no target {sayable(place)}; of the targets, {nearest(place, known)}")


def names() -> list[str]:
    """Return the names of the targets in the configuration file, sorted; none where there is no such file."""
    from rltkg.endpoint import config

    return sorted(config.targets())
