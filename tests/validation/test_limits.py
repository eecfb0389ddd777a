"""What comes from outside is hostile: limits hold, nothing is fetched, and every file problem is a finding."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from rltkg.errors import InputError
from rltkg.validation import reading
from rltkg.validation.run import validate
from rltkg.validation.shapes.patterns import catastrophic
from tests.cli.running import rltkg
from tests.validation.samples import SAMPLE, written

if TYPE_CHECKING:
    from pathlib import Path

DEEP = '{"http://p/x":' * 10_000 + "1" + "}" * 10_000
# file name, content, the rule that tells, whether it makes the file unreadable
HOSTILE = {
    "broken.ttl": (SAMPLE.replace("rlt:eventYear 2024", "rlt:eventYear"), "syntax-error", True),
    "broken.nq": ('<urn:a> <urn:b> "c" <urn:g .\n', "syntax-error", True),
    "relative.ttl": (SAMPLE.replace("thing:net", "<net>"), "syntax-error", True),
    "broken.jsonld": ('{"@id": "urn:a",}', "syntax-error", True),
    "deep.jsonld": (DEEP, "nested-too-deep", True),
    "remote.jsonld": ('{"@context": "https://example.org/context", "@id": "urn:a", "p": 1}', "remote-context", True),
    "inner.jsonld": ('{"urn:p": {"@context": ["https://example.org/c"], "q": 1}}', "remote-context", True),
    "imported.jsonld": ('{"@context": {"@import": "https://example.org/c"}, "q": 1}', "remote-context", True),
    "imports.ttl": (
        SAMPLE + "my:page <http://www.w3.org/2002/07/owl#imports> <https://example.org/o> .",
        "import",
        False,
    ),
    "terms.ttl": (SAMPLE + "my:page rlt:about <<( my:page a rlt:Document )>> .", "rdf-1.2", True),
    "annotated.ttl": (SAMPLE + "my:page rlt:about my:agency {| rdfs:label 'x' |} .", "rdf-1.2", True),
    "directed.ttl": (SAMPLE + "my:agency rlt:curatorNote 'x'@en--ltr .", "rdf-1.2", True),
    "long.ttl": (SAMPLE + f"my:agency rlt:curatorNote '{'x' * 100_001}'@en .", "literal-too-long", False),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str, tmp_path: Path) -> None:
    text, rule, unreadable = HOSTILE[name]
    file = written(tmp_path, name=name, text=text)
    report = validate([file], engine="pyshifty")
    found = [finding for finding in report if finding.rule == rule]

    assert found, [finding.rule for finding in report]
    assert found[0].location is not None
    assert found[0].location.file == str(file)
    assert found[0].location.line >= 1 or name.endswith("jsonld")
    assert rltkg("validate", str(file), "--engine", "pyshifty").returncode == (2 if unreadable else 1)


def test_a_broken_file_hides_no_other(tmp_path: Path) -> None:
    broken = written(tmp_path, name="broken.ttl", text="@prefix")
    wrong = written(tmp_path, ("rlt:authority", "rlt:autority"))

    assert {finding.rule for finding in validate([broken, wrong])} >= {"syntax-error", "unknown-property"}


def test_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "latin.ttl"
    file.write_bytes(SAMPLE.replace("sample agency", "agenc\xe9").encode("latin-1"))
    report = validate([file])

    assert next((found.rule, found.location and found.location.line) for found in report) == ("encoding", 11)


@pytest.mark.parametrize("name", ["gone.ttl", "sample.rdf", "sample.txt"])
def test_what_is_no_rdf_file(name: str, tmp_path: Path) -> None:
    if name != "gone.ttl":
        (tmp_path / name).write_text("<!DOCTYPE rdf [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", encoding="utf-8")

    with pytest.raises(InputError, match=name):
        validate([tmp_path / name])


def test_limit_of_triples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 10)

    with pytest.raises(InputError, match="over 10 triples"):
        validate([written(tmp_path)])


def test_no_network_is_touched(tmp_path: Path) -> None:
    """No socket is made, whatever a file asks for; the audit hook of Python sees each attempt."""
    files = [written(tmp_path, name=name, text=HOSTILE[name][0]) for name in ("remote.jsonld", "imports.ttl")]
    program = f"""
import sys
def hook(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.")):
        raise RuntimeError(event)
from rltkg.validation.run import validate
validate([], whole=False)  # everything is imported before the hook listens
sys.addaudithook(hook)
for engine in ("pyshacl", "pyshifty"):
    print(len(validate({[str(file) for file in files]!r}, engine=engine)))
"""
    import subprocess

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stderr
    assert all(int(line) > 0 for line in ran.stdout.split())


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("^(a+)+$", "a repetition stands within another"),
        ("(a|aa)+", "alternatives stand within a repetition"),
        (r"(a)\1", "it refers back to a group"),
        ("(", "it is no regular expression"),
        ("x" * 2000, "it is 2,000 characters long"),
        (r"^https?://[^ ]+$", None),
        (r"^[a-z]{1,32}(-[a-z]{1,32}){0,9}$", None),
    ],
)
def test_patterns(pattern: str, fault: str | None) -> None:
    found = catastrophic(pattern)

    assert found is None if fault is None else (found or "").startswith(fault)


def test_json_ld_has_pointers(tmp_path: Path) -> None:
    tree = {
        "@context": {"rlt": "https://w3id.org/rltkg/ontology/", "my": "https://w3id.org/rltkg/sample/"},
        "@graph": [
            {"@id": "my:a", "@type": "rlt:Actor"},
            {"@id": "my:b", "rlt:about": {"@id": "my:c", "rlt:autority": 1}},
        ],
    }
    report = validate([written(tmp_path, name="a.jsonld", text=json.dumps(tree))])
    places = {(found.rule, found.location.pointer) for found in report if found.location}

    assert ("actor-label", "/@graph/0") in places
    assert ("unknown-property", "/@graph/1/rlt:about") in places
