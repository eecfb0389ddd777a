"""What a rule of the gate is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rltkg.validation.report import Finding, Location, Severity

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with a stable name in kebab-case, what is wrong where it is broken, and how to mend that."""

    name: str
    problem: str
    solution: str

    def finding(self, node: str, *, path: str = "", value: str = "") -> Finding:
        """Return the finding about the node with the IRI `node`."""
        return Finding(self.name, Severity.VIOLATION, f"{self.problem} {self.solution}", f"<{node}>", path, value)

    def in_file(self, file: Path | str, line: int, value: str) -> Finding:
        """Return the finding about a line of a file that is no RDF, with what stands there."""
        place = Location(str(file), line)
        return Finding(self.name, Severity.VIOLATION, f"{self.problem} {self.solution}", value=value, location=place)
