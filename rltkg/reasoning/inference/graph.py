"""The inferred graph of some files: a named graph of its own, marked as inferred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from rltkg.corpus.prefixes import OWL, PREFIXES, RDF, RDFS
from rltkg.errors import InputError, UnavailableError
from rltkg.reasoning.inference.closure import Inferred, infer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rltkg.corpus import GraphFile

GRAPH = NamedNode(PREFIXES["graph"] + "inferred")
FORMATS = {"nq": RdfFormat.N_QUADS, "nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE}
_KIND = NamedNode(PREFIXES["rlt"] + "InferredGraph")
_OF_GRAPHS = (RdfFormat.TRIG, RdfFormat.N_QUADS)
# The properties of axioms; of types, those that OWL gives to properties are axioms too.
_AXIOMS = [RDFS + each for each in ("subClassOf", "subPropertyOf", "domain", "range")]
_AXIOMS += [OWL + each for each in ("inverseOf", "propertyChainAxiom", "equivalentClass", "intersectionOf")]
_AXIOMS += [OWL + each for each in ("onProperty", "hasValue", "someValuesFrom")]
_AXIOMS += [RDF + "first", RDF + "rest"]
_TYPES = [OWL + each for each in ("ObjectProperty", "SymmetricProperty", "TransitiveProperty")]


def inferred_from(files: Iterable[GraphFile]) -> Inferred:
    """Return what follows from all of `files` together, by the axioms among them.

    Raises InputError, with file and line, where one is broken, and where a class is defined by what no rule is made
    from; UnavailableError where one cannot be read.
    """
    engine = Store()
    for file in files:
        form = RdfFormat.from_extension(file.path.suffix[1:].lower()) or RdfFormat.TURTLE
        try:
            if form in _OF_GRAPHS:  # which graph says so makes no difference here
                quads = parse(path=file.path, format=form, base_iri=file.base)
                engine.bulk_extend(Quad(each.subject, each.predicate, each.object) for each in quads)
            else:
                engine.load(path=str(file.path), format=form, base_iri=file.base)
        except SyntaxError as error:
            raise InputError.at(file.path, error) from error
        except OSError as error:
            raise UnavailableError(f"{file.path} cannot be read ({error}); restore it") from error
    return infer(engine, list(axioms_in(engine)))


def axioms_in(engine: Store) -> Iterator[Triple]:
    """Yield the triples of the default graph of `engine` that state axioms of the kinds that rules are made from."""
    for name in _AXIOMS:
        yield from (quad.triple for quad in engine.quads_for_pattern(None, NamedNode(name), None, DefaultGraph()))
    kind = NamedNode(RDF + "type")
    for name in _TYPES:
        yield from (quad.triple for quad in engine.quads_for_pattern(None, kind, NamedNode(name), DefaultGraph()))


def serialized(inferred: Inferred, form: str, version: str) -> bytes:
    """Return the graph in `form`: nq (in the named graph GRAPH), nt or ttl; lines are sorted, each stands once.

    Beside what follows it says of itself that it is inferred, and from which `version` of the release.
    """
    about = [
        Triple(GRAPH, NamedNode(RDF + "type"), _KIND),
        Triple(GRAPH, NamedNode(RDFS + "label"), Literal(f"what follows from release {version}", language="en")),
    ]
    triples = sorted([*about, *inferred.triples()], key=str)
    if form == "nq":
        quads = (Quad(each.subject, each.predicate, each.object, GRAPH) for each in triples)
        return serialize(quads, format=FORMATS[form]) or b""
    if form == "ttl":
        from rltkg.writing.layout import write

        return write(triples).encode()
    return serialize(triples, format=FORMATS[form]) or b""
