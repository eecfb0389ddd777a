"""What a fault is made of: the node before, what was written before it, and the node after."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from benchmarks.generator.terms import Vocabulary


class Node(NamedTuple):
    """A node before it is written: graph, IRI, class by name, and claims, of which the first is the class."""

    graph: str
    subject: str
    kind: str
    claims: list[str]
    vocabulary: Vocabulary

    def token(self, name: str) -> str:
        """Return the predicate of a property by its name, with a space behind it."""
        found: str = getattr(self.vocabulary.properties, name)
        return found

    def of(self, name: str) -> list[str]:
        """Return the claims with a property."""
        predicate = self.token(name)
        return [claim for claim in self.claims if claim.startswith(predicate)]


class Changed(NamedTuple):
    """The claims of the faulty node, and the predicate and the value at fault; the value may be empty."""

    claims: list[str]
    path: str
    value: str


class Sample:
    """What has been written before, as far as a fault may need it."""

    def __init__(self) -> None:
        self.actor = ""
        self.labels: dict[str, str] = {}
        self.passages: dict[str, str] = {}
        self.references: list[str] = []

    def keep(self, node: Node) -> None:
        """Remember an actor, the last label of each class, the last passage of each graph, and a few references."""
        if node.kind == "Passage":
            return
        if node.kind == "Actor":
            self.actor = node.subject
        elif node.kind == "Reference":
            self.references = [*self.references[-200:], node.subject]
        self.labels[node.kind] = node.claims[1]
        for claim in node.of("passage"):
            self.passages[node.graph] = claim


def without(node: Node, name: str) -> Changed | None:
    """Return the node without any value of a property; None where it has none."""
    gone = node.of(name)
    kept = [each for each in node.claims if each not in gone]
    return Changed(kept, node.token(name).strip(), "") if gone else None


def beside(node: Node, name: str, value: str) -> Changed:
    """Return the node with one more value."""
    predicate = node.token(name)
    return Changed([*node.claims, predicate + value], predicate.strip(), value)


def instead(node: Node, name: str, value: str) -> Changed | None:
    """Return the node with another value in the place of the only one; None where there is not just one."""
    found = node.of(name)
    predicate = node.token(name)
    claims = [predicate + value if each in found else each for each in node.claims]
    return Changed(claims, predicate.strip(), value) if len(found) == 1 else None
