"""pySHACL, the reference: it passes the W3C suite of SHACL Core (https://github.com/RDFLib/pySHACL)."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph
import pyshacl
import rdflib
from pyoxigraph import RdfFormat, parse
from rdflib.namespace import SH

from rltkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

_STRING = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#string")


class PySHACL:
    """Runs pySHACL on graphs in the memory of rdflib.

    Never on a store of Oxigraph: there a plain string and an xsd:string are unequal to rdflib, and every sh:in fails.
    """

    name = "pyshacl"
    sifted = False
    version = pyshacl.__version__

    def run(self, data: bytes, shapes: bytes) -> bytes:
        """Judge `data` by `shapes`; the protocol tells the rest."""
        try:
            with _quietly():
                judged, by = _graph(data), _graph(shapes)
                _share_prefixes(by, judged)
                _, report, text = pyshacl.validate(
                    judged,
                    shacl_graph=by,
                    inference="none",
                    inplace=True,  # the graph is ours, and copying it takes as long as parsing it
                    meta_shacl=False,
                    do_owl_imports=False,
                    js=False,
                )
        except Exception as error:  # of any class: pySHACL has its own, and lets those of rdflib and re through
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


def _share_prefixes(shapes: rdflib.Graph, data: rdflib.Graph) -> None:
    """Bind the prefixes that `shapes` declare: pySHACL does not look for them in what a sh:prefixes imports."""
    for declaration in shapes.objects(predicate=SH.declare):
        prefix, namespace = (shapes.value(declaration, name) for name in (SH.prefix, SH.namespace))
        if prefix is not None and namespace is not None:
            data.bind(str(prefix), str(namespace))


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep off stderr what rdflib says of ill-typed literals, with a traceback each; our own rule tells of them."""
    logger = logging.getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.disabled = before


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
