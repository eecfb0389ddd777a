"""An endpoint that a test makes: SPARQL 1.1 on an engine in memory, with whatever faults it is told to have."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryResultsFormat, RdfFormat

from tests.servers.bad import answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.servers.bad import Asked

KINDS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


class Pretend:
    """What answers: at /sparql queries, at /update updates, at /data graphs; a reply for `bad_server`.

    `union` lets a plain query see all graphs; `deaf` ignores the graphs that a request names; `cap` cuts answers
    without a word; `forbids` has a status for each method and path that is refused, such as {"GET /update": 403};
    `keeps` leaves graphs where they should be removed; `loses` drops literals with that text in them; `only` is the
    media type that everything comes in; `longest` is how long a body may be; `server` what it calls itself.
    """

    def __init__(  # noqa: PLR0913 - a fault each
        self,
        *,
        union: bool = False,
        deaf: bool = False,
        cap: int = 0,
        forbids: dict[str, int] | None = None,
        keeps: bool = False,
        loses: str = "",
        only: str = "",
        longest: int = 1 << 30,
        server: str = "",
    ) -> None:
        self.store = pyoxigraph.Store()
        self.union, self.deaf, self.cap, self.keeps, self.loses = union, deaf, cap, keeps, loses
        self.forbids, self.only, self.longest = forbids or {}, only, longest
        self.server = [("Server", server)] if server else []

    def add(self, graph: str, *names: str) -> None:
        """Put a triple of IRIs into a graph; "" is the default graph."""
        subject, predicate, value = (NamedNode(f"http://e/{name}") for name in names)
        self.store.add(Quad(subject, predicate, value, NamedNode(graph) if graph else DefaultGraph()))

    def __call__(self, asked: Asked) -> Iterable[bytes | None]:
        """Answer a request."""
        parts = urlsplit(asked.path)
        status = self.forbids.get(f"{asked.method} {parts.path}")
        if status:
            headers = [*self.server, *([("WWW-Authenticate", 'Basic realm="here"')] if status == 401 else [])]
            return answer(b"no", status, "text/plain", headers)(asked)
        if len(asked.body) > self.longest:
            return answer(b"too long", 413, "text/plain", self.server)(asked)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        if asked.headers.get("Content-Type", "").startswith("application/x-www-form"):
            pairs += parse_qsl(asked.body.decode(), keep_blank_values=True)
        doing = {"/sparql": self._query, "/update": self._update, "/data": self._data}.get(parts.path)
        if doing is None:
            return answer(b"nothing", 404, "text/plain", self.server)(asked)
        try:
            body, kind, code = doing(asked, pairs)
        except (SyntaxError, ValueError) as error:
            body, kind, code = str(error).encode(), "text/plain", 400
        return answer(body, code, kind, self.server)(asked)

    def _query(self, asked: Asked, pairs: list[tuple[str, str]]) -> tuple[bytes, str, int]:
        text = dict(pairs).get("query", asked.body.decode())
        default = [NamedNode(value) for name, value in pairs if name == "default-graph-uri"]
        named = [NamedNode(value) for name, value in pairs if name == "named-graph-uri"]
        choice = {"default_graph": default or None, "named_graphs": named or None} if not self.deaf else {}
        union = self.union and not choice.get("default_graph")
        found = self.store.query(text, use_default_graph_as_union=union, **choice)  # type: ignore[arg-type]
        kind = self.only or asked.headers.get("Accept", "")
        if isinstance(found, pyoxigraph.QueryTriples):
            triples = list(found)[: self.cap or None]
            return pyoxigraph.serialize(triples, format=GRAPHS[kind]) or b"", kind, 200
        if isinstance(found, pyoxigraph.QuerySolutions) and self.cap and kind.endswith("json"):
            whole = found.serialize(format=QueryResultsFormat.JSON) or b""
            start, rows = whole.split(b'"bindings":[', 1)
            kept = rows.removesuffix(b"]}}").split(b"},{")
            cut = b"},{".join(kept[: self.cap]) + (b"}" if len(kept) > self.cap else b"")
            return start + b'"bindings":[' + cut + b"]}}", kind, 200
        return found.serialize(format=KINDS[kind]) or b"", kind, 200

    def _update(self, asked: Asked, _: list[tuple[str, str]]) -> tuple[bytes, str, int]:
        if asked.method != "POST":
            return b"by POST only", "text/plain", 405
        text = asked.body.decode()
        if not (self.keeps and "DROP" in text):
            self.store.update(text)
        self._lose()
        return b"", "", 204

    def _data(self, asked: Asked, pairs: list[tuple[str, str]]) -> tuple[bytes, str, int]:
        graph = NamedNode(dict(pairs)["graph"])
        held = [quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph)]
        if asked.method in ("PUT", "DELETE") and not (self.keeps and asked.method == "DELETE"):
            self.store.remove_graph(graph)
        if asked.method in ("PUT", "POST"):
            self.store.load(asked.body, format=RdfFormat.N_TRIPLES, to_graph=graph)
            self._lose()
        if asked.method != "GET":
            return b"", "", 204
        body = pyoxigraph.serialize(held[: self.cap or None], format=RdfFormat.N_TRIPLES) or b""
        return body, "application/n-triples", 200 if held else 404

    def _lose(self) -> None:
        for quad in self.store if self.loses else ():
            if self.loses in str(quad.object):
                self.store.remove(quad)
