"""Writes nodes to a stream as they come, counts them, and lets one who plants faults change them on the way."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from benchmarks.generator.terms import PREFIXES, Terms, Vocabulary

if TYPE_CHECKING:
    from typing import BinaryIO, Protocol

    class Observer(Protocol):
        """Sees each node before it is written and gives back the claims to write."""

        def see(self, vocabulary: Vocabulary, graph: str, subject: str, kind: str, claims: list[str]) -> list[str]:
            """Return `claims`, changed or not; the first one is the class."""


FORMATS = ("nq", "nt", "trig", "ttl")
_PARTS = 1000
"""After so many nodes what has been written goes out; a node is some 2,000 bytes."""
_BETWEEN = " ;\n    "


class Writer:
    """Writes nodes in one of four formats; `nt` and `ttl` leave the named graphs out.

    `planned` counts the triples of the sound graph, which steer the generator; `written` those that went out.
    """

    def __init__(self, stream: BinaryIO, form: str) -> None:
        self.vocabulary = Vocabulary(Terms(prefixed=form in {"trig", "ttl"}))
        self.observers: list[Observer] = []
        self.planned = 0
        self.written = 0
        self.graphs: Counter[str] = Counter()
        self.classes: Counter[str] = Counter()
        self._stream = stream
        self._digest = sha256()
        self._parts: list[str] = []
        self._types: dict[str, str] = {}
        self._form = form
        self._open = ""
        self._tails: dict[str, str] = {}
        if form in {"trig", "ttl"}:
            self._parts += [f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items()]
            self._parts.append("\n")

    def node(self, graph: str, subject: str, kind: str, claims: list[str]) -> None:
        """Write a node of class `kind` to the graph `graph` (their local names), with its claims."""
        said = [self._types.get(kind) or self._type(kind), *claims]
        self.planned += len(said)
        for observer in self.observers:
            said = observer.see(self.vocabulary, graph, subject, kind, said)
        self.classes[kind] += 1
        self._put(graph, subject, said)

    def more(self, graph: str, subject: str, claims: list[str]) -> None:
        """Write further claims on a node that has its class elsewhere."""
        self.planned += len(claims)
        self._put(graph, subject, claims)

    def _put(self, graph: str, subject: str, claims: list[str]) -> None:
        self.written += len(claims)
        self.graphs[graph] += len(claims)
        parts = self._parts
        if self._form[0] == "n":
            tail = self._tails.get(graph) or self._tail(graph)
            parts.append("".join([f"{subject} {claim}{tail}" for claim in claims]))
        else:
            if self._form == "trig" and graph != self._open:
                parts.append(f"{'}' if self._open else ''}\ngraph:{graph} {{\n")
                self._open = graph
            parts.append(f"{subject} {_BETWEEN.join(claims)} .\n\n")
        if len(parts) > _PARTS:
            self._flush()

    def close(self) -> str:
        """Write what is left and return the SHA-256 of everything, 64 hexadecimal digits; the stream stays open."""
        if self._open:
            self._parts.append("}\n")
        self._flush()
        return self._digest.hexdigest()

    def _type(self, kind: str) -> str:
        terms = self.vocabulary.terms
        is_a = "a" if terms.end == "" else "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        claim = self._types[kind] = f"{is_a} {terms.iri('rlt', kind)}"
        return claim

    def _tail(self, graph: str) -> str:
        tail = self._tails[graph] = f" <{PREFIXES['graph']}{graph}> .\n" if self._form == "nq" else " .\n"
        return tail

    def _flush(self) -> None:
        content = "".join(self._parts).encode()
        self._digest.update(content)
        self._stream.write(content)
        self._parts.clear()
