"""Thirty slips in a contribution that is right without them: what is suggested first is, with few exceptions, right."""

from __future__ import annotations

from pathlib import Path

import pytest

from rltkg.validation.run import validate
from tests.validation.shapes.samples import NAMESPACES

FOLDER = Path(__file__).parents[1] / "data" / "typos"
OWN = {**NAMESPACES, "south": "https://w3id.org/rltkg/southland/"}
RULES = {"property": "unknown-property", "class": "unknown-class"}
ENGINE = "pyshifty"
LEAST = 27


def slips() -> list[tuple[str, str, str, str]]:
    """Return the slips: what sort it is, the node, what is right there, and what is written."""
    head, *lines = (FOLDER / "typos.tsv").read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == ["kind", "node", "right", "wrong"]
    return [(kind, node, right, wrong) for kind, node, right, wrong in (line.split("\t") for line in lines)]


def seeded() -> str:
    """Return the contribution with all slips made, each at its own place."""
    blocks = (FOLDER / "contribution.ttl").read_text(encoding="utf-8").split("\n\n")
    for _, node, right, wrong in slips():
        at = next(number for number, block in enumerate(blocks) if block.startswith(f"south:{node} "))
        assert blocks[at].count(f"{right} ") == 1, f"{right} stands not just once in {node}"
        blocks[at] = blocks[at].replace(f"{right} ", f"{wrong} ")
    return "\n\n".join(blocks)


def iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return OWN[prefix] + local


def test_there_is_nothing_wrong_without_them() -> None:
    """Without a slip the contribution has no fault."""
    report = validate([FOLDER / "contribution.ttl"], engine=ENGINE)

    assert [(finding.rule, finding.focus) for finding in report] == []


def test_the_right_suggestion_comes_first(tmp_path: Path) -> None:
    """All thirty are found, each where it is written; at least 27 with what is right as the suggestion."""
    path = tmp_path / "contribution.ttl"
    text = seeded()
    path.write_text(text, encoding="utf-8")
    report = validate([path], engine=ENGINE)
    made = slips()

    assert len(made) == 30
    missed = []
    for kind, node, right, wrong in made:
        focus = f"<{OWN['south']}{node}>"
        rule = RULES.get(kind, "undefined-iri")
        there = [
            each for each in report if (each.focus, each.rule) == (focus, rule) and iri(wrong) in each.path + each.value
        ]
        assert len(there) == 1, f"{wrong} in {node}"
        location, suggestion = there[0].location, there[0].suggestion
        assert location is not None
        assert wrong in text.splitlines()[location.line - 1], f"{wrong} is not in line {location.line}"
        if suggestion is None or suggestion.replacement != iri(right):
            missed.append((wrong, suggestion and suggestion.replacement))
    assert len(missed) <= len(made) - LEAST, missed


@pytest.mark.parametrize(("kind", "least"), [("property", 10), ("class", 4), ("code", 8), ("thing", 5), ("prefix", 3)])
def test_the_slips_are_of_every_sort(kind: str, least: int) -> None:
    """Names of properties and classes, values of codes, ids of things, and prefixes."""
    assert sum(each == kind for each, *_ in slips()) >= least
