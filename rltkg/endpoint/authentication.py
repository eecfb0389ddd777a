"""Proves who asks: which Authorization header goes with a request, and what is said when it is not taken."""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

from rltkg.endpoint.addresses import is_loopback, origin, told
from rltkg.endpoint.credentials import from_netrc
from rltkg.endpoint.digest import Digest, challenges
from rltkg.endpoint.troubles import RefusedError
from rltkg.errors import UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.endpoint.targets import Target


class Authentication:
    """What a target's credentials make of requests to its own addresses; other hosts never see any of them.

    A target without credentials has those that netrc holds for its host, in whichever scheme the server asks for.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._at_home = {origin(each) for each in (target.query, target.update, target.graph_store) if each}
        self._digests: dict[tuple[str, str, int], Digest] = {}

    def before(self, address: str, method: str) -> str | None:
        """Return the header to send with the first request of `address`; None where there is none yet.

        Raises UnavailableError where a secret is missing, or would go to another machine without encryption.
        """
        home = origin(address)
        if home not in self._at_home:
            return None
        if home in self._digests:
            return self._digests[home].answer(method, selector(address))
        given = self._target.credentials
        if given is None or given.scheme == "digest":
            return None
        self._may_travel(address)
        user, secret = given.secrets(home[1])
        return f"Bearer {_visible(secret)}" if given.scheme == "bearer" else basic(user, secret)

    def needs_challenge(self, address: str) -> bool:
        """Say whether the first request of `address` can only be refused, so that nothing large should go with it."""
        given, home = self._target.credentials, origin(address)
        if home not in self._at_home or home in self._digests:
            return False
        return given.scheme == "digest" if given else from_netrc(home[1]) is not None

    def after(self, address: str, method: str, asked: list[str], *, tried: bool) -> str | None:
        """Return the header that answers a refusal (401) with the WWW-Authenticate headers `asked`.

        None where it would be refused again; `tried` tells that one was sent already. Raises what `before` raises.
        """
        home, found = origin(address), challenges(asked)
        if home not in self._at_home:
            return None
        given = self._target.credentials
        wanted = "digest" if "digest" in found else "basic"
        stale = found.get("digest", {}).get("stale", "").lower() == "true"
        if (given and given.scheme != wanted) or wanted not in found or (tried and not stale):
            return None
        secrets = given.secrets(home[1]) if given else from_netrc(home[1])
        if secrets is None:
            return None
        self._may_travel(address)
        if wanted == "basic":
            return basic(*secrets)
        try:
            self._digests[home] = Digest(found["digest"], *secrets)
        except ValueError:
            return None
        return self._digests[home].answer(method, selector(address))

    def refusal(self, address: str, asked: list[str]) -> RefusedError:
        """Return what is to be said of a refusal (401) that nothing answers; `told` has the schemes it asks for."""
        where, given, home = told(address), self._target.credentials, origin(address)
        kinds = " or ".join(challenges(asked)) or "credentials"
        netrc = f"{where} does not take what netrc has for {home[1]} ({kinds}); mend the entry"
        if home not in self._at_home:
            said = f"{where} asks who you are, and is another server than the target's; name its address in the target"
        elif given is None:
            said = (
                f"{where} asks who you are ({kinds}); name the environment variables of user and password in a target "
                "of the configuration file, or add the host to ~/.netrc"
            )
            said = netrc if from_netrc(home[1]) else said
        elif challenges(asked) and given.scheme not in challenges(asked):
            said = f"{where} asks for {kinds}, and {given.where}.scheme is {given.scheme}; mend the target"
        elif given.scheme == "bearer":
            said = f"{where} does not take the token in {given.token}; renew it"
        elif given.netrc is not None:
            said = netrc
        else:
            said = f"{where} does not take the user and password in {given.user} and {given.password}; check both"
        return RefusedError(said, 401, kinds)

    def _may_travel(self, address: str) -> None:
        scheme, host, _ = origin(address)
        if scheme == "https" or is_loopback(host) or self._target.allow_plain_http:
            return
        raise UnavailableError(
            f"{told(address)} is not encrypted, so no credentials are sent there; use https, or put "
            "`allow_plain_http = true` into the target if the network may be trusted"
        )


def basic(user: str, password: str) -> str:
    """Return the header of basic authentication."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def selector(address: str) -> str:
    """Return path and query of `address`, as they stand in the first line of a request."""
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _visible(token: str) -> str:
    if token.isascii() and token.isprintable():
        return token.strip()
    raise UnavailableError("The token of the target holds what no header may hold; set its variable anew")
