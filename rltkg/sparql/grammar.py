"""Reads the groups and patterns of a query from its tokens.

The engine decides what SPARQL is. This grammar (SPARQL 1.1 with a few forms of 1.2) serves to say where a text departs
from it, since the places that engines give are off by a word or a line, and to find the patterns of a query that gives
nothing. What only engines know, such as triple terms, raises Misread.
"""

from __future__ import annotations

from rltkg.sparql.cursor import Misread, Node
from rltkg.sparql.triple_patterns import TriplePatterns
from rltkg.sparql.words import MODIFIERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.sparql.reading import Reading


class Grammar(TriplePatterns):
    """Takes a whole query, and gives it back as nodes."""

    def query(self) -> Node:
        """Take a query from its form on: a node with its group and what follows it; Misread at the first fault."""
        node = Node("query", self.place)
        form = self.here.upper
        self.place += 1
        if form == "SELECT":
            self._projection(node)
        elif form == "CONSTRUCT":
            if self.here.text == "{":
                self.expect("{")
                self.triples_until("}")
                self.expect("}")
        elif form == "DESCRIBE" and not self.accept("*"):
            self.take("var", "iri", "name", expected="a variable, an IRI or a prefixed name, or *")
            while self.here.kind in ("var", "iri", "name"):
                self.place += 1
        while self.accept("FROM"):
            self.accept("NAMED")
            self.iri("the IRI of a graph")
        if form != "DESCRIBE" or self.here.text == "{" or self.here.upper == "WHERE":
            self._where(node)
        else:
            self._modifiers(node)
        if self.here.kind != "end":
            raise Misread(self.place, "the end of the query")
        node.last = self.place
        return node

    def group(self) -> Node:
        """Take a group in braces."""
        node = Node("group", self.place)
        self.expect("{")
        if self.here.upper == "SELECT":
            node.kind = "select"
            self.place += 1
            self._projection(node)
            self._where(node)
        else:
            self._body(node)
        self.expect("}", "`.`, `;` or `,` before it, another pattern, or `}`")
        node.last = self.place
        return node

    def _where(self, node: Node) -> None:
        self.accept("WHERE")
        if self.here.text != "{":
            raise Misread(self.place, "WHERE or `{`")
        node.parts.append(self.group())
        self._modifiers(node)

    def _projection(self, node: Node) -> None:
        """Take what is selected; each variable or expression becomes a part of kind `column` of `node`."""
        self.accept("DISTINCT", "REDUCED")
        if self.accept("*"):
            return
        start = self.place
        while self.here.kind == "var" or self.here.text == "(":
            column = Node("column", self.place)
            if self.accept("("):
                self.expression()
                self.expect("AS", "AS and a variable: (... AS ?name)")
                column.head = (self.place, self.place + 1)
                self.take("var", expected="a variable")
                self.expect(")")
            else:
                column.head = (self.place, self.place + 1)
                self.place += 1
            column.last = self.place
            node.parts.append(column)
        if self.place == start:
            raise Misread(start, "variables, (... AS ?name), or *")
        if self.here.text == ",":
            raise Misread(self.place, "", plainly="columns stand side by side; leave the comma out")

    def _body(self, node: Node) -> None:
        needs_dot = False
        while self.here.text != "}" and self.here.kind != "end":
            start = self.place
            if self.here.kind == "word" and not self.is_literal():
                node.parts.append(self._pattern())
                needs_dot = False
                self.accept(".")
            elif self.here.text == "{":
                node.parts.append(self._union())
                needs_dot = False
                self.accept(".")
            else:
                if needs_dot:
                    raise Misread(start, "`.`, `;` or `,` before it, another pattern, or `}`")
                node.parts.append(self.statements(may_be_alone=True))
                needs_dot = not self.accept(".")

    def _pattern(self) -> Node:
        node = Node(self.here.upper.lower(), self.place)
        word = self.here.upper
        self.place += 1
        if word in ("OPTIONAL", "MINUS", "LATERAL"):
            node.parts.append(self.group())
        elif word == "GRAPH":
            self.take("var", "iri", "name", expected="a graph: a variable, an IRI or a prefixed name")
            node.parts.append(self.group())
        elif word == "FILTER":
            negative = self.here.upper == "NOT"
            node.parts = self.constraint()
            node.kind = ("not exists" if negative else "exists") if node.parts else "filter"
        elif word == "BIND":
            self.expect("(")
            self.expression()
            self.expect("AS", "AS and a variable: BIND(... AS ?name)")
            self.take("var", expected="a variable")
            self.expect(")")
        elif word == "VALUES":
            self._data()
        else:
            raise Misread(self.place - 1, "a pattern")
        node.last = self.place
        return node

    def _union(self) -> Node:
        node = Node("union", self.place)
        node.parts.append(self.group())
        while self.accept("UNION"):
            node.parts.append(self.group())
        node.last = self.place
        return node if len(node.parts) > 1 else node.parts[0]

    def _data(self) -> None:
        if self.here.kind == "var":
            self.place += 1
            self.expect("{")
            while not self.accept("}"):
                self._datum()
            return
        self.expect("(", "a variable, or variables in round brackets")
        start = self.place
        while self.here.kind == "var":
            self.place += 1
        width = self.place - start
        self.expect(")", "a variable or `)`")
        self.expect("{")
        while not self.accept("}"):
            row = self.place
            self.expect("(", "a row in round brackets, or `}`")
            count = 0
            while not self.accept(")"):
                self._datum()
                count += 1
            if count != width:
                plural = "" if width == 1 else "s"
                what = f"this row has {count}; write one value for each of the {width} variable{plural}"
                raise Misread(row, "", plainly=what)

    def _datum(self) -> None:
        if self.accept("UNDEF"):
            return
        if self.is_literal():
            self.literal()
        else:
            self.iri("a value: an IRI, a prefixed name, a literal or UNDEF")

    def _modifiers(self, node: Node) -> None:
        """Take what may follow a group, in its order; each becomes a part of `node`."""
        latest = MODIFIERS[0]
        while self.here.upper in MODIFIERS:
            word = self.here.upper
            part = Node(f"{word.lower()} by" if word in ("GROUP", "ORDER") else word.lower(), self.place)
            if any(each.kind == part.kind for each in node.parts):
                raise Misread(self.place, "", plainly=f"this is the second {part.kind.upper()}; keep one of them")
            if MODIFIERS.index(word) < MODIFIERS.index(latest) and (word, latest) != ("LIMIT", "OFFSET"):
                raise Misread(self.place, "", plainly=f"{part.kind.upper()} comes too late; put it before {latest}")
            latest = word
            self.place += 1
            if word in ("GROUP", "ORDER"):
                self.expect("BY")
                self._keys(ordering=word == "ORDER")
            elif word == "HAVING":
                while self.here.text == "(" or self.here.kind in ("iri", "name") or self._is_call():
                    self.constraint()
            elif word == "VALUES":
                self._data()
            else:
                self.take("number", expected="a whole number")
            part.last = self.place
            node.parts.append(part)

    def _is_call(self) -> bool:
        return self.here.kind == "word" and self.here.upper not in MODIFIERS

    def _keys(self, *, ordering: bool) -> None:
        start = self.place
        while self.here.kind in ("var", "iri", "name") or self.here.text == "(" or self._is_call():
            if ordering and self.accept("ASC", "DESC"):
                self.expect("(")
                self.expression()
                self.expect(")")
            elif self.here.kind == "var":
                self.place += 1
            elif self.accept("("):
                self.expression()
                if self.accept("AS"):
                    self.take("var", expected="a variable")
                self.expect(")")
            else:
                self.constraint()
        if self.place == start:
            raise Misread(start, "a variable, or an expression in round brackets")


def parse(reading: Reading) -> Node:
    """Return the query as nodes; Misread where it departs from this grammar."""
    return Grammar(reading.tokens, reading.start).query()
