"""What to say when an endpoint does not answer as it should: what failed, where, and how to mend it."""

from __future__ import annotations

import socket
import ssl
from http.client import BadStatusLine, HTTPException, IncompleteRead, RemoteDisconnected

from rltkg.errors import UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from http.client import HTTPResponse

_LONGEST = 200
_HTML = ("text/html", "application/xhtml+xml")
_PAGE = "it is probably the address of a page, not of the endpoint (which often ends in /sparql or /query)"


class RefusedError(UnavailableError):
    """A server answered, and it was a refusal; `status` is its HTTP status, `told` the first line that it said."""

    def __init__(self, text: str, status: int, told: str) -> None:
        super().__init__(text)
        self.status = status
        self.told = told


def unreached(error: Exception, where: str, seconds: float) -> UnavailableError:  # noqa: PLR0911 - one for each cause
    """Return the error for a request to `where` that got no answer; `seconds` is how long it was waited for."""
    reason = getattr(error, "reason", error)
    encrypted = f"No encrypted connection to {where} can be made"
    if isinstance(reason, TimeoutError) and "handshake" in str(reason):
        return UnavailableError(f"{encrypted} (nothing came back); it may speak http, not https")
    if isinstance(reason, TimeoutError):
        return late(where, seconds)
    if isinstance(reason, ConnectionRefusedError):
        return UnavailableError(
            f"Nothing answers at {where} (connection refused); start the server, or mend the address"
        )
    if isinstance(reason, socket.gaierror):
        return UnavailableError(
            f"The host of {where} is not known ({reason.strerror}); check the address and the network"
        )
    if isinstance(reason, ssl.SSLCertVerificationError):
        return UnavailableError(
            f"The certificate of {where} is not trusted ({reason.verify_message}); name the file of its authority as "
            "ca_file in the target, or in SSL_CERT_FILE"
        )
    if isinstance(reason, ssl.SSLError):
        return UnavailableError(
            f"{encrypted} ({(reason.reason or 'TLS failed').lower()}); it may speak http, not https"
        )
    if isinstance(reason, RemoteDisconnected | ConnectionError):
        return UnavailableError(
            f"{where} closed the connection without an answer; look whether the server is up and whole, and try again"
        )
    if isinstance(reason, BadStatusLine):
        return UnavailableError(
            f"What answers at {where} does not speak HTTP; it may speak https, or be another service"
        )
    if isinstance(reason, OSError | HTTPException):
        told = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        return UnavailableError(f"{where} cannot be reached ({line(told)}); check the address and the network")
    return UnavailableError(f"{where} cannot be asked ({line(str(reason))}); check the target")


def late(where: str, seconds: float) -> UnavailableError:
    """Return the error for an answer that took too long."""
    return UnavailableError(
        f"{where} did not answer within {seconds:g} s; ask for less, or raise `timeout` in the target of the "
        "configuration file"
    )


def cut(error: Exception | str, where: str) -> UnavailableError:
    """Return the error for an answer that ended before its end."""
    if isinstance(error, IncompleteRead | ConnectionError):
        error = "the connection ended early"
    told = line(str(error))
    return UnavailableError(f"The answer of {where} is not whole ({told}), so nothing of it was taken; try again")


def not_results(kind: str, where: str, due: str) -> UnavailableError:
    """Return the error for an answer of the media type `kind` in place of `due`."""
    if kind in _HTML:
        return UnavailableError(f"{where} answers with a page of HTML, not with {due}: {_PAGE}")
    shown = f"in {line(kind)}" if kind else "without saying in what format"
    return UnavailableError(f"{where} answers {shown}, not with {due}; check that it is the address of an endpoint")


def refused(response: HTTPResponse, content: bytes, where: str, doing: str) -> RefusedError:
    """Return the error for a `response` that is a refusal, and the start of its `content`.

    `doing` is what was asked for, such as `a query`.
    """
    status, kind = response.status, media_type(response)
    told = "" if kind in _HTML else line(content.decode("utf-8", "replace"))
    said = f"{status} {response.reason}".strip() + (f": {told}" if told else "")
    return RefusedError(f"{where} refused {doing} ({said}); {_remedy(status, kind)}", status, told)


def media_type(response: HTTPResponse) -> str:
    """Return the media type of an answer, without parameters; "" where it tells none."""
    return response.headers.get_content_type() if "Content-Type" in response.headers else ""


def line(text: str) -> str:
    """Return the first line of `text` that says something, safe to print and short."""
    first = next((each.strip() for each in text.splitlines() if each.strip()), "")
    shown = "".join(each if each.isprintable() else "\ufffd" for each in first)
    return shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "..."


def _remedy(status: int, kind: str) -> str:
    if status in _REMEDIES:
        return _REMEDIES[status]
    if status >= 500:  # noqa: PLR2004 - HTTP's own number
        return "look into the server's log, or try again later"
    return _PAGE if kind in _HTML else "check the address and the target"


_REMEDIES = {
    400: "it does not understand this; check that it is the address meant for it",
    403: "the endpoint may be read-only, or the user may lack the right; ask whoever runs it",
    404: "there is nothing at this address; check it (an endpoint often ends in /sparql or /query)",
    405: "it does not take this kind of request: it is read-only, or the address is meant for something else",
    406: "it has no format that rltkg reads; check that it is the address of an endpoint",
    413: "it takes no more at once; raise its limit",
    414: "the address is too long for it; give the target a dialect",
    415: "it does not take N-Triples; check that it is the address of a graph store",
    429: "it is asked too often; wait, and try again",
    501: "it cannot do this; the address may be meant for something else",
    502: "what stands before it got no answer; try again later",
    503: "it is overloaded or being started; try again later",
    504: "what stands before it got no answer in time; ask for less, or try again later",
    507: "its disk is full; make room there",
}
