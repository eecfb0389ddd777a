"""The HTML of an answer: names, links to the web only, and nothing that runs."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.results.asking import answer_over, values_of

if TYPE_CHECKING:
    from rltkg import KnowledgeGraph

ALLOWED = {"table", "caption", "thead", "tbody", "tr", "th", "td", "a", "p"}


class Page(HTMLParser):
    """Collects the tags, links and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag, its attributes and where it links to."""
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


def test_an_answer_is_a_table_with_names_that_link(graph: KnowledgeGraph) -> None:
    page = Page(graph.ask("guidelines_omitting_rlt")._repr_html_())

    assert page.tags.count("tr") == 6
    assert "NICE lymphoma guideline 2016" in page.text
    assert "Guidelines that omit radioligand therapy" in page.text
    assert "https://w3id.org/rltkg/thing/nice-lymphoma-guideline-2016" in page.links
    assert "5 rows; release 0.1.0" in page.text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</td></table><iframe src=javascript:1>"]
)
def test_hostile_text_is_escaped(text: str) -> None:
    quoted = text.replace('"', '\\"')
    answer = answer_over(f':a rdfs:label "{quoted}" ; :b "{quoted}" .', "SELECT ?s ?o { ?s <http://example.org/b> ?o }")
    page = Page(answer._repr_html_())

    assert set(page.tags) <= ALLOWED
    assert page.attributes <= {"href", "rel"}
    assert page.text.count(text) == 2


@pytest.mark.parametrize(
    "iri", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "urn:x"]
)
def test_only_the_web_is_linked_to(iri: str) -> None:
    page = Page(values_of(f"<{iri}>", "<https://example.org/a>", "<HTTP://example.org/b>")._repr_html_())

    assert page.links == ["https://example.org/a"]


@pytest.mark.parametrize("iri", ["http://example.org/'onmouseover='alert(1)", "http://example.org/?a=1&copy=2&#34;x"])
def test_an_iri_stays_in_its_attribute_and_whole(iri: str) -> None:
    page = Page(values_of(f"<{iri}>")._repr_html_())

    assert page.attributes == {"href", "rel"}
    assert page.links == [iri]


def test_at_most_fifty_rows_are_shown_and_that_is_told() -> None:
    page = Page(values_of(*map(str, range(51)))._repr_html_())

    assert page.tags.count("tr") == 51
    assert "the first 50 of 51 rows" in page.text
    assert "50 rows" in Page(values_of(*map(str, range(50)))._repr_html_()).text


def test_remarks_are_told() -> None:
    answer = values_of("1")
    answer.remarks.append("no term is called <b>")

    assert "no term is called <b>" in Page(answer._repr_html_()).text


def test_an_empty_answer_says_why(graph: KnowledgeGraph) -> None:
    answer = graph.ask("guidelines_omitting_rlt", indication="nen")
    page = Page(answer._repr_html_())

    assert "0 rows" in page.text
    assert str(answer.empty_because) in page.text
