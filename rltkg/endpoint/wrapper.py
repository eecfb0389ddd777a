"""SPARQLWrapper as the maker of requests by the SPARQL protocol; how they travel is for `wire`."""

from __future__ import annotations

from SPARQLWrapper import JSON, SPARQLWrapper

from rltkg.endpoint.wire import AGENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    import urllib.request
    from collections.abc import Callable
    from http.client import HTTPResponse


class Wrapper(SPARQLWrapper):
    """SPARQLWrapper as the maker of requests; how they travel, with which credentials, is for `send`."""

    def __init__(self, address: str, form: str) -> None:
        self._form = form
        self.send: Callable[[], HTTPResponse]
        super().__init__(address, returnFormat=JSON, agent=AGENT)
        self.setOnlyConneg(True)

    def made(self) -> urllib.request.Request:
        """Return the request, made anew."""
        request: urllib.request.Request = self._createRequest()
        return request

    def _parseQueryType(self, query: str) -> str:  # noqa: ARG002, N802 - as inherited
        # What it finds in the text by a regular expression is known here, and that expression can take very long.
        return self._form

    def _query(self) -> tuple[HTTPResponse, str]:
        # The inherited one sends credentials along with redirects, and sets up digests for the whole process.
        return self.send(), JSON
