"""What is found in an examination: one finding a question, and what all of them mean for each verb."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rltkg.endpoint.targets import Target

YES, BEWARE, NO, UNTRIED = "yes", "beware", "no", "not tried"
WORKS, LATER, BUT, FAILS, OPEN = (
    "works", "works once the release is there", "works, but", "does not work", "should work, and was not tried"
)  # fmt: skip
ASK, SPARQL, LOAD, VERIFY = "ask", "sparql", "load", "verify"
VERBS = (ASK, SPARQL, LOAD, VERIFY)
RELEASE = "release"
READING = (ASK, SPARQL, VERIFY)
NEEDED = (ASK, LOAD)  # the verbs that the exit status speaks of


class Finding(NamedTuple):
    """The answer to one question: `area` and `name` say which, `state` is YES, BEWARE, NO or UNTRIED.

    `told` says in a sentence what was seen. `verbs` are those that it concerns: NO stops them, BEWARE hinders them,
    UNTRIED leaves them open. `remedy` is what mends it, "" where nothing is known.
    """

    area: str
    name: str
    state: str
    told: str
    verbs: tuple[str, ...] = ()
    remedy: str = ""


class Verdict(NamedTuple):
    """What becomes of a verb: `state` is WORKS, LATER, BUT, FAILS or OPEN; `because` are the findings that tell why."""

    state: str
    because: tuple[Finding, ...]


@dataclass
class Examination:
    """What was found at an endpoint.

    `place` is what the person named, `target` what it stands for, with the addresses that were found; `dialect` is the
    one that fits, `product` what the server calls itself ("" where it does not). `named` tells that it is a target of
    the configuration file, `wrote` that writing was tried. `schemes` are those by which it asks who is there, `holds`
    the version of the release in it ("" for none).
    """

    place: str
    target: Target
    dialect: str = ""
    product: str = ""
    named: bool = False
    wrote: bool = False
    schemes: str = ""
    holds: str = ""
    findings: list[Finding] = field(default_factory=list)

    def verdict(self, verb: str) -> Verdict:
        """Return what becomes of `verb`."""
        mine = [each for each in self.findings if verb in each.verbs]
        for state, outcome in ((NO, FAILS), (UNTRIED, OPEN), (BEWARE, BUT)):
            because = tuple(each for each in mine if each.state == state)
            if because and {each.area for each in because} == {RELEASE}:
                return Verdict(LATER, because)
            if because:
                return Verdict(outcome, because)
        return Verdict(WORKS, ())

    @property
    def missing(self) -> list[Finding]:
        """What `ask` or `load` need and is not there."""
        return [each for each in self.findings if each.state == NO and set(each.verbs) & set(NEEDED)]

    def has(self, name: str) -> Finding | None:
        """Return the finding of that name, the last one where there are several; None where it was not asked."""
        return next((each for each in reversed(self.findings) if each.name == name), None)
