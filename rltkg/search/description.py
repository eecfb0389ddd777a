"""What `describe` gives: all that a graph holds of one node, as data, as a page, and as the triples behind it."""

from __future__ import annotations

from rltkg.search.facts import DEFINITION, LABEL, SKOS, TERMS, TYPE
from rltkg.search.records import Group, Link, Named, Note, Property, Record
from rltkg.search.statement import NOT_STATED, Statement, properties

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.results.triples import Triples
    from rltkg.search.facts import Facts, Held

MATCHES = [SKOS + each for each in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")]
BROADER = SKOS + "broader"
_NAMES, _SCOPE, _EXAMPLE, _NOTATION = (SKOS + each for each in ("altLabel", "scopeNote", "example", "notation"))
_CURATOR, _ENTERED, _CHECKED = (TERMS + each for each in ("curatorNote", "enteredOn", "checkedOn"))
# skos:broader repeats narrowerThan for readers that know SKOS only.
ASIDE = {TYPE, LABEL, DEFINITION, _NAMES, _SCOPE, _EXAMPLE, _NOTATION, BROADER, _CURATOR, _ENTERED, _CHECKED}
ASIDE |= {NOT_STATED, *MATCHES}


class Description(Record):
    """All that a graph holds of one node.

    `kind` are its classes; `statement` is there for a statement, `note` for a comparison or supersession. `statements`
    groups by kind those that name the node (for a section, reference or passage those printed there; for a comparison
    those compared), `notes` what compares and supersedes them. `links` is what else leads to the node, by property.
    Lists are cut unless everything was asked for; totals tell how many there are. `mappings` are links to other
    vocabularies.
    """

    FIELDS = (
        "iri", "id", "label", "kind", "definition", "names", "notation", "scope_notes", "examples", "statement",
        "note", "properties", "not_stated", "statement_total", "statements", "note_total", "notes", "links",
        "mappings", "curator_notes", "entered_on", "checked_on",
    )  # fmt: skip
    __slots__ = (*FIELDS, "_behind", "_facts")

    def __init__(self, named: Named, triples: Held, facts: Facts, behind: list[str]) -> None:
        def texts(name: str) -> list[str]:
            return [term.value for term in triples.get(name, ())]

        self._facts = facts
        self._behind = behind
        self.iri, self.id, self.label = named.iri, named.id, ""
        self.kind = [facts.named(each) for each in facts.classes_of(named.iri)]
        self.definition = next(iter(texts(DEFINITION)), None)
        self.names = texts(_NAMES)
        self.notation = next(iter(texts(_NOTATION)), None)
        self.scope_notes, self.examples, self.curator_notes = texts(_SCOPE), texts(_EXAMPLE), texts(_CURATOR)
        self.entered_on = next(iter(texts(_ENTERED)), None)
        self.checked_on = next(iter(texts(_CHECKED)), None)
        self.statement: Statement | None = None
        self.note: Note | None = None
        self.properties: list[Property] = []
        self.not_stated = [facts.named(each) for each in texts(NOT_STATED)]
        self.statement_total = 0
        self.statements: list[Group] = []
        self.note_total = 0
        self.notes: list[Note] = []
        self.links: list[Link] = []
        self.mappings = properties({name: triples[name] for name in MATCHES if name in triples}, facts, set())

    def to_text(self, width: int | None = None, *, bold: bool = False) -> str:
        """Return the description as a page for a terminal of `width` characters (default: this one)."""
        from rltkg.search.page import page

        return page(self, width, bold=bold)

    @property
    def triples(self) -> Triples:
        """The triples of the node, and those of all statements that name it (shown or not) with their passages."""
        from rltkg.search.triples import triples_of

        return triples_of(self.iri, self._behind, self._facts.store)

    def serialize(self, form: str) -> bytes:
        """Return the triples in `form`: ttl, nt or jsonld, in UTF-8; ValueError for another."""
        return self.triples.serialize(form)

    def __repr__(self) -> str:
        return f"<Description of {self.id}: {self.label}>"
