"""Reads property paths and expressions of SPARQL from tokens."""

from __future__ import annotations

from rltkg.sparql.cursor import Cursor, Misread
from rltkg.sparql.words import AGGREGATES, FUNCTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from rltkg.sparql.cursor import Node

_COMPARING = ("=", "!=", "<", ">", "<=", ">=")
_JOINING = ("||", "&&")
_COUNTING = ("+", "-", "*", "/")


class Expressions(Cursor):
    """Takes paths and expressions."""

    def group(self) -> Node:
        """Take a group in braces; the grammar of patterns does."""
        raise NotImplementedError

    def path(self) -> None:
        """Take a property path."""
        while True:
            self.accept("^")
            self._step()
            self.accept("*", "+", "?")
            if not self.accept("/", "|"):
                return

    def _step(self) -> None:
        if self.accept("!"):
            if self.accept("("):
                while not self.accept(")"):
                    self.accept("^")
                    self._named_step()
                    if self.here.text != ")":
                        self.expect("|", "`|` or `)`")
                return
            self.accept("^")
            self._named_step()
        elif self.accept("("):
            self.path()
            self.expect(")", "`)`, or `/` or `|` and another step")
        else:
            self._named_step()

    def _named_step(self) -> None:
        if self.here.text == "a":
            self.place += 1
        else:
            self.iri("a property")

    def expression(self) -> None:
        """Take an expression."""
        compared = False
        while True:
            self._value()
            if self.here.upper in ("IN", "NOT") and not compared:
                self.place += self.here.upper == "NOT"
                self.expect("IN")
                self._arguments(self.expression)
                compared = True
            text = self.here.upper
            if text in _JOINING:
                compared = False
            elif text in _COMPARING and not compared:
                compared = True
            elif text not in _COUNTING:
                return
            self.place += 1

    def _value(self) -> None:
        while self.accept("!"):
            pass
        if self.here.text in ("+", "-"):
            self.place += 1
        if self.accept("("):
            self.expression()
            self.expect(")", "an operator such as = or &&, or `)`")
        elif self.here.kind == "word" and self.here.upper not in ("TRUE", "FALSE"):
            self.call()
        elif self.here.kind in ("iri", "name"):
            self.place += 1
            if self.here.text == "(":
                self._arguments(self.expression)
        elif self.here.kind == "var" or self.is_literal():
            self.term("a value")
        else:
            raise Misread(self.place, "a value: a variable, a term, a function or a bracket")

    def call(self) -> list[Node]:
        """Take a function with its arguments, an aggregate, or EXISTS with its group; return the groups in it."""
        start, name = self.place, self.here.upper
        if name in ("NOT", "EXISTS"):
            self.place += name == "NOT"
            self.expect("EXISTS")
            return [self.group()]
        if name not in FUNCTIONS and name not in AGGREGATES:
            raise Misread(start, "a function or a value")
        self.place += 1
        least, most = FUNCTIONS.get(name) or AGGREGATES[name]
        if name == "BOUND":
            count = self._arguments(self._variable)
        else:
            count = self._arguments(self.expression, distinct=name in AGGREGATES, star=name == "COUNT")
        if not least <= count <= most:
            due = f"{least}" if least == most else f"{least} to {most}"
            plural = "" if due == "1" else "s"
            raise Misread(start, "", plainly=f"{name} takes {due} argument{plural} and has {count} here; mend the list")
        return []

    def _variable(self) -> None:
        self.take("var", expected="a variable")

    def _arguments(self, one: Callable[[], None], *, distinct: bool = False, star: bool = False) -> int:
        """Take a list in round brackets, and return how long it is."""
        self.expect("(")
        if distinct:
            self.accept("DISTINCT")
        if star and self.accept("*"):
            self.expect(")")
            return 1
        count = 0
        while not self.accept(")"):
            if count:
                self.expect(",", "`,` and another argument, an operator, or `)`")
            one()
            count += 1
            if self.accept(";"):
                self.expect("SEPARATOR")
                self.expect("=")
                self.take("text", expected="a text in quotation marks")
        return count

    def constraint(self) -> list[Node]:
        """Take what may follow FILTER or HAVING; return the groups in it where it is an EXISTS."""
        if self.accept("("):
            self.expression()
            self.expect(")", "an operator such as = or &&, or `)`")
        elif self.here.kind in ("iri", "name"):
            self.place += 1
            self._arguments(self.expression)
        elif self.here.kind == "word":
            return self.call()
        else:
            raise Misread(self.place, "a condition in round brackets, or a function")
        return []
