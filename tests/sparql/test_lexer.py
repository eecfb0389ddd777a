"""The scanner: what is quoted stays quoted, whatever it holds, and no text takes longer than its length."""

from __future__ import annotations

import random

import pytest

from rltkg.errors import InputError
from rltkg.sparql.lexer import DEEPEST, LARGEST, tokens

INSIDE = [
    "SERVICE <http://127.0.0.1/> {",
    "INSERT DATA {",
    "#",
    "}",
    "{{{",
    "(",
    "<",
    " LOAD ",
    "\\\\",
    "FROM",
    "]",
    "?x",
]
PLAIN = [
    ("word", "SELECT"), ("word", "FILTER"), ("word", "a"), ("word", "true"), ("word", "GROUP_CONCAT"),
    ("word", "sha256"),
    ("var", "?service"), ("var", "$FROM"), ("var", "?éa_1"), ("name", "rlt:SERVICE"), ("name", ":load"),
    ("name", "a.b:"),
    ("name", "ex:a.b-c:d"), ("name", "ex:a\\#b%20\\'c"), ("name", "SERVICE:x"), ("label", "_:from.b"), ("number", "1"),
    ("number", "1.5e-3"), ("number", ".5"), ("number", "2e10"), ("iri", "<http://a.org/SERVICE#x'y>"), ("iri", "<>"),
    ("tag", "@en-GB"), ("mark", "^^"), ("mark", "&&"), ("mark", "!="), ("mark", ";"), ("mark", "*"), ("mark", "?"),
]  # fmt: skip
LONG = [
    "a.", "<a", "'a", '""" ', "select ", ":", "a-", " ", "#\n", '"" ', "1.", "1e", "a:%a", "a........", "ab" + "." * 8,
    "(1<a ", "?s ?p ?o . ", "a:b.", "_:b.", "\\", '"\\', "a" * 99 + ".", "@a-", "<a:'", "()", "[]{}", '"""a""', "!<",
]  # fmt: skip


def kinds(text: str) -> list[tuple[str, str]]:
    """Return kind and text of each token of `text`."""
    return [(token.kind, token.text) for token in tokens(text)]


def quoted(chance: random.Random) -> tuple[str, str]:
    """Return a string of one of the four kinds, with whatever may stand in it."""
    mark = chance.choice(['"', "'", '"""', "'''"])
    other = "'" if mark[0] == '"' else '"'
    pieces = [*INSIDE, "é", "\\n", "\\" + mark[0], other, other * 3, *(["\n", mark[0] + "x"] if len(mark) == 3 else [])]
    return "text", mark + "".join(chance.choices(pieces, k=chance.randint(0, 6))) + mark


@pytest.mark.parametrize("seed", range(200))
def test_tokens_are_found_again_whatever_is_quoted(seed: int) -> None:
    """Random tokens, joined by space and by comments that hold anything, are cut apart into just these tokens."""
    chance = random.Random(seed)  # noqa: S311 - a test
    wanted = [quoted(chance) if chance.random() < 0.4 else chance.choice(PLAIN) for _ in range(60)]
    joints = [" ", "\n", "\t", "# " + "".join(chance.choices(INSIDE, k=3)) + " \" ' \n", "#\r\n"]
    text = "".join(chance.choice(joints) + " " + token + " " for _, token in wanted)

    assert kinds(text) == wanted


def test_tokens_need_no_space_between_them() -> None:
    text = '{?s a rlt:X;rdfs:label"x"@en,\'\',"""a"b""c\\""""^^xsd:string.FILTER(?a<?b&&?c>=3||1<2)}#SERVICE'

    assert [text for _, text in kinds(text)] == [
        "{", "?s", "a", "rlt:X", ";", "rdfs:label", '"x"', "@en", ",", "''", ",", '"""a"b""c\\""""', "^^",
        "xsd:string.FILTER", "(", "?a", "<", "?b", "&&", "?c", ">=", "3", "||", "1", "<", "2", ")", "}",
    ]  # fmt: skip


def test_an_iri_in_brackets_stays_one_and_a_doubtful_one_is_refused() -> None:
    assert ("iri", "<http://www.w3.org/2002/07/owl#Class>") in kinds('{("x" <http://www.w3.org/2002/07/owl#Class>)}')
    assert ("mark", "<=") in kinds("(?a<=5&&?b>3)")
    for text in (
        "(?a<'>')SERVICE<http://e/>{}#'",
        "BASE <http://a/> (1 <'>) SERVICE <http://e/> {} (1 <'>)",
        "(1 <a:#>)",
    ):
        with pytest.raises(InputError, match="put a space behind the <"):
            tokens(text)


@pytest.mark.parametrize("piece", LONG)
def test_any_text_is_scanned_once(piece: str) -> None:
    """Texts of full length that would take hours where the scanner looked back; they pass, or are refused."""
    text = (piece * (LARGEST // len(piece)))[:LARGEST]
    try:
        count = len(tokens(text))
    except InputError as error:
        count = len(str(error).splitlines())

    assert 0 <= count <= LARGEST


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * (LARGEST + 1), "is 1,000,001 characters long; 1,000,000 are allowed"),
        ("ASK " + "{" * 5000 + "}" * 5000, "column 105: brackets are nested more than 100 deep"),
        ("ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }", "brackets are nested more than 100 deep"),
        ("[" * (DEEPEST + 1), "brackets are nested"),
        ("{\n ?s ?p ?o", "line 1, column 1: this { is never closed"),
        ("{\n ( }", "line 2, column 4: the ( of line 2, column 2 is still open here, and } cannot close it"),
        ("{ ) }", "the { of line 1, column 1 is still open here"),
        ("ASK { } }", "line 1, column 9: this } closes nothing"),
        ("ASK { ?s ?p 'x }", "line 1, column 13: this string does not end"),
        ('ASK { ?s ?p """x" }', "line 1, column 13: this string does not end"),
        ('ASK { ?s ?p "a\nb" }', "line 1, column 13: this string does not end"),
        ("ASK { ?s é ?o }", "line 1, column 10: the character 'é' has no meaning here"),
        ("ASK { ?s \x00 ?o }", "the character U+0000 has no meaning here"),
        ("ASK {\n  ?s \ud800 ?o }", "line 2, column 6: this is half a character"),
        ('ASK { ?s ?p "\ud800" }', "this is half a character"),
        ('ASK { ?s ?p "\\u0022 SERVICE" }', "stores read \\u0022 in different ways"),
        ("ASK { ?s ?p <http://a/\\u003E> }", "stores read \\u003E in different ways"),
        ("SELCT * { }", "line 1, column 1: 'SELCT' is no word of SPARQL (did you mean SELECT"),
        ("SELECT * { ?s ?p ?o FILTER(?o = 1 AND ?p = 2) }", "AND is no word of SPARQL; write &&"),
        ("SELECT * { ?s ?p trueSERVICE<http://a/>{} }", "'trueSERVICE' is no word of SPARQL"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_may_not_pass_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        tokens(text)

    assert said in str(caught.value)
    assert caught.value.exit_status == 2
    assert len(str(caught.value)) < 600


def test_strings_with_plain_escapes_pass() -> None:
    assert kinds(r'"caf\u00e9 \U0001F600 \t \\"') == [("text", r'"caf\u00e9 \U0001F600 \t \\"')]
