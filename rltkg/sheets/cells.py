"""What the cell of a column means: the terms that it names, or why it names none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from rltkg.nearest import nearest, sayable
from rltkg.results.labels import last_part
from rltkg.results.names import folded, long, short
from rltkg.sheets.columns import Code, Property, Thing
from rltkg.sheets.literals import literal_of, not_text
from rltkg.sheets.reading import Sort

if TYPE_CHECKING:
    from rltkg.sheets.columns import Choice, Heading
    from rltkg.sheets.known import Known
    from rltkg.sheets.reading import Cell

TERMS = "https://w3id.org/rltkg/ontology/"
FEW = 4  # nodes that a message names
MOST_NEAR = 200  # names for which the nearest are sought, which takes a while
_LIST = re.compile("[,;|/]")
_BETWEEN = re.compile(r" *;(?: +|$)")

Faulty = tuple[str, str]  # a rule and a message
Term = NamedNode | Literal


class Meaning:
    """Tells what cells mean, where `known` are the nodes that they may name."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._choices: dict[Thing, list[str]] = {}
        self._seen: dict[tuple[str, int], NamedNode | None] = {}
        self._near: dict[tuple[str, str], str] = {}

    def of(self, cell: Cell, heading: Heading) -> tuple[list[Term], list[Faulty]]:
        """Return the terms that `cell` names under `heading`, none twice, and what is wrong with it."""
        value = heading.column.value
        if not isinstance(value, Code | Property | Thing):
            return self._literals(cell, heading)
        if fault := not_text(cell.sort, cell.text, heading):
            return [], [fault]
        text = cell.text.strip(" ")
        if whole := self._found(text, heading):
            return [whole], []
        return self._several(text, heading) if _BETWEEN.search(text) else ([], [self._why_not(text, heading)])

    def _literals(self, cell: Cell, heading: Heading) -> tuple[list[Term], list[Faulty]]:
        text = cell.text if heading.column.is_text else cell.text.strip(" ")
        whole = literal_of(text, cell.sort, heading)
        if not isinstance(whole, tuple):
            return [whole], []
        if heading.column.splits and _BETWEEN.search(text):
            return self._several(text, heading)
        return [], [whole]

    def _several(self, text: str, heading: Heading) -> tuple[list[Term], list[Faulty]]:
        """Return what a cell means that holds several values."""
        parts = _BETWEEN.split(text.strip(" "))
        if not heading.column.splits:
            message = f"'{heading!s}' takes one value, and the cell has {len(parts)} ({sayable(text)}); keep one."
            return [], [("too-many-values", message)]
        terms: list[Term] = []
        faults: list[Faulty] = []
        for part in parts:
            if not part:
                faults.append(("empty-value", "A value between two semicolons is empty; take the semicolon out."))
                continue
            found = self._one(part, heading)
            if isinstance(found, tuple):
                faults.append(found)
            elif found in terms:
                faults.append(
                    ("repeated-value", f"{sayable(part)} names what the cell has named before; keep it once.")
                )
            else:
                terms.append(found)
        return terms, faults

    def _one(self, text: str, heading: Heading) -> Term | Faulty:
        if isinstance(heading.column.value, Code | Property | Thing):
            return self._found(text, heading) or self._why_not(text, heading)
        return literal_of(text, Sort.TEXT, heading)

    def _found(self, text: str, heading: Heading) -> NamedNode | None:
        """Return the node that `text` names, None where it names none or several."""
        key = (text, id(heading.column))  # the columns of a kind are there as long as the kinds are
        if key not in self._seen:
            self._seen[key] = self._look_up(text, heading)
        return self._seen[key]

    def _look_up(self, text: str, heading: Heading) -> NamedNode | None:
        value = heading.column.value
        if isinstance(value, Code | Property):
            found = self._chosen(text, value.choices)
            iri = long(text)
            if not found and isinstance(value, Property) and iri.startswith(TERMS) and iri in self._known:
                found = [iri]
        else:
            found = self._known.called(text, value)[0] if isinstance(value, Thing) else []
        return NamedNode(found[0]) if len(found) == 1 else None

    def _why_not(self, text: str, heading: Heading) -> Faulty:
        """Say why `text` names no node, and what is most like it."""
        value = heading.column.value
        hint = " Values in one cell stand apart by a semicolon and a blank." if _LIST.search(text) else ""
        hint = hint if heading.column.splits else ""
        if not isinstance(value, Thing):
            choices = value.choices if isinstance(value, Code | Property) else ()
            if found := self._chosen(text, choices):
                return _ambiguous(text, found)
            near = self._nearest(text, heading, [choice.label for choice in choices])
            rule = "unknown-code" if isinstance(value, Code) else "unknown-property-name"
            return rule, f"'{heading!s}' has no value {sayable(text)}; {near}{hint}"
        fit, others = self._known.called(text, value)
        if fit:
            return _ambiguous(text, fit)
        if others:
            kinds = " and ".join(sorted({_words(kind) for kind in self._known.classes[others[0]]}))
            wanted = " or ".join(_words(kind) for kind in value.classes)
            wanted = f"only {wanted}" if wanted else "another thing or statement"
            message = f"{sayable(text)} ({short(others[0])}) is of the kind {kinds}, and '{heading!s}' takes {wanted}."
            return "wrong-kind", message
        if value not in self._choices:
            self._choices[value] = self._known.choices(value)
        near = self._nearest(text, heading, self._choices[value])
        return "unknown-thing", f"Nothing that '{heading!s}' takes is called {sayable(text)}; {near}{hint}"

    def _chosen(self, text: str, choices: tuple[Choice, ...]) -> list[str]:
        """Return the choices that `text` names: by IRI, label, the last part of the IRI, or any name but case."""
        iri, bearers = long(text), self._known.bearers(text)
        ways = (
            [each.iri for each in choices if each.iri == iri],
            [each.iri for each in choices if each.label == text],
            [each.iri for each in choices if last_part(each.iri) == text],
            [each.iri for each in choices if folded(each.label) == folded(text) or each.iri in bearers],
        )
        return next((way for way in ways if way), [])

    def _nearest(self, text: str, heading: Heading, names: list[str]) -> str:
        key = (text, heading.column.iri)
        if key not in self._near and len(self._near) < MOST_NEAR:
            self._near[key] = nearest(text, names)
        return self._near.get(key, "`rltkg find` tells what there is.")


def _words(iri: str) -> str:
    """Return the name of a class as words: document content for rlt:DocumentContent."""
    return re.sub("(?<=[a-z])(?=[A-Z])", " ", last_part(iri)).lower()


def _ambiguous(text: str, found: list[str]) -> Faulty:
    more = f" and {len(found) - FEW} more" if len(found) > FEW else ""
    told = ", ".join(short(iri) for iri in found[:FEW]) + more
    return "ambiguous-label", f"{sayable(text)} may be {told}; write the id of the one that is meant."
