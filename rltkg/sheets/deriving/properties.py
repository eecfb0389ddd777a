"""Which properties a class has, how often each, and which of them must be there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rltkg.sheets.columns import Column
from rltkg.sheets.deriving.schema import OWL, RDFS, RLT, SKOS, TYPE, words_of
from rltkg.sheets.deriving.values import value_of
from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from rltkg.sheets.deriving.schema import Schema

Scopes = dict[str, set[str]]
_FIRST = RDFS + "label"
_NOTES = (SKOS + "definition", SKOS + "scopeNote")


@dataclass
class _Use:
    """What the shapes of a class ask of one property."""

    least: int = 0
    most: int | None = None
    advised: bool = False
    own: bool = False
    general: bool = False
    shapes: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    form: list[str] = field(default_factory=list)
    wider: list[str] = field(default_factory=list)  # what is asked of it together with other properties
    either: set[str] = field(default_factory=set)


def columns_of(iri: str, schema: Schema, scopes: Scopes) -> tuple[Column, ...]:
    """Return the columns of the class `iri`: what must be filled first, then what is its own, each by header.

    `scopes` tells which classes each property is for, as `scopes_of` has it.
    """
    uses = _uses(iri, schema, scopes)
    columns = [_column(each, use, schema) for each, use in uses.items() if use.most != 0]
    headers = _headers([column.iri for column in columns])
    named = {column.iri: replace(column, header=headers[column.iri]) for column in columns}
    whole = [
        replace(column, either=tuple(sorted(named[each].header for each in uses[column.iri].either if each in named)))
        for column in named.values()
    ]
    return tuple(sorted(whole, key=_rank))


def _rank(column: Column) -> tuple[bool, bool, int, bool, str]:
    need = 0 if column.required else 1 if column.either else 2 if column.advised else 3
    general = column.general and not column.either
    return (column.iri != _FIRST, general, need, not column.own, column.header)


def _headers(iris: list[str]) -> dict[str, str]:
    """Return a header for each property; where two have the same words, one that is not ours bears its vocabulary."""
    words = {iri: words_of(iri) for iri in iris}
    shared = {each for each in words.values() if list(words.values()).count(each) > 1}
    return {
        iri: f"{_vocabulary(iri)} {each}" if each in shared and not iri.startswith(RLT) else each
        for iri, each in words.items()
    }


def _vocabulary(iri: str) -> str:
    """Return the last word of a namespace: skos for http://www.w3.org/2004/02/skos/core#."""
    parts = [part for part in iri.replace("#", "/").split("/")[:-1] if part.isalpha() and part != "core"]
    return parts[-1].lower() if parts else "other"


def _uses(iri: str, schema: Schema, scopes: Scopes) -> dict[str, _Use]:
    """Return the properties that the class has: by its shapes, by their domain, and by the shapes of their use."""
    found: dict[str, _Use] = {}
    line = schema.line(iri)
    for each in line:
        for shape in schema.on_class(each):
            for name in sorted(schema.mentions(shape)):
                use = found.setdefault(name, _Use())
                use.own |= each == iri
                use.wider += _messages([shape], schema)
            _count(shape, found, schema)
            _group(shape, line, found, schema)
    for used, scope in scopes.items():
        if not scope or scope & set(line):
            use = found.setdefault(used, _Use(general=not scope))
            use.own |= iri in scope
    for used, use in found.items():
        for shape in schema.on_use(used):
            speaking = [each for each in schema.properties(shape) if schema.path(each) == used]
            use.shapes += speaking
            use.form += _messages([each for each in speaking if not schema.values(each, SH + "severity")], schema)
    return found


def scopes_of(schema: Schema) -> Scopes:
    """Return for each property the classes whose nodes may have it, none if all may; without those of which none tells.

    Asked are the domain of the property and the shapes of its use.
    """
    scopes = {iri: _scope(iri, schema) for iri in schema.all_properties()}
    return {iri: scope for iri, scope in scopes.items() if scope is not None}


def _scope(iri: str, schema: Schema) -> set[str] | None:
    narrowed = [set(schema.classes(shape)) for shape in schema.on_use(iri)]
    said = set(schema.of_term(iri, RDFS + "domain")).union(*narrowed)
    if said:
        return said
    speaks = any(schema.path(each) == iri for shape in schema.on_use(iri) for each in schema.properties(shape))
    return set() if speaks else None


def _count(shape: str, found: dict[str, _Use], schema: Schema) -> None:
    """Take over how often the property shapes of a node shape ask for their properties."""
    for each in schema.properties(shape):
        least, most = schema.number(each, "minCount") or 0, schema.number(each, "maxCount")
        binding = not schema.values(each, SH + "severity")
        names = schema.alternatives(each)
        if path := schema.path(each):
            use = found[path]
            use.shapes.append(each)
            use.rules += _messages([each], schema)
            use.least = max(use.least, least if binding else 0)
            use.advised |= bool(least)
            use.most = most if use.most is None else use.most if most is None else min(most, use.most)
        elif least:
            for name in names:
                found[name].either |= set(names) if binding else set()
                found[name].advised |= not binding
                found[name].rules += _messages([each], schema)


def _group(shape: str, line: list[str], found: dict[str, _Use], schema: Schema) -> None:
    """Take over alternatives of which each demands properties: one of them is needed, or just one property is."""
    for key, parts in schema.parts(shape):
        if key == "and":
            continue
        open_to = [part for part in parts if not (asked := schema.classes(part)) or set(asked) & set(line)]
        demands = [_demanded(part, schema) for part in open_to]
        binding = not schema.values(shape, SH + "severity")
        if not binding or not demands or not all(demands):
            continue
        if len(demands) == 1:
            for name in demands[0]:
                found[name].least = max(found[name].least, 1)
        elif all(len(some) == 1 for some in demands):
            names = set().union(*demands)
            for name in names:
                found[name].either |= names


def _demanded(shape: str, schema: Schema) -> set[str]:
    """Return the properties that a node must have in order to fit a shape."""
    return {
        path
        for each in schema.properties(shape)
        if (path := schema.path(each)) and (schema.number(each, "minCount") or schema.values(each, SH + "hasValue"))
    }


def _messages(shapes: list[str], schema: Schema) -> list[str]:
    return [value.value for shape in shapes for value in schema.values(shape, SH + "message")]


def _column(iri: str, use: _Use, schema: Schema) -> Column:
    once = OWL + "FunctionalProperty" in schema.of_term(iri, TYPE)
    unique = any(schema.values(shape, SH + "uniqueLang") for shape in use.shapes)
    examples = [f"For example: {each}" for each in schema.of_term(iri, SKOS + "example")]
    return Column(
        iri=iri,
        header=words_of(iri),
        label=schema.one(iri, RDFS + "label") or words_of(iri),
        help=tuple([each for key in _NOTES for each in schema.of_term(iri, key)] + examples),
        rules=tuple(dict.fromkeys([*use.rules, *use.wider])),
        form=tuple(dict.fromkeys(use.form)),
        value=value_of(iri, use.shapes, schema),
        required=use.least > 0,
        advised=use.advised and not use.least,
        many=not (use.most == 1 or once or unique),
        either=tuple(sorted(use.either)),
        own=use.own,
        general=use.general and not use.least,
    )
