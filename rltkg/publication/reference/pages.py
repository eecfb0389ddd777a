"""The pages on classes, properties and schemes, and the diagram of the main classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.corpus.prefixes import OWL, RDF, RDFS, SKOS
from rltkg.publication.reference.terms import CHARACTERISTICS, CODE, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rltkg.publication.reference.terms import Terms

PAGES = {"class": "classes.md", "property": "properties.md", "scheme": "schemes.md"}


def anchor(term: str) -> str:
    """Return the place of `term` on its page: the last part of its IRI, as it is."""
    return term.rsplit("/", 1)[-1]


def link(term: str, terms: Terms, page: str | None = None) -> str:
    """Return a Markdown link to what the reference says of `term`, from any page; code where it says nothing."""
    kinds = (("class", terms.classes), ("property", terms.properties), ("scheme", terms.schemes))
    home = page or next((PAGES[kind] for kind, held in kinds if term in held), None)
    home = home or (PAGES["scheme"] if terms.values(term, SKOS + "inScheme") else None)
    return f"[{short(term)}]({home}#{anchor(term)})" if home else f"`{short(term)}`"


def classes(terms: Terms, judged: Callable[[str], list[str]], asked: Callable[[str], list[str]]) -> str:
    """Return the page of classes; `judged` and `asked` give links to shapes and queries that name a term."""
    lines = ["# Classes", "", f"{len(terms.classes)} classes. [Back to the reference](README.md)", "", *_tree(terms)]
    for term in terms.classes:
        own = terms.leading(RDFS + "domain", term)
        inherited = [each for each in terms.line(term)[1:] if terms.leading(RDFS + "domain", each)]
        lines += [
            *_head(term, terms),
            *_said("kind of", (link(each, terms) for each in terms.above(term))),
            *_said("kinds", (link(each, terms) for each in terms.below(term))),
            *_said(
                "a member follows from",
                (f"{link(name, terms)} {link(value, terms)}" for name, value in terms.definition_by(term)),
            ),
            *_said("shares no member with", (link(each, terms) for each in terms.disjoint(term))),
            *_said("properties", (link(each, terms) for each in own)),
            *_said("and the properties of", (link(each, terms) for each in inherited)),
            *_said("value of", (link(each, terms) for each in terms.leading(RDFS + "range", term))),
            *_said("judged by", judged(term)),
            *_said("asked by", asked(term)),
        ]
    return "\n".join([*lines, ""])


def properties(terms: Terms, judged: Callable[[str], list[str]], asked: Callable[[str], list[str]]) -> str:
    """Return the page of properties; the parameters are those of `classes`."""
    lines = ["# Properties", "", f"{len(terms.properties)} properties. [Back to the reference](README.md)"]
    for term in terms.properties:
        kinds = terms.values(term, RDF + "type")
        lines += [
            *_head(term, terms),
            *_said("is", [_sort(kinds), *(word for kind, word in CHARACTERISTICS.items() if kind in kinds)]),
            *_said("of", (link(each, terms) for each in terms.values(term, RDFS + "domain"))),
            *_said("values", (link(each, terms) for each in terms.values(term, RDFS + "range"))),
            *_said("refines", (link(each, terms) for each in terms.above(term))),
            *_said("refined by", (link(each, terms) for each in terms.below(term))),
            *_said("inverse of", (link(each, terms) for each in terms.values(term, OWL + "inverseOf"))),
            *_said("judged by", judged(term)),
            *_said("asked by", asked(term)),
        ]
    return "\n".join([*lines, ""])


def schemes(terms: Terms) -> str:
    """Return the page of schemes, with all their codes."""
    codes = {each: terms.values(each, SKOS + "inScheme") for kind in terms.classes for each in terms.of_type(kind)}
    lines = ["# Schemes and codes", "", f"{len(terms.schemes)} closed schemes. [Back to the reference](README.md)"]
    for scheme in terms.schemes:
        members = sorted((each for each, of in codes.items() if scheme in of), key=terms.label)
        rows = [
            f"| <a id='{anchor(each)}'></a>`{short(each)}` | {terms.label(each)} | {_told(each, terms)} |"
            for each in members
        ]
        lines += [*_head(scheme, terms), "| code | label | means |", "| --- | --- | --- |", *rows]
    return "\n".join([*lines, ""])


def diagram(terms: Terms) -> str:
    """Return the properties between classes that hold data as a Mermaid flow chart; codes and values are left out."""
    codes = {each for each in terms.classes if CODE in terms.line(each)}
    edges = []
    for name in terms.properties:
        for start in terms.values(name, RDFS + "domain"):
            ends = [each for each in terms.values(name, RDFS + "range") if each in terms.classes and each not in codes]
            edges += [f"  {anchor(start)} -->|{anchor(name)}| {anchor(end)}" for end in ends]
    return "\n".join(["```mermaid", "flowchart LR", *sorted(edges), "```"])


def _tree(terms: Terms) -> list[str]:
    lines: list[str] = []

    def under(term: str, depth: int) -> None:
        lines.append(f"{'  ' * depth}- [{terms.label(term)}](#{anchor(term)})")
        for each in sorted(terms.below(term), key=terms.label):
            if each in terms.classes:
                under(each, depth + 1)

    for term in terms.classes:
        if not terms.above(term):
            under(term, 0)
    return lines


def _head(term: str, terms: Terms) -> list[str]:
    notes = [
        *terms.values(term, SKOS + "scopeNote"),
        *(f"For example: {each}" for each in terms.values(term, SKOS + "example")),
    ]
    deprecated = ["**Deprecated.**"] if terms.text(term, OWL + "deprecated") == "true" else []
    told = " ".join([*deprecated, terms.text(term, SKOS + "definition"), *notes]).strip()
    return ["", f"<a id='{anchor(term)}'></a>", f"## {terms.label(term)}", "", f"`{short(term)}` {told}", ""]


def _told(term: str, terms: Terms) -> str:
    parts = [*terms.values(term, SKOS + "definition"), *terms.values(term, SKOS + "scopeNote")]
    parts += [f"For example: {each}" for each in terms.values(term, SKOS + "example")]
    return " ".join(parts).replace("|", "\\|")


def _sort(kinds: list[str]) -> str:
    names = {
        "ObjectProperty": "leads to a node",
        "DatatypeProperty": "has a literal",
        "AnnotationProperty": "annotates",
    }
    return next(word for kind, word in names.items() if OWL + kind in kinds)


def _said(what: str, values: Iterable[str]) -> list[str]:
    held = list(values)
    return [f"- {what}: {', '.join(held)}"] if held else []
