"""What a CONSTRUCT or DESCRIBE query gives back: a graph, with the formats that other tools read."""

from __future__ import annotations

from functools import cached_property

import pyoxigraph
from pyoxigraph import RdfFormat

from rltkg.corpus.prefixes import PREFIXES
from rltkg.errors import UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

GRAPH_FORMATS = ("ttl", "nt", "jsonld")
_FORMATS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}


class Triples:
    """The graph that a query gave: a set of triples, sorted by subject, predicate and object.

    `text` is the SPARQL that the store saw, `payload` its result as N-Triples, `release` the version of the release.
    `empty_because` and `cut_because` say in a sentence or two why there is nothing or not more, `remarks` what else is
    to be said of the query; None and an empty list where there is nothing to say.
    """

    def __init__(self, text: str, payload: bytes, release: str) -> None:
        self.text = text
        self.release = release
        self.empty_because: str | None = None
        self.cut_because: str | None = None
        self.remarks: list[str] = []
        self._payload = payload

    @cached_property
    def triples(self) -> list[pyoxigraph.Triple]:
        """The triples, each once, in the order of their N-Triples."""
        lines = b"\n".join(sorted({*self._payload.splitlines()}))
        return [quad.triple for quad in pyoxigraph.parse(input=lines, format=RdfFormat.N_TRIPLES)]

    def serialize(self, form: str) -> bytes:
        """Return the graph as `ttl` (with the prefixes of this project that it uses), `nt` or `jsonld`, in UTF-8.

        Raises ValueError for another format.
        """
        if form not in _FORMATS:
            raise ValueError(f"{form!r} is no format of a graph; choose from {', '.join(GRAPH_FORMATS)}")
        used = {prefix: iri for prefix, iri in PREFIXES.items() if b"<" + iri.encode() in self._payload}
        prefixes = used if form == "ttl" else None
        return pyoxigraph.serialize(self.triples, format=_FORMATS[form], prefixes=prefixes) or b""

    def to_rdflib(self) -> rdflib.Graph:
        """Return a new rdflib Graph that holds the triples, the prefixes of this project bound; needs rdflib.

        Raises UnavailableError where rdflib is not installed.
        """
        try:
            import rdflib
        except ImportError as error:
            raise UnavailableError("This needs rdflib, which is not installed: pip install rdflib") from error
        graph = rdflib.Graph()
        for prefix, iri in PREFIXES.items():
            graph.bind(prefix, iri)
        return graph.parse(data=self.serialize("nt"), format="nt")

    def __len__(self) -> int:
        return len(self.triples)

    def __iter__(self) -> Iterator[pyoxigraph.Triple]:
        return iter(self.triples)

    def __repr__(self) -> str:
        return f"<Triples: {len(self)}, release {self.release}>"
