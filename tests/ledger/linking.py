"""What the tests of several ledgers share: links from rows to nodes, the rows themselves, the nodes of the release."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from rltkg.corpus.prefixes import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg.corpus import Release

Node = dict[str, list[str]]
"""The values of a node by property, both with their prefixes; `graph` and `file` hold those that describe it."""


class Link(NamedTuple):
    """One row of the links: the confidence that the ledger has in it, its nodes, and what is left out or why."""

    confidence: str
    nodes: list[str]
    left_out: str


def short(value: str) -> str:
    """Return an IRI with its prefix, another text as it is."""
    for prefix, base in PREFIXES.items():
        if value.startswith(base):
            return f"{prefix}:{value.removeprefix(base)}"
    return value


def read_links(path: Path, rows: int) -> dict[str, Link]:
    """Return the links of the file `path` by the number of the row; there must be just so many `rows`."""
    with path.open(encoding="utf-8") as handle:
        held = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [row["row"] for row in held] == [str(number) for number in range(1, rows + 1)]
    return {
        row["row"]: Link(row["confidence"], row["nodes"].split("; ") if row["nodes"] else [], row["left_out"])
        for row in held
    }


def read_rows(path: Path, name: str) -> dict[str, dict[str, str]]:
    """Return the rows of the ledger at `path`, called `name`, by their place; skip, loudly, where it is not at hand."""
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not at hand: {path}")
        pytest.skip(f"{name} is not at hand; its links are checked against the graph only")
    with path.open(encoding="utf-8") as handle:
        rows = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {str(number): row for number, row in enumerate(rows, 1)}


def read_nodes(release: Release) -> dict[str, Node]:
    """Return every node of the release by its short name."""
    found: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    for file in release.files:
        for quad in parse(path=file.path, format=RdfFormat.TURTLE):
            if isinstance(quad.subject, NamedNode):
                node = found[short(quad.subject.value)]
                node[short(quad.predicate.value)].append(short(getattr(quad.object, "value", "")))
                if short(file.graph) not in node["graph"]:
                    node["graph"].append(short(file.graph))
                if file.path.name not in node["file"]:
                    node["file"].append(file.path.name)
    return found
