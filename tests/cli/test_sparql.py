"""`rltkg sparql`, run as a user runs it."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph
import pytest

from rltkg.cli.output import ROWS
from rltkg.corpus.prefixes import PREFIXES
from tests.cli.running import ROOT, rltkg

if TYPE_CHECKING:
    from pathlib import Path

LYMPHOMA = "https://w3id.org/rltkg/thing/lymphoma"
SELECT = "SELECT ?i ?l { VALUES ?i { thing:lymphoma } ?i rdfs:label ?l }"
CONSTRUCT = "CONSTRUCT WHERE { thing:lymphoma rdfs:label ?l }"
HOSTILE = {
    "a file": ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 2),
    "a service": ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 2),
    "a load": ("LOAD <http://127.0.0.1:9/>", 2),
    "an update": ("INSERT DATA { thing:a thing:b thing:c }", 2),
    "braces": ("ASK " + "{" * 5000 + "}" * 5000, 2),
    "parentheses": ("ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }", 2),
    "a crash": ("ASK { FILTER(" + "+".join(["1"] * 200_000) + " > 0) }", 3),
    "a cross product": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", 3),
    "ten megabytes": ("ASK { } #" + "x" * 10_000_000, 2),
}


def piped(content: str | bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run the verb with `content` on stdin, and kill it after the 12 s that no query may take."""
    return subprocess.run(
        [sys.executable, "-m", "rltkg", "sparql", *arguments],
        input=content if isinstance(content, bytes) else content.encode(),
        capture_output=True,
        check=False,
        timeout=12,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "PYTHONUTF8": "1"},
    )


def test_rows_are_a_table_unless_told_otherwise() -> None:
    done = rltkg("sparql", SELECT)

    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].split() == ["lymphoma", "lymphoma"]
    assert re.fullmatch(r"1 row in \d+\.\d{3} s\n", done.stderr)


@pytest.mark.parametrize("form", [form for form in ROWS if form != "table"])
def test_rows_come_in_every_format(form: str, tmp_path: Path) -> None:
    done = rltkg("sparql", SELECT, "--format", form, "-o", str(tmp_path / "out"))
    content = (tmp_path / "out").read_bytes()
    engine = pyoxigraph.Store().query(f'SELECT ?i ?l {{ VALUES (?i ?l) {{ (<{LYMPHOMA}> "lymphoma"@en) }} }}')
    w3c = {"json": "JSON", "csv": "CSV", "tsv": "TSV"}

    assert done.returncode == 0, done.stderr
    assert content.startswith(b"PK") or b"lymphoma" in content
    if form in w3c:
        assert content == engine.serialize(format=getattr(pyoxigraph.QueryResultsFormat, w3c[form]))


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        ([], "@prefix rdfs:"),
        (["--format", "ttl"], "@prefix rdfs:"),
        (["--format", "nt"], f'<{LYMPHOMA}> <http://www.w3.org/2000/01/rdf-schema#label> "lymphoma"@en .'),
        (["--format", "jsonld"], f'[{{"@id":"{LYMPHOMA}"'),
    ],
)
def test_a_graph_comes_in_every_format(arguments: list[str], start: str) -> None:
    done = rltkg("sparql", CONSTRUCT, *arguments)

    assert done.returncode == 0
    assert done.stdout.startswith(start)
    assert re.fullmatch(r"1 triple in \d+\.\d{3} s\n", done.stderr)


def test_a_graph_is_written_to_a_file_in_the_format_of_its_suffix(tmp_path: Path) -> None:
    done = rltkg("sparql", "DESCRIBE thing:lymphoma", "-o", str(tmp_path / "out.nt"))

    assert done.returncode == 0
    assert f"written to {tmp_path / 'out.nt'}" in done.stderr
    assert all(line.startswith(f"<{LYMPHOMA}>") for line in (tmp_path / "out.nt").read_text("utf-8").splitlines())


@pytest.mark.parametrize(("text", "truth"), [("ASK { thing:lymphoma ?p ?o }", "true"), ("ASK { ?s ?p 1066 }", "false")])
def test_ask_says_true_or_false(text: str, truth: str) -> None:
    assert rltkg("sparql", text).stdout == f"{truth}\n"
    assert rltkg("sparql", text, "--format", "json").stdout == f'{{"head":{{}},"boolean":{truth}}}'
    assert rltkg("sparql", text, "--format", "csv").stdout == truth
    assert truth in rltkg("sparql", text, "--format", "md").stdout


@pytest.mark.parametrize(
    ("text", "form", "said"),
    [
        (SELECT, "ttl", "The query gives rows, which ttl cannot hold; take --format table or csv or tsv"),
        (CONSTRUCT, "csv", "The query gives a graph, which csv cannot hold; take --format ttl or nt or jsonld"),
        ("ASK { }", "nt", "The query gives true or false, which nt cannot hold"),
    ],
)
def test_a_format_that_does_not_suit_is_refused(text: str, form: str, said: str) -> None:
    done = rltkg("sparql", text, "--format", form)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_the_query_may_come_from_a_file_or_from_stdin(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_bytes(b"\xef\xbb\xbf# caf\xc3\xa9\r\n" + SELECT.encode())
    direct = rltkg("sparql", SELECT, "--format", "csv").stdout

    assert rltkg("sparql", "-f", str(path), "--format", "csv").stdout == direct
    assert piped(SELECT, "-", "--format", "csv").stdout.decode() == direct.replace("\n", "\r\n")
    assert piped(SELECT, "-f", "-", "--format", "csv").returncode == 0


def test_a_mistake_in_a_file_is_told_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT * {\n  ?s rdfs:label }\n", encoding="utf-8")
    done = rltkg("sparql", "-f", str(path))

    assert (done.returncode, done.stdout) == (2, "")
    what = "`}` cannot stand here; write an object: a variable, an IRI, a prefixed name, a blank node or a literal"
    assert done.stderr.splitlines() == [
        f"rltkg: {path}, line 2, column 17: {what}",
        "      ?s rdfs:label }",
        "                    ^",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Say what to ask, in one way"),
        (["ASK { }", "-f", "x.rq"], "Say what to ask, in one way"),
        (["-f", "/nowhere/mine.rq"], "/nowhere/mine.rq cannot be read (No such file or directory)"),
        (["-f", "/"], "/ cannot be read (Is a directory)"),
        (["ASK { }", "--timeout", "0"], "give a number above 0"),
        (["ASK { }", "--max-rows", "0"], "give a whole number from 1 on"),
        (["ASK { }", "--max-rows", "many"], "invalid int value: 'many'"),
        (["ASK { }", "--time", "3"], "unknown option '--time'; did you mean '--timeout'"),
        (["-"], "stdin, line 1, column 1: there is no query here"),
    ],
)
def test_a_mistake_in_the_command_is_told_with_the_mend(arguments: list[str], said: str) -> None:
    done = piped("", *arguments)

    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_the_name_of_a_file_is_not_taken_for_a_query(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text(SELECT, encoding="utf-8")
    done = rltkg("sparql", str(tmp_path / "mine.rq"))

    assert done.returncode == 2
    assert f"is a file; to run what is in it write `rltkg sparql -f {tmp_path / 'mine.rq'}`" in done.stderr


def test_a_file_that_is_no_text_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_bytes(b"ASK {\n # caf\xe9 }")
    done = rltkg("sparql", "-f", str(tmp_path / "mine.rq"))

    assert done.returncode == 2
    assert "mine.rq, line 2: this is not UTF-8; save the file as UTF-8" in done.stderr


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_query_is_one_sentence_within_twelve_seconds(name: str) -> None:
    text, status = HOSTILE[name]
    done = piped(text, "-", "--timeout", "3")
    told = done.stderr.decode()

    assert (done.returncode, done.stdout) == (status, b"")
    assert told.startswith("rltkg: ")
    assert len(told) < 700
    assert "Traceback" not in told


def test_a_long_answer_is_cut_and_says_so() -> None:
    done = rltkg("sparql", "SELECT ?a { ?a rdfs:label ?b . ?c rdfs:label ?d } LIMIT 100001", "--format", "csv")

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 100_001
    assert "100,000 rows in " in done.stderr
    assert "The answer was cut at 100,000 rows, its limit; there are more rows." in done.stderr


def test_an_empty_answer_says_why_and_more_on_wish() -> None:
    text = "SELECT ?s {\n  ?s a rlt:Posision }"
    brief = rltkg("sparql", text, "--format", "json")
    full = rltkg("sparql", text, "--explain")

    assert json.loads(brief.stdout)["results"]["bindings"] == []
    assert brief.stderr.splitlines()[1] == (
        "Nothing fits `?s a rlt:Posision` (line 2). rlt:Posision is not in the graph; did you mean rlt:Position? "
        "That says nothing of what is recorded; mend the term first."
    )
    assert len(brief.stderr.splitlines()) == 2
    assert full.returncode == 0
    assert full.stderr.splitlines()[1:3] == ["Nothing fits this, in line 2:", "    ?s a rlt:Posision"]
    assert "nothing to explain" in rltkg("sparql", "ASK { }", "--explain").stderr


def test_an_unknown_term_is_told_beside_the_answer() -> None:
    done = rltkg("sparql", "ASK { ?s a rlt:Posision }")

    assert done.stdout == "false\n"
    assert "line 1, column 12: rlt:Posision is not in the graph; did you mean rlt:Position?" in done.stderr


def test_another_graph_can_be_asked(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text("<http://example.org/a> <http://example.org/b> 7 .", encoding="utf-8")
    done = rltkg("sparql", "ASK { <http://example.org/a> ?p 7 }", "--with", str(tmp_path / "mine.ttl"))

    assert done.stdout == "true\n"


def test_the_help_holds_an_example_that_runs() -> None:
    told = rltkg("sparql", "--help").stdout
    (example,) = re.findall(r"^example: rltkg (.*)$", told, re.MULTILINE)
    done = rltkg(*shlex.split(example))

    assert done.returncode == 0, done.stderr
    assert "5 rows" in done.stderr
    assert "rltkg sparql TEXT" in rltkg("--help").stdout
    assert [prefix for prefix in PREFIXES if not re.search(rf"\b{prefix}\b", told.split("The prefixes")[1])] == []
