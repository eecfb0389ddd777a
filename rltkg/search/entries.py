"""What the index holds: one entry for each thing and statement of a graph, read from a store."""

from __future__ import annotations

from rltkg.results.names import folded
from rltkg.search.citations import cited, passages_of
from rltkg.search.facts import DEFINITION, LABEL, OWL, SKOS, TERMS, TYPE, Facts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from rltkg.store import Store

# The first kind of which a node is a member counts; what fits none is a thing.
KINDS = {
    "statement": [TERMS + "Statement"],
    "note": [TERMS + "ProjectNote"],
    "document": [TERMS + "Document", TERMS + "DocumentGroup"],
    "actor": [TERMS + "Actor"],
    "indication": [TERMS + "Indication"],
    "place": [TERMS + "Place"],
    "concept": [TERMS + "Concept"],
    "term": [
        TERMS + "Code",
        SKOS + "ConceptScheme",
        *(OWL + each for each in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology")),
    ],
    "thing": [],
}
_NAMES = {SKOS + "altLabel", SKOS + "notation"}
# The sentence of an entry comes first, since a reader sees the start of what is found.
_FIRST = [TERMS + "text", TERMS + "note", DEFINITION, TERMS + "openQuestion", TERMS + "question"]
_UNSEARCHED = {
    TERMS + each for each in ("curatorNote", "evidenceNote", "path", "printedStrength", "sectionNumber", "timeWords")
}
_TEXTS = """SELECT ?s ?p (STR(?o) AS ?text) WHERE {
  ?s ?p ?o FILTER(isIRI(?s) && (LANG(?o) != "" || DATATYPE(?o) = <http://www.w3.org/2001/XMLSchema#string>))
} ORDER BY ?s ?p ?o"""
_USES = f"SELECT DISTINCT ?thing ?term WHERE {{ ?use <{TERMS}denotes> ?thing ; <{TERMS}term> ?term }} ORDER BY ?term"
# A section is also called as it is cited: GOV 2.2.
_SECTIONS = f"""SELECT ?section (CONCAT(?source, " ", ?number) AS ?name) WHERE {{
  ?section <{TERMS}sectionNumber> ?number ; <{TERMS}sectionOf>/<{SKOS}notation> ?source
}} ORDER BY ?name"""
# What a statement says of a thing counts; where it is printed, and what class it has, does not.
_ASIDE = [TYPE, *(TERMS + each for each in ("inSection", "citesReference", "inheritsReference", "statedIn"))]
_LINKS = f"""SELECT ?o (COUNT(*) AS ?links) WHERE {{
  ?s ?p ?o FILTER(isIRI(?o) && ?p NOT IN ({", ".join(f"<{each}>" for each in _ASIDE)}))
}} GROUP BY ?o"""


class Entry:
    """One thing: its IRI, id, kind (a key of KINDS), names, text, and where it is printed if it is a statement.

    `links` counts the triples that lead to it, except those that only tell where something is printed.
    """

    __slots__ = ("id", "iri", "kind", "label", "links", "names", "parts", "where")

    def __init__(self, iri: str, ident: str, kind: str) -> None:
        self.iri = iri
        self.id = ident
        self.kind = kind
        self.label = ident
        self.names: list[str] = []
        self.parts: list[tuple[int, str]] = []
        self.where = ""
        self.links = 0

    @property
    def text(self) -> str:
        """All its texts, the sentence that tells the most first."""
        return " … ".join(text for _, text in sorted(self.parts, key=lambda part: part[0]))

    def add(self, name: str, text: str) -> None:
        """Add the `text` that the node has by the property `name`."""
        if name == LABEL:
            self.label = text
        elif name in _NAMES:
            self.names.append(text)
        elif name not in _UNSEARCHED:
            self.parts.append((_FIRST.index(name) if name in _FIRST else len(_FIRST), text))

    def distinct_names(self) -> list[str]:
        """Return its other names: a term in use is often one already, or the label, but for a capital."""
        distinct = {folded(name): name for name in reversed(self.names)}
        distinct.pop(folded(self.label), None)
        return list(reversed(distinct.values()))


def entries(store: Store) -> list[Entry]:
    """Return an entry for each IRI of `store` that has a class, except passages, in the order of the IRIs."""
    facts = Facts(store)
    found = {iri: Entry(iri, facts.named(iri).id, kind) for iri, kind in sorted(_kinds(facts))}

    def known(text: str) -> Iterator[tuple[Entry, list[str]]]:
        for node, *others in facts.rows(text):
            if node.value in found:
                yield found[node.value], [term.value for term in others]

    for entry, (name, text) in known(_TEXTS):
        entry.add(name, text)
    for text in (_USES, _SECTIONS):
        for entry, (name,) in known(text):
            entry.names.append(name)
    for entry, (links,) in known(_LINKS):
        entry.links = int(links)
    for iri, passages in passages_of(store).items():
        if iri in found:
            found[iri].where = cited(passages)
    return list(found.values())


def _kinds(facts: Facts) -> Iterator[tuple[str, str]]:
    """Give each node that is no passage with its kind."""
    known: dict[tuple[str, ...], str] = {}
    for iri, classes in facts.classes.items():
        if TERMS + "Passage" in classes:
            continue
        alike = tuple(classes)
        if alike not in known:
            known[alike] = next((kind for kind, tops in KINDS.items() if facts.is_a(iri, *tops)), "thing")
        yield iri, known[alike]
