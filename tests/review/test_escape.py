"""What contributors write is text on GitHub: it pings nobody, marks nothing up, and commands no runner."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rltkg.review.escape import code, escaped, plain

HOSTILE = [
    "@octocat and @org/team",
    "fixes #1, org/repo#2, GH-3",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "</details></table><!-- --><h1>",
    "[click](javascript:alert(1)) ![x](https://example.org/x.png)",
    "https://github.com/org/repo/issues/1 www.example.org",
    "| a | b |\n|---|---|",
    "```\ncode\n``` `x` **b** _i_ ~~s~~ $x$ $$y$$",
    "\n::set-output name=x::y\n##[error]z\n::add-mask::a",
    "\\@octocat \\<b>",
    "&lt;b&gt; &#64;octocat &commat;octocat",
    "a\u202eb\u200bc\x1b[31m",
    "# head\n- list\n1. one\n> quote\n---\n===",
    "[^1] [x]: https://example.org :tada:",
]
LIVE = re.compile(r"@\w|#\w|#\[|://|::|(?i:www\.)|(?i:gh-[0-9])")


def is_dead(made: str) -> bool:
    """Say whether nothing in Markdown is alive: neither before nor after entities are turned into characters."""
    bare = re.sub(r"&(#[0-9]+|amp|lt|gt);", "", made)
    return not set(bare) & set("<>`|*_[]~\\$&\"'\n\r") and not LIVE.search(html.unescape(made))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts(text: str) -> None:
    made = escaped(text)

    assert is_dead(made)
    assert html.unescape(made).replace("\u200b", "") == plain(text).strip()


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    made = escaped(text)

    assert is_dead(made)
    assert html.unescape(made).replace("\u200b", "") == plain(text).strip()


@given(st.text(max_size=100))
def test_a_code_span_ends_where_it_should(text: str) -> None:
    made = code(text)

    assert made == escaped(text) or (made == f"`{text}`" and not set(text) & set("`|<> \n"))


def test_addresses_and_ids_can_be_copied() -> None:
    assert code("https://w3id.org/rltkg/gov/section-2-2") == "`https://w3id.org/rltkg/gov/section-2-2`"
    assert code("bug-baus-2013-omits-rlt") == "`bug-baus-2013-omits-rlt`"
    assert code("https://example.org/`@octocat`") == "https:&#8203;//example.org/&#96;@&#8203;octocat&#96;"


def test_long_texts_are_cut_and_that_is_seen() -> None:
    assert len(plain("x" * 1_000_000)) == 2004
    assert plain("x" * 1_000_000).endswith("x ...")
    assert escaped("") == escaped("\n\n") == ""
