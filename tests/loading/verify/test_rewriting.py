"""Pairing what a store lacks with what it has in its place: rewritten literals, losses, blank nodes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rltkg.corpus.lines import Lines
from rltkg.loading.verify.rewriting import Difference, differences, is_loose, literals

XSD = "http://www.w3.org/2001/XMLSchema#"


def canonical(*triples: str) -> list[bytes]:
    """Return the canonical lines of triples in N-Triples without their points; `e:x` is short for an IRI."""
    lines = Lines()
    text = "".join(f"{each} .\n" for each in triples).replace("e:", "http://e/")
    lines.read(text.replace("xsd:", XSD).encode())
    return list(lines)


def found(one: list[bytes], other: list[bytes], dialect: str = "") -> list[tuple[str, str]]:
    """Return the differences: object lacking, object there instead; "" where there is none."""

    def last(line: bytes | None) -> str:
        return "" if line is None else line.decode().split(" ", 2)[2].removesuffix(" .\n").replace(XSD, "xsd:")

    return [(last(each.lacking), last(each.surplus)) for each in differences(one, other, dialect)]


def test_equal_graphs_have_no_differences() -> None:
    one = canonical('<e:a> <e:p> "1"', "<e:a> <e:p> _:x", '_:x <e:q> "y"')

    assert found(one, one) == []
    assert found([], []) == []


def test_rewritten_and_lost_side_by_side() -> None:
    one = canonical('<e:a> <e:p> "1.50"^^<xsd:decimal>', '<e:a> <e:p> "2"^^<xsd:integer>',
                    '<e:b> <e:p> "1.50"^^<xsd:decimal>')  # fmt: skip
    other = canonical('<e:a> <e:p> "1.5"^^<xsd:decimal>', '<e:a> <e:p> "3"^^<xsd:integer>',
                      '<e:c> <e:p> "1.5"^^<xsd:decimal>')  # fmt: skip

    assert sorted(found(one, other)) == [
        ("", '"1.5"^^<xsd:decimal>'),  # another subject: not the same triple
        ("", '"3"^^<xsd:integer>'),
        ('"1.50"^^<xsd:decimal>', ""),
        ('"1.50"^^<xsd:decimal>', '"1.5"^^<xsd:decimal>'),
        ('"2"^^<xsd:integer>', ""),
    ]


def test_virtuoso_has_forms_of_its_own() -> None:
    one = canonical('<e:a> <e:p> "true"^^<xsd:boolean>', '<e:a> <e:q> "P1Y"^^<xsd:duration>')
    other = canonical('<e:a> <e:p> "1"^^<xsd:integer>', '<e:a> <e:q> "12"^^<xsd:duration>')

    assert len(found(one, other, "virtuoso")) == 2
    assert all(one and other for one, other in found(one, other, "virtuoso"))
    assert len(found(one, other, "oxigraph")) == 4


def test_what_became_one_is_told() -> None:
    """Two forms of one value are two triples; a store that keeps one of them lacks the other."""
    one = canonical('<e:a> <e:p> "1"^^<xsd:integer>', '<e:a> <e:p> "01"^^<xsd:integer>')

    assert found(one, canonical('<e:a> <e:p> "1"^^<xsd:integer>')) == [('"01"^^<xsd:integer>', "")]


def test_blank_nodes_around_a_rewritten_literal() -> None:
    def graph(text: str, more: str = '"x"') -> list[bytes]:
        return canonical(f"<e:a> <e:p> _:n{len(text)}", f'_:n{len(text)} <e:q> "{text}"^^<xsd:integer>',
                         f"_:n{len(text)} <e:r> {more}", "_:z <e:q> <e:y>")  # fmt: skip

    assert found(graph("01"), graph("1")) == [('"01"^^<xsd:integer>', '"1"^^<xsd:integer>')]
    assert [each.rewriting for each in differences(graph("01"), graph("1"))] == ["xsd:integer in another form"]
    changed = found(graph("01"), graph("1", '"y"'))
    assert ('"01"^^<xsd:integer>', '"1"^^<xsd:integer>') in changed
    assert ('"x"', "") in changed
    assert ("", '"y"') in changed
    assert found(graph("01"), []) != []
    assert all(not each.benign for each in differences(graph("01"), []))


def test_a_difference_tells_what_it_is() -> None:
    one, other = canonical('<e:a> <e:p> "5"^^<xsd:int>')[0], canonical('<e:a> <e:p> "5"^^<xsd:integer>')[0]

    assert Difference(one, other).rewriting == "xsd:int as xsd:integer"
    assert literals(Difference(one, other)) == (f'"5"^^<{XSD}int>', f'"5"^^<{XSD}integer>')
    assert (Difference(one, other).benign, Difference(one, None).benign, Difference(None, one).benign) == (
        True, False, False
    )  # fmt: skip
    assert Difference(one, None).rewriting == ""


def test_text_that_looks_like_a_blank_node_is_none() -> None:
    (text,), (loose,) = canonical('<e:a> <e:p> "_:x"'), canonical("<e:a> <e:p> _:x")

    assert (is_loose(text), is_loose(loose)) == (False, True)
    assert is_loose(canonical('_:x <e:p> "a"')[0])


TRIPLES = st.sets(
    st.builds(
        '<e:{}> <e:{}> "{}"^^<xsd:{}>'.format,
        st.sampled_from("ab"), st.sampled_from("pq"), st.sampled_from(["1", "01", "1.0", "2"]),
        st.sampled_from(["integer", "decimal", "string"]),
    ),
    max_size=8,
)  # fmt: skip


@given(TRIPLES, TRIPLES)
def test_every_line_is_accounted_for_once(one: set[str], other: set[str]) -> None:
    """Lines of one side only are told exactly once; a benign pair is one of each."""
    ours, theirs = canonical(*one), canonical(*other)
    told = list(differences(ours, theirs))

    assert sorted(each.lacking for each in told if each.lacking) == sorted(set(ours) - set(theirs))
    assert sorted(each.surplus for each in told if each.surplus) == sorted(set(theirs) - set(ours))
