"""Comments: each stays with what it is about, or the file stays as it is and the line is told."""

from __future__ import annotations

import random
import re

import pytest
from pyoxigraph import RdfFormat, parse

from rltkg.errors import InputError
from rltkg.writing.comments import comments_in
from rltkg.writing.formatting import formatted

HEAD = "@prefix e: <http://e/> .\n\n"
UGLY = """\
# Licence: CC BY 4.0
# of all

# of this file
@prefix z: <http://z/> . # of z
@prefix gone: <http://gone/> . # of gone
# above e
prefix e: <http://e/>
#### Heading ####

# of s
e:s # beside s
    # above a
    a e:C ; # beside a
    # above q
    e:q "1" , # beside 1
       # above 2
       "2" # beside 2
    ; e:p # beside p
      z:y; # beside y
    # e:left "out" ;
    . # beside the end
    # below s
# of b
e:b e:q # beside the property
   4, 3 ; e:r "# none" . # beside r

# foot
"""
LAID = """\
# Licence: CC BY 4.0
# of all

# of this file

# above e

# of gone

@prefix e: <http://e/> .
@prefix z: <http://z/> .  # of z

#### Heading ####

# of b
e:b e:q  # beside the property
        3 ,
        4 ;
    e:r "# none" .  # beside r

# of s
# beside s
# above a
e:s a e:C ;  # beside a
    # beside p
    e:p z:y ;  # beside y
    # above q
    e:q
        "1" ,  # beside 1
        # above 2
        "2" .  # beside 2
    # e:left "out" ;
    # beside the end
    # below s

# foot
"""
NAMES = ("e:a", "e:b", "e:c", "<urn:x#y>", r"e:d\#f")
VALUES = (*NAMES, '"s # no"', '"""l\n# no\n"""', "1", "2.5", "'#'", '"d"^^e:dt', '"e"@en', "true")


def of(text: str) -> list[str]:
    """Return the comments of a text, sorted."""
    return sorted(comment for _, comment in comments_in(text))


def test_each_comment_stays_with_what_it_is_about() -> None:
    text = formatted("ugly.ttl", UGLY.encode())

    assert text == LAID
    assert formatted("ugly.ttl", text.encode()) == text
    assert of(text) == of(UGLY)
    assert len(of(text)) == 24


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("e:a e:b [\n  e:c 1 # inside\n] .", 4, "inside brackets"),
        ("e:a e:b (\n  1\n  # inside\n  2 ) .", 5, "inside brackets"),
        ('e:a e:b "x"\n  # inside\n  ^^e:c .', 4, "inside a literal"),
        ('e:a e:b "x"^^ # inside\n  e:c . # beside', 3, "inside a literal"),
        ("e:z a e:Z .\n\n# heading\n\ne:a a e:A .\n", 5, "puts apart"),
        ("# one\n\ne:a a e:A . e:d a e:D .\n\n# two\n\ne:b a e:B .\n", 3, "puts apart"),
        ("e:a a e:A .\n\n# heading of what stands above\n\ne:a e:b 1 .\n", 5, "puts apart"),
    ],
    ids=["node", "list", "datatype", "after-hats", "after-none", "between", "empty"],
)
def test_what_would_lose_its_place_is_refused(text: str, line: int, why: str) -> None:
    with pytest.raises(
        InputError, match=rf"^my\.ttl:{line}: the comment there stands .*{why}.*The file is as it was\."
    ):
        formatted("my.ttl", (HEAD + text).encode())


def test_headings_move_with_their_subjects() -> None:
    """The subjects below a heading stand together afterwards too, so it may go before or behind another one."""
    text = (
        f"{HEAD}# of d and c\n\ne:d a e:D .\n\ne:c a e:C .\n\n"
        "# of b and a\n# in two lines\n\n# of b\ne:b a e:B .\n\ne:a a e:A .\n"
    )

    assert formatted("my.ttl", text.encode()) == (
        f"{HEAD}# of b and a\n# in two lines\n\ne:a a e:A .\n\n# of b\ne:b a e:B .\n\n"
        "# of d and c\n\ne:c a e:C .\n\ne:d a e:D .\n"
    )


@pytest.mark.parametrize(
    ("text", "laid"),
    [
        ("", ""),
        ("\n\n", ""),
        ("# only", "# only\n"),
        ("#a\n\n\n\n#b\n\n", "#a\n\n#b\n"),
        ("# head\n\n# of a\n<urn:a> a <urn:b> .", "# head\n\n# of a\n<urn:a> a <urn:b> .\n"),
        ("<urn:a> a <urn:b>. # x\r# y\r", "<urn:a> a <urn:b> .  # x\n\n# y\n"),
        ("@prefix e: <http://e/> . # unused", "# unused\n"),
    ],
    ids=["nothing", "blank", "only", "two", "head", "returns", "prefix"],
)
def test_ends_of_a_file(text: str, laid: str) -> None:
    assert formatted("my.ttl", text.encode()) == laid
    assert formatted("my.ttl", laid.encode()) == laid


class Author:
    """Writes random Turtle with comments, each with a number of its own, wherever blanks may be."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same texts each time
        self.number = 0

    def comment(self) -> str:
        """Return a comment that looks like something else."""
        self.number += 1
        return self.chance.choice(["# c%d", '#c%d "q" <x>', "#### %d ####", "#%d\t", " #'%d", '# """ %d']) % self.number

    def blank(self) -> str:
        """Return what may stand between two words."""
        few = " " * self.chance.choice([0, 2, 4])
        kinds = [
            " ",
            f"\n{few}",
            f" {self.comment()}\n{few}",
            f"\n{few}{self.comment()}\n",
            f"\n\n{self.comment()}\n\n",
        ]
        return self.chance.choices([*kinds, "\r\n", "\t"], [60, 10, 10, 6, 4, 5, 5])[0]

    def prefix(self, name: str, iri: str) -> str:
        """Return the declaration of a prefix, in one of its forms."""
        if self.chance.random() < 0.3:
            return f"PREFIX {name}: <{iri}>{self.blank()}"
        return f"@prefix{self.blank()}{name}:{self.blank()}<{iri}>{self.blank()}.{self.blank()}"

    def statement(self) -> str:
        """Return a subject with its properties."""
        parts = [self.chance.choice(NAMES), self.blank()]
        for number in range(self.chance.randrange(1, 4)):
            verb = self.chance.choice(["a", "e:p", "e:q"])
            parts += [";" + self.blank()] * bool(number) + [verb, self.blank()]
            values = NAMES if verb == "a" else VALUES
            parts += [self.chance.choice(values), self.blank()]
            while self.chance.random() < 0.3:
                parts += [",", self.blank(), self.chance.choice(values), self.blank()]
        return "".join([*parts, self.chance.choice(["", ";" + self.blank()]), ".", self.blank()])

    def text(self) -> str:
        """Return a file."""
        statements = [self.statement() for _ in range(self.chance.randrange(1, 6))]
        if self.chance.random() < 0.2:
            statements.insert(1, self.prefix("late", "http://late/"))
        head = [self.blank(), self.prefix("e", "http://e/"), self.prefix("unused", "http://u/")]
        return "".join([*head, *statements])


def test_random_comments() -> None:
    """No comment is lost or changed, no triple either, and the layout of the layout is itself."""
    kept = refused = comments = 0
    for seed in range(800):
        text = Author(seed).text()
        triples = {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}
        try:
            laid = formatted("any.ttl", text.encode())
        except InputError as error:
            refused += bool(re.match(r"any\.ttl:\d+: the comment there stands alone ", str(error)))
            continue
        kept += 1
        comments += len(of(text))

        assert {quad.triple for quad in parse(laid, format=RdfFormat.TURTLE)} == triples, seed
        assert of(laid) == of(text), seed
        assert formatted("any.ttl", laid.encode()) == laid, seed
    assert kept > 650
    assert kept + refused == 800
    assert comments > 3_000


def test_a_comment_beside_a_value_stays_beside_it() -> None:
    """Whatever the order of subjects, properties and values was."""
    chance = random.Random(5)  # noqa: S311 - the same texts each time
    rows = [f'e:s{chance.randrange(20)} e:p{chance.randrange(4)} "v{number}" . # v{number}' for number in range(300)]
    laid = formatted("any.ttl", (HEAD + "\n".join(rows)).encode())
    beside = dict(re.findall(r'"(v\d+)" [.,;]  # (v\d+)$', laid, re.MULTILINE))

    assert len(beside) == 300
    assert all(value == comment for value, comment in beside.items())
