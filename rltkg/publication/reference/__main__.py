"""``python -m rltkg.publication.reference [--check]`` writes docs/reference/ from the release, or only compares."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rltkg.corpus import shipped
from rltkg.graph import catalogue
from rltkg.publication.reference.asking import Asking
from rltkg.publication.reference.judging import Judging
from rltkg.publication.reference.pages import classes, diagram, properties, schemes
from rltkg.publication.reference.terms import Terms

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.corpus import Release

_HEAD = """\
# Reference

Every term of the ontology, every rule of validation and every query of the catalogue, as they define themselves.
Written by `python -m rltkg.publication.reference` from release {version}; change the files of `ontology/` and
`queries/`, not these pages. [The model](../model.md) tells how it all hangs together.

| page | tells |
| --- | --- |
| [Classes](classes.md) | {classes} classes: what a member is, its properties, what follows and what clashes |
| [Properties](properties.md) | {properties} properties: what they mean, of what, with which values |
| [Schemes and codes](schemes.md) | {schemes} closed schemes with all their codes |
| [Shapes and checks](shapes.md) | {rules} rules and {checks} checks that a contribution is held to |
| [Queries](queries.md) | {queries} questions with parameters and columns |

## The main classes

Arrows are properties that lead from one node to another; codes and literals are left out.

"""


def pages(release: Release) -> dict[str, str]:
    """Return the text of each page of the reference of `release`, by the name of its file."""
    terms = Terms(release.root / "ontology" / "rltkg.ttl")
    judging, asking = Judging(release), Asking(catalogue())
    head = _HEAD.format(
        version=release.version,
        classes=len(terms.classes),
        properties=len(terms.properties),
        schemes=len(terms.schemes),
        rules=judging.number,
        checks=len(release.checks),
        queries=len(catalogue()),
    )
    return {
        "README.md": f"{head}{diagram(terms)}\n",
        "classes.md": classes(terms, judging.links, asking.links),
        "properties.md": properties(terms, judging.links, asking.links),
        "schemes.md": schemes(terms),
        "shapes.md": judging.page(terms),
        "queries.md": asking.page(),
    }


def main(arguments: list[str], target: Path | None = None) -> int:
    """Write the pages into `target` (default: docs/reference), or with `--check` only compare; 0 fine, 1 stale."""
    release = shipped()
    folder = target or release.root / "docs" / "reference"
    made = pages(release)
    held = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    if held == made:
        return 0
    if "--check" in arguments:
        print(f"{folder} is stale; run `python -m rltkg.publication.reference`", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    for name in held.keys() - made.keys():
        (folder / name).unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
