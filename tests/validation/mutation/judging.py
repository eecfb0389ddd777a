"""Which mutants a validation catches, and what is said of those that survive."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

from rltkg.validation.run import validate
from tests.validation.mutation.operators import subject
from tests.validation.shapes.samples import SAMPLES, Change, copy_of, sample_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pyoxigraph import Triple

    from tests.validation.mutation.operators import Mutant

TABLE = SAMPLES / "survivors.tsv"
COLUMNS = "operator class property mutants seen reason"


def caught(chosen: Sequence[Mutant], folder: Path, engine: str = "pyshifty") -> list[bool]:
    """Say of each of the mutants whether a validation of them as one contribution has a finding at its copy.

    Beside them stands a copy of each node without a change. What is found of that, such as that a number stands twice,
    comes from the copying, and does not count.
    """
    nodes = dict.fromkeys(subject(mutant.triple) for mutant in chosen)
    triples: set[Triple] = set()
    controls = {}
    for node in nodes:
        name, copied = copy_of(Change("control", node, frozenset(), frozenset()))
        controls[node] = str(name)
        triples |= copied
    names = []
    for number, mutant in enumerate(chosen):
        change = Change(f"m{number}", subject(mutant.triple), mutant.removed, mutant.added)
        name, copied = copy_of(change)
        names.append(str(name))
        triples |= copied
    path = folder / "mutants.nt"
    path.write_bytes(serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES) or b"")
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    turned: set[tuple[str, str]] = set()
    for finding in validate([*sample_files(), path], engine=engine):
        for term in {finding.focus, finding.value}:
            found[term].add((finding.rule, finding.path))
        turned.add((finding.focus, finding.rule))
    return [
        bool(found[name] - found[controls[subject(mutant.triple)]]) or _turned(mutant) in turned
        for name, mutant in zip(names, chosen, strict=True)
    ]


def _turned(mutant: Mutant) -> tuple[str, str]:
    """Return the finding that the value of a triple turned round may not have its property."""
    if mutant.operator != "turn":
        return ("", "")
    name = re.sub(r"([a-z])([A-Z])", r"\1-\2", mutant.triple.predicate.value.rpartition("/")[2]).lower()
    return (str(mutant.triple.object), f"use-of-{name}")


def survivors(chosen: Sequence[Mutant], verdicts: Sequence[bool]) -> Counter[tuple[str, str, str]]:
    """Return how many mutants survive, by operator, class and property."""
    return Counter(mutant.key for mutant, dead in zip(chosen, verdicts, strict=True) if not dead)


def expected() -> Counter[tuple[str, str, str]]:
    """Return how many mutants are known to survive, as `survivors` does; each line has a day and a reason."""
    head, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == COLUMNS.split()
    found: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        operator, kind, name, number, seen, reason = line.split("\t")
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", seen), line
        assert reason, line
        found[operator, kind, name] = int(number)
    assert len(found) == len(lines), "a line stands twice"
    return found
