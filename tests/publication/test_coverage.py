"""The coverage page is that of the data, and counts rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from rltkg.publication.coverage import main, page

if TYPE_CHECKING:
    from pathlib import Path

    from rltkg import KnowledgeGraph

COUNT = """
PREFIX rlt: <https://w3id.org/rltkg/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT (COUNT(DISTINCT ?statement) AS ?number) WHERE { ?statement a/rdfs:subClassOf* rlt:Statement }
"""


def test_the_page_is_that_of_the_data(graph: KnowledgeGraph) -> None:
    path = graph.release.root / "docs" / "coverage.md"

    assert page(graph) == path.read_text(encoding="utf-8"), "run `python -m rltkg.publication.coverage`"


def test_a_stale_page_is_told_and_mended(tmp_path: Path) -> None:
    path = tmp_path / "coverage.md"
    path.write_text("old", encoding="utf-8")

    assert main(["--check"], path) == 1
    assert path.read_text(encoding="utf-8") == "old"
    assert main([], path) == 0
    assert main(["--check"], path) == 0


def test_kinds_add_up_to_all_statements(graph: KnowledgeGraph) -> None:
    (total,) = [line for line in page(graph).splitlines() if line.startswith("| **all** |")]
    solutions = pyoxigraph.parse_query_results(graph.store.select(COUNT), format=pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    (number,) = next(iter(solutions))

    assert sum(int(cell) for cell in total.strip("| ").split(" | ")[1:]) == int(str(number).split('"')[1])


def test_what_has_no_data_is_named(graph: KnowledgeGraph) -> None:
    text = page(graph)

    assert "- classes (" in text
    assert "`Ligand`" in text
    assert "`Position`" not in text.split("## Terms of the ontology without data")[1]
