"""What is judged of a contribution, in the neighbourhood cut out for it, is what a run over the whole graph says of it.

Contributions are made by chance, from a seed: nodes of the shipped graph and of the samples, copied under new names,
taken out of the graph, or spoken of beside what it says, in which triples are changed, dropped and added. They lie in
one store, so that one run over all of it, which takes its time, can be held against each; to each contribution the
others are part of what is shipped.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from rltkg.corpus import shipped
from rltkg.store import EmbeddedStore
from rltkg.validation.context import affected, as_ntriples, neighbourhood
from rltkg.validation.engines import engine
from rltkg.validation.engines.results import findings
from rltkg.validation.judging import judge
from rltkg.validation.reading import Contribution, Source
from rltkg.validation.run import validate
from rltkg.validation.shapes import Shapes, read_shapes
from rltkg.validation.shapes.reach import reach
from tests.validation.shapes.samples import sample_triples

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.validation.report import Finding, Severity

    Node = NamedNode | BlankNode
    Verdict = frozenset[tuple[tuple[str, str, str, str, str], Severity]]

SEED = 20261121
CONTRIBUTIONS = 40
MOST = 6  # subjects of a contribution
DROPPED = 0.1  # of their triples
KINDS = ("copied", "taken out", "beside")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# Whose triples are never changed: the vocabulary, which a contribution only uses.
APART = ("https://w3id.org/rltkg/ontology/", "https://w3id.org/rltkg/graph/", "https://w3id.org/rltkg/code/")


@cache
def shapes() -> Shapes:
    """Return the shapes of the release."""
    return read_shapes(shipped().shapes)


def whole(store: Store) -> dict[str, Verdict]:
    """Return what pyshifty finds in all of `store`: key and severity, by focus node."""
    graphs = [DefaultGraph(), *store.named_graphs()]
    data = as_ntriples({quad.triple for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)})
    return by_focus(findings(engine("pyshifty").run(data, shapes().ntriples), shapes()))


def by_focus(found: list[Finding]) -> dict[str, Verdict]:
    """Return key and severity of findings by their focus node."""
    verdicts: dict[str, set[tuple[tuple[str, str, str, str, str], Severity]]] = defaultdict(set)
    for finding in found:
        verdicts[finding.focus].add((finding.key, finding.severity))
    return {focus: frozenset(verdict) for focus, verdict in verdicts.items()}


class Dice:
    """Makes contributions by chance out of the nodes of a graph."""

    def __init__(self, triples: list[Triple], seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - to be had again, not to be secret
        self.by_subject: dict[NamedNode, list[Triple]] = defaultdict(list)
        for triple in triples:
            if isinstance(triple.subject, NamedNode) and not triple.subject.value.startswith(APART):
                self.by_subject[triple.subject].append(triple)
        self.subjects = sorted(self.by_subject, key=str)
        self.predicates = sorted({each.predicate for held in self.by_subject.values() for each in held}, key=str)
        self.taken: set[NamedNode] = set()
        self.objects = sorted({each.object for held in self.by_subject.values() for each in held}, key=str)

    def contribution(self, number: int, kind: str) -> list[Triple]:
        """Return the triples of one contribution; nodes that it takes out of the graph go to `taken`."""
        chosen = self.random.sample(self.subjects, self.random.randint(1, MOST))
        chosen = list(dict.fromkeys(chosen + self._beside(chosen[0])))
        names: dict[object, NamedNode] = {node: node for node in chosen}
        if kind == "copied":
            names = {node: NamedNode(f"{node.value}--{number}") for node in chosen}
        if kind == "taken out":
            self.taken.update(chosen)
        found = [
            Triple(names[node], triple.predicate, names.get(triple.object, triple.object))
            for node in chosen
            for triple in self.by_subject[node]
        ]
        kept = [self._mutated(triple) for triple in found if self.random.random() > DROPPED]
        return kept + [self._added(self.random.choice(list(names.values()))) for _ in range(self.random.randint(0, 3))]

    def _beside(self, node: NamedNode) -> list[NamedNode]:
        """Return some nodes that `node` leads to, so that a contribution hangs together as real ones do."""
        near = [each.object for each in self.by_subject[node] if each.object in self.by_subject]
        return [each for each in near[:2] if isinstance(each, NamedNode)]

    def _mutated(self, triple: Triple) -> Triple:
        chance = self.random.random()
        if chance < 0.08:
            return Triple(triple.subject, triple.predicate, self.random.choice(self.objects))
        if chance < 0.14:
            return Triple(triple.subject, self.random.choice(self.predicates), triple.object)
        if chance < 0.18 and isinstance(triple.object, Literal):
            return Triple(triple.subject, triple.predicate, Literal(triple.object.value, language="fr"))
        return triple

    def _added(self, node: NamedNode) -> Triple:
        return Triple(node, self.random.choice(self.predicates), self.random.choice(self.objects))


def as_contribution(triples: list[Triple]) -> Contribution:
    """Return the triples as the only file of a contribution."""
    return Contribution(
        [Source("by-chance.nt", RdfFormat.N_TRIPLES, "", [Quad(*parts(triple)) for triple in triples])], []
    )


def parts(triple: Triple) -> tuple[Node, NamedNode, Node | Literal | Triple]:
    """Return the three terms of a triple."""
    return triple.subject, triple.predicate, triple.object  # type: ignore[return-value]


def shipped_store() -> Store:
    """Return a store with the shipped graph."""
    return EmbeddedStore.holding(shipped().files).engine


@cache
def made() -> tuple[Store, Store, list[Contribution]]:
    """Return the shipped graph with the samples and without what is taken out; that with all contributions; these."""
    before, after = shipped_store(), shipped_store()
    for store in (before, after):
        store.extend(Quad(*parts(triple)) for triple in sample_triples())
    dice = Dice(sorted({quad.triple for quad in before}, key=str), SEED)
    lists = [dice.contribution(number, KINDS[number % len(KINDS)]) for number in range(CONTRIBUTIONS)]
    for store in (before, after):
        for node in dice.taken:
            for quad in list(store.quads_for_pattern(node, None, None)):
                store.remove(quad)
    for number, found in enumerate(lists):
        graph = NamedNode(f"urn:contribution:{number}")
        after.extend(Quad(*parts(triple), graph) for triple in found)
    return before, after, [as_contribution(found) for found in lists]


@cache
def verdicts() -> dict[str, Verdict]:
    """Return what a run over all contributions and the shipped graph finds."""
    return whole(made()[1])


def test_the_contributions_are_worth_judging() -> None:
    """They hold enough, many speak of shipped nodes, and most make findings, of many kinds."""
    before, _, contributions = made()
    known = {quad.subject for quad in before}
    found = {key for verdict in verdicts().values() for key, _ in verdict}

    assert len(contributions) == CONTRIBUTIONS
    assert sum(each.triples for each in contributions) > 1000
    assert sum(bool(each.subjects & known) for each in contributions) >= CONTRIBUTIONS // len(KINDS)
    assert sum(any(str(node) in verdicts() for node in each.subjects) for each in contributions) >= 30
    assert len({shape for *_, shape in found}) >= 50
    assert len({component for *_, component, _ in found}) >= 8


@pytest.mark.parametrize("number", range(CONTRIBUTIONS))
def test_the_neighbourhood_gives_the_same_findings(number: int) -> None:
    _, store, contributions = made()
    far = reach(shapes())
    nodes = affected(contributions[number], far, store)
    found, _, _ = judge(nodes, neighbourhood(nodes, far, store), shapes(), "pyshifty")
    named = {str(node) for node in nodes}

    assert by_focus(found) == {focus: verdict for focus, verdict in verdicts().items() if focus in named}


def test_whatever_changes_its_verdict_is_affected() -> None:
    before, store, contributions = made()
    earlier = whole(before)
    changed = {focus for focus in {*earlier, *verdicts()} if earlier.get(focus) != verdicts().get(focus)}
    far = reach(shapes())
    touched = {str(node) for each in contributions for node in affected(each, far, store)}
    own = {str(node) for each in contributions for node in each.subjects}

    assert len(changed) > 100
    assert len(changed - own) > 20, "some verdicts change on nodes that no contribution describes"
    assert changed - touched == set()


@pytest.fixture(scope="module")
def replacement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return another version of a shipped file, `data/` and all: without some nodes, and others changed."""
    (file,) = (each for each in shipped().files if each.path.name == "things.ttl" and each.path.parent.name == "pages")
    below = file.path.relative_to(shipped().root.resolve())
    triples = [quad.triple for quad in parse(path=file.path, format=RdfFormat.TURTLE)]
    dice = Dice(triples, SEED)
    gone = set(dice.random.sample(dice.subjects, 3))
    kept = [dice._mutated(each) for each in triples if each.subject not in gone]  # noqa: SLF001
    path = tmp_path_factory.mktemp("release") / below
    path.parent.mkdir(parents=True)
    path.write_bytes(serialize(kept, format=RdfFormat.TURTLE) or b"")
    return path


def test_what_a_new_version_of_a_file_leaves_out_counts(replacement: Path) -> None:
    """Nodes that refer to what is gone are judged too, and found wanting; nothing else of the release changes."""
    part = validate([replacement], engine="pyshifty")
    everything = validate([replacement], whole=True, engine="pyshifty")
    untouched = validate(whole=True, engine="pyshifty")
    news = {(each.key, each.severity) for each in everything if each.shape} - {
        (each.key, each.severity) for each in untouched if each.shape
    }
    # Hints on nodes that are only touched are left to --whole.
    graver = {(key, severity) for key, severity in news if severity.word != "info"}
    told = {(each.key, each.severity) for each in part if each.shape}
    described = {quad.subject for quad in parse(path=replacement, format=RdfFormat.TURTLE)}

    assert graver - told == set()
    assert {key[0] for key, _ in graver} - set(map(str, described)), "a node elsewhere refers to what is gone"
