"""Addresses of endpoints: what may be one, and how one is told without what may be secret in it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from rltkg.errors import InputError

_SCHEMES = ("http", "https")
_PRINTED = re.compile(r"[!-~]+")
_PORTS = {"http": 80, "https": 443}


def is_address(place: object) -> bool:
    """Say whether `place` is meant as the address of an endpoint."""
    return isinstance(place, str) and place.lower().startswith(("http://", "https://"))


def checked(address: str, where: str = "") -> str:
    """Return `address`, where it can be one of an endpoint; InputError, which begins with `where`, where it cannot.

    User and password have no place in it, since addresses are logged, shown and kept in histories.
    """
    start = f"{where}: " if where else ""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise InputError(
            f"{start}{told(address)} is no address; write one such as https://example.org/sparql"
        ) from None
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise InputError(
            f"{start}the address of {host or 'the endpoint'} has a user or password in it; take it out, and name the "
            "environment variables that hold them in a target of the configuration file"
        )
    if parts.scheme.lower() not in _SCHEMES or not host or not _PRINTED.fullmatch(address):
        raise InputError(f"{start}{told(address)} is no address; write one such as https://example.org/sparql")
    if parts.fragment or address.endswith("#"):
        raise InputError(f"{start}{told(address)} has a part behind #, which no endpoint sees; leave that out")
    return address


def told(address: str) -> str:
    """Return `address` as it may be shown: without user, password, and what stands behind the question mark."""
    bare = address.partition("?")[0]
    scheme, slashes, rest = bare.partition("://")
    host, slash, path = rest.partition("/")
    shown = f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"
    from rltkg.nearest import sayable

    return shown if _PRINTED.fullmatch(shown) else sayable(shown)


def origin(address: str) -> tuple[str, str, int]:
    """Return scheme, host and port of a checked address: where what is secret may go."""
    parts = urlsplit(address)
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(scheme, 0)


def is_loopback(host: str) -> bool:
    """Say whether `host` is this machine, which no network lies before."""
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
