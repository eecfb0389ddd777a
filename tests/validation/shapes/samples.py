"""The conforming samples, and copies of single nodes of them in which something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from rltkg.corpus.prefixes import PREFIXES
from rltkg.validation.run import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rltkg.validation.report import ValidationReport

    Term = NamedNode | BlankNode | Literal | Triple

SAMPLES = Path(__file__).parents[2] / "data" / "shapes"
SAMPLE = "https://w3id.org/rltkg/sample/"
NAMESPACES = {**PREFIXES, "sample": SAMPLE}
HEAD = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in NAMESPACES.items())
PASSAGE = NamedNode(PREFIXES["rlt"] + "passage")
LABEL = NamedNode(PREFIXES["rdfs"] + "label")


@dataclass(frozen=True)
class Change:
    """Node `node` of the samples, with the triples `removed` taken out of it and `added` put in."""

    name: str
    node: NamedNode
    removed: frozenset[Triple]
    added: frozenset[Triple]


@cache
def sample_files() -> tuple[Path, ...]:
    """Return the conforming samples, one file for each topic."""
    return tuple(sorted(SAMPLES.glob("*.ttl")))


@cache
def sample_triples() -> tuple[Triple, ...]:
    """Return the triples of all conforming samples, in the order of their files."""
    return tuple(quad.triple for path in sample_files() for quad in parse(path=str(path), format=RdfFormat.TURTLE))


@cache
def triples_of(node: NamedNode) -> frozenset[Triple]:
    """Return the triples of the samples whose subject is `node`."""
    return frozenset(triple for triple in sample_triples() if triple.subject == node)


def named(name: str) -> NamedNode:
    """Return the IRI that a prefixed name stands for."""
    prefix, _, local = name.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)


def short(iri: str) -> str:
    """Return an IRI with its prefix where it has one; the longest namespace that fits counts."""
    fit = max((base for base in NAMESPACES.values() if iri.startswith(base)), key=len, default="")
    prefix = next((each for each, base in NAMESPACES.items() if base == fit), "")
    return f"{prefix}:{iri.removeprefix(fit)}" if fit else iri


def written(node: NamedNode, text: str) -> frozenset[Triple]:
    """Return the triples of `node` whose predicates and objects are `text`, as Turtle writes them after a subject."""
    if not text:
        return frozenset()
    content = f"{HEAD}{node} {text} ."
    return frozenset(quad.triple for quad in parse(content, format=RdfFormat.TURTLE))


def copy_of(change: Change) -> tuple[NamedNode, set[Triple]]:
    """Return the name of the copy in which the change is made, and its triples.

    A passage is copied together with a statement that names it: no passage may be without. The label of a copy has the
    name of the change in it, for no two nodes may have one label.
    """
    name = NamedNode(f"{change.node.value}--{change.name}")
    renamed = _renamer({change.node: name})
    kept = {_labelled(triple, change.name) for triple in triples_of(change.node) - change.removed}
    copied = {renamed(triple) for triple in kept | change.added}
    user = next(
        (each.subject for each in sample_triples() if (each.predicate, each.object) == (PASSAGE, change.node)), None
    )
    if isinstance(user, NamedNode):
        second = NamedNode(f"{user.value}--{change.name}")
        renamed = _renamer({change.node: name, user: second})
        copied |= {renamed(_labelled(triple, change.name)) for triple in triples_of(user)}
    return name, copied


def _labelled(triple: Triple, name: str) -> Triple:
    if triple.predicate == LABEL and isinstance(triple.object, Literal):
        return Triple(triple.subject, LABEL, Literal(f"{triple.object.value} ({name})", language="en"))
    return triple


def _renamer(names: Mapping[NamedNode, NamedNode]) -> Callable[[Triple], Triple]:
    def new(term: Term) -> Term:
        return names.get(term, term) if isinstance(term, NamedNode) else term

    return lambda triple: Triple(new(triple.subject), triple.predicate, new(triple.object))  # type: ignore[arg-type]


def judged(changes: Iterable[Change], folder: Path, engine: str) -> tuple[dict[str, NamedNode], ValidationReport]:
    """Write copies with all of `changes` to one file below `folder`; return their names and the report on them."""
    names = {}
    triples: set[Triple] = set()
    for change in changes:
        names[change.name], copied = copy_of(change)
        triples |= copied
    path = folder / "copies.nt"
    path.write_bytes(serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES) or b"")
    return names, validate([*sample_files(), path], engine=engine)
