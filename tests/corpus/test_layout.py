"""The layout of our Turtle files: same graph, same bytes; nothing lost; what cannot be written is refused."""

from __future__ import annotations

import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse

from rltkg.corpus import Release, shipped
from rltkg.corpus.__main__ import main
from rltkg.corpus.layout import PREFIXES, canonical, write
from rltkg.errors import InputError

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
    "name_with_a_leading_hyphen": "thing:x rlt:about <https://w3id.org/rltkg/thing/-y> .",
}
"""Legal Turtle that a careless writer would change."""


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


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of a file that is not in the layout, in a folder of its own."""
    path = tmp_path / "some.ttl"
    path.write_text(HEAD + 'thing:x   a rlt:Actor ; rdfs:label "X"@en .', encoding="utf-8")
    return path


def test_number_of_cases(release: Release) -> None:
    """The files and graphs below were collected, and every Turtle file in data/ belongs to a graph."""
    assert len(FILES) >= 25
    assert {path for path in FILES if path.is_relative_to(ROOT / "data")} - {
        each.path for each in release.files
    } == set()
    assert len(GRAPHS) == 18
    assert len(REFUSED) == 4
    assert len(HARD) == 8


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_file_has_the_layout(path: Path) -> None:
    """A Turtle file of ontology/ or data/ is written in the one layout."""
    differs = path.read_text(encoding="utf-8") != canonical(path)

    assert not differs, f"run `python -m rltkg.corpus {path.relative_to(ROOT)}`"


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


def test_broken_turtle_is_refused(tmp_path: Path) -> None:
    """The error for what is not Turtle names file, line and column."""
    path = tmp_path / "broken.ttl"
    path.write_text(HEAD + "thing:x a rlt:Actor .\nthing:y a .\n", encoding="utf-8")
    line = len(PREFIXES) + 2

    with pytest.raises(InputError) as caught:
        canonical(path)
    assert str(caught.value).startswith(f"{path}:{line}:11: ")
    assert "Mend the file there" in str(caught.value)


def test_command_rewrites(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command puts a file into the layout, keeps its permissions and leaves nothing beside it."""
    file.chmod(0o640)

    assert main([str(file)]) == 0
    assert file.read_text(encoding="utf-8") == canonical(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(file.parent.iterdir()) == [file]
    assert capsys.readouterr() == ("", f"{file}: rewritten\n")
    assert main([str(file)]) == 0
    assert capsys.readouterr() == ("", "")


def test_command_follows_a_link(file: Path) -> None:
    """A link stays a link; the file behind it is rewritten."""
    link = file.with_name("link.ttl")
    link.symlink_to(file)

    assert main([str(link)]) == 0
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == canonical(file)


def test_command_checks(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --check it lists the files that differ, writes nothing and ends with 1; with 0 where none differs."""
    before = file.read_bytes()
    good = file.with_name("good.ttl")
    good.write_text(canonical(file), encoding="utf-8")

    assert main(["--check", str(good), str(file)]) == 1
    assert capsys.readouterr() == (f"{file}\n", "")
    assert file.read_bytes() == before
    assert main(["--check", str(good)]) == 0


@pytest.mark.parametrize("option", [[], ["--check"]], ids=["rewrite", "check"])
def test_command_reports_errors(option: list[str], file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken, missing or unwritable graph ends with 2 and a sentence that names it; the other files are seen to."""
    broken, knotted = file.with_name("broken.ttl"), file.with_name("knotted.ttl")
    broken.write_text("@prefix x: <urn:x:> .\nx:a x:b x:c\nx:d", encoding="utf-8")
    knotted.write_text(HEAD + REFUSED["shared"][0], encoding="utf-8")
    held = {path: path.read_bytes() for path in (broken, knotted)}
    missing = file.with_name("missing.ttl")

    assert main([*option, str(broken), str(knotted), str(missing), str(file.parent), str(file)]) == 2
    out, err = capsys.readouterr()
    errors = [line for line in err.splitlines() if line.startswith("rltkg.corpus: ")]
    assert [line.split(": ")[1] for line in errors] == [f"{broken}:3:1", str(knotted), str(missing), str(file.parent)]
    assert "give them IRIs" in errors[1]
    assert "No such file" in errors[2]
    assert {path: path.read_bytes() for path in held} == held
    assert out == (f"{file}\n" if option else "")
    assert (file.read_text(encoding="utf-8") == canonical(file)) is not bool(option)


@pytest.mark.parametrize("graph", HARD.values(), ids=HARD)
def test_command_never_changes_what_a_file_says(graph: str, file: Path) -> None:
    """A graph is either rewritten whole or refused with 2 and left as it was."""
    file.write_text(HEAD + graph, encoding="utf-8")
    before = file.read_text(encoding="utf-8")
    status = main([str(file)])
    after = file.read_text(encoding="utf-8")

    assert status == 0
    assert meaning(triples(after)) == meaning(triples(before))
    assert (after == before) is (status == 2)


def test_module_is_a_command(file: Path) -> None:
    """``python -m rltkg.corpus`` runs, and explains itself."""
    command = [sys.executable, "-m", "rltkg.corpus"]
    checked = subprocess.run([*command, "--check", str(file)], capture_output=True, text=True, check=False, cwd=ROOT)
    explained = subprocess.run([*command, "--help"], capture_output=True, text=True, check=False, cwd=ROOT)
    misused = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)

    assert (checked.returncode, checked.stdout, checked.stderr) == (1, f"{file}\n", "")
    assert explained.returncode == 0
    assert "python -m rltkg.corpus --check ontology/*.ttl" in explained.stdout
    assert misused.returncode == 2
