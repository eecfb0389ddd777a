"""Describes one node of a graph: a thing, a statement, a note, a code or a term of the ontology."""

from __future__ import annotations

from rltkg.search.description import ASIDE, BROADER, Description
from rltkg.search.facts import OWL, TERMS, TYPE
from rltkg.search.records import Group, Link
from rltkg.search.resolve import resolve
from rltkg.search.statement import briefs, kind_of, note, notes, properties, statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.search.facts import Facts, Held

FEW = 5
FEWER = 2  # of each kind, where there are over CROWD statements
CROWD = 25
STATEMENT, NOTE = TERMS + "Statement", TERMS + "ProjectNote"
# A statement that is about a thing comes before one within whose scope the thing lies.
_WIDE = {TERMS + each for each in ("indication", "jurisdiction", "populationIndication", "topic")}
# What links to a statement and has a place of its own; and what links to a thing without being said of it.
_INSIDE = {TERMS + each for each in ("explains", "partOfStatement", "compares", "earlier", "later")}
_APART = {TERMS + "statedIn", TYPE}
_FIRST = [TERMS + "Position", TERMS + "DocumentContent"]


def describe(thing: str, facts: Facts, *, everything: bool = False) -> Description:
    """Return what is known of `thing`: an id, a label, or an IRI, whole or short (gov:reference-43).

    Lists are cut at FEW, statements by kind at FEWER where there are many, unless `everything` is asked for. Raises
    InputError where nothing, or several, is so called, with the nearest names or with ids.
    """
    node = resolve(thing, facts)
    few = None if everything else FEW
    triples, into = facts.about([node])[node], facts.into(node)
    if facts.is_a(node, STATEMENT):
        found = Description(facts.named(node), triples, facts, behind=[node])
        found.statement = statement(node, triples, facts)
        found.links = _links([(subject, name) for subject, name in into if name not in _INSIDE], few, facts)
    else:
        roles = _roles(node, triples, into, facts)
        found = Description(facts.named(node), triples, facts, behind=list(roles))
        found.statement_total = len(roles)
        found.statements = _groups(roles, few and (FEW if len(roles) <= CROWD else FEWER), facts)
        around = [each for each in notes(roles, facts) if each.note.iri != node]
        found.note_total, found.notes = len(around), around[:few]
        found.links = _links([pair for pair in into if pair[0] not in roles or pair[1] in _APART], few, facts)
        found.links += _used(node, few, facts)
        if facts.is_a(node, NOTE):
            found.note = note(node, triples, facts)
            for brief in (brief for group in found.statements for brief in group.shown):
                brief.notes = [mark for mark in brief.notes if mark.note.iri != node]
        else:
            found.properties = properties(triples, facts, ASIDE)
    facts.settle()
    found.id, found.label = facts.named(node).id, facts.named(node).label
    return found


def _roles(node: str, triples: Held, into: list[tuple[str, str]], facts: Facts) -> dict[str, list[str]]:
    """Return the statements that bear on `node`, each with the properties that tie it to `node`."""
    pairs = [(subject, name) for subject, name in into if name not in _APART]
    printed = [subject for subject, name in pairs if name in (TERMS + "inSection", TERMS + "inDocument")]
    citing = [subject for subject, name in pairs if name in (TERMS + "citesReference", TERMS + "inheritsReference")]
    ties = dict(pairs)
    pairs += [(each, ties[passage]) for each, _, passage in facts.among([TERMS + "passage"], [*printed, *citing])]
    if facts.is_a(node, NOTE):
        pairs += [(term.value, name) for name, terms in triples.items() for term in terms if name.startswith(TERMS)]
    facts.learn(subject for subject, _ in pairs)
    roles: dict[str, list[str]] = {}
    for subject, name in pairs:
        if facts.is_a(subject, STATEMENT) and name not in roles.setdefault(subject, []):
            roles[subject].append(name)
    return roles


def _groups(roles: dict[str, list[str]], few: int | None, facts: Facts) -> list[Group]:
    """Return the statements by kind, at most `few` of each in brief."""
    kinds: dict[str, list[str]] = {}
    for each in sorted(roles, key=lambda each: (set(roles[each]) <= _WIDE, each)):
        kinds.setdefault(kind_of(each, facts), []).append(each)
    order = sorted(kinds, key=lambda kind: (_FIRST.index(kind) if kind in _FIRST else len(_FIRST), kind))
    shown = {kind: kinds[kind][:few] for kind in order}
    known = briefs([each for kind in order for each in shown[kind]], facts, explained=True)
    for each, brief in known.items():
        brief.role = [facts.named(name) for name in roles[each]]
    return [Group(facts.named(kind), len(kinds[kind]), [known[each] for each in shown[kind]]) for kind in order]


def _links(pairs: list[tuple[str, str]], few: int | None, facts: Facts) -> list[Link]:
    """Return what links to a node, by property, at most `few` of each; skos:broader only repeats narrowerThan."""
    narrower = {subject for subject, name in pairs if name == TERMS + "narrowerThan"}
    names: dict[str, list[str]] = {}
    for subject, name in pairs:
        if name != BROADER or subject not in narrower:
            names.setdefault(name, []).append(subject)
    return [
        Link(facts.named(name), len(subjects), [facts.named(each) for each in subjects[:few]])
        for name, subjects in names.items()
    ]


def _used(node: str, few: int | None, facts: Facts) -> list[Link]:
    """Return how often a property is used, and on what."""
    if not any(name.startswith(OWL) and name.endswith("Property") for name in facts.classes_of(node)):
        return []
    rows = facts.rows(f"SELECT ?s WHERE {{ ?s <{node}> ?o FILTER(isIRI(?s)) }} ORDER BY ?s")
    subjects = [subject.value for (subject,) in rows]
    first = list(dict.fromkeys(subjects))[:few]
    return [Link(facts.named(node), len(subjects), [facts.named(each) for each in first])] if subjects else []
