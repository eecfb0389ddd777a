"""JSON-LD, written as the lines come: one node a line, with a context of prefixes inside, so nothing is fetched."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import IO, TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from rltkg.corpus.lines import triples
from rltkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE = _RDF + "type"
_PLAIN = {"http://www.w3.org/2001/XMLSchema#string", _RDF + "langString"}
_LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")


def write(graphs: Mapping[str | None, Iterable[bytes]], sink: IO[bytes], prefixes: Mapping[str, str]) -> None:
    """Write `graphs` (IRI, or None for the default graph -> canonical lines) as one JSON-LD document.

    Every literal is a string with its datatype, so its form stays as it is; `prefixes` must be free of those that
    `clashing` names. Raises InputError for triple terms and texts with a direction, which JSON-LD 1.1 does not have.
    """
    writer = _Writer(prefixes)
    sink.write(b'{"@context": ' + _text(dict(sorted(prefixes.items()))) + b',\n "@graph": [')
    between = b""
    for graph, lines in graphs.items():
        if graph is not None:
            sink.write(between + b'\n  {"@id": ' + _text(writer.name(graph)) + b', "@graph": [')
            between = b""
        for node in writer.nodes(lines):
            sink.write(between + b"\n   " + _text(node))
            between = b","
        if graph is not None:
            sink.write(b"]}")
            between = b","
    sink.write(b"]}\n")


def clashing(names: Iterable[str], lines: Iterable[bytes]) -> set[str]:
    """Return those of the prefixes `names` that are the scheme of an IRI in `lines`, which would be misread."""
    # "thing:x" is an IRI in its own right, and a reader of JSON-LD would take "thing" for the prefix.
    pattern = re.compile(b"<(%b):" % b"|".join(re.escape(name.encode()) for name in sorted(names)))
    return {match.decode() for line in lines for match in pattern.findall(line)}


def _text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


class _Writer:
    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # The longest namespace first: one may be the beginning of another.
        self._prefixes = sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        self._names: dict[str, str] = {}

    def nodes(self, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
        """Give the nodes that `lines` describe, each with all that is said of it."""
        for subject, about in groupby(triples(lines), key=lambda triple: triple.subject):
            node: dict[str, Any] = {"@id": self._reference(subject)}
            for predicate, group in groupby(about, key=lambda triple: triple.predicate.value):
                values = [each.object for each in group]
                types = [each for each in values if predicate == _TYPE and isinstance(each, NamedNode)]
                if types:
                    node["@type"] = _one([self.name(each.value) for each in types])
                rest = [self._value(each) for each in values if each not in types]
                if rest:
                    node[self.name(predicate)] = _one(rest)
            yield node

    def name(self, iri: str) -> str:
        """Return `iri` as prefix and local name where it has both, else as it is."""
        if iri not in self._names:
            if len(self._names) > 10_000:  # noqa: PLR2004 - whatever the size of the graph
                self._names.clear()
            self._names[iri] = next(
                (
                    f"{prefix}:{iri[len(namespace) :]}"
                    for prefix, namespace in self._prefixes
                    if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace))
                ),
                iri,
            )
        return self._names[iri]

    def _value(self, term: object) -> object:
        if not isinstance(term, Literal):
            return {"@id": self._reference(term)}
        kind = term.datatype.value
        if term.direction is not None:
            raise InputError(f"JSON-LD 1.1 has no text with a direction, such as {_shown(term)}; take another format")
        if term.language:
            return {"@value": term.value, "@language": term.language}
        return term.value if kind in _PLAIN else {"@value": term.value, "@type": self.name(kind)}

    def _reference(self, term: object) -> str:
        if isinstance(term, NamedNode):
            return self.name(term.value)
        if isinstance(term, Triple):
            raise InputError(f"JSON-LD 1.1 has no triple terms, such as {_shown(term)}; take another format")
        return str(term)


def _one(values: list[Any]) -> Any:  # noqa: ANN401 - JSON
    return values[0] if len(values) == 1 else values


def _shown(term: object) -> str:
    return str(term)[:80]
