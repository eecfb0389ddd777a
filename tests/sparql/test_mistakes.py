"""What is wrong with a query is told where it is wrong, although the engine knows only roughly."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg.errors import InputError
from rltkg.sparql.cursor import Misread
from rltkg.sparql.grammar import parse
from rltkg.sparql.lexer import tokens
from rltkg.sparql.mistakes import explained
from rltkg.sparql.reading import read

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph
    from rltkg.corpus import Release

POOL = [
    ".", ";", ",", "{", "}", "(", ")", "?x", "a", "FILTER", "OPTIONAL", "UNION", '"x"', "1", "rdfs:label", "SELECT",
    "WHERE", "=", "&&", "/", "*", "!", "^", "BIND", "VALUES", "UNDEF", "ORDER", "BY", "COUNT", "DISTINCT", "[", "]",
    "NOT", "IN", "EXISTS", "LIMIT", "AS", "+", "-", "|", "STR", "IF", "GRAPH", "MINUS", "DESC", "@en", "^^",
    "<http://x>", "_:b",
]  # fmt: skip


def told(text: str) -> str:
    """Return what is said of a query that the engine refuses."""
    reading = read(text, [])
    with pytest.raises(SyntaxError) as caught:
        pyoxigraph.Store().query(reading.full)
    return str(explained(reading, caught.value.msg))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * WHERE {\n  ?s a rlt:X\n  ?s rlt:y ?z\n}", "line 3, column 3: `?s` cannot stand here; write `.`"),
        ("SELECT * WHERE {\n  ?s rlt:covrage }", "line 2, column 18: `}` cannot stand here; write an object"),
        ("SELECT * WHERE { ?s ?p ?o , . }", "`.` cannot stand here; write an object"),
        ("SELECT * WHERE { ?s 'p' ?o }", "`'p'` cannot stand here; write a property"),
        ("SELECT * WHERE { . ?s ?p ?o }", "`.` cannot stand here; write a subject"),
        ("SELECT ?a, ?b WHERE { ?a ?p ?b }", "line 1, column 10: columns stand side by side; leave the comma out"),
        ("SELECT WHERE { ?s ?p ?o }", "`WHERE` cannot stand here; write variables"),
        ("SELECT (COUNT(?s)) { ?s ?p ?o }", "`)` cannot stand here; write AS and a variable"),
        ("SELECT * { ?s ?p ?o FILTER ?o > 3 }", "`?o` cannot stand here; write a condition in round brackets"),
        ("SELECT * { ?s ?p ?o FILTER(?o > ) }", "`)` cannot stand here; write a value"),
        ("SELECT * { ?s ?p ?o FILTER(1 < 2 < 3) }", "column 34: `<` cannot stand here"),
        ("SELECT * { ?s ?p ?o FILTER(STRLEN(?o, 2) > 1) }", "column 28: STRLEN takes 1 argument and has 2 here"),
        ("SELECT * { ?s ?p ?o FILTER(BOUND(1)) }", "`1` cannot stand here; write a variable"),
        ("SELECT * { ?s ?p ?o } ORDER ?s", "`?s` cannot stand here; write `BY`"),
        ("SELECT * { ?s ?p ?o } LIMIT -1", "`-` cannot stand here; write a whole number"),
        ("SELECT * { ?s ?p ?o } LIMIT 1 LIMIT 2", "column 31: this is the second LIMIT"),
        ("SELECT * { ?s ?p ?o } LIMIT 1 ORDER BY ?s", "ORDER BY comes too late; put it before LIMIT"),
        ("SELECT * { VALUES (?a ?b) { (1 2) (3) } }", "column 35: this row has 1; write one value for each of the 2"),
        ("SELECT * { BIND(1 ?x) }", "`?x` cannot stand here; write AS and a variable"),
        ("DESCRIBE", "line 1, column 9: the query ends; write a variable"),
        ("CONSTRUCT { ?s ?p ?o }", "the query ends; write WHERE or `{`"),
        ("SELECT * { ?s ?p ?o } ?x", "`?x` cannot stand here; write the end of the query"),
        ("SELECT * { ?s ?p ?o HAVING(1) }", "`HAVING` cannot stand here; write a pattern"),
        ('SELECT * { ?s ?p "a\\q" }', "column 20: strings have no such escape"),
        ("SELECT ?x ?x { ?x ?p ?o }", "line 1, column 11: ?x is selected twice"),
        ("SELECT (1 AS ?x) { ?x ?p ?o }", "?x is used in the patterns already"),
        ("SELECT * { ?x ?p ?o BIND(1 AS ?x) }", "?x is used before it is bound"),
        ("SELECT * { ?x ?p ?o } GROUP BY ?x", "with GROUP BY, * is not defined"),
        ("SELECT ?p { ?x ?p ?o } GROUP BY ?x", "column 8: ?p stands beside a GROUP BY or an aggregate"),
        ("SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o }", "column 8: ?x stands beside a GROUP BY or an aggregate"),
        ("SELECT (STR(?p) AS ?q) (MAX(?o) AS ?m) { ?x ?p ?o }", "column 13: ?p stands beside"),
    ],
)  # fmt: skip
def test_the_fault_is_told_where_it_is(text: str, said: str) -> None:
    assert said in told(text)


def test_line_and_caret_are_those_of_the_users_text() -> None:
    """The declarations that we put before it do not count."""
    message = told("# é\nSELECT * {\n\t?s rdfs:label ?l ; rlt:x }")

    assert message.splitlines()[0].startswith("The query, line 3, column 27: `}` cannot stand here")
    assert message.splitlines()[1:] == ["     ?s rdfs:label ?l ; rlt:x }", " " * 30 + "^"]


def test_what_only_the_engine_knows_is_told_near_its_place() -> None:
    message = told("SELECT * {\n ?x skos:note _:b .\n OPTIONAL { _:b ?q ?r }\n}")

    assert message.startswith("The query, line 3, column ")
    assert "the engine cannot read this, or what stands shortly before it" in message


def test_grammar_and_engine_agree_on_our_own_queries(release: Release, graph: KnowledgeGraph) -> None:
    files = [*release.root.glob("queries/*/*.rq"), *release.root.glob("ontology/checks/*.rq")]

    assert len(files) >= 35
    for path in files:
        assert parse(read(path.read_text(encoding="utf-8"), graph.store.graphs)).parts, path.name


@pytest.mark.parametrize("seed", range(20))
def test_grammar_and_engine_agree_on_broken_queries(seed: int, release: Release) -> None:
    """Tokens are taken out of our queries, put in and exchanged: what the engine accepts, the grammar reads.

    The other way round, what the engine refuses is explained, and nearly always with the place that the grammar found.
    """
    chance = random.Random(seed)  # noqa: S311 - a test
    texts = [path.read_text(encoding="utf-8") for path in sorted(release.root.glob("queries/*/*.rq"))]
    store = pyoxigraph.Store()
    refused = near = 0
    for _ in range(60):
        text = chance.choice(texts)
        token = chance.choice(tokens(text))
        new = chance.choice(["", *POOL])
        text = f"{text[: token.start]} {new} {text[chance.choice([token.start, token.end]) :]}"
        try:
            reading = read(text, [])
            store.query(reading.full)
        except InputError:
            continue
        except RuntimeError as error:  # it was read; a function of it does not exist
            if "is not supported" not in str(error):
                raise
        except SyntaxError as error:
            refused += 1
            near += "the engine cannot read this" in str(explained(reading, error.msg))
            continue
        try:
            parse(reading)
        except Misread as error:
            pytest.fail(f"the engine reads this, the grammar does not: {error}\n{text}")

    assert refused > 10
    assert near <= 2
