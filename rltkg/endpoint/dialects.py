"""What differs between servers, as a table: where their addresses lie, and what they do not keep to."""

from __future__ import annotations

from rltkg.errors import InputError

GENERIC = "sparql11"


class Dialect:
    """How one kind of server behaves.

    `ends` are the ends of its addresses for queries, updates and the graph store, by which the other two are known from
    the first (None: unknown). `server` is how its Server header begins ("" where it does not tell). `tested` says
    whether the tests of this project run against one. `chunked` says whether it stores a graph that is sent in pieces,
    without its length; `longest_get` is how many characters an address may have before a query is sent by POST. What it
    rewrites in answers is for `rltkg.store`.
    """

    __slots__ = ("chunked", "ends", "longest_get", "name", "server", "tested", "title")

    def __init__(  # noqa: PLR0913 - a column of the table each
        self,
        name: str,
        title: str,
        ends: tuple[str, str, str] | None = None,
        *,
        server: str = "",
        tested: bool = False,
        chunked: bool = False,
        longest_get: int = 2000,
    ) -> None:
        self.name = name
        self.title = title
        self.ends = ends
        self.server = server
        self.tested = tested
        self.chunked = chunked
        self.longest_get = longest_get

    def __repr__(self) -> str:
        return f"Dialect({self.name!r})"

    def beside(self, query: str) -> tuple[str | None, str | None]:
        """Return the addresses for updates and for the graph store that go with the one for queries, where known."""
        if self.ends is None or not query.endswith(self.ends[0]):
            return None, None
        start = query.removesuffix(self.ends[0])
        return start + self.ends[1], start + self.ends[2]


DIALECTS = {
    each.name: each
    for each in (
        Dialect(GENERIC, "SPARQL 1.1"),
        Dialect("oxigraph", "Oxigraph", ("/query", "/update", "/store"), server="Oxigraph/", tested=True, chunked=True),
        # 7.2.5.1 takes a graph sent in pieces with 204 and stores none of it; it never answers a query that is sent as
        # application/sparql-query.
        Dialect(
            "virtuoso",
            "Virtuoso",
            ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
            server="Virtuoso/",
            tested=True,
        ),
        Dialect("fuseki", "Apache Jena Fuseki", ("/query", "/update", "/data")),
        Dialect("graphdb", "GraphDB", ("", "/statements", "/rdf-graphs/service")),
        Dialect("rdf4j", "Eclipse RDF4J", ("", "/statements", "/rdf-graphs/service")),
        Dialect("stardog", "Stardog", ("/query", "/update", "")),
        Dialect("neptune", "Amazon Neptune", ("/sparql", "/sparql", "/sparql/gsp/")),
    )
}


def of_server(header: str | None) -> Dialect | None:
    """Return the dialect of the server that answers with this Server header; None where the table has none."""
    told = header or ""
    return next((each for each in DIALECTS.values() if each.server and told.startswith(each.server)), None)


def dialect(name: str) -> Dialect:
    """Return the dialect `name`; InputError, with what is like it, where the table has none."""
    if name not in DIALECTS:
        from rltkg.nearest import nearest, sayable

        raise InputError(f"there is no dialect {sayable(name)}; {nearest(name, list(DIALECTS))}")
    return DIALECTS[name]
