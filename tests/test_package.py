"""The package as a whole: light to import, complete as a wheel, and shut to whatever lies outside the release."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

import rltkg

ROOT = Path(__file__).resolve().parents[1]
HEAVY = [
    "rdflib",
    "pyshacl",
    "owlready2",
    "yaml",
    "SPARQLWrapper",
    "pyoxigraph",
    "pandas",
    "polars",
    "xlsxwriter",
    "openpyxl",
]
AUDIT = """
import json, sys
seen = []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        mode = str(arguments[1] or "") + ("w" if (arguments[2] or 0) & 3 else "")
        seen.append(["write" if set(mode) & set("wax+") else "read", str(arguments[0])])
    elif event.startswith(("socket.", "urllib.", "subprocess.", "os.exec", "os.remove", "os.rename", "os.mkdir")):
        seen.append([event, str(arguments[:2])])
sys.addaudithook(hook)
from rltkg.cli import main
for arguments in json.loads(sys.argv[1]):
    main(arguments)
print(json.dumps(seen), file=sys.stderr)
"""


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `command` and return what came of it; an error shows what it printed."""
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=cwd, env={**os.environ, **environment}, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.mark.parametrize(
    ("code", "also"),
    [
        ("import rltkg", ["argparse", "json"]),
        ("import rltkg; rltkg.catalogue()", ["argparse"]),
        ("from rltkg.cli import main; main(['ask', 'guidelines_omitting_rlt'])", []),
    ],
)
def test_heavy_modules_stay_out(code: str, also: list[str]) -> None:
    """Only what needs the engine loads it; nothing on the path of `ask` loads the reference libraries."""
    heavy = HEAVY if also == ["argparse", "json"] else [name for name in HEAVY if name != "pyoxigraph"]
    listing = f"{code}\nimport sys; print(sorted(sys.modules), file=sys.stderr)"
    done = run(sys.executable, "-c", listing, PYTHONPATH=str(ROOT))
    loaded = {name.split(".")[0] for name in json.loads(done.stderr.splitlines()[-1].replace("'", '"'))}

    assert loaded & {*heavy, *also} == set()


def test_public_names_are_there_and_others_are_not() -> None:
    assert sorted(rltkg.__all__) == [
        "Answer",
        "KnowledgeGraph",
        "ValidationReport",
        "__version__",
        "catalogue",
        "open",
        "validate",
    ]
    assert [name for name in rltkg.__all__ if not hasattr(rltkg, name)] == []
    assert len(rltkg.catalogue()) >= 19
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = rltkg.nonsense


def test_hostile_values_read_and_write_nothing_outside_the_release(tmp_path: Path) -> None:
    """An audit hook sees each file that is opened and each connection that is tried."""
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://example.org/a> <http://example.org/b> <http://example.org/c> .", encoding="utf-8")
    hostile = [
        f"x> }} }} SELECT * FROM <file://{secret}> WHERE {{ ?s ?p ?o #",  # noqa: S608 - an attack on purpose
        "x> } SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } #",
        f"file://{secret}",
        "../../../../etc/passwd",
        "http://127.0.0.1:9/",
        '"; LOAD <http://127.0.0.1:9/> #',
    ]
    runs = [["ask", "guidelines_omitting_rlt", "--indication", value] for value in hostile]
    runs += [["ask", value] for value in hostile] + [["queries", value] for value in hostile]
    done = run(sys.executable, "-B", "-c", AUDIT, json.dumps(runs), cwd=tmp_path, PYTHONPATH=str(ROOT))
    seen = json.loads(done.stderr.splitlines()[-1])
    allowed = (str(ROOT), sys.base_prefix, sys.prefix)

    assert len(seen) > 20
    assert [each for each in seen if each[0] not in ("read", "write")] == []
    assert [path for kind, path in seen if kind == "write"] == []
    assert [path for kind, path in seen if kind == "read" and not path.startswith(allowed)] == []


def test_the_wheel_answers_every_query_away_from_the_repository(tmp_path: Path) -> None:
    """Built, installed with nothing but the locked packages, and run in an empty folder."""
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT))
    (wheel,) = tmp_path.glob("rltkg-*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    lock = str(ROOT / "locks" / "run.txt")
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock)
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", str(wheel))
    (tmp_path / "empty").mkdir()
    code = (
        "import json, rltkg; g = rltkg.open(); print(rltkg.__file__);"
        "print(json.dumps({q.id: [len(g.ask(q.id)), str(g.ask(q.id).serialize('csv'))] for q in rltkg.catalogue()}))"
    )
    done = run(python, "-c", code, cwd=tmp_path / "empty", PYTHONPATH="")
    where, answers = done.stdout.splitlines()
    graph = rltkg.open()

    assert where.startswith(str(tmp_path))
    assert json.loads(answers) == {
        query.id: [len(graph.ask(query.id)), str(graph.ask(query.id).serialize("csv"))] for query in rltkg.catalogue()
    }
    shown = run(str(tmp_path / "venv" / "bin" / "rltkg"), "ask", "guidelines_omitting_rlt", cwd=tmp_path / "empty")
    assert "5 rows" in shown.stderr
    command = str(tmp_path / "venv" / "bin" / "rltkg")
    assert graph.release.digest[:12] in run(command, "cite", cwd=tmp_path / "empty").stdout
    run(command, "ask", "figures", "--labels", "-o", "figures.xlsx", cwd=tmp_path / "empty")
    assert (tmp_path / "empty" / "figures.xlsx").read_bytes() == graph.ask("figures").serialize("xlsx", labels=True)


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_lock_files_are_hashed_and_name_no_index(name: str) -> None:
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]

    assert len(pins) >= 7
    assert [pin for pin in pins if "==" not in pin or not pin.endswith("\\")] == []
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text
    assert "index" not in text


def test_plain_install_needs_only_the_engine_the_reference_validator_and_a_writer_of_workbooks() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert [each.split(">")[0] for each in project["dependencies"]] == [
        "openpyxl",
        "pyoxigraph",
        "pyshacl",
        "rdflib",
        "sparqlwrapper",
        "xlsxwriter",
    ]
    assert set(project["optional-dependencies"]) == {"all", "bench", "dev", "fast", "pandas", "polars", "reason"}
