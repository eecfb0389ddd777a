"""Reads what somebody contributes, as it is written: literals keep their form, nothing is fetched, and limits hold."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from rltkg.corpus.own import LARGEST, sound
from rltkg.errors import InputError
from rltkg.validation.places import Places, place_at
from rltkg.validation.places.turtle import unfamiliar
from rltkg.validation.report import Finding, Location, Severity

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
}
KINDS = (
    "Turtle (.ttl), TriG (.trig), N-Triples (.nt), N-Quads (.nq) or JSON-LD (.jsonld, .json), or sheets (.xlsx, .csv)"
)
SHEETS = (".xlsx", ".csv")
DEEPEST = 100  # levels of JSON; the engine dies of 10,000
LONGEST = 100_000  # characters of a literal
MOST = 5_000_000  # triples of all files together
_REIFIES = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
_IMPORTS = NamedNode("http://www.w3.org/2002/07/owl#imports")
# The message of the parser without the places, which stand in our location.
_WHERE = re.compile(r"^Parser error at line \d+ [^:]*: |\s*\(line \d+\)$")


@dataclass(slots=True)
class Source:
    """One file of a contribution: its name, its text, and its triples in the order in which they are written.

    A file of sheets has no RDF format and no text, but `cells`, the place of each triple.
    """

    name: str
    form: RdfFormat | None
    text: str
    quads: list[Quad] = field(default_factory=list)
    cells: list[Location] = field(default_factory=list)


@dataclass
class Contribution:
    """The files that somebody contributes, and what already is wrong with them as files.

    `empty` has the place of the empty cell of a node (as N-Triples writes it) and a property (an IRI), and `open` the
    nodes of which a cell is not understood, with the properties of these cells, "" for any.
    """

    sources: list[Source]
    findings: list[Finding]
    empty: dict[tuple[str, str], Location] = field(default_factory=dict)
    open: dict[str, set[str]] = field(default_factory=dict)

    @cached_property
    def subjects(self) -> set[NamedNode | BlankNode]:
        """The subjects of all triples."""
        return {quad.subject for source in self.sources for quad in source.quads}  # type: ignore[misc]

    @property
    def triples(self) -> int:
        """How many triples all files hold."""
        return sum(len(source.quads) for source in self.sources)

    def leaves_open(self, finding: Finding) -> bool:
        """Say whether a finding that something is missing may come from a cell that is not understood, as is told."""
        if finding.rule == "nothing-recognised":
            return any(source.form is None for source in self.sources) and bool(self.findings)
        properties = self.open.get(finding.focus)
        if not properties or finding.value not in {"", finding.focus}:
            return False
        return bool(properties & {"", finding.path}) or not finding.path or "<" in finding.path

    @cached_property
    def places(self) -> Places:
        """Where each triple is written."""
        files = ((source.name, source.form, source.text, source.quads) for source in self.sources)
        return Places(files, {each.name: each.cells for each in self.sources if each.form is None}, self.empty)


def read(paths: Iterable[str | os.PathLike[str]], form: str | None = None) -> Contribution:
    """Return what the files `paths` hold; `-` is standard input, a folder stands for the RDF files and sheets below it.

    `form` is the suffix whose format standard input has (default: ttl or trig, jsonld if it starts with a brace). A
    file that cannot be parsed or passes a limit is a finding. Raises InputError where a path is missing or tells no
    format.
    """
    found = Contribution([], [])
    books: list[tuple[str, bytes]] = []
    for name, kind, content in _files(paths, form):
        if kind is None:
            books.append((name, content))
            continue
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            found.findings.append(
                _broken("encoding", "The file is not UTF-8; save it as UTF-8.", Location(name, line, 1))
            )
            continue
        source = Source(name, kind, text)
        found.sources.append(source)
        found.findings += _fill(source)
        if found.triples > MOST:
            raise InputError(f"{name}: over {MOST:,} triples in all; check the files one by one")
    if books:
        from rltkg.validation.books import add_books

        add_books(books, found)  # last, since their cells may name what the other files describe
    return found


def _files(paths: Iterable[str | os.PathLike[str]], form: str | None) -> Iterable[tuple[str, RdfFormat | None, bytes]]:
    seen: set[Path] = set()
    for each in paths:
        if str(each) == "-":
            content = sys.stdin.buffer.read(LARGEST + 1)
            if len(content) > LARGEST:
                raise InputError(f"standard input is over {LARGEST // 2**20} MB long; split it")
            guess = ".jsonld" if content.lstrip()[:1] == b"{" else ".trig"
            yield "<stdin>", _format(f".{form.lstrip('.')}" if form else guess, "standard input"), content
            continue
        path = Path(each)
        if path.is_dir():
            below = sorted(one for one in path.rglob("*") if _is_taken(one) and one.is_file())
            if not below:
                raise InputError(f"{path} holds no file in {KINDS}; name a file or another folder")
        else:
            below = [path]
        for one in below:
            if one.resolve() not in seen:
                seen.add(one.resolve())
                yield str(one), *_content(one)


def _content(path: Path) -> tuple[RdfFormat | None, bytes]:
    """Return the format of a file, None for sheets, and its bytes."""
    if path.suffix.lower() in FORMATS:
        return _format(path.suffix.lower(), str(path)), sound(path)
    from rltkg.sheets.files import content_of, is_sheet

    return (None, content_of(path)) if is_sheet(path) else (_format(path.suffix.lower(), str(path)), b"")


def _is_taken(path: Path) -> bool:
    """Say whether a file below a folder belongs to a contribution; what a spreadsheet program leaves there does not."""
    return path.suffix.lower() in FORMATS or (
        path.suffix.lower() in SHEETS and not path.name.startswith(("~$", ".~", "."))
    )


def _format(suffix: str, name: str) -> RdfFormat:
    if suffix not in FORMATS:
        raise InputError(f"{name}: the suffix {suffix!r} tells no RDF format; give {KINDS}")
    return FORMATS[suffix]


def _fill(source: Source) -> list[Finding]:
    """Parse the text of `source` into its triples; return what is wrong with it as a file."""
    if source.form == RdfFormat.JSON_LD and (finding := _unsound_json(source)):
        return [finding]
    try:
        source.quads.extend(parse(source.text, format=source.form, base_iri=None))
    except SyntaxError as error:
        place = Location(source.name, error.lineno or 1, error.offset or 1)
        source.quads.clear()
        return [_broken("syntax-error", f"{_WHERE.sub('', str(error.msg))}.", place)]
    except ValueError as error:
        source.quads.clear()
        return [_broken("syntax-error", f"{error}.", Location(source.name))]
    predicates = {quad.predicate for quad in source.quads}
    if _REIFIES in predicates or (_may_be_newer(source) and any(map(_is_newer, source.quads))):
        source.quads.clear()
        offset = unfamiliar(source.text) if source.form in {RdfFormat.TURTLE, RdfFormat.TRIG} else None
        place = Location(source.name) if offset is None else place_at(source.name, source.text, offset)
        message = "This is RDF 1.2, which most stores do not read yet; write a node with properties instead."
        return [_broken("rdf-1.2", message, place)]
    imports = _IMPORTS in predicates
    return [
        finding
        for quad in source.quads
        if imports or (isinstance(value := quad.object, Literal) and len(value.value) > LONGEST)
        for finding in _refused(quad, source)
    ]


def _may_be_newer(source: Source) -> bool:
    """Say whether the text has a mark of RDF 1.2: that of a triple term, or of the direction of a text."""
    return source.form == RdfFormat.JSON_LD or "<<" in source.text or "--" in source.text


def _is_newer(quad: Quad) -> bool:
    value = quad.object
    return isinstance(value, Triple) or bool(getattr(value, "direction", None))


def _refused(quad: Quad, source: Source) -> Iterable[Finding]:
    """Find what a triple may not hold, whatever the shapes say."""
    value = quad.object
    if isinstance(value, Literal) and len(value.value) > LONGEST:
        message = f"The literal is {len(value.value):,} characters long; {LONGEST:,} are allowed: shorten it."
        yield _broken("literal-too-long", message, Location(source.name), quad)
    elif quad.predicate == _IMPORTS:
        yield _broken(
            "import", "Nothing is imported from elsewhere; take owl:imports out.", Location(source.name), quad
        )


def _broken(rule: str, message: str, place: Location, quad: Quad | None = None) -> Finding:
    focus, path = (str(quad.subject), quad.predicate.value) if quad else ("", "")
    value = str(quad.object) if quad and rule == "import" else ""
    return Finding(rule, Severity.VIOLATION, message, focus=focus, path=path, value=value, location=place)


def _unsound_json(source: Source) -> Finding | None:
    """Say what is wrong with a text as JSON-LD before the engine sees it: too deep, no JSON, a remote context."""
    depth = deepest = 0
    for mark in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', source.text, re.DOTALL):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark[0], 0)
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        message = f"The JSON is nested {deepest:,} levels deep; {DEEPEST} are allowed: flatten it."
        return _broken("nested-too-deep", message, Location(source.name))
    try:
        tree = json.loads(source.text)
    except json.JSONDecodeError as error:
        return _broken("syntax-error", f"{error.msg}.", Location(source.name, error.lineno, error.colno))
    if _remote(tree):
        message = "The context is at an address, and nothing is fetched from a network; write it into the file."
        return _broken("remote-context", message, Location(source.name))
    return None


def _remote(tree: object) -> bool:
    if isinstance(tree, list):
        return any(map(_remote, tree))
    if not isinstance(tree, dict):
        return False
    context = tree.get("@context")
    parts = context if isinstance(context, list) else [context]
    named = any(isinstance(part, str) or (isinstance(part, dict) and "@import" in part) for part in parts)
    return named or any(_remote(value) for value in tree.values())
