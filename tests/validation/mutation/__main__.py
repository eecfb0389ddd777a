"""`python -m tests.validation.mutation` judges all mutants; exit 1 if too many survive, or others than are listed."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.validation.mutation.judging import TABLE, caught, expected, survivors
from tests.validation.mutation.operators import OPERATORS, mutants

LEAST = 0.95


def main() -> int:
    """Judge all mutants, print the figures and each difference from the table; return the exit status."""
    chosen = list(mutants())
    with tempfile.TemporaryDirectory() as folder:
        verdicts = caught(chosen, Path(folder))
    found = survivors(chosen, verdicts)
    made = Counter(mutant.operator for mutant in chosen)
    for operator in OPERATORS:
        alive = sum(number for (name, *_), number in found.items() if name == operator)
        print(f"{operator:24}{made[operator]:6} mutants{made[operator] - alive:6} caught")
    share = sum(verdicts) / len(chosen)
    print(f"{'all':24}{len(chosen):6} mutants{sum(verdicts):6} caught, {share:.1%}")
    listed = expected()
    for key in sorted(found.keys() | listed.keys()):
        if found[key] != listed[key]:
            print(f"{' / '.join(key)}: {found[key]} survive, {TABLE.name} has {listed[key]}")
    return int(share < LEAST or found != listed)


if __name__ == "__main__":
    sys.exit(main())
