"""Carries one request to a server and brings its answer: proxies, certificates, redirects, credentials, patience."""

from __future__ import annotations

import http.client
import time
import urllib.request
from functools import partial
from urllib.error import URLError
from urllib.parse import urljoin

from rltkg import __version__
from rltkg.endpoint import troubles
from rltkg.endpoint.addresses import checked, is_loopback, origin, told
from rltkg.endpoint.authentication import Authentication
from rltkg.endpoint.connections import CONNECT, opener
from rltkg.errors import InputError, UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from rltkg.endpoint.targets import Target

    Made = Callable[[], urllib.request.Request]

AGENT = f"rltkg/{__version__} (+https://w3id.org/rltkg)"
TRIES = 4
_BUSY = (502, 503, 504)
_MOVED = (301, 302, 307, 308)
_ELSEWHERE = 303
_UNAUTHORISED = 401
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 30.0
_HOPS = 5
_TOLD = 4000


class Wire:
    """What carries requests to the addresses of `target`."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.authentication = Authentication(target)
        self._opener: urllib.request.OpenerDirector | None = None

    def read(self, made: Made, doing: str, seconds: float) -> http.client.HTTPResponse:
        """Return the answer to a request that changes nothing, which `made` makes anew for each try.

        It is asked again where the server is busy (502, 503, 504), after the pause that the server asks for or one that
        grows, and at the address that it has moved to. `doing` is what it is, in words; `seconds` are for all tries.
        Raises RefusedError for any other refusal, UnavailableError where there is no answer in time.
        """
        deadline = time.monotonic() + seconds
        for tried in range(1, TRIES + 1):
            response = self._redirected(made(), seconds, deadline)
            pause = _pause(response, tried)
            if response.status not in _BUSY or tried == TRIES or time.monotonic() + pause >= deadline:
                break
            response.close()
            time.sleep(pause)
        return _taken(response, doing)

    def write(self, made: Made, doing: str, seconds: float) -> http.client.HTTPResponse:
        """Return the answer to a request that may change something: sent once, to its address and no other.

        Only where the server asks who is there first, and has taken nothing, is it sent again with credentials. Raises
        what `read` raises.
        """
        request = made()
        if self.authentication.needs_challenge(request.full_url):
            # So that nothing large is sent in vain: a request without content brings the server's challenge.
            head = partial(urllib.request.Request, request.full_url, method="HEAD")
            self._once(head, CONNECT).close()
        first = [request]
        response = self._once(lambda: first.pop() if first else made(), seconds)
        if response.status in (*_MOVED, _ELSEWHERE):
            to = told(urljoin(request.full_url, response.headers.get("Location", "")))
            response.close()
            raise UnavailableError(
                f"{told(request.full_url)} has moved to {to}, and nothing is written to an address that nobody named; "
                "put the new one into the target"
            )
        return _taken(response, doing)

    def _redirected(self, request: urllib.request.Request, seconds: float, deadline: float) -> http.client.HTTPResponse:
        """Return the answer from where `request` leads; credentials go to the target's own hosts only."""
        asked = told(request.full_url)
        for _ in range(_HOPS):
            left = deadline - time.monotonic()
            if left <= 0:
                raise troubles.late(asked, seconds)
            response = self._once(partial(_copy, request), left, seconds)
            to = response.headers.get("Location")
            if response.status not in (*_MOVED, _ELSEWHERE) or not to:
                return response
            response.close()
            here = request.full_url
            try:
                there = checked(urljoin(here, to))
            except InputError as error:
                raise UnavailableError(f"{asked} has moved, but to no address that can be asked: {error}") from None
            if origin(here)[0] == "https" and origin(there)[0] != "https" and not is_loopback(origin(there)[1]):
                raise UnavailableError(
                    f"{asked} leads to {told(there)}, which is not encrypted; ask whoever runs it, or name an address "
                    "that stays encrypted"
                )
            request = _copy(request, there, bare=response.status == _ELSEWHERE)
        raise UnavailableError(f"{asked} leads from one address to the next without end; name the right one")

    def _once(self, made: Made, seconds: float, told_seconds: float | None = None) -> http.client.HTTPResponse:
        """Return the answer to one request, sent again only where it was refused for want of credentials.

        It may take `seconds`; `told_seconds` is what a complaint says of that, where it is what is left of more.
        """
        tried, proof = False, None
        while True:
            request = made()
            request.add_header("User-Agent", AGENT)
            method, to = request.get_method(), request.full_url
            if not tried:
                proof = self.authentication.before(to, method)
            if proof:
                request.add_unredirected_header("Authorization", proof)
            response = self._open(request, seconds, told_seconds or seconds)
            if response.status != _UNAUTHORISED:
                return response
            asked = response.headers.get_all("WWW-Authenticate", [])
            response.close()
            proof, tried = self.authentication.after(to, method, asked, tried=tried or bool(proof)), True
            if proof is None:
                raise self.authentication.refusal(to, asked)

    def _open(self, request: urllib.request.Request, seconds: float, told_seconds: float) -> http.client.HTTPResponse:
        where = told(request.full_url)
        try:
            if self._opener is None:
                self._opener = opener(self.target)
            response: http.client.HTTPResponse = self._opener.open(request, timeout=seconds)
        except (URLError, OSError, http.client.HTTPException, ValueError) as error:
            raise troubles.unreached(error, where, told_seconds) from error
        return response


def _copy(request: urllib.request.Request, address: str = "", *, bare: bool = False) -> urllib.request.Request:
    """Return `request` anew, for another `address` where one is given; what is secret in it stays behind.

    With `bare`, it only fetches what is there.
    """
    return urllib.request.Request(  # noqa: S310 - the address was checked
        address or request.full_url,
        data=None if bare else request.data,
        headers={name: value for name, value in request.headers.items() if not (bare and name == "Content-type")},
        method="GET" if bare else request.get_method(),
    )


def _taken(response: http.client.HTTPResponse, doing: str) -> http.client.HTTPResponse:
    """Return `response` where it is no refusal; RefusedError, with what the server says, where it is."""
    if response.status < 300:  # noqa: PLR2004 - HTTP's own number
        return response
    try:
        content = response.read1(_TOLD)
    except (OSError, http.client.HTTPException):
        content = b""
    finally:
        response.close()
    raise troubles.refused(response, content, told(response.url), doing)


def _pause(response: http.client.HTTPResponse, tried: int) -> float:
    """Return the seconds to wait before the next try: what the server asks for, within limits, else twice the last."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return min(float(asked), _LONGEST_PAUSE)
    if asked:
        from email.utils import parsedate_to_datetime

        try:
            return min(max(parsedate_to_datetime(asked).timestamp() - time.time(), 0.0), _LONGEST_PAUSE)
        except (TypeError, ValueError, OverflowError):
            pass
    return float(_FIRST_PAUSE * 2 ** (tried - 1))
