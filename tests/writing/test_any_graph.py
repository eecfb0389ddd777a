"""Any graph without blank nodes has a layout: it reads back equal, has it again, and grows by what is added only."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from rltkg.corpus.prefixes import OWN, PREFIXES, RDF, XSD
from rltkg.writing.formatting import formatted
from rltkg.writing.layout import write

BOUNDED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=500,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FOREIGN = {
    "": "http://example.org/",
    "my": "http://example.org/norland/",
    "page": "https://example.org/page#",  # a name that is ours
    "r": PREFIXES["rlt"],  # a namespace that is ours
    "obo": "http://purl.obolibrary.org/obo/NCIT_",
    "a.b": "urn:example:",
    "ß": "http://example.org/é/",
    "two": "http://example.org/norland/",
}
SPACES = [*PREFIXES.values(), *FOREIGN.values(), OWN, "http://example.org/norland/deep/", "mailto:", "tag:x,2026:"]
SIMPLE = st.text("aZ9-_.é", max_size=6)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TROUBLE = st.text("\\\"'\n\r\t#;.,[]()<>@^:\x00\x1f\x7f\x85\u2028\ufeff\U0001f600 n", max_size=12)
TEXTS = st.one_of(SIMPLE, ANY, TROUBLE)
NUMBERS = st.from_regex(r"[+-]?[0-9]{0,3}\.?[0-9]{0,3}([eE][+-]?[0-9])?", fullmatch=True)
TAGS = ["en", "EN", "en-gb", "de-CH-1996", "zh-Hant", "x-own"]
TYPES = [XSD + name for name in ("integer", "decimal", "double", "boolean", "date", "string", "byte")]


def named(space: str, name: str) -> NamedNode:
    """Return the IRI of a name, whose characters are escaped where an IRI holds none such."""
    try:
        return NamedNode(space + name)
    except ValueError:
        return NamedNode(space + quote(name))


IRIS = st.builds(named, st.sampled_from(SPACES), TEXTS)
KNOWN = st.sampled_from([RDF + "type", PREFIXES["rdfs"] + "label", PREFIXES["rlt"] + "text", PREFIXES["rlt"] + "about"])
PREDICATES = st.one_of(KNOWN.map(NamedNode), IRIS)
KINDS = st.sampled_from(["owl#Class", "owl#Ontology"]).map(lambda name: NamedNode("http://www.w3.org/2002/07/" + name))
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(TAGS)),
    st.builds(
        lambda text, iri: Literal(text, datatype=iri),
        st.one_of(TEXTS, NUMBERS, st.sampled_from(["true", "false", "1"])),
        st.one_of(st.sampled_from(TYPES).map(NamedNode), IRIS),
    ),
)
SUBJECTS = st.shared(st.lists(IRIS, min_size=1, max_size=4), key="subjects").flatmap(st.sampled_from)
TRIPLES = st.builds(Triple, SUBJECTS, PREDICATES, st.one_of(KINDS, IRIS, LITERALS))
GRAPHS = st.lists(TRIPLES, max_size=12)
NAMES = st.sets(st.sampled_from(sorted(FOREIGN))).map(lambda names: {name: FOREIGN[name] for name in names})


def read(graph: list[Triple]) -> set[Triple]:
    """Return a graph as the parser reads it from N-Triples: it writes tags in small letters."""
    return {quad.triple for quad in parse(serialize(graph, format=RdfFormat.N_TRIPLES) or b"", format=RdfFormat.TURTLE)}


def blocks(text: str) -> tuple[list[str], list[str]]:
    """Return the prefix lines of a text, and the blocks of its subjects."""
    parts = text.removesuffix("\n").split("\n\n")
    return (
        (parts[0].splitlines(), parts[1:]) if parts[0].startswith("@prefix") else ([], [each for each in parts if each])
    )


@BOUNDED
@given(GRAPHS, NAMES)
def test_it_reads_back_equal_and_has_the_same_bytes_again(graph: list[Triple], prefixes: dict[str, str]) -> None:
    """Not a character of a literal changes, whatever order the triples come in."""
    text = write(graph, prefixes=prefixes)

    assert {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)} == read(graph)
    assert formatted("any.ttl", text.encode()) == text
    assert write(reversed([*graph, *graph]), prefixes=prefixes) == text
    assert all(line.isprintable() or not any(each in line for each in "\r\x00\x1f") for line in text.split("\n"))


@BOUNDED
@given(GRAPHS, TRIPLES, NAMES)
def test_a_triple_more_changes_its_subject_only(graph: list[Triple], added: Triple, prefixes: dict[str, str]) -> None:
    """Of all other subjects every line and their order stay; prefixes are only added."""
    graph = [triple for triple in graph if triple != added]
    before, held = blocks(write(graph, prefixes=prefixes))
    after, due = blocks(write([*graph, added], prefixes=prefixes))
    new = [block for block in due if block not in held]
    gone = [block for block in held if block not in due]
    described = any(triple.subject == added.subject for triple in graph)

    assert len(new) == 1 or added in read(graph)
    assert len(gone) <= int(described)
    assert [block for block in due if block not in new] == [block for block in held if block not in gone]
    assert [line for line in after if line in before] == before
    assert len(after) - len(before) <= 4


@BOUNDED
@given(st.lists(st.tuples(PREDICATES, LITERALS), min_size=1, max_size=6), st.booleans())
def test_a_triple_more_of_one_property_is_a_line_or_two_more(
    said: list[tuple[NamedNode, Literal]],
    again: bool,  # noqa: FBT001 - drawn
) -> None:
    """A value beside others is a line; the second value of a property turns one line into three."""
    subject = NamedNode("http://example.org/x")
    graph = list(dict.fromkeys(Triple(subject, predicate, value) for predicate, value in said))
    predicate = said[0][0] if again else NamedNode("http://example.org/new")
    more = Triple(subject, predicate, Literal("one more, of which there is no other"))
    values = sum(triple.predicate == predicate for triple in graph)
    before = write(graph, prefixes=FOREIGN).splitlines()
    after = write([*graph, more], prefixes=FOREIGN).splitlines()

    assert len([line for line in after if not line.startswith("@prefix")]) == len(
        [line for line in before if not line.startswith("@prefix")]
    ) + (2 if values == 1 else 1)
