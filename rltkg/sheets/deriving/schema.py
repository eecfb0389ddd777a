"""What ontology and shapes say, by class and property, in the order of the questions that a sheet asks of them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, parse

from rltkg.errors import InputError, UnavailableError
from rltkg.validation.shapes.nodes import RDF, by_subject, members
from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Triple

    from rltkg.validation.shapes.nodes import Node

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RLT = "https://w3id.org/rltkg/ontology/"
TYPE = RDF + "type"

_PARTS = ("and", "or", "xone")
_PAIRS = ("equals", "disjoint", "lessThan", "lessThanOrEquals")


def words_of(iri: str) -> str:
    """Return the last part of an IRI as words: "document kind" for .../documentKind."""
    local = re.split(r"[/#]", iri)[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", local).lower()


class Schema:
    """Ontology and shapes together. Shapes go by the names that N-Triples writes ("<iri>" or "_:b"), terms by IRI."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.nodes = by_subject(triples)
        self._targets: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._lines: dict[str, list[str]] = {}
        self.members: dict[str, list[str]] = defaultdict(list)
        for name, held in sorted(self.nodes.items()):
            for key in ("targetClass", "targetSubjectsOf"):
                for value in held.get(SH + key, []):
                    self._targets[key, value.value].append(name)
            for value in held.get(TYPE, []):
                self.members[value.value].append(name.strip("<>"))

    def values(self, name: str, predicate: str) -> list[Node]:
        """Return the objects of a node, called as N-Triples writes it."""
        held = self.nodes.get(name)
        return held.get(predicate, []) if held else []

    def of_term(self, iri: str, predicate: str) -> list[str]:
        """Return the values that a term has for `predicate`, as they stand, sorted."""
        return sorted(value.value for value in self.values(f"<{iri}>", predicate))

    def one(self, iri: str, predicate: str) -> str:
        """Return the first value that a term has for `predicate`, "" if it has none."""
        return next(iter(self.of_term(iri, predicate)), "")

    def line(self, iri: str) -> list[str]:
        """Return the class `iri` and all broader ones, itself first."""
        if iri not in self._lines:
            found = [iri]
            for each in found:
                found += [up for up in self.of_term(each, RDFS + "subClassOf") if up not in found]
            self._lines[iri] = found
        return self._lines[iri]

    def on_class(self, iri: str) -> list[str]:
        """Return the node shapes that look at the nodes of just this class."""
        return self._targets["targetClass", iri]

    def on_use(self, iri: str) -> list[str]:
        """Return the node shapes that look at the subjects of the property `iri`."""
        return self._targets["targetSubjectsOf", iri]

    def all_properties(self) -> list[str]:
        """Return the properties: those that the ontology declares, and those of whose use a shape speaks."""
        declared = {
            iri
            for kind, iris in self.members.items()
            if kind.startswith(OWL) and kind.endswith("Property")
            for iri in iris
        }
        return sorted(declared | {iri for key, iri in self._targets if key == "targetSubjectsOf"})

    def number(self, shape: str, key: str) -> int | None:
        """Return the whole number that a shape gives for a parameter of SHACL, None if it gives none."""
        return next((int(value.value) for value in self.values(shape, SH + key)), None)

    def parts(self, shape: str) -> Iterator[tuple[str, list[str]]]:
        """Yield the lists of shapes in a shape: "or" with its members, for one."""
        for key in _PARTS:
            for head in self.values(shape, SH + key):
                yield key, [str(each) for each in members(head, self.nodes)]

    def properties(self, shape: str) -> list[str]:
        """Return the property shapes that stand directly in a node shape, those of its conjunctions too."""
        found = [str(value) for value in self.values(shape, SH + "property")]
        below = [part for key, parts in self.parts(shape) if key == "and" for part in parts]
        below += [str(value) for value in self.values(shape, SH + "node")]
        return found + [each for part in below for each in self.properties(part)]

    def path(self, shape: str) -> str | None:
        """Return the property of a property shape, None if its path is more than a property."""
        path = next(iter(self.values(shape, SH + "path")), None)
        return path.value if isinstance(path, NamedNode) else None

    def alternatives(self, shape: str) -> list[str]:
        """Return the properties of a property shape whose path is any of several, none for other paths."""
        paths = self.values(shape, SH + "path")
        heads = [head for path in paths for head in self.values(str(path), SH + "alternativePath")]
        found = [each for head in heads for each in members(head, self.nodes)]
        return [each.value for each in found if isinstance(each, NamedNode)]

    def mentions(self, shape: str) -> set[str]:
        """Return the properties of the focus node that a shape speaks of, however deep, but for its class."""
        found = set(self.alternatives(shape))
        if path := self.path(shape):
            found |= {path} | {value.value for key in _PAIRS for value in self.values(shape, SH + key)}
        if self.values(shape, SH + "path"):
            return found - {TYPE}
        below = [part for _, parts in self.parts(shape) for part in parts]
        below += [str(value) for key in ("property", "node", "not") for value in self.values(shape, SH + key)]
        return found.union(*(self.mentions(each) for each in below)) - {TYPE}

    def classes(self, shape: str) -> list[str]:
        """Return the classes of which one is asked, by sh:class or by alternatives that ask nothing but a class."""
        found = [value.value for value in self.values(shape, SH + "class")]
        for key, parts in self.parts(shape):
            below = [self.classes(part) for part in parts]
            if key == "or" and all(below):
                found += [each for some in below for each in some]
        return list(dict.fromkeys(found))


def read_schema(files: Iterable[Path]) -> Schema:
    """Return what the Turtle `files` say. Raises UnavailableError for a missing file, InputError for a broken one."""
    triples: list[Triple] = []
    for path in files:
        try:
            triples += (quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE))
        except SyntaxError as error:
            raise InputError.at(path, error) from error
        except OSError as error:
            raise UnavailableError(f"{path} cannot be read ({error}); restore it") from error
    return Schema(triples)
