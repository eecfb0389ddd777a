"""The inferred graph: each kind of axiom makes what it must, and the whole is what an independent reasoner finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import owlrl
import pytest
import rdflib
from pyoxigraph import RdfFormat, Store, Triple, parse

import rltkg
from rltkg.corpus.prefixes import PREFIXES
from rltkg.errors import InputError
from rltkg.reasoning.inference import Inferred, infer
from rltkg.reasoning.inference.rules import rules_of

if TYPE_CHECKING:
    from rltkg.corpus import Release

HEAD = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
RLT = PREFIXES["rlt"]
CASES = Path(__file__).parents[1] / "expected" / "cases.json"

FOLLOWS = {
    "class above": ("thing:x a rlt:Position .", "thing:x a rlt:DocumentContent, rlt:Statement ."),
    "property above": ("gov:x rlt:jurisdiction thing:p .", "gov:x rlt:withinJurisdiction thing:p ."),
    "domain": ("gov:x rlt:sectionOf thing:d .", "gov:x a rlt:Section ."),
    "range": ("gov:x rlt:sectionOf thing:d .", "thing:d a rlt:Document ."),
    "inverse": ("gov:why rlt:explains gov:what .", "gov:what rlt:explainedBy gov:why ."),
    "inverse, from the other side": ("gov:what rlt:explainedBy gov:why .", "gov:why rlt:explains gov:what ."),
    "transitive": (
        "thing:a rlt:locatedIn thing:b . thing:b rlt:locatedIn thing:c . thing:c rlt:locatedIn thing:d .",
        "thing:a rlt:locatedIn thing:c, thing:d .",
    ),
    "chain": (
        "gov:x rlt:jurisdiction thing:a . thing:a rlt:locatedIn thing:b . thing:b rlt:locatedIn thing:c .",
        "gov:x rlt:withinJurisdiction thing:a, thing:b, thing:c .",
    ),
    "chain over an inverse": (
        "coding:s rlt:earlier gov:old ; rlt:later page:new .",
        "gov:old rlt:supersededBy page:new ; rlt:replacedIn coding:s .",
    ),
    "a value makes a member": (
        "thing:g a rlt:Document ; rlt:documentKind code:document-kind-guideline .",
        "thing:g a rlt:Guideline .",
    ),
    "a member has the value": ("thing:g a rlt:Guideline .", "thing:g rlt:documentKind code:document-kind-guideline ."),
    "document that omits the therapy": (
        (
            "thing:g a rlt:Document . gov:x a rlt:DocumentContent ; rlt:contentOf thing:g ; "
            "rlt:coverage code:coverage-omitted ; rlt:coveredTopic code:topic-rlt ."
        ),
        "thing:g a rlt:OmittingDocument . gov:x a rlt:Position, rlt:Omission .",
    ),
    "superseded statement": (
        "gov:x a rlt:Finding . coding:s rlt:earlier gov:x .",
        "gov:x a rlt:SupersededStatement .",
    ),
    "contested statement": (
        "gov:x a rlt:Finding . coding:c rlt:compares gov:x ; rlt:comparisonKind code:comparison-kind-contradicts .",
        "gov:x a rlt:ContestedStatement .",
    ),
    "indication without a plan": (
        (
            "thing:i a rlt:Indication . gov:x a rlt:NonExistence ; rlt:indication thing:i ; "
            "rlt:absentKind code:document-kind-strategy ; rlt:polarity code:polarity-affirmed ."
        ),
        "thing:i a rlt:UnplannedIndication .",
    ),
}
"""What is stated, and what must follow from it."""

FOLLOWS_NOT = {
    "downward": (
        "gov:x rlt:jurisdiction thing:union . thing:member rlt:locatedIn thing:union .",
        "gov:x rlt:withinJurisdiction thing:member .",
    ),
    "brief, not omitted": (
        "thing:g a rlt:Document . gov:x a rlt:Position ; rlt:contentOf thing:g ; rlt:coverage code:coverage-brief .",
        "thing:g a rlt:OmittingDocument .",
    ),
    "omits another topic": (
        (
            "thing:g a rlt:Document . gov:x a rlt:DocumentContent ; rlt:contentOf thing:g ; "
            "rlt:coverage code:coverage-omitted ; rlt:coveredTopic code:topic-treatment ."
        ),
        "thing:g a rlt:OmittingDocument .",
    ),
    "differs in scope": (
        "gov:x a rlt:Lack . coding:c rlt:compares gov:x ; rlt:comparisonKind code:comparison-kind-differs-in-scope .",
        "gov:x a rlt:ContestedStatement .",
    ),
    "a pathway is no plan": (
        (
            "thing:i a rlt:Indication . gov:x a rlt:NonExistence ; rlt:indication thing:i ; "
            "rlt:absentKind code:document-kind-care-pathway ; rlt:polarity code:polarity-affirmed ."
        ),
        "thing:i a rlt:UnplannedIndication .",
    ),
    "that there is none is denied": (
        (
            "thing:i a rlt:Indication . gov:x a rlt:NonExistence ; rlt:indication thing:i ; "
            "rlt:absentKind code:document-kind-strategy ; rlt:polarity code:polarity-denied ."
        ),
        "thing:i a rlt:UnplannedIndication .",
    ),
}
"""What is stated, and what must not follow."""

MEMBERS = {
    "OmittingDocument": 8,
    "SupersededStatement": 36,
    "ContestedStatement": 22,
    "UnplannedIndication": 3,
    "Omission": 23,
    "Guideline": 16,
    "Strategy": 14,
}
"""How many members of each defined class follow in the release; HermiT finds the same, in test_consistency."""


@pytest.fixture(scope="module")
def ontology(release: Release) -> list[Triple]:
    return [quad.triple for quad in parse(path=release.root / "ontology" / "rltkg.ttl", format=RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def inferred(release: Release, ontology: list[Triple]) -> Inferred:
    engine = Store()
    for file in release.files:
        engine.load(path=str(file.path), format=RdfFormat.TURTLE)
    return infer(engine, ontology)


def turtle(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)}


def following(text: str, ontology: list[Triple]) -> set[Triple]:
    """Return all that holds once the rules have run over `text`."""
    engine = Store()
    engine.load(HEAD + text, format=RdfFormat.TURTLE)
    infer(engine, ontology)
    return {quad.triple for quad in engine}


@pytest.mark.parametrize("case", FOLLOWS)
def test_what_must_follow_follows(case: str, ontology: list[Triple]) -> None:
    stated, expected = FOLLOWS[case]

    assert turtle(expected) - following(stated, ontology) == set()


@pytest.mark.parametrize("case", FOLLOWS_NOT)
def test_what_must_not_follow_does_not(case: str, ontology: list[Triple]) -> None:
    stated, wrong = FOLLOWS_NOT[case]

    assert turtle(wrong) & following(stated, ontology) == set()


def test_number_of_cases(ontology: list[Triple]) -> None:
    """Each kind of rule has a case."""
    kinds = {rule.name for rule in rules_of(ontology)}

    assert (len(FOLLOWS), len(FOLLOWS_NOT)) == (15, 6)
    assert kinds == {
        "cax-sco", "prp-spo1", "prp-dom", "prp-rng", "prp-inv", "prp-trp", "prp-spo2", "cls-int1", "cls-int2", "cls-hv1"
    }  # fmt: skip


def test_the_release_is_closed_as_owlrl_closes_it(release: Release, inferred: Inferred) -> None:
    """Of memberships in our classes and of our properties, owlrl finds the same triples: none more, none less."""
    graph = rdflib.Graph()
    for file in release.files:
        graph.parse(file.path)
    stated = set(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    kind = str(rdflib.RDF.type)
    theirs = {
        (str(subject), str(name), str(value))
        for subject, name, value in set(graph) - stated
        if isinstance(subject, rdflib.URIRef)
        and isinstance(value, rdflib.URIRef)
        and (str(name).startswith(RLT) or (str(name) == kind and str(value).startswith(RLT)))
    }
    ours = [(each.subject.value, each.predicate.value, each.object.value) for each in inferred.triples()]  # type: ignore[union-attr]

    assert len(ours) == len(set(ours)) > 4900
    assert set(ours) - theirs == set()
    assert theirs - set(ours) == set()


def test_members_of_defined_classes(inferred: Inferred) -> None:
    counts = inferred.counts()

    assert {name: counts[RLT + name] for name in MEMBERS} == MEMBERS
    assert sum(counts.values()) == sum(1 for _ in inferred.triples())


def test_nothing_is_inferred_that_is_stated(inferred: Inferred, release: Release) -> None:
    stated = {quad.triple for file in release.files for quad in parse(path=file.path, format=RdfFormat.TURTLE)}

    assert [each for each in inferred.triples() if each in stated] == []


def test_the_same_follows_from_what_follows(ontology: list[Triple]) -> None:
    """A closure is closed: run again over its own result, the rules find nothing."""
    engine = Store()
    engine.load(HEAD + FOLLOWS["chain"][0], format=RdfFormat.TURTLE)
    first = infer(engine, ontology)
    again = Store()
    again.load(HEAD + FOLLOWS["chain"][0], format=RdfFormat.TURTLE)
    for triple in first.triples():
        again.load(f"{triple} .", format=RdfFormat.N_TRIPLES)

    second = infer(again, ontology)

    assert first.rounds >= 1
    assert (second.rounds, second.counts()) == (0, {})


def test_no_answer_of_the_catalogue_changes(inferred: Inferred, tmp_path: Path) -> None:
    """With the inferred graph in the union, each question of the catalogue has the rows that it had."""
    with (tmp_path / "inferred.nt").open("wb") as file:
        inferred.write(file)
    plain, richer = rltkg.open(), rltkg.open(extra=[tmp_path / "inferred.nt"])
    cases = json.loads(CASES.read_text(encoding="utf-8"))

    changed = [
        name
        for name, case in cases.items()
        if plain.ask(case["query"], **case.get("parameters", {})).rows
        != richer.ask(case["query"], **case.get("parameters", {})).rows
    ]

    assert len(cases) >= 64
    assert changed == []


@pytest.mark.parametrize(
    ("pattern", "stated", "following"),
    [
        ("?x a rlt:SupersededStatement", 0, 36),
        ("?x a rlt:OmittingDocument", 0, 8),
        ("?x rlt:withinJurisdiction thing:united-kingdom", 0, None),
        ("?x a rlt:Statement", 0, None),
    ],
)
def test_which_answers_grow(
    pattern: str, stated: int, following: int | None, inferred: Inferred, tmp_path: Path
) -> None:
    """Queries of one's own that name a class above, a defined class or a chain find members without a reasoner."""
    with (tmp_path / "inferred.nt").open("wb") as file:
        inferred.write(file)
    text = f"SELECT ?x WHERE {{ {pattern} }}"
    before, after = rltkg.open().sparql(text), rltkg.open(extra=[tmp_path / "inferred.nt"]).sparql(text)

    assert isinstance(before, rltkg.Answer)
    assert isinstance(after, rltkg.Answer)
    assert len(before.rows) == stated
    assert len(after.rows) > 100 if following is None else len(after.rows) == following


def test_a_construct_without_a_rule_is_refused(ontology: list[Triple]) -> None:
    extra = turtle("rlt:Odd a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:complementOf rlt:Statement ] .")

    with pytest.raises(InputError, match="no rule is made from"):
        rules_of([*ontology, *extra])
