"""The rows of a book as triples, each with the cell in which it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from rltkg.sheets.cells import Meaning
from rltkg.sheets.filled import filled_of
from rltkg.sheets.kinds import ID
from rltkg.sheets.known import NO_NODE, OTHER_NAMES
from rltkg.sheets.naming import LABEL, Naming
from rltkg.sheets.reading.grid import name_of
from rltkg.validation.report import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.sheets.filled import Filled
    from rltkg.sheets.kinds import Kinds
    from rltkg.sheets.known import Known
    from rltkg.sheets.reading import Book, Cell

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


@dataclass(slots=True)
class Rows:
    """What the rows of some sheets say.

    `triples` stand in the order of sheets, rows and columns, and `places` has the cell of each. `empty` has the place
    of the empty cell of a node and a property (IRIs) where the sheet has the column. `open` are the nodes (IRIs) of
    which a cell could not be understood, with the properties (IRIs) of these cells, "" where the column is unknown.
    `rows` and `comments` count the rows of data and those for people.
    """

    triples: list[Triple] = field(default_factory=list)
    places: list[Location] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    empty: dict[tuple[str, str], Location] = field(default_factory=dict)
    open: dict[str, set[str]] = field(default_factory=dict)
    rows: int = 0
    comments: int = 0


def rows_of(
    books: Iterable[Book], kinds: Kinds, known: Known, *, kind: str | None = None, namespace: str | None = None
) -> Rows:
    """Return what the sheets of `books`, read as one book, say by `kinds`; `known` gets their nodes too.

    `kind` names the kind of all sheets (default: as the name of each says), `namespace` is the IRI in which ids are
    minted (default: that of the kind). Whatever is wrong, in whichever cell, is a finding; nothing is passed over.
    """
    reader = _Reader(known, namespace)
    broken: set[tuple[str, str, str]] = set()
    for book in books:
        reader.found.findings += book.findings
        broken |= book.broken
        for sheet in book.sheets:
            filled = filled_of(sheet, kinds, broken, kind or "")
            if filled is None:
                reader.found.comments += len(sheet.comments)
            elif isinstance(filled, Finding):
                reader.found.findings.append(filled)
            else:
                reader.add(filled, broken)
    reader.understand(broken)
    return reader.found


@dataclass(slots=True)
class _Row:
    filled: Filled
    cells: list[Cell]
    subject: str
    place: Location


class _Reader:
    """Reads tables in two passes: which nodes there are, then what is said of them, since rows may name later ones."""

    def __init__(self, known: Known, namespace: str | None) -> None:
        self.known = known
        self.naming = Naming(known, namespace)
        self.found = Rows()
        self.rows: list[_Row] = []

    def add(self, filled: Filled, broken: set[tuple[str, str, str]]) -> None:
        """Take in a filled sheet: name the nodes of its rows."""
        self.found.findings += filled.findings
        self.found.comments += filled.comments
        for cells in filled.rows:
            if cells:
                self.found.rows += 1
                self.rows.append(self._row(filled, cells, broken))

    def _row(self, filled: Filled, cells: list[Cell], broken: set[tuple[str, str, str]]) -> _Row:
        sheet, kind = filled.sheet, filled.kind
        ident = next((cell for cell in cells if cell.column == filled.ids), None)
        labels = [cell for cell in cells if _property(cell, filled) == LABEL]
        named = ident or (labels[0] if labels else cells[0])
        place = sheet.place(named)
        subject: str | tuple[str, str] = ""
        if (place.file, place.sheet, place.cell) not in broken:
            if ident:
                from rltkg.sheets.literals import not_text

                subject = not_text(ident.sort, ident.text, ID) or self.naming.given(ident.text.strip(" "), kind, place)
            elif labels:
                subject = self.naming.made(labels[0].text, kind, place)
            else:
                subject = self.naming.missing(kind, cells[0].text)
            if isinstance(subject, tuple):
                self.found.findings.append(sheet.at(named, *subject))
        iri = subject if isinstance(subject, str) and subject else f"{NO_NODE}{self.found.rows}"
        self.known.add(iri, kind.iri)
        self.known.rows.add(iri)
        for cell in cells:
            if cell in labels:
                self.known.name(iri, cell.text)
            elif _property(cell, filled) in OTHER_NAMES:
                self.known.also(iri, cell.text)
        return _Row(filled, cells, iri, place)

    def understand(self, broken: set[tuple[str, str, str]]) -> None:
        """Say in triples what the rows say."""
        meaning = Meaning(self.known)
        for row in self.rows:
            self._describe(row, meaning, broken)

    def _describe(self, row: _Row, meaning: Meaning, broken: set[tuple[str, str, str]]) -> None:
        filled, subject = row.filled, row.subject
        self._say(row, _TYPE, NamedNode(filled.kind.iri), row.place)
        for predicate, value in filled.kind.preset:
            self._say(row, NamedNode(predicate), NamedNode(value), row.place)
        if row.cells[0].row in filled.unnamed:
            self.found.open.setdefault(subject, set()).add("")
        said: dict[tuple[str, object], Location] = {}
        for cell in row.cells:
            heading = filled.columns.get(cell.column)
            if heading is None:
                continue
            place, predicate = filled.sheet.place(cell), heading.column.iri
            if (place.file, place.sheet, place.cell) in broken:
                self.found.open.setdefault(subject, set()).add(predicate)
                continue
            terms, faults = meaning.of(cell, heading)
            for term in terms:
                if first := said.get((predicate, term)):
                    message = f"The cell says what {first.cell} says; keep it once."
                    faults.append(("repeated-value", message))
                elif not getattr(term, "value", "").startswith(NO_NODE):
                    said[predicate, term] = place
                    self._say(row, NamedNode(predicate), term, place)
                else:
                    self.found.open.setdefault(subject, set()).add(predicate)
            for fault in faults:
                self.found.findings.append(filled.sheet.at(cell, *fault))
                self.found.open.setdefault(subject, set()).add(predicate)
        self._empty(row)

    def _say(self, row: _Row, predicate: NamedNode, value: NamedNode | Literal, place: Location) -> None:
        if not row.subject.startswith(NO_NODE):
            self.found.triples.append(Triple(NamedNode(row.subject), predicate, value))
            self.found.places.append(place)

    def _empty(self, row: _Row) -> None:
        held = {cell.column for cell in row.cells}
        number = row.cells[0].row
        for column, heading in sorted(row.filled.columns.items()):
            if column not in held and heading.number == 1:
                sheet = row.filled.sheet
                place = Location(sheet.file, row.cells[0].line, sheet=sheet.name, cell=name_of(number, column))
                self.found.empty.setdefault((row.subject, heading.column.iri), place)


def _property(cell: Cell, filled: Filled) -> str:
    """Return the IRI of the property of which a cell holds values, "" for none."""
    heading = filled.columns.get(cell.column)
    return heading.column.iri if heading else ""
