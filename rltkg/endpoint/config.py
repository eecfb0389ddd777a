"""The user's configuration file: TOML, with a table for each target. No secret may stand in it."""

from __future__ import annotations

import math
import os
from functools import partial
from pathlib import Path

from rltkg.endpoint.addresses import checked
from rltkg.endpoint.credentials import Credentials
from rltkg.endpoint.dialects import dialect
from rltkg.endpoint.targets import TIMEOUT, Target
from rltkg.errors import InputError, UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

VARIABLE = "RLTKG_CONFIG"
_ADDRESSES = ("query", "update", "graph_store")
_SECRETS = ("password", "passwd", "token", "secret", "user", "username", "login", "api_key", "apikey")
_KEYS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys((*_ADDRESSES, "dialect", "ca_file", "proxy"), (str,)),
    "timeout": (int, float),
    "allow_plain_http": (bool,),
    "credentials": (dict,),
}
_CREDENTIALS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("scheme", "user_variable", "password_variable", "token_variable"), (str,)),
    "netrc": (bool, str),
}
_TYPES = {str: "text in quotation marks", int: "a number", float: "a number", bool: "true or false", dict: "a table"}
_LONGEST = 86_400


def path() -> Path | None:
    """Return the configuration file that is read, whether it is there or not; None where there is no home."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    home = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    if not home.is_absolute():  # the specification has a relative one ignored
        try:
            home = Path.home() / ".config"
        except RuntimeError:
            return None
    return home / "rltkg" / "config.toml"


def targets() -> dict[str, Callable[[], Target]]:
    """Return the targets of the configuration file by name; each is made, and its table checked, when it is called.

    Raises InputError, with file and key, where the file is no TOML or has another key than `targets`, UnavailableError
    where it cannot be read, or where the variable names a file that is not there.
    """
    place = path()
    if place is None or (not place.exists() and not os.environ.get(VARIABLE)):
        return {}
    import tomllib

    try:
        with place.open("rb") as file:
            found = tomllib.load(file)
    except FileNotFoundError as error:
        raise UnavailableError(f"{place} is not there, though {VARIABLE} names it; mend the variable") from error
    except OSError as error:
        raise UnavailableError(f"{place} cannot be read ({error.strerror or error}); check its rights") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{place} is no TOML: {error}; mend it there") from error
    _known(found, {"targets": (dict,)}, place, "")
    tables = found.get("targets", {})
    _known(tables, dict.fromkeys(tables, (dict,)), place, "targets")
    return {name: partial(_target, name, table, place) for name, table in tables.items()}


def _target(name: str, table: dict[str, Any], place: Path) -> Target:
    """Return the target `name` of the file `place`; InputError, with file and key, where its table is wrong."""
    here = f"targets.{name}"
    _known(table, _KEYS, place, here)
    if "query" not in table:
        raise InputError(f"{place}: {here} lacks the key query; give the address that it is asked at")
    for key in (*_ADDRESSES, "proxy"):
        if key in table:
            checked(table[key], f"{place}: {here}.{key}")
    seconds = table.get("timeout", TIMEOUT)
    if isinstance(seconds, bool) or not (math.isfinite(seconds) and 0 < seconds <= _LONGEST):
        raise InputError(f"{place}: {here}.timeout is {seconds}; give seconds, above 0 and at most {_LONGEST:,}")
    try:
        dialect(table.get("dialect", "sparql11"))
    except InputError as error:
        raise InputError(f"{place}: {here}.dialect: {error}") from None
    fields = {key: value for key, value in table.items() if key not in ("query", "credentials")}
    if "ca_file" in fields:  # seen from the file that names it
        fields["ca_file"] = str(place.parent / Path(fields["ca_file"]).expanduser())
    credentials = _credentials(table["credentials"], place, here) if "credentials" in table else None
    return Target(table["query"], name=name, credentials=credentials, **fields)


def _credentials(table: dict[str, Any], place: Path, here: str) -> Credentials:
    here = f"{here}.credentials"
    _known(table, _CREDENTIALS, place, here)
    netrc = table.get("netrc", False)
    if isinstance(netrc, str):
        netrc = place.parent / Path(netrc).expanduser()
    return Credentials(
        table.get("scheme", "bearer" if "token_variable" in table else "basic"),
        user=table.get("user_variable"),
        password=table.get("password_variable"),
        token=table.get("token_variable"),
        netrc=netrc if isinstance(netrc, Path) else "" if netrc else None,
        where=f"{place}: {here}",
    )


def _known(table: dict[str, Any], keys: dict[str, tuple[type, ...]], place: Path, here: str) -> None:
    """Raise InputError for a key that is not among `keys`, or whose value is of another type."""
    for key, value in table.items():
        full = f"{here}.{key}" if here else key
        if key not in keys and key.casefold().replace("-", "_") in _SECRETS:
            raise InputError(
                f"{place}: {full} would be a secret in a file; put it into an environment variable, and name that in "
                f"{_instead(here, key)}"
            )
        if key not in keys:
            from rltkg.nearest import nearest

            raise InputError(f"{place}: there is no key {full}; {nearest(key, list(keys))}")
        if not isinstance(value, keys[key]) or (isinstance(value, bool) and bool not in keys[key]):
            due = " or ".join(dict.fromkeys(_TYPES[each] for each in keys[key]))
            raise InputError(f"{place}: {full} must be {due}")


def _instead(here: str, key: str) -> str:
    name = "user" if key.casefold() in ("user", "username", "login") else "password"
    name = "token" if "token" in key.casefold() or "key" in key.casefold() else name
    start = here if here.endswith(".credentials") else f"{here}.credentials"
    return f"{start}.{name}_variable"
