"""Who asks: user and password, or a token, from environment variables or netrc; never from a command line or a file."""

from __future__ import annotations

import os
import re

from rltkg.errors import InputError, UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

SCHEMES = ("basic", "digest", "bearer")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*", re.ASCII)


class Credentials:
    """Where the secrets of one target are to be found; the secrets themselves are read when they are needed.

    `scheme` is basic, digest or bearer; `user`, `password` and `token` are names of environment variables. With `netrc`
    (a path, "" for the usual one) user and password are those that the file has for the host. `where` names the place
    that told all this, for complaints.
    """

    __slots__ = ("netrc", "password", "scheme", "token", "user", "where")

    def __init__(  # noqa: PLR0913 - what a target may say of it
        self,
        scheme: str = "basic",
        *,
        user: str | None = None,
        password: str | None = None,
        token: str | None = None,
        netrc: str | Path | None = None,
        where: str = "the target",
    ) -> None:
        """Raise InputError where the parts do not fit: no known scheme, a missing or a superfluous variable."""
        self.scheme = scheme
        self.user = user
        self.password = password
        self.token = token
        self.netrc = netrc
        self.where = where
        self._check()

    def __repr__(self) -> str:
        return f"Credentials({self.scheme!r}, where={self.where!r})"

    def secrets(self, host: str) -> tuple[str, str]:
        """Return user and password for `host`; for the scheme bearer "" and the token.

        Raises UnavailableError where a variable is not set, or where netrc cannot be read or has nothing for `host`.
        """
        if self.scheme == "bearer":
            return "", _variable(self.token or "", f"{self.where}: token_variable")
        if self.netrc is None:
            user = _variable(self.user or "", f"{self.where}: user_variable")
            return user, _variable(self.password or "", f"{self.where}: password_variable")
        found = from_netrc(host, self.netrc, where=self.where)
        if found is None:
            raise UnavailableError(
                f"{self.where}: {self.netrc or 'netrc'} has no entry for {host}; add `machine {host} login ... "
                "password ...`"
            )
        return found

    def _check(self) -> None:
        if self.scheme not in SCHEMES:
            from rltkg.nearest import nearest, sayable

            raise InputError(
                f"{self.where}: there is no scheme {sayable(self.scheme)}; {nearest(self.scheme, [*SCHEMES])}"
            )
        bearer = self.scheme == "bearer"
        due = {"token_variable": bearer}
        due |= dict.fromkeys(("user_variable", "password_variable"), not bearer and self.netrc is None)
        given = {"user_variable": self.user, "password_variable": self.password, "token_variable": self.token}
        for key, name in given.items():
            if due[key] and name is None:
                raise InputError(f"{self.where}: {key} is missing; the scheme {self.scheme} needs it, or netrc = true")
            if name is not None and not due[key]:
                raise InputError(f"{self.where}: {key} does not go with the rest; leave it out")
            # What stands there may be a secret itself, so it is never repeated.
            if name is not None and not _VARIABLE.fullmatch(name):
                raise InputError(
                    f"{self.where}: {key} is no name of an environment variable (capitals, digits and _); write the "
                    "name of the variable that holds the secret, not the secret"
                )
        if bearer and self.netrc is not None:
            raise InputError(f"{self.where}: netrc has no tokens; name the variable of the token in token_variable")


def from_netrc(host: str, path: str | Path | None = "", where: str = "") -> tuple[str, str] | None:
    """Return user and password that netrc has for `host`, None where it has none, or where there is no usual netrc.

    `path` is that of the file; without one it is $NETRC, else ~/.netrc. Raises UnavailableError where the file is
    broken, cannot be read, or may be read by others.
    """
    import netrc

    name = str(path or os.environ.get("NETRC") or os.path.expanduser("~/.netrc"))  # noqa: PTH111 - no home is no error
    start = f"{where}: " if where else ""
    try:
        found = netrc.netrc(name).hosts.get(host)
    except FileNotFoundError as error:
        if not path:
            return None
        raise UnavailableError(f"{start}there is no {name}; make one, or name another in netrc") from error
    except netrc.NetrcParseError as error:
        # What it complains of may be a password that stands in the wrong place.
        raise UnavailableError(f"{start}{name}, line {error.lineno}, is no line of a netrc file; mend it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnavailableError(f"{start}{name} cannot be read ({error}); check its rights") from error
    return (found[0], found[2] or "") if found else None


def _variable(name: str, where: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise UnavailableError(
            f"{where} names {name}, which is not set; set that variable, such as `export {name}=...`"
        )
    return value
