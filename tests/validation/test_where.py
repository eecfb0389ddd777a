"""Each finding stands where a reader must mend the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.validation.run import validate
from tests.cli.running import rltkg
from tests.validation.samples import EVENT, HEAD, SAMPLE, written

if TYPE_CHECKING:
    from pathlib import Path


def many(count: int) -> str:
    """Return Turtle with `count` actors, two lines each."""
    lines = (
        f'my:actor-{n} a rlt:Actor ; rdfs:label "actor {n}"@en ;\n    rlt:actorKind code:actor-kind-charity .\n'
        for n in range(count)
    )
    return HEAD + "".join(lines)


def test_one_error_among_30000_subjects(tmp_path: Path) -> None:
    """A slip in one of 30,000 subjects is found at its very line and column, and nothing else is."""
    text = many(30_000).replace("my:actor-17123 a rlt:Actor", "my:actor-17123 a rlt:Acter")
    report = validate([written(tmp_path, name="many.ttl", text=text)], engine="pyshifty")
    lines = text.splitlines()
    line = next(number for number, each in enumerate(lines, 1) if "Acter" in each)

    assert [finding.rule for finding in report if finding.rule == "unknown-class"] == ["unknown-class"]
    found = next(finding for finding in report if finding.rule == "unknown-class")
    assert found.location is not None
    assert (found.location.line, found.location.column) == (line, lines[line - 1].index("rlt:Acter") + 1)
    assert {finding.focus for finding in report} == {"<https://w3id.org/rltkg/sample/actor-17123>"}


def test_a_wrong_value_stands_at_the_value_and_a_missing_one_at_the_node(tmp_path: Path) -> None:
    file = written(
        tmp_path, ("rlt:eventYear 2024", "rlt:eventYear 24"), ("    rlt:step code:status-step-licensed ;\n", "")
    )
    lines = file.read_text(encoding="utf-8").splitlines()
    found = {finding.rule: finding.location for finding in validate([file])}
    value, node = found["value-of-event-year"], found["status-event-step"]

    assert set(found) == {"value-of-event-year", "status-event-step"}
    assert value is not None
    assert lines[value.line - 1][value.column - 1 :] == "24 ;"
    assert node is not None
    assert lines[node.line - 1][node.column - 1 :] == "my:licence a rlt:StatusEvent ;"


def test_two_files_and_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = written(tmp_path / "a", ("rlt:eventYear 2024", "rlt:eventYear 24"))
    two = written(tmp_path / "b", name="b.nt", text='<urn:a> <https://w3id.org/rltkg/ontology/labl> "x" .\n')
    found = {(finding.rule, finding.location and finding.location.file) for finding in validate([tmp_path])}

    assert found == {("value-of-event-year", str(one)), ("unknown-property", str(two))}


def test_a_node_of_the_release_that_the_contribution_touches(tmp_path: Path) -> None:
    """A second kind for a shipped guideline breaks the shape of that guideline, which the file only adds to."""
    added = "thing:nice-lymphoma-guideline-2016 rlt:documentKind code:document-kind-report .\n"
    report = validate([written(tmp_path, name="touch.ttl", text=HEAD + added)])

    assert [(finding.rule, finding.label) for finding in report] == [
        ("document-document-kind", "NICE lymphoma guideline 2016")
    ]
    assert report.findings[0].location is not None
    assert report.findings[0].location.line == 8


def test_a_file_of_the_release_in_another_version_replaces_the_shipped_one(tmp_path: Path) -> None:
    """The shipped file is not judged beside its new version, so a changed value is no second value."""
    folder = tmp_path / "data" / "things"
    folder.mkdir(parents=True)
    from rltkg.corpus import shipped

    text = (shipped().root / "data" / "things" / "places.ttl").read_text(encoding="utf-8")
    changed = text.replace('rdfs:label "England"@en', 'rdfs:label "England, the country"@en')
    assert changed != text
    report = validate([written(folder, name="places.ttl", text=changed)], engine="pyshifty")

    assert list(report) == []


def test_the_table_of_the_command(tmp_path: Path) -> None:
    file = written(tmp_path, ("rlt:authority", "rlt:autority"))
    ran = rltkg("validate", str(file), "--engine", "pyshifty")
    lines = ran.stdout.splitlines()

    assert ran.returncode == 1
    assert lines[0] == str(file)
    assert lines[1].startswith("  9:1  violation  Name the body that acted (rlt:authority), or say that the source")
    assert any(line.endswith("did you mean authority?") for line in lines)
    assert lines[-1].startswith("2 violations: 1 file, 28 triples; ")


def test_severity_that_fails(tmp_path: Path) -> None:
    file = written(tmp_path, ("    rlt:webPage <https://example.org/sample> .", "    rlt:sample 1 ."))
    text = file.read_text(encoding="utf-8").replace(
        '    rlt:title "A sample" ;\n    rlt:sample 1 .', '    rlt:title "A sample" .'
    )
    file.write_text(text, encoding="utf-8")
    found = validate([file])

    assert [(finding.rule, finding.severity.word) for finding in found] == [("document-web-page", "info")]
    assert rltkg("validate", str(file)).returncode == 0
    assert rltkg("validate", str(file), "--fail-on", "info").returncode == 1
    assert EVENT in SAMPLE
