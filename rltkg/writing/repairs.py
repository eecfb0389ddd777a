"""Makes the safe repairs that a validation offers, in the text as it is written: only the words in question change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from rltkg.corpus.prefixes import PREFIXES
from rltkg.validation.places.turtle import lines, spots, tokens
from rltkg.writing.layout import bare
from rltkg.writing.names import local

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rltkg.validation.places.turtle import Spot
    from rltkg.validation.reading import Source
    from rltkg.validation.report import Finding

_LINES = {RdfFormat.N_TRIPLES, RdfFormat.N_QUADS}
_TURTLE = {RdfFormat.TURTLE, RdfFormat.TRIG}
_QUOTED = re.compile(r"""("{3}|'{3}|"|')((?:\\.|(?!\1).)*+)\1""", re.DOTALL)
_SIMPLE = re.compile(r"[A-Za-z0-9.:+-]+")  # what is written alike within any quotes
_PROPERTY = "unknown-property"


class Mended(NamedTuple):
    """A text with its repairs made, and the findings that they mend."""

    text: str
    findings: list[Finding]


class _Edit(NamedTuple):
    start: int
    end: int
    words: str


def mend(source: Source, findings: Collection[Finding]) -> Mended:
    """Return the text of `source` with the safe suggestions of `findings` made, as far as they are about its triples.

    A repair is made only where the place of each triple is known, and where the new text says just what the old one
    says with the repair; else the text stays and nothing is mended.
    """
    offers = [finding for finding in findings if finding.suggestion and finding.suggestion.safe]
    offered = {_key(finding): finding for finding in offers}
    changes: dict[int, tuple[Quad, list[Finding]]] = {}
    for number, quad in enumerate(source.quads):
        mended, made = quad, []
        for key in _keys(quad):
            finding = offered.get(key)
            if finding is not None:
                mended = _changed(mended, finding)
                made.append(finding)
        if made:
            changes[number] = (mended, made)
    text = _written(source, changes) if changes else None
    if text is None:
        return Mended(source.text, [])
    return Mended(text, list({_key(each): each for _, made in changes.values() for each in made}.values()))


def _key(finding: Finding) -> tuple[str, ...]:
    """Return what tells which triples a finding is about; an unknown property is one whatever its value."""
    if finding.rule == _PROPERTY:
        return (finding.focus, finding.path)
    return (finding.focus, finding.path, finding.value)


def _keys(quad: Quad) -> tuple[tuple[str, ...], ...]:
    subject, predicate = str(quad.subject), quad.predicate.value
    return (subject, predicate, str(quad.object)), (subject, predicate)


def _changed(quad: Quad, finding: Finding) -> Quad:
    """Return `quad` with the repair of `finding` made."""
    new = finding.suggestion.replacement if finding.suggestion else ""
    if finding.rule == _PROPERTY:
        return Quad(quad.subject, NamedNode(new), quad.object, quad.graph_name)
    value = Literal(new, datatype=quad.object.datatype) if isinstance(quad.object, Literal) else NamedNode(new)
    return Quad(quad.subject, quad.predicate, value, quad.graph_name)


def _written(source: Source, changes: Mapping[int, tuple[Quad, list[Finding]]]) -> str | None:
    """Return the text of `source` with `changes` made in it; None where that cannot be done with certainty."""
    places: Sequence[Spot] = ()
    prefixes: Mapping[str, str] = {}
    if source.form in _LINES:
        places = lines(source.text)
    elif source.form in _TURTLE:
        places = spots(source.text)
        reader = parse(source.text, format=source.form)
        list(reader)
        prefixes = reader.prefixes
    if len(places) != len(source.quads):
        return None
    due = [changes[number][0] if number in changes else quad for number, quad in enumerate(source.quads)]
    for known in (prefixes, {}):  # a prefix may have another sense further up; IRIs in full have one only
        edits: set[_Edit] = set()
        for number, (mended, _) in changes.items():
            edits |= _edits(source.text, source.quads[number], mended, places[number], known)
        text = _edited(source.text, edits)
        if _says(text, source.form, due):
            return text
    return None


def _edits(text: str, old: Quad, new: Quad, spot: Spot, prefixes: Mapping[str, str]) -> set[_Edit]:
    found: set[_Edit] = set()
    if new.predicate != old.predicate:
        token = next(tokens(text, spot.predicate))
        found.add(_Edit(token.start, token.end, _iri(token.text, old.predicate.value, new.predicate.value, prefixes)))
    if new.object != old.object:
        word = text[spot.object : spot.end]
        if isinstance(new.object, Literal):
            written = _literal(word, new.object, prefixes)
        else:
            written = _iri(word, old.object.value, new.object.value, prefixes)  # type: ignore[union-attr]
        found.add(_Edit(spot.object, spot.end, written))
    return found


def _iri(word: str, old: str, new: str, prefixes: Mapping[str, str]) -> str:
    """Return `new` as it is written in the place of `word`, which means `old`: in full, or by a prefix of the file."""
    if word.startswith("<"):
        return f"<{new}>"
    prefix, _, name = word.partition(":")
    spaces = {prefix: old.removesuffix(re.sub(r"\\(.)", r"\1", name))}
    spaces |= {each: space for each, space in prefixes.items() if each != prefix}
    ours = {space: each for each, space in PREFIXES.items()}
    for each in sorted(spaces, key=lambda each: (each != prefix, ours.get(spaces[each]) != each, each)):
        rest = new.removeprefix(spaces[each])
        if rest != new and local(rest):
            return f"{each}:{rest}"
    return f"<{new}>"


def _literal(word: str, new: Literal, prefixes: Mapping[str, str]) -> str:
    """Return the literal `new` as it is written in the place of `word`: in the same quotes, or bare like it."""
    quoted = _QUOTED.match(word)
    if quoted:
        return (
            f"{quoted[1]}{new.value}{word[quoted.end() - len(quoted[1]) :]}" if _SIMPLE.fullmatch(new.value) else word
        )
    datatype = new.datatype.value
    if bare(new.value, datatype):
        return new.value
    prefix = next((each for each, space in sorted(prefixes.items()) if space == PREFIXES["xsd"]), None)
    name = f"<{datatype}>" if prefix is None else datatype.replace(PREFIXES["xsd"], f"{prefix}:")
    return f'"{new.value}"^^{name}'


def _edited(text: str, edits: Collection[_Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.words + text[edit.end :]
    return text


def _says(text: str, form: RdfFormat | None, due: Sequence[Quad]) -> bool:
    """Say whether `text` holds just the quads `due`, in their order, but for the names of blank nodes."""
    try:
        quads = list(parse(text, format=form))
    except (SyntaxError, ValueError):
        return False
    return len(quads) == len(due) and all(map(_alike, quads, due))


def _alike(one: Quad, other: Quad) -> bool:
    pairs = ((one.subject, other.subject), (one.object, other.object), (one.graph_name, other.graph_name))
    return one.predicate == other.predicate and all(
        a == b or (type(a) is type(b) and str(a).startswith("_:")) for a, b in pairs
    )
