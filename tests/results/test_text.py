"""Tables for people: wrapped to the width, readable when narrow, and harmless whatever a label holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rltkg.results import text

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph


@pytest.mark.parametrize("width", [40, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(graph: KnowledgeGraph, width: int) -> None:
    for query in graph.catalogue:
        wide = max(map(len, text.table(graph.ask(query.id), width).splitlines()))

        assert wide <= max(width, len(query.title)), query.id


def test_a_narrow_terminal_gets_blocks(graph: KnowledgeGraph) -> None:
    shown = text.table(graph.ask("guidelines_omitting_rlt", indication="prostate cancer"), 60)

    assert "guideline: NICE prostate cancer guideline 2019" in shown
    assert "references: none cited" in shown


def test_every_cell_is_shown_whole(graph: KnowledgeGraph) -> None:
    answer = graph.ask("strategies_and_rlt")
    shown = text.table(answer, 150).split()
    wanted = [word for row in answer.named_rows() for cell in row.values() for word in cell.split()]

    assert sorted(set(wanted) - set(shown)) == []


def test_control_characters_never_reach_the_terminal() -> None:
    assert text.plain("a\x1b[31mb\nc\u202ed\x07") == "a\ufffd[31mb c\ufffdd\ufffd"


def test_markdown_cells_are_escaped(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication="prostate cancer")
    answer.labels["https://w3id.org/rltkg/thing/nice-prostate-guideline-2019"] = "a|b <script> \\ [x](javascript:1) `"

    assert "| a\\|b &lt;script&gt; \\\\ \\[x](javascript:1) \\` |" in text.markdown(answer)


def test_rows_past_the_most_are_counted(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST", 3)
    answer = graph.ask("guidelines_omitting_rlt")
    for width in (200, 40):
        shown = text.table(answer, width)

        assert "... and 2 more rows, which another format shows, such as csv\n" in shown
        assert "Pan-London" in shown
        assert "Greater Manchester" not in shown


def test_a_column_without_a_value_is_only_named_underneath(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication="lymphoma", place="london")
    for width in (200, 120, 60):
        shown = text.table(answer, width)

        assert shown.endswith("\n\nempty in every row: reason_references, superseded_by")
        assert "superseded by" not in shown
        assert "GOV 2.2" in shown
    assert text.table(answer, 40).endswith("\n\nempty in every row: reason_references,\nsuperseded_by")
    assert "superseded by" in text.markdown(answer)
    assert b"superseded_by" in answer.serialize("csv").splitlines()[0]


def test_a_column_with_one_value_stays_and_a_required_one_always_does(graph: KnowledgeGraph) -> None:
    marked = graph.ask("guidelines_omitting_rlt", as_at="2026-11-21")
    assert text.empty_throughout(marked) == []
    assert "2022 partial: Pluvicto licensed in Great Britain" in text.table(marked, 250)

    free = graph.sparql("SELECT ?guideline ?nothing { ?guideline rlt:publicationYear 2016 }")
    assert text.empty_throughout(free) == []  # type: ignore[arg-type]
    assert "nothing" in text.table(free, 120)  # type: ignore[arg-type]
    assert text.empty_throughout(graph.ask("guidelines_omitting_rlt", as_at="1900")) == []
