"""A text cut into statements has each triple where the scanner, which reads it as a whole, has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from rltkg.validation.places.pieces import pieces
from rltkg.validation.places.turtle import lines, spots
from tests.validation.places.test_turtle import HEAD, Author

if TYPE_CHECKING:
    from rltkg.corpus import Release


class Plain(Author):
    """Writes random Turtle without brackets, as most of it is written."""

    def object(self, depth: int) -> str:  # noqa: ARG002  (of any depth the same)
        """Return an object, perhaps behind a remark."""
        return self.choice.choice(["", "", "# no, there ; are . none\n "]) + self.plain()

    def statement(self) -> str:
        """Return a subject with its properties."""
        n = self.number
        subject = self.choice.choice([f":s{n}", f"<http://e/;,.{n}>", f"_:b{n}", f":s.t{n}", f"e:s{n}"])
        return f"{subject} {self.properties(0)}"


def compare(text: str) -> int:
    """Compare the places of all triples of a Turtle text; return how many there are."""
    whole, cut = spots(text), pieces(text, RdfFormat.TURTLE)

    assert cut is not None, text
    assert cut.triples == len(whole), text
    assert [cut[index] for index in range(len(whole))] == whole, text
    return len(whole)


@pytest.mark.parametrize("seed", range(200))
def test_random_texts(seed: int) -> None:
    author = Plain(seed)
    text = HEAD + " .\n".join(author.statement() for _ in range(author.choice.randrange(1, 9))) + ".\n# end"

    assert compare(text) == len(list(parse(text, format=RdfFormat.TURTLE)))


def test_shipped_files(release: Release) -> None:
    found = 0
    for file in release.files:
        text = file.path.read_text(encoding="utf-8")
        if "[" not in text and "(" not in text:
            found += compare(text)

    assert found > 15_000


@pytest.mark.parametrize(
    "text", [":s :p [ ] .", ":s :p ( 1 ) .", "[] :p 1 .", ":s :p 1", "graph :g { :s :p 1 }", ":s :p"]
)
def test_what_is_read_as_a_whole(text: str) -> None:
    assert pieces(f"{HEAD}:a :b :c .\n{text}", RdfFormat.TURTLE) is None
    assert pieces(HEAD, RdfFormat.TRIG) is None


def test_texts_without_triples() -> None:
    assert [pieces(text, RdfFormat.TURTLE).triples for text in ("", " \n", "# x", HEAD)] == [0, 0, 0, 0]  # type: ignore[union-attr]


def test_lines() -> None:
    text = '# first\n<a:s> <a:p> "one # \u2028 two" .\r\n\n  <a:s> <a:p> <a:o> . # three\n_:b <a:p> "x"@en .'
    cut = pieces(text, RdfFormat.N_TRIPLES)

    assert cut is not None
    assert cut.triples == 3
    assert [cut[index] for index in range(3)] == lines(text)


def test_a_long_text_takes_its_time_once() -> None:
    """A statement that nearly fits is not tried in all ways: 20,000 objects, and then a bracket."""
    objects = ", ".join(f'"o{number}"' for number in range(20_000))

    assert pieces(f"{HEAD}:s :p {objects}, [] .", RdfFormat.TURTLE) is None
    found = pieces(f"{HEAD}:s :p {objects} .", RdfFormat.TURTLE)
    assert found is not None
    assert found.triples == 20_000
