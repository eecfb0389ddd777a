"""Digest authentication (RFC 7616): what a server asks, and the answer that holds no password."""

from __future__ import annotations

import os
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SESSION = "-sess"


def challenges(headers: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return what WWW-Authenticate `headers` ask for: scheme (in small letters) to its fields.

    Of several challenges of one scheme the first that can be answered counts.
    """
    from urllib.request import parse_http_list, parse_keqv_list

    found: dict[str, dict[str, str]] = {}
    for header in headers:
        scheme, _, rest = header.strip().partition(" ")
        try:
            fields = {name.lower(): value for name, value in parse_keqv_list(parse_http_list(rest)).items()}
        except (ValueError, IndexError):  # fields that are not name=value, such as a token
            fields = {}
        scheme = scheme.lower()
        if scheme not in found and (scheme != "digest" or _hasher(fields.get("algorithm"))):
            found[scheme] = fields
    return found


class Digest:
    """The answers to one challenge; each use of it is counted, as the scheme asks."""

    def __init__(self, fields: dict[str, str], user: str, password: str) -> None:
        """Take note of the `fields` of a challenge; ValueError where they ask for what this cannot answer."""
        self._fields = fields
        self._user = user
        self._password = password
        self._count = 0
        self._lock = threading.Lock()
        hasher = _hasher(fields.get("algorithm"))
        offered = [each.strip() for each in fields.get("qop", "").split(",") if each.strip()]
        if hasher is None or "nonce" not in fields or "realm" not in fields or (offered and "auth" not in offered):
            raise ValueError("this digest cannot be answered")
        self._hash = hasher
        self._protected = bool(offered)

    def answer(self, method: str, selector: str) -> str:
        """Return the Authorization header for a request of `selector` (path and what follows it) by `method`."""
        with self._lock:
            self._count += 1
            count = f"{self._count:08x}"
        fields, nonce, client = self._fields, self._fields["nonce"], os.urandom(8).hex()
        secret = self._hash(f"{self._user}:{fields['realm']}:{self._password}")
        if fields.get("algorithm", "").lower().endswith(_SESSION):
            secret = self._hash(f"{secret}:{nonce}:{client}")
        asked = self._hash(f"{method}:{selector}")
        middle = f"{nonce}:{count}:{client}:auth" if self._protected else nonce
        parts = {
            "username": self._user.replace("\\", "\\\\").replace('"', '\\"'),
            "realm": fields["realm"],
            "nonce": nonce,
            "uri": selector,
            "response": self._hash(f"{secret}:{middle}:{asked}"),
        }
        parts |= {name: fields[name] for name in ("opaque",) if name in fields}
        bare = {name: fields[name] for name in ("algorithm",) if name in fields}
        if self._protected:
            parts["cnonce"] = client
            bare |= {"qop": "auth", "nc": count}
        return "Digest " + ", ".join(
            [
                *(f'{name}="{value}"' for name, value in parts.items()),
                *(f"{name}={value}" for name, value in bare.items()),
            ]
        )


def _hasher(algorithm: str | None) -> Callable[[str], str] | None:
    import hashlib

    name = (algorithm or "MD5").lower().removesuffix(_SESSION)
    make = {"md5": hashlib.md5, "sha-256": hashlib.sha256}.get(name)
    return None if make is None else lambda text: make(text.encode(), usedforsecurity=False).hexdigest()
