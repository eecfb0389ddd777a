"""pySHACL, the reference: it passes the W3C suite of SHACL Core (https://github.com/RDFLib/pySHACL)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph
import pyshacl
import rdflib
from pyoxigraph import RdfFormat, parse
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError

from rltkg.errors import InputError

if TYPE_CHECKING:
    from rdflib.term import Node

_STRING = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#string")


class PySHACL:
    """Runs pySHACL on graphs in the memory of rdflib.

    Never on a store of Oxigraph: there a plain string and an xsd:string are unequal to rdflib, and every sh:in fails.
    """

    name = "pyshacl"
    version = pyshacl.__version__

    def run(self, data: bytes, shapes: bytes) -> bytes:
        """Judge `data` by `shapes`; the protocol tells the rest."""
        try:
            _, report, text = pyshacl.validate(
                _graph(data),
                shacl_graph=_graph(shapes),
                inference="none",
                inplace=True,  # the graph is ours, and copying it takes as long as parsing it
                meta_shacl=False,
                do_owl_imports=False,
                js=False,
            )
        except (ShapeLoadError, ReportableRuntimeError) as error:
            raise InputError(f"pySHACL cannot use the shapes: {error}") from error
        if not isinstance(report, rdflib.Graph):  # pySHACL returns what it failed of
            raise InputError(f"pySHACL cannot use the shapes: {text or report}")
        return report.serialize(format="nt", encoding="utf-8")


def _graph(triples: bytes) -> rdflib.Graph:
    """Read N-Triples with the fast parser, and literals as they are written: rdflib would repair and rewrite them."""
    graph = rdflib.Graph()
    term = cache(_term)
    for quad in parse(triples, format=RdfFormat.N_TRIPLES):
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _term(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal) -> Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # To rdflib a plain string and an xsd:string are two things; RDF 1.1 knows one.
    datatype = None if term.datatype == _STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)
