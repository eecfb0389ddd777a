"""Opens connections: proxies, certificates, time limits. It follows no redirect and answers no challenge."""

from __future__ import annotations

import http.client
import ssl
import urllib.request

from rltkg.endpoint.addresses import is_loopback, origin
from rltkg.errors import UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from rltkg.endpoint.targets import Target

CONNECT = 10.0


def opener(target: Target) -> urllib.request.OpenerDirector:
    """Return what opens connections for `target`; it follows no redirect and answers no challenge by itself."""
    made = urllib.request.OpenerDirector()
    for handler in (_Proxies(target.proxy), _Plain(), _Encrypted(_trust(target)), urllib.request.UnknownHandler()):
        made.add_handler(handler)
    return made


def _trust(target: Target) -> Callable[[], ssl.SSLContext]:
    def context() -> ssl.SSLContext:
        made = ssl.create_default_context()
        if target.ca_file:
            try:
                made.load_verify_locations(cafile=target.ca_file)
            except (OSError, ssl.SSLError) as error:
                raise UnavailableError(
                    f"The certificates in {target.ca_file} cannot be read ({error.strerror or error}); mend `ca_file` "
                    f"of the target {target.name}"
                ) from error
        return made

    return context


class _Proxies(urllib.request.ProxyHandler):
    """The proxy of the target, else those of the environment; never one for this machine itself."""

    def __init__(self, proxy: str | None) -> None:
        super().__init__({"http": proxy, "https": proxy} if proxy else None)

    def proxy_open(self, req: urllib.request.Request, proxy: str, type: str) -> Any:  # noqa: A002, ANN401 - as inherited
        """Send `req` by the proxy, unless it is for this machine."""
        if is_loopback(origin(req.full_url)[1]):
            return None
        return super().proxy_open(req, proxy, type)


class _Answer(http.client.HTTPResponse):
    """An answer that lets go of its connection where its head is none."""

    def begin(self) -> None:
        """Read the head."""
        try:
            super().begin()
        except BaseException:
            self.close()
            raise


class _Connection(http.client.HTTPConnection):
    """A connection that hears the server out where it stops listening: a refusal comes before all is sent."""

    deaf = False
    response_class = _Answer

    def connect(self) -> None:
        """Connect within seconds, whatever time the answer may take."""
        patience, self.timeout = self.timeout, min(self.timeout or CONNECT, CONNECT)
        try:
            super().connect()
        finally:
            self.timeout = patience
        self.sock.settimeout(patience)

    def send(self, data: Any) -> None:  # noqa: ANN401 - as inherited
        """Send `data`, unless the server does not listen any more."""
        try:
            if not self.deaf:
                super().send(data)
        except (BrokenPipeError, ConnectionResetError):
            self.deaf = True


class _EncryptedConnection(_Connection, http.client.HTTPSConnection):
    pass


class _Plain(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open a connection that is not encrypted."""
        return self.do_open(_Connection, req)


class _Encrypted(urllib.request.HTTPSHandler):
    def __init__(self, trust: Callable[[], ssl.SSLContext]) -> None:
        super().__init__()
        self._trust = trust
        self._made: ssl.SSLContext | None = None

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open an encrypted connection; the certificates are read when the first one is."""
        if self._made is None:
            self._made = self._trust()
        return self.do_open(_EncryptedConnection, req, context=self._made)
