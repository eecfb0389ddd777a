"""The one layout of a Turtle file of this project: same graph, same bytes.

Subjects stand in the order of their kind and then of their IRI; ``a``, label and definition come first, the other
predicates in alphabetical order; one object a line where there are several. Blank nodes (the ontology's class
expressions) are written inside the node that refers to them. Comments do not survive, so the files hold none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from rltkg.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWN = "https://w3id.org/rltkg/"
PREFIXES = {
    "code": OWN + "code/",
    "coding": OWN + "coding/",
    "dcterms": "http://purl.org/dc/terms/",
    "eur": OWN + "eur/",
    "gov": OWN + "gov/",
    "graph": OWN + "graph/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "page": OWN + "page/",
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "rlt": OWN + "ontology/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": OWN + "shape/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "thing": OWN + "thing/",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": XSD,
}
_FIRST = [RDF + "type", PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel", PREFIXES["skos"] + "definition"]
_KINDS = ["owl:Ontology", "rlt:ReleaseGraph", "owl:AnnotationProperty", "owl:ObjectProperty", "owl:DatatypeProperty"]
_KINDS += ["owl:Class", "skos:ConceptScheme"]
_BARE = {XSD + "integer": r"[+-]?[0-9]+", XSD + "decimal": r"[+-]?[0-9]*\.[0-9]+", XSD + "boolean": "true|false"}
_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*")
_PLAIN = {XSD + "string", RDF + "langString"}


def canonical(path: Path) -> str:
    """Return the text that the Turtle file at `path` should have.

    Raises InputError, with file and line, where it is not Turtle.
    """
    return write(read(path))


def read(path: Path) -> list[Triple]:
    """Return the triples of a Turtle file; InputError with file and line where it is broken."""
    try:
        return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise InputError.at(path, error) from error


def write(triples: list[Triple]) -> str:
    """Return `triples` as Turtle in the project's layout, with just the prefixes that it uses."""
    return _Writer(triples).text()


class _Writer:
    def __init__(self, triples: list[Triple]) -> None:
        self.about: dict[NamedNode | BlankNode, dict[NamedNode, set[object]]] = defaultdict(lambda: defaultdict(set))
        referred: Counter[object] = Counter()
        for triple in set(triples):
            self.about[triple.subject][triple.predicate].add(triple.object)  # type: ignore[index]
            referred[triple.object] += 1
        self.used: set[str] = set()
        self.left = sum(referred.values())
        loose = [node for node in self.about if isinstance(node, BlankNode) and referred[node] != 1]
        if loose:
            raise InputError(f"{len(loose)} blank nodes stand outside the node that uses them; give them IRIs")

    def text(self) -> str:
        named = [node for node in self.about if isinstance(node, NamedNode)]
        blocks = [self._subject(node) for node in sorted(named, key=self._rank)]
        if self.left:
            raise InputError(f"{self.left} triples hang on blank nodes that refer to each other; give them IRIs")
        head = [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in sorted(self.used)]
        return "\n".join([*head, "", "\n\n".join(blocks), ""])

    def _rank(self, node: NamedNode) -> tuple[int, str]:
        kinds = {self._name(kind) for kind in self.about[node].get(NamedNode(RDF + "type"), ())}
        places = [_KINDS.index(kind) for kind in kinds if kind in _KINDS]
        return (min(places, default=len(_KINDS)), node.value)

    def _subject(self, node: NamedNode) -> str:
        return f"{self._name(node)} {self._predicates(node, 1)} ."

    def _predicates(self, node: NamedNode | BlankNode, depth: int) -> str:
        step = "    " * depth

        def order(predicate: NamedNode) -> tuple[int, str]:
            if predicate.value in _FIRST:
                return (_FIRST.index(predicate.value), "")
            return (len(_FIRST), self._name(predicate))

        lines = []
        for predicate in sorted(self.about[node], key=order):
            objects = sorted(self._object(value, depth) for value in self.about[node][predicate])
            self.left -= len(objects)
            verb = "a" if predicate.value == RDF + "type" else self._name(predicate)
            if len(objects) > 1:
                lines.append(f"{verb}\n{step}    " + f" ,\n{step}    ".join(objects))
            else:
                lines.append(f"{verb} {objects[0]}")
        return f" ;\n{step}".join(lines)

    def _object(self, value: object, depth: int) -> str:
        if isinstance(value, BlankNode):
            members = self._list(value, depth)
            return members or f"[\n{'    ' * (depth + 1)}{self._predicates(value, depth + 1)}\n{'    ' * depth}]"
        if isinstance(value, Literal):
            return self._literal(value)
        return self._name(value)

    def _list(self, node: BlankNode, depth: int) -> str:
        """Return a list in round brackets where `node` is the head of one, else an empty string."""
        first, rest = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
        values: list[object] = []
        current: object = node
        while isinstance(current, BlankNode):
            about = self.about.get(current, {})
            if set(about) != {first, rest} or any(len(each) > 1 for each in about.values()):
                return ""
            values.append(*about[first])
            [current] = about[rest]
        if current != NamedNode(RDF + "nil"):
            return ""
        self.left -= 2 * len(values)
        return f"( {' '.join(self._object(each, depth) for each in values)} )"

    def _literal(self, value: Literal) -> str:
        kind = value.datatype.value
        if re.fullmatch(_BARE.get(kind, "(?!)"), value.value):
            return value.value
        quoted = str(Literal(value.value))
        if value.language:
            return f"{quoted}@{value.language}"
        return quoted if kind in _PLAIN else f"{quoted}^^{self._name(value.datatype)}"

    def _name(self, node: object) -> str:
        if not isinstance(node, NamedNode):
            return str(node)
        for prefix, base in PREFIXES.items():
            local = node.value.removeprefix(base)
            if local != node.value and _LOCAL.fullmatch(local):
                self.used.add(prefix)
                return f"{prefix}:{local}"
        return str(node)
