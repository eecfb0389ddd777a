"""Reads triple patterns from tokens."""

from __future__ import annotations

from rltkg.sparql.cursor import Misread, Node
from rltkg.sparql.expressions import Expressions

_SUBJECT = "a subject: a variable, an IRI, a prefixed name or a blank node"
_PROPERTY = "a property: an IRI, a prefixed name, a path, `a` or a variable"
_OBJECT = "an object: a variable, an IRI, a prefixed name, a blank node or a literal"


class TriplePatterns(Expressions):
    """Takes triples with all their short forms."""

    def triples_until(self, text: str) -> None:
        """Take triples up to the token `text`, which stays."""
        while self.here.text != text:
            self.statements(may_be_alone=True)
            if not self.accept(".") and self.here.text != text:
                raise Misread(self.place, f"`.`, `;`, `,` or `{text}`")

    def statements(self, *, may_be_alone: bool) -> Node:
        """Take a subject with its properties; a node in brackets may stand without."""
        node = Node("statements", self.place)
        alone = self._node(node, _SUBJECT)
        node.head = (node.first, self.place)
        if self._is_verb() or not (alone and may_be_alone):
            self._properties(node)
        node.last = self.place
        return node

    def _node(self, parent: Node, expected: str) -> bool:
        """Take a term, a list or a blank node with properties; return whether it says something by itself."""
        if self.is_term():
            self.term(expected)
            return False
        if self.here.text not in ("(", "["):
            raise Misread(self.place, expected)
        node = Node("bracket", self.place)
        closing = ")" if self.accept("(") else "]"
        if closing == ")":
            while not self.accept(")"):
                self._node(node, "a member of the list, or `)`")
        else:
            self.expect("[")
            self._properties(node)
            self.expect("]", "`;`, `,` or `]`")
        node.last = self.place
        parent.parts.append(node)
        return True

    def _is_verb(self) -> bool:
        here = self.here
        return here.kind in ("var", "iri", "name") or here.text in ("a", "^", "!", "(")

    def _properties(self, node: Node) -> None:
        if not self._is_verb():
            raise Misread(self.place, _PROPERTY)
        while self._is_verb():
            each = Node("property", self.place)
            if self.here.kind == "var":
                self.place += 1
            else:
                self.path()
            each.head = (each.first, self.place)
            while True:
                item = Node("object", self.place)
                self._node(item, _OBJECT)
                item.last = self.place
                each.parts.append(item)
                if not self.accept(","):
                    break
            each.last = self.place
            node.parts.append(each)
            if not self.accept(";"):
                return
            while self.accept(";"):
                pass
