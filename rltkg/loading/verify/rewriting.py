"""Tells what a store rewrote from what it lost: pairs the lines that it lacks with those that it has in their place."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, RdfFormat, Triple, parse

from rltkg.corpus.blank import canonical
from rltkg.corpus.lines import compare
from rltkg.loading.verify.values import XSD, same_in_virtuoso, value

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    Same = Callable[[Literal, Literal], bool]

_PREFIXES = {XSD: "xsd:", "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:"}


class Difference(NamedTuple):
    """One line by which a store and the release differ.

    `lacking` is the canonical line of the release that the store has not, `surplus` the one that it has and the release
    has not; where both are there, the store rewrote one as the other, and the value is the same.
    """

    lacking: bytes | None
    surplus: bytes | None

    @property
    def benign(self) -> bool:
        """Whether nothing is lost."""
        return self.lacking is not None and self.surplus is not None

    @property
    def rewriting(self) -> str:
        """What was rewritten, in a word: `xsd:boolean "true" -> "1"`; "" where it is none."""
        if self.lacking is None or self.surplus is None:
            return ""
        given, kept = _object(self.lacking), _object(self.surplus)
        if not isinstance(given, Literal) or not isinstance(kept, Literal):
            return ""
        start = _short(given.datatype.value)
        if given.datatype != kept.datatype:
            return f"{start} as {_short(kept.datatype.value)}"
        return f"{start} in another form"


def literals(difference: Difference) -> tuple[str, str]:
    """Return the objects of the two lines of a benign difference, as N-Triples writes them."""
    return str(_object(difference.lacking or b"")), str(_object(difference.surplus or b""))


def differences(ours: Iterable[bytes], theirs: Iterable[bytes], dialect: str = "") -> Iterator[Difference]:
    """Compare the canonical lines of the release, `ours`, with those of a store; give each difference.

    A literal that is written in another form, its value being the same, makes one benign difference. Values are
    compared within one subject and predicate, so memory does not grow with the graph; lines with blank nodes come last,
    and are all held, since a literal that was rewritten gives other names to the nodes around it.
    """
    same = same_in_virtuoso if dialect == "virtuoso" else None
    loose: tuple[list[bytes], list[bytes]] = ([], [])
    differing = compare(_ground(ours, loose[0]), _ground(theirs, loose[1]))
    for _, group in groupby(differing, key=lambda each: each[0].split(b" ", 2)[:2]):
        lacking: list[bytes] = []
        surplus: list[bytes] = []
        for line, is_ours in group:
            (lacking if is_ours else surplus).append(line)
        yield from _matched(lacking, surplus, same)
    if loose[0] != loose[1]:
        yield from _loosely_matched(*loose, same)


def is_loose(line: bytes) -> bool:
    """Say whether a canonical line has a blank node, and not only the text `_:` in a literal."""
    if b"_:" not in line:
        return False
    if line.startswith(b"_:"):
        return True
    rest = line.split(b" ", 2)[2]
    return rest.startswith(b"_:") or (rest.startswith(b"<<") and b"_:" in rest)


def _ground(lines: Iterable[bytes], loose: list[bytes]) -> Iterator[bytes]:
    """Give the lines without blank nodes, and put the others into `loose`."""
    for line in lines:
        if is_loose(line):
            loose.append(line)
        else:
            yield line


def _matched(lacking: list[bytes], surplus: list[bytes], same: Same | None) -> Iterator[Difference]:
    """Pair lines of one subject and predicate by the values of their objects."""
    left: dict[Hashable, list[tuple[bytes, Literal]]] = {}
    if lacking:
        for line in surplus:
            term = _object(line)
            if isinstance(term, Literal):
                left.setdefault(value(term), []).append((line, term))
    taken: set[bytes] = set()
    for line in lacking:
        term = _object(line) if left else None
        found = None
        if isinstance(term, Literal):
            found = _taken(left, value(term)) or (same and _alike(left, term, same))
        if found:
            taken.add(found)
        yield Difference(line, found or None)
    yield from (Difference(None, line) for line in surplus if line not in taken)


def _taken(left: dict[Hashable, list[tuple[bytes, Literal]]], key: Hashable) -> bytes | None:
    held = left.get(key)
    return held.pop(0)[0] if held else None


def _alike(left: dict[Hashable, list[tuple[bytes, Literal]]], term: Literal, same: Same) -> bytes | None:
    return next((_taken(left, key) for key, held in left.items() if held and same(term, held[0][1])), None)


def _loosely_matched(ours: list[bytes], theirs: list[bytes], same: Same | None) -> Iterator[Difference]:
    """Compare all lines with blank nodes, once each literal of the store is written as the release writes its value."""
    forms: dict[Hashable, Literal] = {}
    release = [_triple(line) for line in ours]
    for each in release:
        if isinstance(each.object, Literal):
            forms.setdefault(value(each.object), each.object)
    store = []
    for line in theirs:
        read = _triple(line)
        if isinstance(read.object, Literal) and (form := _form(read.object, forms, same)) is not None:
            read = Triple(read.subject, read.predicate, form)
            if _line(read) != line:
                yield Difference(_line(read), line)
        store.append(read)
    one = {_line(each) for each in canonical(_in_form(release, forms))}
    other = {_line(each) for each in canonical(store)}
    yield from (Difference(line, None) for line in sorted(one - other))
    yield from (Difference(None, line) for line in sorted(other - one))


def _in_form(release: list[Triple], forms: dict[Hashable, Literal]) -> list[Triple]:
    """Return the triples of the release with each value written in one way, where it has several."""
    return [
        Triple(each.subject, each.predicate, forms[value(each.object)]) if isinstance(each.object, Literal) else each
        for each in release
    ]


def _form(kept: Literal, forms: dict[Hashable, Literal], same: Same | None) -> Literal | None:
    found = forms.get(value(kept))
    if found is None and same is not None:
        found = next((each for each in forms.values() if same(each, kept)), None)
    return found


def _triple(line: bytes) -> Triple:
    read: Triple = next(iter(parse(line, format=RdfFormat.N_TRIPLES))).triple
    return read


def _line(triple: Triple) -> bytes:
    return f"{triple} .\n".encode()


def _object(line: bytes) -> object:
    return _triple(line).object


def _short(datatype: str) -> str:
    for start, prefix in _PREFIXES.items():
        if datatype.startswith(start):
            return prefix + datatype.removeprefix(start)
    return f"<{datatype}>"
