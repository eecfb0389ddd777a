"""Reads tables of mappings in the SSSOM format, by hand: a YAML block behind `# `, then tab-separated rows."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml
from pyoxigraph import NamedNode, Triple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TABLE = ROOT / "data" / "mappings" / "mappings.sssom.tsv"
SHARED = ROOT.parent / "shared" / "mappings" / "mappings.sssom.tsv"
THING = "https://w3id.org/rltkg/thing/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
Row = dict[str, str]
Match = tuple[str, str, str]


class Table:
    """A table of mappings: `meta` (the YAML block), `columns`, `rows` by column, `cells` as they stand."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").split("\n")
        head = [line for line in lines if line.startswith("#")]
        body = lines[len(head) :]
        self.text = "\n".join(lines)
        self.meta = yaml.safe_load("\n".join(line.removeprefix("# ") for line in head))
        self.cells = [line.split("\t") for line in body if line]
        self.columns = self.cells[0]
        self.rows: list[Row] = list(csv.DictReader(body, delimiter="\t", quoting=csv.QUOTE_NONE))
        self.curies: dict[str, str] = self.meta["curie_map"]

    def expand(self, curie: str) -> str:
        """Return the IRI of a CURIE; KeyError where its prefix is unknown."""
        prefix, _, local = curie.partition(":")
        return self.curies[prefix] + local

    def matches(self) -> list[Match]:
        """Return (id of our thing, SKOS relation without prefix, CURIE of the foreign term), row by row."""
        return [
            (row["subject_id"].partition(":")[2], row["predicate_id"].partition(":")[2], row["object_id"])
            for row in self.rows
        ]

    def triples(self) -> set[Triple]:
        """Return the rows as triples."""
        keys = ("subject_id", "predicate_id", "object_id")
        return {Triple(*(NamedNode(self.expand(row[key])) for key in keys)) for row in self.rows}


def prefix(curie: str) -> str:
    """Return the prefix of a CURIE: the vocabulary that the term belongs to."""
    return curie.partition(":")[0]
