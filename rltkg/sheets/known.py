"""What a cell may name: the nodes of the release and the rows of a book, by id, label and class."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from rltkg.results.labels import last_part
from rltkg.results.names import OWN, folded, long

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad, Triple

    from rltkg.corpus import Release
    from rltkg.sheets.columns import Thing

NO_NODE = "urn:rltkg:row:"  # stands in for the node of a row whose own is not known
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_BELOW = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
OTHER_NAMES = {"http://www.w3.org/2004/02/skos/core#altLabel", "http://www.w3.org/2004/02/skos/core#notation"}
_WORDS = re.compile("[a-z0-9]+")
# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d"})


class Known:
    """Nodes by all that they are called. A node that only stands in as a value is none."""

    def __init__(self) -> None:
        self.classes: dict[str, set[str]] = defaultdict(set)
        self.labels: dict[str, str] = {}
        self.rows: set[str] = set()  # the nodes that a book adds
        self._below: dict[str, set[str]] = defaultdict(set)
        self._by_part: dict[str, set[str]] = defaultdict(set)
        self._by_label: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)

    @classmethod
    def of(cls, release: Release) -> Known:
        """Return what the files of `release` describe."""
        made = cls()
        for file in release.files:
            made.add_all(parse(path=str(file.path), format=RdfFormat.TURTLE))
        return made

    def add_all(self, triples: Iterable[Triple | Quad]) -> None:
        """Add what `triples` describe."""
        for triple in triples:
            subject, value = triple.subject, triple.object
            if not isinstance(subject, NamedNode):
                continue
            predicate = triple.predicate.value
            if predicate == _TYPE and isinstance(value, NamedNode):
                self.add(subject.value, value.value)
            elif predicate == _BELOW and isinstance(value, NamedNode):
                self._below[subject.value].add(value.value)
            elif isinstance(value, Literal) and predicate == _LABEL:
                self.name(subject.value, value.value)
            elif isinstance(value, Literal) and predicate in OTHER_NAMES:
                self.also(subject.value, value.value)

    def add(self, iri: str, kind: str) -> None:
        """Add the node `iri` of the class `kind` (an IRI)."""
        self.classes[iri].add(kind)
        self._by_part[last_part(iri)].add(iri)

    def name(self, iri: str, label: str) -> None:
        """Say that the node `iri` is called `label`."""
        self.labels.setdefault(iri, label)
        self._by_label[label].add(iri)
        self._by_name[folded(label)].add(iri)

    def also(self, iri: str, name: str) -> None:
        """Say that the node `iri` has another `name` beside its label."""
        self._by_name[folded(name)].add(iri)

    def __contains__(self, iri: str) -> bool:
        return iri in self.classes

    def suits(self, iri: str, thing: Thing) -> bool:
        """Say whether the node `iri` is of a class that `thing` takes."""
        held = self.line(iri)
        return (not thing.classes or not held.isdisjoint(thing.classes)) and held.isdisjoint(thing.barred)

    def line(self, iri: str) -> set[str]:
        """Return the classes of the node `iri` with those above them."""
        found: set[str] = set()
        left = list(self.classes.get(iri, ()))
        while left:
            each = left.pop()
            if each not in found:
                found.add(each)
                left += self._below.get(each, ())
        return found

    def called(self, text: str, thing: Thing) -> tuple[list[str], list[str]]:
        """Return the IRIs of what `text` names: those that `thing` takes, and others where there are none.

        By IRI, whole or short, else by the last part of an IRI of this project, else by a label to the letter, else by
        a name but for its case.
        """
        others: list[str] = []
        for found in self._ways(text):
            fit = sorted(iri for iri in found if self.suits(iri, thing))
            fit = [iri for iri in fit if not iri.startswith(NO_NODE)] or fit[:1]
            if fit:
                return fit, []
            others = others or sorted(found)
        return [], others

    def _ways(self, text: str) -> Iterable[set[str]]:
        if ":" in text:
            yield {iri for iri in (text, long(text)) if iri in self}
        yield self._by_part.get(text, set())
        yield {iri for iri in self._by_label.get(text, ()) if iri in self}
        yield {iri for iri in self._by_name.get(folded(text), ()) if iri in self}

    def bearers(self, text: str) -> set[str]:
        """Return the IRIs of all that have the name `text` in whatever case: a label, a notation or another name."""
        return self._by_name.get(folded(text), set())

    def choices(self, thing: Thing) -> list[str]:
        """Return the labels and ids of what `thing` takes, sorted."""
        ours = (iri for iri in self.classes if iri.startswith(OWN) or iri in self.rows)
        fit = [iri for iri in ours if self.suits(iri, thing)]
        return sorted({self.labels.get(iri, "") for iri in fit} | {last_part(iri) for iri in fit} - {""})


def id_from(label: str) -> str:
    """Return the id that is made of `label`: its words, in lower case and ASCII, with hyphens between them."""
    apart = unicodedata.normalize("NFKD", label.lower().translate(_PLAIN).replace("'", "").replace("\u2019", ""))
    return "-".join(_WORDS.findall("".join(each for each in apart if not unicodedata.combining(each))))
