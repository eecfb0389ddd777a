"""The scanner tells the place of each triple in the very order in which the parser of the engine gives the triples."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Literal, RdfFormat, parse

from rltkg.validation.places.turtle import lines, spots

if TYPE_CHECKING:
    from rltkg.corpus import Release

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
HEAD = '@prefix : <http://e/> . # a remark with " and < in it\nPREFIX e: <http://e/>\n'


class Author:
    """Writes random Turtle in which no plain object stands twice."""

    def __init__(self, seed: int) -> None:
        self.choice = random.Random(seed)  # noqa: S311  (the same texts each time)
        self.number = 0

    def plain(self) -> str:
        """Return a literal or IRI."""
        self.number += 1
        n = self.number
        kinds = [f"{n}", f"{n}.5", f'"s{n}"', f'"s{n}."@en-GB', f'"""l\n"{n}"""^^:d', f"'x{n}' ^^ e:d.t", f":o.{n}"]
        return self.choice.choice([*kinds, f"<http://e/i{n}>", f"e:o\\,{n}", f"-{n}e5", f'"a\\"{n}"'])

    def object(self, depth: int) -> str:
        """Return an object, perhaps nested."""
        kind = self.choice.random()
        if depth < 4 and kind < 0.2:
            return f"( {' '.join(self.object(depth + 1) for _ in range(self.choice.randrange(4)))} )"
        if depth < 4 and kind < 0.4:
            return f"[{self.properties(depth + 1) if self.choice.random() < 0.8 else ' '}]"
        return self.plain()

    def properties(self, depth: int) -> str:
        """Return predicates with their objects."""
        parts = []
        for number in range(self.choice.randrange(1, 4)):
            objects = ", ".join(self.object(depth) for _ in range(self.choice.randrange(1, 4)))
            parts.append(f" :p{number} {objects} ")
        return ";\n ".join(parts) + self.choice.choice(["", ";", " ; ; # so it may end\n"])

    def statement(self) -> str:
        """Return a subject, perhaps a nested one, with its properties."""
        kind = self.choice.random()
        if kind < 0.15:
            return f"[{self.properties(1)}]"
        if kind < 0.3:
            return f"[{self.properties(1)}] {self.properties(1)}"
        if kind < 0.4:
            return f"( {' '.join(self.object(1) for _ in range(self.choice.randrange(1, 4)))} ) {self.properties(1)}"
        return f":s{self.choice.randrange(9)} {self.properties(0)}"


def check(text: str, form: RdfFormat = RdfFormat.TURTLE) -> int:
    """Compare places and triples one by one; return how many there were."""
    triples = list(parse(text, format=form))
    found = spots(text)

    assert len(triples) == len(found), text
    for triple, spot in zip(triples, found, strict=True):
        written = text[spot.object : spot.end]
        if triple.predicate.value in {RDF + "first", RDF + "rest"}:
            assert text[spot.predicate] == "(", (text, triple)
        else:
            word = text[spot.predicate :].split(maxsplit=1)[0].partition(":")[2].rstrip(">")
            assert triple.predicate.value.endswith(word), (text, triple)
        if triple.predicate.value == RDF + "rest":
            assert written == "(", (text, triple)
        elif isinstance(triple.object, BlankNode):
            assert written in {"[", "("}, (text, triple)
        elif isinstance(triple.object, Literal):
            assert triple.object.value.replace('"', '\\"') in written or triple.object.value in written, (text, triple)
        else:
            last = written.rpartition("/")[2].rpartition(":")[2].rstrip(">").replace("\\", "")
            assert written == "(" or triple.object.value.endswith(last), (text, triple)
    return len(triples)


def test_random_turtle() -> None:
    author = Author(7)
    total = sum(check(HEAD + "".join(f"{author.statement()} .\n" for _ in range(3))) for _ in range(1200))

    assert total > 20_000


def test_random_trig() -> None:
    author = Author(8)
    total = 0
    for _ in range(300):
        one, two, three, four = (author.statement() for _ in range(4))
        text = f":g1 {{ {one} . {two} }}\nGRAPH <http://e/g2> {{ {three} . }} {{ }} {four} .\n[] {{ :a :b :c }}"
        total += check(HEAD + text, RdfFormat.TRIG)

    assert total > 5_000


def test_every_file_of_the_release(release: Release) -> None:
    triples = sum(check(file.path.read_text(encoding="utf-8")) for file in release.files)

    assert len(release.files) >= 60
    assert triples > 23_000


def test_positions_are_exact() -> None:
    text = '@prefix : <http://e/> .\n:a\n  :p "é" , :b ;\n  :q [ :r 1 ] .\n'
    marks = [
        (text[spot.subject], text[spot.predicate : spot.predicate + 2], text[spot.object : spot.end])
        for spot in spots(text)
    ]

    assert marks == [(":", ":p", '"é"'), (":", ":p", ":b"), ("[", ":r", "1"), (":", ":q", "[")]


@pytest.mark.parametrize("text", [":a :b", "{", ":a :b ] .", "@prefix : <http://e/>", ":a :b :c ; \\", "(" * 100_000])
def test_what_cannot_be_followed_has_no_places(text: str) -> None:
    assert spots(text) == []


def test_lines_of_quads() -> None:
    text = '# a remark\n<http://e/a> <http://e/p> "x . y" <http://e/g> .\n\n_:b <http://e/p> "z"@en .\n'
    found = [text[spot.object : spot.end] for spot in lines(text)]

    assert found == ['"x . y"', '"z"@en']
    assert lines("<http://e/a> <http://e/p>\n") == []
