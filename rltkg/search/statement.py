"""Statements: one in full, or many in brief, with what explains, compares and supersedes them."""

from __future__ import annotations

from rltkg.results.names import OWN
from rltkg.search.citations import passages_of
from rltkg.search.facts import LABEL, TERMS, TYPE
from rltkg.search.records import Brief, Coded, Condition, Mark, Named, Note, Property, Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.search.citations import Passage
    from rltkg.search.facts import Facts, Held

EXPLAINS, PART_OF = TERMS + "explains", TERMS + "partOfStatement"
COMPARES, EARLIER, LATER = TERMS + "compares", TERMS + "earlier", TERMS + "later"
CONTRADICTS = OWN + "code/comparison-kind-contradicts"
NOT_STATED = TERMS + "notStated"
_TIME = [TERMS + each for each in ("holdsFromDate", "holdsFromYear", "holdsUntilDate", "holdsUntilYear", "timeWords")]
# What every statement has, and what stands in a place of its own, in full or in brief; all else is what it says.
_ASIDE = {TYPE, LABEL, EXPLAINS, PART_OF, NOT_STATED, *_TIME} | {
    TERMS + each
    for each in (
        "checkedOn", "contentOf", "contingency", "curatorNote", "eligibility", "enteredOn", "force", "indication",
        "indicationScope", "jurisdiction", "modality", "passage", "polarity", "sense", "statedIn", "text",
        "timePrecision", "topic",
    )
}  # fmt: skip


class Statement(Record):
    """One statement in full.

    `text` is the proposition; `stated_in` the source and `stated_on` its year, `content_of` whose content it reports,
    if not the source's own. `modality` and `polarity` are the source's, `force` that of what is reported on. `says`
    holds the properties of its kind. `indications` are read as `indication_scope` tells; `eligibility` limits patients
    or cases, `contingency` the statement as a whole. `holds_from` and `holds_until` are years or days; `time_words`
    are printed.
    """

    __slots__ = FIELDS = (
        "text", "stated_in", "stated_on", "content_of", "modality", "polarity", "force", "says", "topics", "sense",
        "indications", "indication_scope", "jurisdictions", "eligibility", "contingency", "holds_from", "holds_until",
        "time_precision", "time_words", "passages", "explained_by", "explains", "part_of", "parts", "notes",
    )  # fmt: skip

    def __init__(self, triples: Held, facts: Facts) -> None:
        self.text = _texts(triples, "text")
        self.stated_in = _nodes(triples, "statedIn", facts)
        sources = facts.about([each.iri for each in self.stated_in]).values()
        self.stated_on = next(filter(None, (_texts(source, "publicationYear") for source in sources)), None)
        self.content_of = _nodes(triples, "contentOf", facts)
        self.modality = _codes(triples, "modality", facts)
        self.polarity = _codes(triples, "polarity", facts)
        self.force = _codes(triples, "force", facts)
        self.says = properties(triples, facts, _ASIDE)
        self.topics = _nodes(triples, "topic", facts)
        self.sense = _codes(triples, "sense", facts)
        self.indications = _nodes(triples, "indication", facts)
        self.indication_scope = _codes(triples, "indicationScope", facts)
        self.jurisdictions = _nodes(triples, "jurisdiction", facts)
        self.eligibility = _conditions(triples, "eligibility", facts)
        self.contingency = _conditions(triples, "contingency", facts)
        self.holds_from = _texts(triples, "holdsFromDate") or _texts(triples, "holdsFromYear")
        self.holds_until = _texts(triples, "holdsUntilDate") or _texts(triples, "holdsUntilYear")
        self.time_precision = _codes(triples, "timePrecision", facts)
        self.time_words = _texts(triples, "timeWords")
        self.passages: list[Passage] = []
        self.explained_by: list[Brief] = []
        self.explains: list[Brief] = []
        self.part_of: list[Brief] = []
        self.parts: list[Brief] = []
        self.notes: list[Note] = []


def statement(node: str, triples: Held, facts: Facts) -> Statement:
    """Return the statement `node`, whose `triples` these are."""
    found = Statement(triples, facts)
    around = facts.among([EXPLAINS, PART_OF], [node])
    explaining = [subject for subject, name, _ in around if name == EXPLAINS]
    parts = [subject for subject, name, _ in around if name == PART_OF]
    explained = [term.value for term in triples.get(EXPLAINS, ())]
    wholes = [term.value for term in triples.get(PART_OF, ())]
    known = briefs([*explaining, *parts, *explained, *wholes], facts)
    found.passages = passages_of(facts.store, [node]).get(node, [])
    found.explained_by = [known[each] for each in explaining]
    found.parts = [known[each] for each in parts]
    found.explains = [known[each] for each in explained]
    found.part_of = [known[each] for each in wholes]
    found.notes = notes([node], facts)
    return found


def briefs(nodes: Iterable[str], facts: Facts, *, explained: bool = False) -> dict[str, Brief]:
    """Return the statements `nodes` in brief, each once; with `explained`, with their explanations and notes."""
    held = facts.about(dict.fromkeys(nodes))
    passages = passages_of(facts.store, held) if held else {}
    found = {node: _brief(node, triples, facts) for node, triples in held.items()}
    for node, brief in found.items():
        brief.passages = passages.get(node, [])
    if explained:
        explanations = facts.among([EXPLAINS], found)
        known = briefs([each for each, _, _ in explanations], facts)
        for each, _, node in explanations:
            found[node].explained_by.append(known[each])
        for known_note in notes(found, facts):
            for side, named in known_note.sides():
                if named.iri in found:
                    found[named.iri].notes.append(Mark(known_note.note, known_note.how, side))
    return found


def notes(nodes: Iterable[str], facts: Facts) -> list[Note]:
    """Return the supersessions and comparisons in which one of the statements `nodes` stands.

    What weighs most comes first: supersessions, then contradictions, then other differences.
    """
    held = facts.about(sorted({subject for subject, _, _ in facts.among([COMPARES, EARLIER, LATER], nodes)}))
    found = [note(node, triples, facts) for node, triples in held.items()]
    return sorted(found, key=lambda each: (not each.later, all(code.iri != CONTRADICTS for code in each.how)))


def note(node: str, triples: Held, facts: Facts) -> Note:
    """Return the comparison or supersession `node`, whose `triples` these are."""
    found = Note(facts.named(node), facts.named(kind_of(node, facts)))
    found.how = _nodes(triples, "comparisonKind", facts) + _nodes(triples, "supersessionExtent", facts)
    found.text = _texts(triples, "note")
    found.since = _texts(triples, "sinceYear")
    found.author = _nodes(triples, "author", facts)
    found.compares = _nodes(triples, "compares", facts)
    found.earlier = _nodes(triples, "earlier", facts)
    found.later = _nodes(triples, "later", facts)
    return found


def properties(triples: Held, facts: Facts, aside: set[str]) -> list[Property]:
    """Return the properties among `triples`, except those `aside` and values without an IRI, by their IRIs."""
    found = []
    for name in sorted(set(triples) - aside):
        values: list[Named | str] = []
        for term in triples[name]:
            text = str(term)
            if text.startswith("<"):
                values.append(facts.named(term.value))
            elif not text.startswith("_:"):
                values.append(term.value)
        if values:
            found.append(Property(facts.named(name), values))
    return found


def _brief(node: str, triples: Held, facts: Facts) -> Brief:
    found = Brief(facts.named(node), facts.named(kind_of(node, facts)))
    found.text = _texts(triples, "text") or ""
    code = TERMS + "Code"
    graded = {
        name: [term for term in terms if facts.is_a(term.value, code)]
        for name, terms in triples.items()
        if name not in _ASIDE and name != TERMS + "coveredTopic"
    }
    found.codes = properties(graded, facts, set())
    found.modality = _nodes(triples, "modality", facts)
    found.polarity = _nodes(triples, "polarity", facts)
    found.indications = _nodes(triples, "indication", facts)
    found.jurisdictions = _nodes(triples, "jurisdiction", facts)
    found.not_stated = [facts.named(term.value) for term in triples.get(NOT_STATED, ())]
    return found


def kind_of(node: str, facts: Facts) -> str:
    """Return the class of `node` that tells what kind of statement or note it is."""
    classes = facts.classes_of(node) or [TYPE]
    return next((each for each in classes if each.startswith(TERMS)), classes[0])


def _nodes(triples: Held, name: str, facts: Facts) -> list[Named]:
    return [facts.named(term.value) for term in triples.get(TERMS + name, ())]


def _codes(triples: Held, name: str, facts: Facts) -> list[Coded]:
    return [Coded(facts.named(term.value), facts.meaning(term.value)) for term in triples.get(TERMS + name, ())]


def _conditions(triples: Held, name: str, facts: Facts) -> list[Condition]:
    terms = [term.value for term in triples.get(TERMS + name, ())]
    held = facts.about(terms)
    return [Condition(facts.named(each), _nodes(held[each], "alternative", facts)) for each in terms]


def _texts(triples: Held, name: str) -> str | None:
    return "; ".join(term.value for term in triples.get(TERMS + name, ())) or None
