"""A commented Turtle file: what must be said, with places to fill, and what may be said, commented out."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from rltkg.corpus.prefixes import PREFIXES
from rltkg.results.names import short
from rltkg.sheets.columns import STRING, Code, Property, Text, Thing, Typed, Web
from rltkg.sheets.wording import need
from rltkg.validation.guards.placeholders import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import BlankNode, Triple

    from rltkg.sheets.columns import Column
    from rltkg.sheets.kinds import Kind
    from rltkg.sheets.shipped import Shipped

_WIDTH = 118
_BARE = {"xsd:integer", "xsd:decimal"}  # datatypes of which Turtle writes the value alone
_FEW = 12  # choices that have room for what they mean
_PLACES = {Code: f"code:{BLANK}", Property: f"rlt:{BLANK}", Thing: f"thing:{BLANK}", Web: f"<https://{BLANK}>"}
_HEAD = """\
# A contribution to rltkg: {what}.
#
# Put something in the place of every {blank}. What may be left out is commented out: take the # away to say it.
# Where a node is already in the release, name it by its id (`rltkg find WORDS` tells it) and delete its block here.
# Several values stand with commas between them: rlt:topic code:topic-rlt , code:topic-guidelines ;
#
# `rltkg validate FILE` tells, line by line, what is wrong; it refuses the file until no {blank} is left.
"""


def turtle_template(wanted: list[Kind], shipped: Shipped | None = None) -> str:
    """Return a Turtle file with a block for each of the `wanted` kinds; blocks name each other where they must.

    Where `shipped` is given, each property has also what an example in it says.
    """
    subjects = {kind.base: _subject(kind) for kind in reversed(wanted)}
    chosen = shipped.chosen(wanted) if shipped else {}
    examples = {name: shipped.about[iri] for name, iri in chosen.items() if shipped}
    blocks = [_block(kind, subjects, examples.get(kind.name, [])) for kind in wanted]
    body = "\n".join([*blocks, *_long_lists(wanted)])
    graph = "graph:updates a rlt:ReleaseGraph .\n"
    used = {name: iri for name, iri in PREFIXES.items() if f"{name}:" in body + graph}
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(used.items()))
    what = ", ".join(kind.label for kind in wanted)
    return f"{_HEAD.format(what=what, blank=BLANK)}\n{prefixes}\n{graph}\n{body}"


def _subject(kind: Kind) -> str:
    return short(f"{kind.namespace}{BLANK}-{kind.name}")


def _block(kind: Kind, subjects: dict[str, str], example: list[Triple]) -> str:
    """Return one node. Its class comes last, so that any line before it may be commented out or in."""
    lines = [_remark(f"{kind.label}: {kind.definition}", "")]
    lines += [_remark(f"The example is {short(example[0].subject.value)}.", "")] if example else []  # type: ignore[union-attr]
    lines.append(_subject(kind))
    own = [column for column in kind.columns if not column.general or column.either]
    others = {name: subject for name, subject in subjects.items() if name != kind.base}
    for column in own:
        said = [triple.object for triple in example if triple.predicate.value == column.iri]
        lines += _help(column, said)
        mark = "" if column.required or column.header in column.either[:1] else "# "
        lines.append(f"    {mark}{short_of(column.iri)} {_place(column, others)} ;")
    if general := [short_of(column.iri) for column in kind.columns if column not in own]:
        lines += ["", _remark(f"Any node may also have: {', '.join(general)}.")]
    lines += [f"    {short_of(key)} {short(value)} ;" for key, value in kind.preset]
    lines.append(f"    a {short(kind.iri)} .")
    return "\n".join(lines) + "\n"


def _help(column: Column, example: list[NamedNode | Literal | BlankNode | Triple]) -> Iterable[str]:
    """Return what is to be known of a property, as comments, with what the `example` says."""
    yield ""
    yield _remark(" ".join([f"{column.label} ({need(column)}).", *column.help]))
    yield _remark(" ".join(dict.fromkeys((*column.rules, *column.form))), "    #   ")
    if isinstance(column.value, Code | Property):
        yield _remark(_choices(column), "    #   ")
    if example:
        yield _remark(f"In the example: {' , '.join(map(_term, example))}", "    #   ")


def _term(term: NamedNode | Literal | BlankNode | Triple) -> str:
    """Return a term as a Turtle file of this project writes it."""
    if isinstance(term, NamedNode):
        return short_of(term.value)
    if isinstance(term, Literal) and not term.language and term.datatype.value != STRING:
        datatype = short_of(term.datatype.value)
        return term.value if datatype in _BARE else f'"{term.value}"^^{datatype}'
    return str(term)


def _choices(column: Column) -> str:
    value = column.value
    if isinstance(value, Code) and len(value.choices) <= _FEW:
        told = [f"{short(choice.iri)} ({choice.definition.rstrip('.')})" for choice in value.choices]
        return f"One of: {'; '.join(told)}."
    if isinstance(value, Code):
        return f"One of the {len(value.choices)} that the end of this file lists for {short_of(value.scheme)}."
    return "A property of this node, or another of the ontology, by its name." if isinstance(value, Property) else ""


def _long_lists(wanted: list[Kind]) -> Iterable[str]:
    """Return the lists that are too long to stand at a property, each once."""
    values = [column.value for kind in wanted for column in kind.columns]
    for value in dict.fromkeys(each for each in values if isinstance(each, Code) and len(each.choices) > _FEW):
        told = [f"#   {short(choice.iri)}  {choice.label}" for choice in value.choices]
        yield "\n".join([f"# {short_of(value.scheme)}, one of:", *told]) + "\n"


def _place(column: Column, subjects: dict[str, str]) -> str:
    """Return what stands where the value of a property is to be put, in the form that the value will have."""
    value = column.value
    if isinstance(value, Text):
        return f'"{BLANK}"@{value.language or "en"}'
    if isinstance(value, Typed):
        datatype = "" if value.datatypes == (STRING,) else f"^^{short_of(value.datatypes[0])}"
        return f'"{BLANK}"{datatype}'
    if isinstance(value, Thing) and len(value.classes) == 1:
        own = [subjects[name] for name in value.kinds if name in subjects]
        return own[0] if len(own) == 1 else f"thing:{BLANK}"
    return _PLACES[type(value)]


def _remark(text: str, margin: str = "    # ") -> str:
    head = margin or "# "
    return textwrap.fill(
        text, _WIDTH, initial_indent=head, subsequent_indent=head, break_on_hyphens=False, break_long_words=False
    )


def short_of(iri: str) -> str:
    """Return `iri` with the prefix that the layout of this project has for it, else in angle brackets."""
    for name, base in PREFIXES.items():
        if iri.startswith(base) and len(iri) > len(base) and "/" not in iri[len(base) :]:
            return f"{name}:{iri[len(base) :]}"
    return f"<{iri}>"
