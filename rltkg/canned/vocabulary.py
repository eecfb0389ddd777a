"""The terms that a query may use, and those that it does use."""

from __future__ import annotations

from pyoxigraph import QueryResultsFormat, parse_query_results
from rdflib import URIRef
from rdflib.paths import Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue

from rltkg.canned.contract import TERMS
from rltkg.nearest import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.store import Store

OWN = "https://w3id.org/rltkg/"
FOREIGN = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2000/01/rdf-schema#subClassOf",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2004/02/skos/core#definition",
    "http://www.w3.org/2004/02/skos/core#inScheme",
    "http://www.w3.org/2004/02/skos/core#notation",
    "http://www.w3.org/2004/02/skos/core#exactMatch",
    "http://www.w3.org/2004/02/skos/core#closeMatch",
    "http://www.w3.org/2004/02/skos/core#broadMatch",
    "http://www.w3.org/2004/02/skos/core#narrowMatch",
    "http://www.w3.org/2004/02/skos/core#relatedMatch",
}
_DATATYPES = "http://www.w3.org/2001/XMLSchema#"
_SUBJECTS = "SELECT DISTINCT ?s ?class WHERE { ?s ?p ?o OPTIONAL { ?s a ?class } }"
_CLASS = "http://www.w3.org/2002/07/owl#Class"


class Vocabulary:
    """The IRIs that a release defines, and the foreign ones that queries are allowed."""

    def __init__(self, store: Store) -> None:
        self._defined: set[str] = set()
        self._classes: set[str] = set()
        result = parse_query_results(store.select(_SUBJECTS), format=QueryResultsFormat.JSON)
        for subject, kind in result:  # type: ignore[union-attr]
            self._defined.add(subject.value)
            if kind is not None and kind.value == _CLASS:
                self._classes.add(subject.value)

    def knows(self, iri: str) -> bool:
        """Say whether a query may use `iri`."""
        return iri in self._defined if iri.startswith(OWN) else iri in FOREIGN or iri.startswith(_DATATYPES)

    def is_class(self, name: str) -> bool:
        """Say whether `name` is the local name of a class of the ontology."""
        return TERMS + name in self._classes

    def like(self, iri: str) -> str:
        """Return a clause that names the known IRIs most like `iri`."""
        return nearest(iri, sorted(self._defined | FOREIGN))


def projected(text: str) -> list[str]:
    """Return the names of the columns of a SELECT query, in order, as rdflib reads them."""
    return [str(variable) for variable in prepareQuery(text).algebra["PV"]]


def used_iris(text: str) -> set[str]:
    """Return every IRI in the patterns, filters and values of a query, as rdflib reads it."""
    found: set[str] = set()

    def visit(node: object) -> None:
        if isinstance(node, URIRef):
            found.add(str(node))
        elif isinstance(node, Path):  # a property path keeps its steps in one of these
            for step in (*getattr(node, "args", ()), getattr(node, "arg", None), getattr(node, "path", None)):
                visit(step)
        elif isinstance(node, CompValue) and node.name == "values":  # VALUES keeps its rows out of the tree
            for row in node.res:
                for term in row.values():
                    visit(term)

    traverse(prepareQuery(text).algebra, visitPre=visit)
    return found
