"""Reports made by hand: one with a finding of each kind, one with hostile texts, one without findings."""

from __future__ import annotations

from rltkg.validation.report import Finding, Location, Severity, Suggestion, ValidationReport
from rltkg.validation.shapes.terms import SH

RLT = "https://w3id.org/rltkg/ontology/"
MY = "https://w3id.org/rltkg/sample/"
SHAPE = "https://w3id.org/rltkg/shape/"
FINDINGS = (
    Finding(
        "status-event-step",
        Severity.VIOLATION,
        "Give exactly one step (rlt:step).",
        focus=f"<{MY}licence>",
        path=RLT + "step",
        component=SH + "MinCountConstraintComponent",
        shape=SHAPE + "status-event-step",
        label="Licence of a sample",
        location=Location("a/my file.ttl", 9, 1),
    ),
    Finding(
        "unknown-property",
        Severity.VIOLATION,
        "The graph has no property 'autority'; did you mean authority?",
        focus=f"<{MY}licence>",
        path=RLT + "autority",
        label="Licence of a sample",
        location=Location("a/my file.ttl", 21, 18),
        suggestion=Suggestion(RLT + "autority", RLT + "authority", "did you mean authority?"),
    ),
    Finding(
        "value-of-event-year",
        Severity.WARNING,
        "Write the year as a whole number.",
        focus=f"<{MY}licence>",
        path=RLT + "eventYear",
        value='"2024"^^<http://www.w3.org/2001/XMLSchema#short>',
        component=SH + "DatatypeConstraintComponent",
        shape=SHAPE + "value-of-event-year",
        label="Licence of a sample",
        location=Location("a/my file.ttl", 23, 19),
    ),
    Finding(
        "passage-is-used",
        Severity.INFO,
        "Name a statement with this passage.",
        focus="_:b0",
        path=f"^<{RLT}passage>",
        component=SH + "MinCountConstraintComponent",
        shape=SHAPE + "passage-is-used",
        location=Location("b.jsonld", pointer="/@graph/3"),
    ),
    Finding("encoding", Severity.VIOLATION, "The file is not UTF-8; save it as UTF-8.", location=Location("c.ttl")),
    Finding("shapes-missing", Severity.VIOLATION, "There is no shapes file."),
)
NASTY = 'x\n::error::y\r##[z]\x1b[31m\x00\u202e%0A, "q" <&>'


def report(
    *findings: Finding, files: tuple[str, ...] = ("a/my file.ttl", "b.jsonld", "c.ttl", "d.ttl")
) -> ValidationReport:
    """Return a report with `findings` on four files, one of which has none."""
    focus_nodes = {f"<{SHAPE}passage>": 3, f"<{SHAPE}status-event>": 1, f"<{SHAPE}actor>": 0}
    return ValidationReport(findings, files, "pyshacl", "0.40.1", 1234, 5, focus_nodes, ("hierarchy_cycle",))


def full() -> ValidationReport:
    """Return the report with a finding of each kind."""
    return report(*FINDINGS)


def empty() -> ValidationReport:
    """Return a report without findings."""
    return report(files=("d.ttl",))


def hostile() -> ValidationReport:
    """Return a report in which whatever a contributor can write is hostile: label, value, message, name of the file."""
    finding = Finding(
        "value-of-label",
        Severity.VIOLATION,
        f"Mend {NASTY}.",
        focus="_:r1",
        path=RLT + "text",
        value='"\\u001B[31m\\n::error::z"',
        label=NASTY,
        location=Location(f"{NASTY}\udcff.ttl", 1, 2),
    )
    return report(finding, files=(f"{NASTY}\udcff.ttl",))
