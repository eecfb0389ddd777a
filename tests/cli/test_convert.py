"""`rltkg convert` and `rltkg validate` on sheets, as a user runs them."""

from __future__ import annotations

import json
from subprocess import CompletedProcess
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from pyoxigraph import RdfFormat, parse

from rltkg.cli import main
from rltkg.cli.validate import WORTHLESS
from rltkg.corpus import shipped
from tests.cli.running import rltkg
from tests.sheets.samples import PAGE, delimited, few, good, saved, workbook, written

if TYPE_CHECKING:
    from pathlib import Path

FAST = ("--engine", "pyshifty")
ONTOLOGY = "https://w3id.org/rltkg/ontology/"
UPDATES = shipped().root / "data" / "updates" / "from-pages.ttl"


class Run:
    """Runs the command in this process, in a folder: starting Python anew takes longer than most of what it does."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, *arguments: str) -> CompletedProcess[str]:
        """Run `rltkg` with `arguments` and return what came of it."""
        status = main(arguments)
        told = self.capsys.readouterr()
        return CompletedProcess(arguments, status, told.out, told.err)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return Run(tmp_path, capsys)


def _broken(folder: Path, name: str = "book.xlsx") -> Path:
    """Write a book with three faults: a misspelt code, a day for a text, an unknown column."""
    book = workbook(few(good()))
    book["position"]["D3"] = "inclued"
    book["position"]["B2"] = "a name\u00a0with a blank of its own"
    book["place"]["D1"] = "weather"
    (folder / name).write_bytes(saved(book))
    return folder / name


TOLD = """\
rltkg: 3 faults, so nothing was written:
book.xlsx, place!D1: 'place' has no column 'weather', so what stands below would be lost; {near} [unknown-column]
book.xlsx, position!B2: Character 7 is U+00A0 no-break space, which is not seen; type a plain blank. \
[invisible-character]
book.xlsx, position!D3: 'coverage' has no value 'inclued'; did you mean 'included'? [unknown-code]
"""


def test_a_book_becomes_turtle(tmp_path: Path) -> None:
    written(tmp_path, few(good()))
    ran = rltkg("convert", "book.xlsx", "-o", "book.ttl", cwd=tmp_path)

    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr == "13 rows, 124 triples, written to book.ttl\n"
    text = (tmp_path / "book.ttl").read_text(encoding="utf-8")
    assert text.startswith("@prefix code: <https://w3id.org/rltkg/code/> .\n")
    assert "\ngraph:updates a rlt:ReleaseGraph .\n" in text
    assert rltkg("validate", "book.ttl", *FAST, cwd=tmp_path).returncode == 0


def test_all_faults_are_told_in_one_run_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    _broken(tmp_path)
    (tmp_path / "book.ttl").write_text("old", encoding="utf-8")
    ran = run("convert", "book.xlsx", "-o", "book.ttl")
    near = ran.stderr.split("would be lost; ")[1].split(" [")[0]

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == TOLD.format(near=near)
    assert (tmp_path / "book.ttl").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.ttl", "book.xlsx"]


@pytest.mark.parametrize("target", ["book.xlsx", "folder/", "folder/deeper"])
def test_there_and_back(target: str, run: Run, tmp_path: Path) -> None:
    if target == "folder/deeper":
        (tmp_path / target).mkdir(parents=True)
    there = run("convert", str(UPDATES), "-o", target)
    back = run("convert", target)

    assert (there.returncode, back.returncode) == (0, 0)
    assert there.stderr.startswith("11 rows in 3 sheets, written to ") or "sheets, written to" in there.stderr
    assert back.stdout == UPDATES.read_text(encoding="utf-8")


def test_the_graph_is_told_for_the_way_back(run: Run) -> None:
    source = shipped().root / "data" / "gov" / "1.3-brexit.ttl"
    there = run("convert", str(source), "-o", "gov.xlsx")
    back = run("convert", "gov.xlsx", "--graph", "gov")
    bare = run("convert", "gov.xlsx", "--graph", "none")

    assert there.stderr.endswith("; for the way back say --graph gov, which no sheet holds\n")
    assert back.stdout == source.read_text(encoding="utf-8")
    assert "ReleaseGraph" not in bare.stdout


def test_one_csv_file_of_a_kind_that_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes(delimited(good()["place"], ";").replace("Sud", "S\u00fcd").encode("cp1252"))
    ran = run("convert", "mine.csv", "--kind", "place", "--encoding", "windows-1252", "--namespace", "page:")
    again = run("convert", "mine.csv", "-o", "place.csv", "--kind", "place", "--encoding", "cp1252")

    assert ran.returncode == 0, ran.stderr
    assert "page:norland a rlt:Place ;" in ran.stdout
    assert 'rdfs:label "S\u00fcdland"@en' in ran.stdout
    assert again.stderr == "2 rows, 6 triples, written to place.csv\n"
    assert (tmp_path / "place.csv").read_bytes().startswith(b"\xef\xbb\xbfid,label,place kind\r\n")


def test_a_template_is_filled_and_converted(run: Run, tmp_path: Path) -> None:
    assert run("new", "place", "-o", "new.xlsx").returncode == 0
    empty = run("convert", "new.xlsx")
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    sheet = book["place"]
    heads = [cell.value for cell in sheet[1]]
    for header, value in {"label": "Norland", "place kind": "country"}.items():
        sheet.cell(sheet.max_row + (header == "label"), heads.index(header) + 1).value = value
    book.save(tmp_path / "new.xlsx")
    ran = run("convert", "new.xlsx")

    assert empty.returncode == 2
    assert "there is no row of data but" in empty.stderr
    assert "thing:norland a rlt:Place ;" in ran.stdout
    assert ran.stderr.startswith("1 row, 3 triples; ")
    assert "left out that begin" in ran.stderr


def test_rdf_becomes_a_file_of_the_release(run: Run, tmp_path: Path) -> None:
    text = f"# a note\n@prefix t: <https://w3id.org/rltkg/thing/> .\n\nt:norland a <{ONTOLOGY}Place> . # dropped\n"
    (tmp_path / "norland.ttl").write_text(text, encoding="utf-8")
    ran = run("convert", "norland.ttl", "-o", "new.ttl")
    other = run("convert", "norland.ttl", "--graph", "none")
    again = run("convert", "new.ttl")

    assert ran.stderr == "1 triple, written to new.ttl\n"
    made = (tmp_path / "new.ttl").read_text(encoding="utf-8")
    assert made.endswith("\n\ngraph:updates a rlt:ReleaseGraph .\n\nthing:norland a rlt:Place .\n")
    assert "#" not in made
    assert "graph:updates" not in other.stdout
    assert again.stdout == made


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nosuch.xlsx"], "There is no file nosuch.xlsx; check the name"),
        (["book.xlsx", "-o", "book.pdf"], "-o book.pdf: write a .ttl, .xlsx or .csv file, or a folder of CSV files"),
        (["book.xlsx", "-o", "book.csv"], "-o book.csv: a CSV file holds one kind, and here are actor, document,"),
        (["book.xlsx", "-o", "full/"], "-o full/: the folder holds files already; name a new one, or empty it"),
        (["book.xlsx", "-o", "no/such/folder/"], "cannot be written"),
        (["book.xlsx", "--kind", "positon"], "there is no kind 'positon'; did you mean 'position'"),
        (["book.xlsx", "--graph", "update"], "there is no graph 'update'; did you mean 'updates'?"),
        (["book.xlsx", "--namespace", "norland"], "'norland' is no namespace; give an IRI that ends in / or #"),
        (["old.xls"], "old.xls is the format of old spreadsheet programs; save it as an Excel workbook"),
        (["macros.xlsm"], "macros.xlsm is a workbook with macros, which nothing here may run"),
        (["text.xlsx"], "This is no XLSX workbook, or a damaged one"),
        (["nothing.ttl"], "nothing.ttl holds no triple; name another file"),
        (["blank.ttl"], "blank.ttl has nodes without a name; name each, such as page:my-statement"),
        (["graphs.trig"], "graphs.trig names graphs, which Turtle cannot; give each graph a file of its own"),
        (["template.ttl"], "template.ttl is a template with 2 places left to fill; `rltkg validate` tells which"),
        (["x.ttl", "book.xlsx", "-o", "y.xlsx"], "some of the files are sheets and some are not"),
        (["broken.ttl", "-o", "y.xlsx"], "[syntax-error]"),
        (["empty"], "empty holds no workbook (.xlsx) and no CSV file"),
        ([], "the following arguments are required: FILE"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said(arguments: list[str], told: str, run: Run, tmp_path: Path) -> None:
    written(tmp_path, few(good()))
    for name in ("old.xls", "macros.xlsm", "text.xlsx", "broken.ttl"):
        (tmp_path / name).write_text("text", encoding="utf-8")
    rdf = {
        "x.ttl": "<urn:a> <urn:b> <urn:c> .",
        "nothing.ttl": "# nothing",
        "blank.ttl": "<urn:a> <urn:b> [] .",
        "graphs.trig": "<urn:g> { <urn:a> <urn:b> <urn:c> }",
        "template.ttl": '<urn:FILL-IN> <urn:b> "FILL-IN"@en .',
    }
    for name, text in rdf.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("full", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "full" / "x").touch()
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    ran = run("convert", *arguments)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert told in ran.stderr
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["convert", "--kind", "positi"], ["position"]),
        (["convert", "--graph", "up"], ["updates"]),
        (["convert", "--encoding", "windows-1252"], ["windows-1252"]),
        (["convert", "--name"], ["--namespace"]),
    ],
)
def test_completion(words: list[str], wanted: list[str], run: Run) -> None:
    assert run("__complete", *words).stdout.splitlines() == wanted


def test_validate_tells_cells_in_every_format(run: Run, tmp_path: Path) -> None:
    _broken(tmp_path)
    cells = {"place!D1", "position!B2", "position!D3"}

    def report(form: str) -> str:
        ran = run("validate", "book.xlsx", "--format", form, *FAST)
        assert ran.returncode == 1, ran.stderr
        return ran.stdout

    text = report("text").splitlines()
    assert text[0] == "book.xlsx"
    assert {line.split()[0] for line in text if "  violation  " in line} == cells
    findings = json.loads(report("json"))["findings"]
    assert {f"{found['sheet']}!{found['cell']}" for found in findings} == cells
    [log] = json.loads(report("sarif"))["runs"]
    places = [result["locations"][0] for result in log["results"]]
    assert {place["logicalLocations"][0]["name"] for place in places} == cells
    assert all("region" not in place["physicalLocation"] for place in places)
    commands = [line for line in report("github").splitlines() if line.startswith("::")]
    assert {line.split("::")[2].split(":")[0] for line in commands} == cells
    assert all("file=book.xlsx" in line and "line=" not in line for line in commands)
    suites = ET.fromstring(report("junit"))  # noqa: S314 - our own
    failures = [failure.text or "" for failure in suites.iter("failure")]
    assert {text.split(", ")[1].split(":")[0] for text in failures} == cells
    shacl = parse(report("ttl"), format=RdfFormat.TURTLE)
    nodes = {quad.object.value for quad in shacl if quad.predicate.value.endswith("#focusNode")}
    assert nodes == {f"{(tmp_path / 'book.xlsx').as_uri()}#{quote(cell)}" for cell in cells}


def test_validate_tells_line_and_cell_of_csv(run: Run, tmp_path: Path) -> None:
    rows = ["id,label,in document", f'p-1,"a\nname",{PAGE}', "p-2,,nowhere"]
    (tmp_path / "passage.csv").write_text("\n".join(rows), encoding="utf-8")
    ran = run("validate", "passage.csv", *FAST)
    marks = run("validate", "passage.csv", "--format", "github", *FAST).stdout

    assert ran.returncode == 1
    assert "  B2  violation  The cell holds more than one line" in ran.stdout
    assert "  C3 (line 4)  violation  Nothing that 'in document' takes is called 'nowhere'" in ran.stdout
    assert "file=passage.csv,line=4,col=6::C3 (line 4): Nothing that" in marks


@pytest.mark.parametrize("name", ["book.xlsx", "place.csv"])
def test_validate_of_what_cannot_be_read_ends_with_2(name: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" if name == "book.xlsx" else b"id\0,\0l\0\n\0")
    ran = run("validate", name, *FAST)
    rule = {"book.xlsx": "book-format", "place.csv": "encoding"}[name]

    assert ran.returncode == 2
    assert rule in WORTHLESS
    assert f"[{rule}]" in ran.stdout
    assert "nothing-recognised" not in ran.stdout
    assert "Traceback" not in ran.stderr


def test_validate_of_a_good_book(run: Run, tmp_path: Path) -> None:
    written(tmp_path, few(good()))
    ran = run("validate", "book.xlsx", *FAST)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Nothing to mend: 1 file, 124 triples; ")
