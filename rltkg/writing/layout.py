"""The one layout of Turtle: same graph, same bytes, and a small change of the graph is a small change of the text.

Subjects stand in the order of their kind and then of their IRI; ``a``, label and definition come first, the other
predicates in alphabetical order; one object a line where there are several. Blank nodes (the ontology's class
expressions) are written inside the node that refers to them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode

from rltkg.corpus.prefixes import PREFIXES, RDF, XSD
from rltkg.errors import InputError
from rltkg.writing.names import Names
from rltkg.writing.notes import Notes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    Node = NamedNode | BlankNode

_A = RDF + "type"
_FIRST = [_A, PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "altLabel", PREFIXES["skos"] + "definition"]
_KINDS = ["owl:Ontology", "rlt:ReleaseGraph", "owl:AnnotationProperty", "owl:ObjectProperty", "owl:DatatypeProperty"]
_KINDS += ["owl:Class", "skos:ConceptScheme"]
_BARE = {XSD + "integer": r"[+-]?[0-9]+", XSD + "decimal": r"[+-]?[0-9]*\.[0-9]+", XSD + "boolean": "true|false"}
_BARE_FORMS = {datatype: re.compile(form) for datatype, form in _BARE.items()}
_PLAIN = {XSD + "string", RDF + "langString"}
_STEP = "    "


class NamelessError(InputError):
    """Blank nodes, `nodes`, have no place inside another node."""

    def __init__(self, message: str, nodes: Iterable[BlankNode] = ()) -> None:
        super().__init__(message)
        self.nodes = frozenset(nodes)


def write(triples: Iterable[Triple], *, prefixes: Mapping[str, str] | None = None, notes: Notes | None = None) -> str:
    """Return `triples` as Turtle in the project's layout, with just the prefixes that it uses.

    `prefixes` (name to namespace) are used for namespaces that have no prefix of this project's; `notes` are the
    comments, each at what it belongs to. Raises NamelessError where a blank node has no place inside another node.
    """
    return _Writer(triples, Names(prefixes), notes or Notes()).text()


def bare(value: str, datatype: str) -> bool:
    """Say whether a literal is written without quotes: Turtle would read the bare `value` as one of `datatype`."""
    form = _BARE_FORMS.get(datatype)
    return form is not None and form.fullmatch(value) is not None


class _Writer:
    def __init__(self, triples: Iterable[Triple], names: Names, notes: Notes) -> None:
        self.names = names
        self.notes = notes
        self.about: dict[Node, dict[NamedNode, list[object]]] = defaultdict(lambda: defaultdict(list))
        referred: Counter[object] = Counter()
        self.left = 0
        for subject, predicate, value in set(triples):
            self.about[subject][predicate].append(value)
            self.left += 1
            if isinstance(value, BlankNode):
                referred[value] += 1
        loose = [node for node in self.about if isinstance(node, BlankNode) and referred[node] != 1]
        loose += [node for node, count in referred.items() if count > 1 and node not in self.about]  # type: ignore[misc]
        if loose:
            raise NamelessError(
                f"{len(loose)} blank nodes stand outside the node that uses them; give them IRIs", loose
            )

    def text(self) -> str:
        named = sorted((node for node in self.about if isinstance(node, NamedNode)), key=self._rank)
        headings = self.notes.over(named)
        blocks = [part for node in named for part in (headings.get(node), self._block(node))]
        if self.left:
            knotted = [node for node in self.about if isinstance(node, BlankNode)]
            raise NamelessError(
                f"{self.left} triples hang on blank nodes that refer to each other; give them IRIs", knotted
            )
        used = {prefix: self.names.namespaces[prefix] for prefix in sorted(self.names.used)}
        head = self.notes.at_head(used.values())
        lines = [
            f"@prefix {prefix}: <{namespace}> .{self.notes.at_prefix(namespace)}" for prefix, namespace in used.items()
        ]
        sections = [head, "\n".join(lines), *blocks, "\n".join(self.notes.foot)]
        return "".join(f"{section}\n\n" for section in sections if section)[:-1]

    def _rank(self, node: NamedNode) -> tuple[int, str]:
        kinds = {self._name(kind) for kind in self.about[node].get(_TYPE, ())}
        places = [_KINDS.index(kind) for kind in kinds if kind in _KINDS]
        return (min(places, default=len(_KINDS)), node.value)

    def _block(self, node: NamedNode) -> str:
        """Return all that is said of a node, with its comments."""
        rows = self._rows(node, 1)
        rows[0] = (f"{self._name(node)} {rows[0][0]}", *rows[0][1:])
        rows[-1] = (rows[-1][0], " .", rows[-1][2])
        if not self.notes.of_triples:
            return f"\n{_STEP}".join([text + end for text, end, _ in rows])
        return "\n".join(self.notes.around(node, rows, _STEP))

    def _rows(self, node: Node, depth: int) -> list[tuple[str, str, tuple[object, ...]]]:
        """Return the lines about a node: each its text, what ends it, and what a comment at it may belong to."""
        rows: list[tuple[str, str, tuple[object, ...]]] = []
        for predicate, verb in self._verbs(node):
            values = self.about[node][predicate]
            self.left -= len(values)
            if len(values) == 1:
                rows.append((f"{verb} {self._object(values[0], depth)}", " ;", (predicate, values[0])))
                continue
            rows.append((verb, "", (predicate,)))
            objects = sorted(((self._object(value, depth), value) for value in values), key=itemgetter(0))
            rows += [(_STEP + text, " ,", (predicate, value)) for text, value in objects]
            rows[-1] = (rows[-1][0], " ;", rows[-1][2])
        return rows

    def _verbs(self, node: Node) -> list[tuple[NamedNode, str]]:
        """Return the predicates of a node in their order, with their names."""
        verbs = []
        for predicate in self.about[node]:
            iri = predicate.value
            place = _FIRST.index(iri) if iri in _FIRST else len(_FIRST)
            verbs.append((place, "a" if iri == _A else self.names.of(iri), predicate))
        verbs.sort(key=itemgetter(0, 1))
        return [(predicate, verb) for _, verb, predicate in verbs]

    def _nested(self, node: BlankNode, depth: int) -> str:
        if node not in self.about:
            return "[]"
        step = _STEP * depth
        rows = self._rows(node, depth + 1)
        rows[-1] = (rows[-1][0], "", rows[-1][2])
        inner = f"\n{step}{_STEP}".join([text + end for text, end, _ in rows])
        return f"[\n{step}{_STEP}{inner}\n{step}]"

    def _object(self, value: object, depth: int) -> str:
        if isinstance(value, NamedNode):
            return self.names.of(value.value)
        if isinstance(value, Literal):
            return self._literal(value)
        if not isinstance(value, BlankNode):
            raise InputError(f"{value} is RDF 1.2, which this layout does not write; give it an IRI of its own")
        return self._list(value, depth) or self._nested(value, depth)

    def _list(self, node: BlankNode, depth: int) -> str:
        """Return a list in round brackets where `node` is the head of one, else an empty string."""
        values: list[object] = []
        current: object = node
        while isinstance(current, BlankNode):
            about = self.about.get(current, {})
            if set(about) != {_ITEM, _REST} or any(len(each) > 1 for each in about.values()):
                return ""
            values.append(*about[_ITEM])
            [current] = about[_REST]
        if current != _NIL:
            return ""
        self.left -= 2 * len(values)
        return f"( {' '.join(self._object(each, depth) for each in values)} )"

    def _literal(self, value: Literal) -> str:
        if value.language:
            return str(value)
        datatype = value.datatype.value
        if datatype in _PLAIN:
            return str(value)
        if bare(value.value, datatype):
            return value.value
        return f"{str(value).removesuffix(f'^^<{datatype}>')}^^{self.names.of(datatype)}"

    def _name(self, node: object) -> str:
        return self.names.of(node.value) if isinstance(node, NamedNode) else str(node)


_TYPE = NamedNode(_A)
_ITEM, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))
