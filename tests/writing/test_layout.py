"""The layout of our Turtle files: same graph, same bytes; nothing lost; what cannot be written is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse

from rltkg.corpus import Release, shipped
from rltkg.corpus.prefixes import PREFIXES
from rltkg.errors import InputError
from rltkg.writing.comments import comments_in
from rltkg.writing.formatting import formatted
from rltkg.writing.layout import write

if TYPE_CHECKING:
    from pathlib import Path

ROOT = shipped().root
FILES = sorted(path for folder in ("ontology", "data") for path in (ROOT / folder).rglob("*.ttl"))
HEAD = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())

GRAPHS = {
    "text_with_quotes": r'''thing:x rlt:text "say \"no\"", "ends in \\", """a "b" ""c""" .''',
    "text_with_line_breaks_and_tabs": r'thing:x rlt:text "one\ntwo\r\nthree\tfour" .',
    "text_with_control_characters": r'thing:x rlt:text "\u0000\u0001\u0008\u000C\u007F\u0085\u2028" .',
    "text_beyond_ascii": r'thing:x rlt:text "naïve \u2013 一 \U0001F600 e\u0301", "ẞ"@de .',
    "text_that_looks_like_turtle": 'thing:x rlt:text "thing:y ; a rlt:Z . # no", "<a>", "@en", "" .',
    "languages": 'thing:x rdfs:label "colour"@en, "colour"@en-gb, "colour" .',
    "whole_numbers": "thing:x rlt:value 0, 7, -3, 007, +1, 123456789012345678901234567890 .",
    "decimals": "thing:x rlt:value 1.5, -0.5, .5, 1.50, 40000.0 .",
    "booleans": "thing:x owl:deprecated true, false .",
    "other_datatypes": 'thing:x rlt:enteredOn "2026-11-21"^^xsd:date ; rlt:value 1e3, "5"^^xsd:byte .',
    "foreign_names": "thing:x a <https://example.org/T> ; rlt:webPage <https://example.org/a%20b?c=d&e#f>, <urn:x:y> .",
    "names_without_a_prefix": "thing:a.b-c rlt:about <https://w3id.org/rltkg/thing/a/b>, thing:a_b, thing:, rlt:1.0 .",
    "nested_blank_nodes": "thing:x rlt:about [ rlt:about [ rlt:about [ rlt:value 1 ] , 2 ] ; rlt:value 3 ] .",
    "twin_blank_nodes": "thing:x rlt:about [ rlt:value 1 ] , [ rlt:value 1 ] .",
    "empty_blank_node": "thing:x rlt:about [] .",
    "lists": 'thing:x rlt:about ( 1 "two" thing:three ) , () , ( ( 4 ) ( [ rlt:value 5 ] ) ) .',
    "list_of_class_expressions": """rlt:X a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf (
        rlt:Y [ a owl:Restriction ; owl:onProperty rlt:p ; owl:someValuesFrom [ owl:unionOf ( rlt:Y rlt:Z ) ] ]
        [ owl:complementOf rlt:Z ] ) ] .""",
    "empty_graph": "",
}

REFUSED = {
    "cycle": ("thing:x rlt:value 1 . _:a rlt:about _:b . _:b rlt:about _:a .", "2 triples hang on blank nodes"),
    "used_twice_and_empty": ("thing:x rlt:about _:a . thing:y rlt:about _:a .", "1 blank nodes stand outside"),
    "cycle_that_is_used": ("thing:x rlt:about _:a . _:a rlt:about _:a .", "1 blank nodes stand outside"),
    "shared": ("thing:x rlt:about _:a . thing:y rlt:about _:a . _:a rlt:value 1 .", "1 blank nodes stand outside"),
    "unused": ("[] rlt:value 1 .", "1 blank nodes stand outside"),
}

HARD = {
    "whole_decimal": 'thing:x rlt:value "5"^^xsd:decimal .',
    "number_as_boolean": 'thing:x owl:deprecated "1"^^xsd:boolean .',
    "word_as_number": 'thing:x rlt:value "many"^^xsd:integer .',
    "decimal_that_ends_in_its_point": 'thing:x rlt:value "5."^^xsd:decimal .',
    "list_with_another_end": "thing:x rlt:about [ rdf:first 1 ; rdf:rest thing:y ] .",
    "list_with_two_firsts": "thing:x rlt:about [ rdf:first 1, 2 ; rdf:rest () ] .",
    "name_with_a_raised_digit": "thing:x rlt:about <https://w3id.org/rltkg/thing/km²> .",
    "name_of_the_namespace_itself": "thing: rlt:about <https://w3id.org/rltkg/thing/> .",
    "name_with_a_full_stop_at_its_end": "thing:x rlt:about <https://w3id.org/rltkg/thing/y.> , thing:a.b .",
    "name_with_an_escape": r"thing:x rlt:about thing:a\,b , thing:%20 , thing:łódź , thing:_a .",
    "name_with_a_leading_hyphen": "thing:x rlt:about <https://w3id.org/rltkg/thing/-y> .",
}
"""Legal Turtle that a careless writer would change, or that has an uncommon form."""


def triples(text: str) -> list[Triple]:
    """Return the triples of a Turtle text."""
    return [quad.triple for quad in parse(input=text, format=RdfFormat.TURTLE)]


def meaning(held: list[Triple]) -> set[Quad]:
    """Return `held` so that two equal graphs are equal, whatever their blank nodes are called."""
    graph = Dataset(Quad(each.subject, each.predicate, each.object) for each in held)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(graph)


def renamed(held: list[Triple]) -> list[Triple]:
    """Return the same graph in reverse order and with other names for its blank nodes."""
    names: dict[object, BlankNode] = {}

    def other(term: Any) -> Any:  # noqa: ANN401 - a term of any kind
        return names.setdefault(term, BlankNode()) if isinstance(term, BlankNode) else term

    return [Triple(other(each.subject), each.predicate, other(each.object)) for each in reversed(held)]


def test_number_of_cases(release: Release) -> None:
    """The files and graphs below were collected, and every Turtle file in data/ belongs to a graph."""
    assert len(FILES) >= 25
    assert {path for path in FILES if path.is_relative_to(ROOT / "data")} - {
        each.path for each in release.files
    } == set()
    assert len(GRAPHS) == 18
    assert len(REFUSED) == 5
    assert len(HARD) == 11


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_has_the_layout(path: Path) -> None:
    """A Turtle file of ontology/ or data/ is written in the one layout, and holds no comments."""
    held = path.read_bytes()
    differs = held != formatted(path.name, held).encode()

    assert not differs, f"run `rltkg format {path.relative_to(ROOT)}`"
    assert [comment for _, comment in comments_in(held.decode())] == []


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_round_trip(graph: str) -> None:
    """What is written reads back as the same graph, down to the notation of every literal."""
    held = triples(HEAD + graph)

    assert meaning(triples(write(held))) == meaning(held)


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_same_graph_same_bytes(graph: str) -> None:
    """Neither the order of the triples nor the names of blank nodes show, and writing twice changes nothing."""
    held = triples(HEAD + graph)
    once = write(held)

    assert write(renamed(held)) == once
    assert write(triples(once)) == once


def test_order_and_form() -> None:
    """Kinds come in their order, then IRIs; class, label and definition first; only the prefixes that are used."""
    text = write(
        triples(
            HEAD + 'thing:b rlt:value 2, 1 ; skos:definition "B."@en ; a rlt:Actor ; rdfs:label "b"@en .'
            "thing:a rlt:about [ rlt:value 3 ] . rlt:C a owl:Class ; owl:oneOf ( thing:a thing:b ) ."
        )
    )

    assert text == (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix rlt: <https://w3id.org/rltkg/ontology/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix thing: <https://w3id.org/rltkg/thing/> .\n"
        "\n"
        "rlt:C a owl:Class ;\n"
        "    owl:oneOf ( thing:a thing:b ) .\n"
        "\n"
        "thing:a rlt:about [\n"
        "        rlt:value 3\n"
        "    ] .\n"
        "\n"
        "thing:b a rlt:Actor ;\n"
        '    rdfs:label "b"@en ;\n'
        '    skos:definition "B."@en ;\n'
        "    rlt:value\n"
        "        1 ,\n"
        "        2 .\n"
    )


@pytest.mark.parametrize("case", REFUSED)
def test_blank_nodes_without_a_place_are_refused(case: str) -> None:
    """A blank node that stands in no one other node cannot be nested; the error says how many and what to do."""
    graph, message = REFUSED[case]

    with pytest.raises(InputError, match=f"^{message}.*; give them IRIs$"):
        write(triples(HEAD + graph))


@pytest.mark.parametrize("graph", HARD.values(), ids=HARD)
def test_what_is_hard_to_write_stays_the_same(graph: str) -> None:
    """What a file says is there again, to the letter, and the text has its layout."""
    text = formatted("hard.ttl", (HEAD + graph).encode())

    assert meaning(triples(text)) == meaning(triples(HEAD + graph))
    assert formatted("hard.ttl", text.encode()) == text


def test_a_long_list_and_deep_nodes() -> None:
    """Length is no trouble; depth is one sentence."""
    text = formatted("long.ttl", f"{HEAD}thing:x rlt:about ( {'1 ' * 10_000}) .".encode())

    assert text.endswith("( " + "1 " * 10_000 + ") .\n")
    with pytest.raises(InputError, match=r"^deep\.ttl: its nodes are nested too deeply"):
        formatted("deep.ttl", f"{HEAD}thing:x rlt:about {'[ rlt:about ' * 3000} 1 {']' * 3000} .".encode())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"@prefix x: <urn:x:> .\nx:a x:b x:c .\nx:d", "some.ttl:3:4: "),
        (b'\xef\xbb\xbf<urn:a> <urn:b> "\xff" .', "some.ttl:1: the file is not UTF-8"),
        (b'{"@id": "urn:a"}', "looks like JSON-LD or TriG; only Turtle has the layout"),
        (b'<?xml version="1.0"?><rdf:RDF/>', "looks like RDF/XML"),
        (b"<urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> .", "is RDF 1.2"),
        (b'<urn:a> <urn:b> "x"@en--ltr .', "is RDF 1.2"),
        (b"<" * 20_000, "more triple terms"),
        (b"<urn:a> <urn:b> 1 .\n\n[] <urn:b> 1 .", "some.ttl:3: 1 blank nodes stand outside"),
        (b"<urn:a> <urn:b> <c> .", "some.ttl:1:"),
    ],
    ids=["broken", "encoding", "json", "xml", "triple-term", "direction", "nested", "blank", "relative"],
)
def test_what_cannot_have_the_layout(content: bytes, told: str) -> None:
    """The sentence names the file, the line where it is known, and what is wrong."""
    with pytest.raises(InputError) as caught:
        formatted("some.ttl", content)

    assert str(caught.value).startswith("some.ttl")
    assert told in str(caught.value)


def test_ends_of_lines_and_the_mark_of_utf_8() -> None:
    """They are no part of the graph: a line ends with a line feed, and no mark comes first."""
    text = "\ufeff<urn:a>\r\n  a <urn:b> .\r\n# end\r\n"

    assert formatted("crlf.ttl", text.encode()) == "<urn:a> a <urn:b> .\n\n# end\n"
