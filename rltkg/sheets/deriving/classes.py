"""Which classes are kinds, what each is called, and where its ids are minted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rltkg.sheets.columns import Choice, Property, Thing
from rltkg.sheets.deriving.properties import columns_of, scopes_of
from rltkg.sheets.deriving.schema import OWL, RDFS, RLT, SKOS, read_schema, words_of
from rltkg.sheets.kinds import Kind, Kinds
from rltkg.sheets.needs import fact_of, shortcuts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rltkg.sheets.columns import Column
    from rltkg.sheets.deriving.properties import Scopes
    from rltkg.sheets.deriving.schema import Schema

BASE = "https://w3id.org/rltkg/"

# Classes that are no kinds: those whose nodes always have a narrower class, and what no contribution holds. A test
# asserts that none of the first has a node in the release, and that every other class of the release is a kind.
_ABSTRACT = {"Statement", "ProjectNote", "FrameworkElement"}
_OURS = {"Code", "ReleaseGraph"}

# Where ids are minted, by the class or a broader one; what is about none of these is a thing.
_PLACES = {"Statement": "page/", "Passage": "page/", "Section": "page/", "Reference": "page/", "ProjectNote": "coding/"}

# Friendly words for what people start with: a class and what its nodes have.
_PRESETS = {
    "guideline": ("Document", {"documentKind": "document-kind-guideline"}),
    "strategy": ("Document", {"documentKind": "document-kind-strategy"}),
    "web-page": ("Document", {"documentKind": "document-kind-web-page"}),
    "omission": ("Position", {"coveredTopic": "topic-rlt", "coverage": "coverage-omitted"}),
}


def derived(ontology: Iterable[Path], shapes: Iterable[Path]) -> Kinds:
    """Return the kinds that the Turtle files of an ontology and its shapes make, those with presets last.

    Raises UnavailableError where a file is missing, InputError where one is broken.
    """
    schema = read_schema([*ontology, *shapes])
    scopes = scopes_of(schema)
    classes = [iri for iri in schema.members[OWL + "Class"] if _is_kind(iri, schema)]
    plain = [_kind(iri, schema, scopes) for iri in sorted(classes)]
    known = [_with_choices(kind, plain, schema) for kind in plain]
    found = [_with_facts(kind, known) for kind in known]
    presets = [_preset(name, each, found, schema) for name in _PRESETS for each in [_PRESETS[name]]]
    return Kinds((*found, *(kind for kind in presets if kind)))


def _is_kind(iri: str, schema: Schema) -> bool:
    if not iri.startswith(RLT):
        return False
    line = schema.line(iri)
    if any(RLT + name in line for name in _OURS) or iri.removeprefix(RLT) in _ABSTRACT:
        return False
    # A class that is another one by definition (Guideline) is a name for its nodes, which have the other's class only.
    if schema.of_term(iri, OWL + "equivalentClass") and not schema.on_class(iri):
        return False
    return any(schema.on_class(each) for each in line)


def _kind(iri: str, schema: Schema, scopes: Scopes) -> Kind:
    name = words_of(iri).replace(" ", "-")
    roots = [each.removeprefix(RLT) for each in schema.line(iri)]
    return Kind(
        name=name,
        iri=iri,
        label=schema.one(iri, RDFS + "label"),
        definition=schema.one(iri, SKOS + "definition"),
        columns=columns_of(iri, schema, scopes),
        namespace=BASE + next((_PLACES[root] for root in roots if root in _PLACES), "thing/"),
        base=name,
        line=tuple(schema.line(iri)),
    )


def _with_choices(kind: Kind, plain: list[Kind], schema: Schema) -> Kind:
    """Return the kind with what its columns can only say once all kinds are known."""
    own = tuple(Choice(each.iri, each.header, each.help[0] if each.help else "") for each in kind.columns)
    return replace(kind, columns=tuple(_known(each, own, plain, schema) for each in kind.columns))


def _with_facts(kind: Kind, plain: list[Kind]) -> Kind:
    """Return the kind with a remark at each property that a fact must tell of too."""
    fact = fact_of(kind, plain)
    if fact is None:
        return kind
    remark = f"A {fact.label} (rlt:{fact.iri.removeprefix(RLT)}) must tell it too, with its passage; both are compared."
    told = shortcuts(kind, fact)
    columns = (replace(each, rules=(*each.rules, remark)) if each.iri in told else each for each in kind.columns)
    return replace(kind, columns=tuple(columns))


def _known(column: Column, own: tuple[Choice, ...], plain: list[Kind], schema: Schema) -> Column:
    if isinstance(column.value, Property):
        terms = tuple(each for each in own if each.iri.startswith(RLT) and each.iri != column.iri)
        return replace(column, value=Property(terms))
    if isinstance(column.value, Thing):
        asked, barred = set(column.value.classes), set(column.value.barred)
        names = [
            kind.name
            for kind in plain
            for line in [set(schema.line(kind.iri))]
            if (not asked or asked & line) and not barred & line
        ]
        return replace(column, value=replace(column.value, kinds=tuple(names)))
    return column


def _preset(name: str, each: tuple[str, dict[str, str]], plain: list[Kind], schema: Schema) -> Kind | None:
    """Return a kind with a preset, None where ontology or shapes no longer have what it stands on."""
    local, values = each
    base = next((kind for kind in plain if kind.iri == RLT + local), None)
    preset = tuple((RLT + key, f"{BASE}code/{value}") for key, value in values.items())
    if base is None or any(predicate not in base.by_iri for predicate, _ in preset):
        return None
    labels = [(base.by_iri[key].label, schema.one(value, RDFS + "label")) for key, value in preset]
    said = ", ".join(f"{key} {value!r}" for key, value in labels)
    return replace(
        base,
        name=name,
        label=name.replace("-", " "),
        definition=f"{base.definition.rstrip('.')}; here with {said}.",
        columns=tuple(column for column in base.columns if column.iri not in values and column.iri not in dict(preset)),
        base=base.name,
        preset=preset,
    )
