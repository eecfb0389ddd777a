"""What an engine finds is among the suspects of the sieve, and of the others there are few."""

from __future__ import annotations

import random
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from rltkg.corpus import shipped
from rltkg.store import EmbeddedStore
from rltkg.validation import judging
from rltkg.validation.engines import engine
from rltkg.validation.engines.results import findings
from rltkg.validation.judging import judge_all
from rltkg.validation.places import Places
from rltkg.validation.shapes import Shapes, read_shapes
from rltkg.validation.sieve import Sifted, sift
from tests.validation.mutation.operators import mutants, subject
from tests.validation.shapes.samples import Change, copy_of, sample_triples
from tests.validation.shapes.test_samples import cases, change
from tests.validation.test_suite import CASES, Case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.validation.report import Finding

MUTANTS = 1000
HEAD = """\
@prefix : <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def stored(triples: Iterable[Triple], store: Store | None = None) -> Store:
    """Return a store that also holds `triples`, in a graph of their own."""
    store = store or Store()
    graph = NamedNode(f"urn:graph:{len(store)}")
    store.bulk_extend(Quad(each.subject, each.predicate, each.object, graph) for each in triples)
    return store


def written(text: str) -> list[Triple]:
    """Return the triples of a Turtle text; the prefixes of the empty name, sh: and xsd: are known."""
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


def shapes_of(text: str) -> Shapes:
    """Return the shapes that a Turtle text holds."""
    return Shapes([], list(parse(HEAD + text, format=RdfFormat.TURTLE)), Places([]), [])


def found_in(store: Store, shapes: Shapes, by: str = "pyshifty") -> list[Finding]:
    """Return what an engine finds when it judges everything itself."""
    data = BytesIO()
    for graph in store.named_graphs():
        store.dump(data, format=RdfFormat.N_TRIPLES, from_graph=graph)
    return findings(engine(by).run(data.getvalue(), shapes.ntriples), shapes)


def test_nothing_that_is_wrong_with_the_samples_passes_the_sieve() -> None:
    """All violating cases and a thousand mutants, each a copy of a node of the samples, beside the shipped graph."""
    chosen = random.Random(11).sample(list(mutants()), MUTANTS)  # noqa: S311  (chance, not secrecy)
    changes = [change(name) for name in cases()]
    changes += [
        Change(f"m{number}", subject(each.triple), each.removed, each.added) for number, each in enumerate(chosen)
    ]
    triples = set(sample_triples()).union(*(copy_of(each)[1] for each in changes))
    store = stored(triples, EmbeddedStore.holding(shipped().files).engine)
    shapes = read_shapes(shipped().shapes)

    sifted = sift(shapes, store)
    assert sifted is not None
    suspects = set().union(*sifted.suspects.values())
    wrong = {each.focus for each in found_in(store, shapes)}

    assert len(wrong) > 1000
    assert wrong - suspects == set()
    assert len(suspects - wrong) < 10
    assert sifted.sound & suspects == set()
    assert len(sifted.sound) > 50


@pytest.mark.parametrize("name", CASES)
def test_nothing_of_the_suite_passes_the_sieve(name: str) -> None:
    """Whatever a case of the W3C has in it: its findings are among the suspects, unless it is not sifted at all."""
    case = Case(name)
    if case.report is None:
        pytest.skip("the engine must refuse the shapes")
    store = stored(quad.triple for quad in case.data)
    sifted = sift(case.shapes, store)
    if sifted is not None:
        found = {each.focus for each in found_in(store, case.shapes)}
        assert found - set().union(*sifted.suspects.values()) == set()
        assert sifted.sound & found == set()


def test_most_of_the_suite_is_sifted() -> None:
    sifted = {name for name in CASES if sift(Case(name).shapes, stored(quad.triple for quad in Case(name).data))}

    assert len(sifted) > 85
    assert "core/property/datatype-001" in sifted
    # A component by SPARQL, and property shapes below property shapes.
    assert sifted.isdisjoint({"sparql/component/validator-001", "core/property/property-001"})


PERSON = """
:person a sh:NodeShape ; sh:targetClass :Person ; sh:property :name .
:name a sh:PropertyShape ; sh:path :name ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string .
"""
MANY = "".join(f':p{number} a :Person ; :name "n{number}" .\n' for number in range(100))


class Recorder:
    """An engine that keeps what it is given."""

    name = "pyshifty"
    version = "1"
    sifted = True

    def __init__(self) -> None:
        self.given: list[int] = []

    def run(self, data: bytes, shapes: bytes) -> bytes:
        """Judge as pyshifty does."""
        self.given.append(len(data.splitlines()))
        return engine("pyshifty").run(data, shapes)


def judged(monkeypatch: pytest.MonkeyPatch, shapes: Shapes, store: Store) -> tuple[list[tuple[str, str]], list[int]]:
    """Return what is found, by focus node and component, and how many triples the engine was given each time."""
    recorder = Recorder()
    monkeypatch.setattr(judging, "engine_called", lambda *_: recorder)
    found, _, _ = judge_all(shapes, store)
    return sorted((each.focus, each.component.rpartition("#")[2]) for each in found), recorder.given


def test_an_engine_judges_suspects_and_one_node_of_each_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    store = stored(written(MANY + ":bare a :Person . :twice a :Person ; :name 1 , 'a' ."))

    found, given = judged(monkeypatch, shapes_of(PERSON), store)

    assert found == [
        ("<http://e/bare>", "MinCountConstraintComponent"),
        ("<http://e/twice>", "DatatypeConstraintComponent"),
        ("<http://e/twice>", "MaxCountConstraintComponent"),
    ]
    assert given == [2, 4]


def test_an_engine_that_contradicts_the_sieve_judges_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    store = stored(written(MANY + ":bare a :Person ."))
    monkeypatch.setattr("rltkg.validation.sieve.sift", lambda *_: Sifted({}, {"<http://e/bare>"}))

    found, given = judged(monkeypatch, shapes_of(PERSON), store)

    assert found == [("<http://e/bare>", "MinCountConstraintComponent")]
    assert given == [1, 201]


@pytest.mark.parametrize(
    ("shapes", "data"),
    [
        (PERSON, "".join(f":p{number} a :Person .\n" for number in range(100))),  # most are suspect
        (":s a sh:NodeShape ; sh:targetObjectsOf :name ; sh:maxLength 2 .", MANY + ':p0 :name "long" .'),  # literals
        (PERSON + ":Child <http://www.w3.org/2000/01/rdf-schema#subClassOf> :Person .", MANY),
        (PERSON.replace("sh:datatype xsd:string", "sh:property :name"), MANY),
    ],
)
def test_an_engine_judges_everything(monkeypatch: pytest.MonkeyPatch, shapes: str, data: str) -> None:
    store = stored(written(data))

    found, given = judged(monkeypatch, shapes_of(shapes), store)

    assert given[-1] == len(store)
    assert len(found) == len(found_in(store, shapes_of(shapes)))


def test_the_reference_judges_everything_itself() -> None:
    assert [engine(name).sifted for name in ("pyshacl", "pyshifty")] == [False, True]


@pytest.mark.parametrize(
    ("constraint", "values", "suspects"),
    [
        ("sh:datatype xsd:integer", "1 , -2 , 'x' , 1.0 , '1'^^xsd:int , 'x'^^xsd:integer", "cdf"),
        ("sh:datatype xsd:date", "'2020-02-29'^^xsd:date , '2021-02-29'^^xsd:date , '2020-01-01Z'^^xsd:date", "bc"),
        ("sh:datatype xsd:string", "'a' , 'a'@en , :a , '1'^^xsd:token", "bcd"),
        ("sh:languageIn ( 'en' 'de-AT' )", "'a'@en , 'a'@EN-gb , 'a'@de , 'a'@de-at , 'a' , 1 , 'a'@eng", "cefg"),
        ("sh:pattern '^[a-c]+$'", "'abc' , 'abd' , 'é' , 'abc\\n' , :a", "bcde"),
        ("sh:pattern '[.]$'", "'Ende.' , 'Öl.' , 'a\\u2028.' , 'a. '", "d"),
        ("sh:pattern 'A' ; sh:flags 'i'", "'a' , 'A'", "ab"),
        ("sh:pattern '\\\\d'", "'1' , '٣'", "ab"),
        ("sh:maxLength 2", "'ab' , 'abc' , 'é' , 'éé' , 12 , 123", "bdf"),
        ("sh:minLength 2", "'a' , 'ab' , 'é' , '\\\"\\\"'", "ac"),
        ("sh:minInclusive 1 ; sh:maxExclusive 3", "0 , 1 , 2.5 , 3 , '2' , 2e0 , :a", "adefg"),
        ("sh:in ( 1 'a' :b )", "1 , 1.0 , 'a' , 'a'@en , :b , :c", "bdf"),
        ("sh:nodeKind sh:Literal", "1 , :a , [ ]", "bc"),
        ("sh:hasValue 1", "1 , 2", "b"),
        ("sh:or ( [ sh:datatype xsd:string ] [ sh:nodeKind sh:IRI ] )", "'a' , :a , 1", "c"),
        ("sh:xone ( [ sh:minInclusive 2 ] [ sh:maxInclusive 3 ] )", "1 , 2 , 4 , 'a'", "bd"),
        ("sh:and ( [ sh:minInclusive 2 ] [ sh:maxInclusive 3 ] )", "1 , 2 , 4", "ac"),
        ("sh:not [ sh:pattern '^a' ]", "'a' , 'b' , 'b\\n'", "ac"),
        ("sh:node [ sh:property [ sh:path :q ; sh:minCount 1 ] ]", "1 , :a , :with", "ab"),
        ("sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMinCount 1", "1 , :a", "ab"),
    ],
)
def test_values(constraint: str, values: str, suspects: str) -> None:
    """Each value stands at a node of its own, called a, b, c, ...; those named may not conform.

    The store makes an xsd:integer of an xsd:int.
    """
    terms = [triple.object for triple in written(f":n :p {values} .") if str(triple.predicate) == "<http://e/p>"]
    nodes = "abcdefg"[: len(terms)]
    triples = written(":with :q 1 .")
    triples += [
        Triple(NamedNode(f"http://n/{name}"), NamedNode("http://e/p"), term)
        for name, term in zip(nodes, terms, strict=True)
    ]
    shapes = shapes_of(f":s a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; {constraint} ] .")

    sifted = sift(shapes, stored(triples))

    assert sifted is not None
    told = sorted(node for found in sifted.suspects.values() for node in found)
    assert told == [f"<http://n/{name}>" for name in suspects]
    assert {each.focus for each in found_in(stored(triples), shapes)} <= set(told)


@pytest.mark.parametrize(
    ("constraint", "suspects"),
    [
        ("sh:path :p ; sh:maxCount 1", "bd"),
        ("sh:path :p ; sh:minCount 2", "acef"),
        ("sh:path :p ; sh:maxCount 0", "abcdf"),
        ("sh:path [ sh:inversePath :q ] ; sh:minCount 1", "bcdf"),
        ("sh:path [ sh:alternativePath ( :p :q ) ] ; sh:minCount 1", ""),
        ("sh:path [ sh:alternativePath ( :p :q ) ] ; sh:maxCount 2", "d"),
        ("sh:path :p ; sh:lessThanOrEquals :q", "cf"),
        ("sh:path :p ; sh:lessThan :q", "abcdef"),
        ("sh:path :p ; sh:disjoint :q", "a"),
        ("sh:path :p ; sh:equals :q", "bcdef"),
        ("sh:path :p ; sh:uniqueLang true", "bd"),
        ("sh:path ( :p :q ) ; sh:maxCount 0", "abcdef"),
        ("sh:path :p ; sh:minCount 'x'", "abcdef"),
        ("sh:path :p ; sh:maxCount 0 ; sh:deactivated true", ""),
    ],
)
def test_counts_and_pairs(constraint: str, suspects: str) -> None:
    """A value that stands in two graphs counts once."""
    text = ":a :p 1 ; :q 1 . :b :p 1 , 2 . :c :p 3 ; :q 2 . :d :p 1 , 2 ; :q 3 . :e :q :a . :f :p 1 ; :q :e ."
    kinds = "".join(f":{name} a :T ." for name in "abcdef")
    store = stored(written(":a :p 1 ."), stored(written(text + kinds)))

    sifted = sift(shapes_of(f":s a sh:NodeShape ; sh:targetClass :T ; sh:property [ {constraint} ] ."), store)

    assert sifted is not None
    assert sorted(sifted.suspects.get("<http://e/s>", ())) == [f"<http://e/{name}>" for name in suspects]
