"""Definitions: each says of what kind a thing is and what sets it apart, and never by its own name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rltkg.quality.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg.quality.terms import Term, Terms
    from rltkg.validation.report import Finding

GENUS = Rule(
    "definition-without-genus",
    "A definition does not begin with the kind of thing that it defines: an article and a noun, of a class below "
    "another the label of that class (a class of codes and a property may begin with a question word).",
    "Begin with the kind, and go on with what sets the term apart: A statement that an actor advises others.",
)
DIFFERENCE = Rule(
    "definition-without-difference",
    "A definition ends with the kind of thing: it adds hardly a word to it, or to the label of the term.",
    "Say what sets the term apart from others of its kind.",
)
CIRCULAR = Rule(
    "circular-definition",
    "A definition uses the term that it defines as the kind of thing: by its own label, or by way of the definition of "
    "another class that leads back to it.",
    "Name the next broader kind instead.",
)
_DETERMINER = re.compile(r"(?:An?|The|That|One|Several|Something|Whether)\b ?")
_PLURAL = re.compile(r"[A-Z][a-z]+(?: [a-z]+)? (?:of|that|in)\b")  # Relative words of time
_WHO = r"[Hh]ow|[Ww]hat|[Ww]hich|[Ww]ho|[Ww]hose|[Ww]hy|[Ww]here|[Ww]hen"
_QUESTION = re.compile(rf"(?:(?:To|In|For|By|On|From|At) )?(?:{_WHO})\b")
# Where the kind ends and the difference begins.
_END = re.compile(
    r"[,;:.]|\b(?:that|which|who|whose|whom|where|when|in|on|at|by|with|without|for|from|to|as|of|or|and|under|behind"
    r"|between|among|before|after|is|are)\b"
)
_WORD = re.compile(r"[A-Za-z]+")
_LEAST = {"class": 2, "property": 1, "code": 2}  # words beyond the kind and the label
_SMALL = {"a", "an", "the", "of", "or", "and", "in", "it", "is", "to", "that", "as", "by", "for", "which"}


def definition_findings(terms: Terms) -> Iterator[Finding]:
    """Yield what is wrong with the definitions of classes, properties and codes; a check tells of missing ones."""
    classes = {each.name: each for each in terms.all if each.kind == "class"}
    for term in terms.all:
        text = term.definition
        if not text:
            continue
        above = terms.names_above(term) if term.kind == "class" else []
        if not _has_genus(term, above, coded=terms.is_coded(term)):
            yield GENUS.finding(term.node, path=terms.DEFINITION, value=text)
        elif _adds_nothing(term, above):
            yield DIFFERENCE.finding(term.node, path=terms.DEFINITION, value=text)
        if _leads_back(term, classes) if term.kind == "class" else _names_itself(term, classes):
            yield CIRCULAR.finding(term.node, path=terms.DEFINITION, value=text)


def genus(definition: str) -> str:
    """Return the kind of thing that a definition begins with, in small letters: `statement`; "" for none."""
    article = _DETERMINER.match(definition)
    rest = definition[article.end() :] if article else ""
    end = _END.search(rest)
    if end and end[0] in ("is", "are"):  # a sentence, as of a code: The day is known
        return ""
    return (rest[: end.start()] if end else rest).strip().lower()


def _has_genus(term: Term, above: list[str], *, coded: bool) -> bool:
    text = term.definition
    if term.kind == "code":  # its kind is its scheme, and the definition may be a sentence
        return True
    if _QUESTION.match(text):
        return term.kind == "property" or coded
    if term.kind == "property":
        return bool(_DETERMINER.match(text) or _PLURAL.match(text))
    if coded or not above:
        return bool(_DETERMINER.match(text))
    return any(re.match(rf"(?:An?|The) {re.escape(name)}\b", text) for name in above)


def _adds_nothing(term: Term, above: list[str]) -> bool:
    known = {*_SMALL, *(word for name in (term.name, *above) for word in _words(name))}
    return len([word for word in _words(term.definition) if word not in known]) < _LEAST[term.kind]


def _names_itself(term: Term, classes: dict[str, Term]) -> bool:
    # A property that has the name of the class of its values is defined by that class.
    return genus(term.definition) == term.name and term.name not in classes


def _leads_back(term: Term, classes: dict[str, Term]) -> bool:
    """Say whether the kinds that definitions name lead from a class back to it."""
    seen: set[str] = set()
    name = genus(term.definition)
    while name in classes and name not in seen:
        if name == term.name:
            return True
        seen.add(name)
        name = genus(classes[name].definition)
    return False


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]
