"""Reads shapes files, and finds what would make a check with them worth nothing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from rltkg.errors import InputError
from rltkg.nearest import nearest
from rltkg.validation.places import Places
from rltkg.validation.report import Finding, Location, Severity
from rltkg.validation.shapes.nodes import RDF, by_subject, reachable
from rltkg.validation.shapes.patterns import catastrophic
from rltkg.validation.shapes.terms import PARAMETERS, SH, TARGETS, TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import QuerySolutions

    from rltkg.validation.shapes.nodes import Nodes

_TYPE = NamedNode(RDF + "type")
_PATTERN = NamedNode(SH + "pattern")
_OPTIONAL = "https://w3id.org/rltkg/ontology/targetOptional"
_SHAPES = {f"<{SH}NodeShape>", f"<{SH}PropertyShape>"}
RDFS = "http://www.w3.org/2000/01/rdf-schema#"


class Shapes:
    """The shapes of some files: what the engines get, and what can be asked of them."""

    def __init__(self, files: list[Path], quads: list[Quad], places: Places, findings: list[Finding]) -> None:
        self.files = files
        self.places = places
        self.findings = findings
        # As they are written: a store rewrites literals.
        self.triples = list(dict.fromkeys(quad.triple for quad in quads))

    @cached_property
    def nodes(self) -> Nodes:
        """The triples of the shapes, by subject."""
        return by_subject(self.triples)

    @cached_property
    def ntriples(self) -> bytes:
        """The shapes as N-Triples, which every engine reads."""
        return serialize(self.triples, format=RdfFormat.N_TRIPLES) or b""

    def only(self, names: Iterable[str]) -> bytes:
        """Return the shapes called `names`, with all that they refer to, as N-Triples: the fewer, the faster."""
        kept = reachable(names, self.nodes)
        triples = (triple for triple in self.triples if str(triple.subject) in kept)
        return serialize(triples, format=RdfFormat.N_TRIPLES) or b""

    def select(self, text: str) -> QuerySolutions:
        """Run a SELECT query over the shapes; the prefixes sh:, rdf: and rdfs: are known."""
        heads = {"sh": SH, "rdf": RDF, "rdfs": RDFS}
        return self._store.query(text, prefixes=heads)  # type: ignore[return-value]

    @cached_property
    def _store(self) -> Store:
        store = Store()
        store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in self.triples)
        return store

    @cached_property
    def targets(self) -> dict[str, list[tuple[str, str]]]:
        """For each shape with targets their kinds and terms: `{shape: [("targetClass", class), ...]}`.

        A class that is itself a shape is its own target (https://www.w3.org/TR/shacl/#implicit-targetClass).
        """
        found: dict[str, list[tuple[str, str]]] = {}
        for shape, held in self.nodes.items():
            named = [(kind, str(value)) for kind in TARGETS for value in held.get(SH + kind, [])]
            kinds = {str(value) for value in held.get(RDF + "type", [])}
            if f"<{RDFS}Class>" in kinds and kinds & _SHAPES:
                named.append(("targetClass", shape))
            if named:
                found[shape] = named
        return found

    @cached_property
    def optional(self) -> set[str]:
        """The shapes that may find no focus node."""
        return {shape for shape, held in self.nodes.items() if _OPTIONAL in held}


def read_shapes(files: Iterable[Path]) -> Shapes:
    """Return the shapes of `files`; what is wrong with them is in its findings.

    Found are files that are missing or broken, or hold no shape; no file at all; terms of SHACL that there are not; and
    patterns that may take for ever. Raises InputError where a file cannot be read.
    """
    paths = list(files)
    findings: list[Finding] = []
    quads: list[Quad] = []
    located = []
    for path in paths:
        place = Location(str(path))
        if not path.is_file():
            findings.append(_fault("shapes-missing", f"There is no shapes file {path}; restore it.", place))
            continue
        try:
            text = path.read_text(encoding="utf-8")
            held = list(parse(text, format=RdfFormat.TURTLE))
        except SyntaxError as error:
            place = Location(str(path), error.lineno or 1, error.offset or 1)
            findings.append(_fault("shapes-broken", f"The shapes cannot be parsed: {error.msg}.", place))
            continue
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path} cannot be read ({error}); check its rights, and save it as UTF-8") from error
        if not _shapes_in(held):
            findings.append(_fault("shapes-empty", f"{path} holds no shape, so it checks nothing; fill it.", place))
        quads += held
        located.append((str(path), RdfFormat.TURTLE, text, held))
    if not paths:
        findings.append(_fault("shapes-missing", "There is no shapes file, so nothing is checked; name one.", None))
    places = Places(located)
    findings += [
        Finding(
            rule,
            Severity.VIOLATION,
            message,
            str(quad.subject),
            quad.predicate.value,
            str(quad.object),
            location=places.of(str(quad.subject), quad.predicate.value, str(quad.object)),
        )
        for quad in quads
        for rule, message in _wrong(quad)
    ]
    return Shapes(paths, quads, places, findings)


def _wrong(quad: Quad) -> Iterator[tuple[str, str]]:
    """Find what makes one triple of the shapes worthless or dangerous: a rule and a message each."""
    for term in (quad.predicate, quad.object):
        if isinstance(term, NamedNode) and term.value.startswith(SH) and term.value.removeprefix(SH) not in TERMS:
            name = term.value.removeprefix(SH)
            hint = nearest(name, sorted(TERMS))
            yield "unknown-shacl-term", f"SHACL has no term sh:{name}, so engines pass over it; {hint}."
    if quad.predicate == _PATTERN and isinstance(quad.object, Literal) and (why := catastrophic(quad.object.value)):
        yield "unsafe-pattern", f"The pattern {quad.object.value!r} may take for ever: {why}; write it without."


def _shapes_in(quads: list[Quad]) -> bool:
    kinds = {SH + "NodeShape", SH + "PropertyShape"}
    constraints = {SH + name for name in PARAMETERS}
    return any(
        quad.predicate.value in constraints or (quad.predicate == _TYPE and getattr(quad.object, "value", "") in kinds)
        for quad in quads
        if isinstance(quad.subject, NamedNode | BlankNode)
    )


def _fault(rule: str, message: str, place: Location | None) -> Finding:
    return Finding(rule, Severity.VIOLATION, message, location=place)
