"""The page on shapes and checks: what is judged of which class or property, and what each rule asks for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rltkg.publication.reference.pages import anchor, link
from rltkg.publication.reference.terms import short
from rltkg.validation.checks import read_checks
from rltkg.validation.shapes import read_shapes

if TYPE_CHECKING:
    from rltkg.corpus import Release
    from rltkg.publication.reference.terms import Terms

PAGE = "shapes.md"
BACK = "[Back to the reference](README.md)"
WEIGHTS = {"Violation": "must", "Warning": "should", "Info": "could"}
# Each rule that says something: a shape with a target, or a property of one.
_RULES = """
SELECT ?kind ?target ?shape ?rule ?path ?message ?severity WHERE {
  VALUES (?aim ?kind) {
    (sh:targetClass "members of") (sh:targetSubjectsOf "nodes with") (sh:targetObjectsOf "values of")
    (sh:targetNode "the node")
  }
  ?shape ?aim ?target .
  ?shape sh:property? ?rule .
  ?rule sh:message ?message .
  OPTIONAL { ?rule sh:path ?path FILTER(isIRI(?path)) }
  OPTIONAL { ?rule sh:severity ?severity }
} ORDER BY ?kind ?target ?shape ?rule
"""


class Judging:
    """The shapes and checks of a release, by what they judge."""

    def __init__(self, release: Release) -> None:
        """Read them all."""
        self._checks = read_checks(release.checks)
        self._rules: dict[tuple[str, str], dict[str, tuple[str, str, str]]] = defaultdict(dict)
        for kind, target, _, rule, path, message, severity in read_shapes(release.shapes).select(_RULES):
            weight = WEIGHTS[severity.value.rsplit("#", 1)[-1] if severity else "Violation"]
            told = (path.value if path else "", weight, message.value)
            self._rules[kind.value, target.value][rule.value] = told
        self.number = sum(map(len, self._rules.values()))

    def links(self, term: str) -> list[str]:
        """Return a link to the rules for members of class `term`, or for nodes with, or values of, property `term`."""
        found = {(kind, target): len(held) for (kind, target), held in self._rules.items() if target == term}
        return [f"[{_rules(number)} for {kind} it]({PAGE}#{_place(kind, term)})" for (kind, _), number in found.items()]

    def page(self, terms: Terms) -> str:
        """Return the page."""
        told = f"{self.number} rules in SHACL shapes, and {len(self._checks)} checks in SPARQL"
        weights = "*Must* is a violation, *should* a warning, *could* a hint."
        lines = ["# Shapes and checks", "", f"What `rltkg validate` asks for: {told}. {weights} {BACK}"]
        for (kind, target), rules in self._rules.items():
            lines += ["", f"<a id='{_place(kind, target)}'></a>", f"## {kind} {terms.label(target)}", ""]
            lines += [f"The {kind} {link(target, terms)}:", ""]
            for rule, (path, weight, message) in rules.items():
                about = f", {link(path, terms)}" if path else ""
                lines.append(f"- *{weight}*{about}: {message} <sub>`{short(rule)}`</sub>")
        lines += ["", "## Checks", "", "Each a query in `ontology/checks/`, without rows where all is well.", ""]
        for check in self._checks:
            scope = " (whole graph only)" if check.of_release else ""
            lines.append(
                f"- <a id='{check.name}'></a>`{check.name}`{scope}, *{WEIGHTS[check.severity.name.title()]}*: "
                f"{check.problem} {check.solution}"
            )
        return "\n".join([*lines, ""])


def _place(kind: str, target: str) -> str:
    return f"{kind.replace(' ', '-')}-{anchor(target)}"


def _rules(number: int) -> str:
    return "1 rule" if number == 1 else f"{number} rules"
