"""Contributed text inside Markdown that GitHub shows: it is text, and never a link, a mention, markup or a command.

Needs nothing but the standard library.
"""

from __future__ import annotations

import re
import unicodedata

# An invisible break: GitHub looks for names, numbers and addresses after it has turned entities into characters.
_BREAK = "&#8203;"
# An entity never marks anything up, neither in Markdown nor in HTML, nor does it end the cell of a table.
_ENTITIES = {ord(each): f"&#{ord(each)};" for each in "\\`*_[]|~$\"'"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
}
# What a break goes after: the @ of a mention, the # of an issue, the start of an address or of a workflow command.
_LIVE = re.compile(r"[@#]|:(?=[/:])|(?i:www)(?=\.)|(?i:gh)(?=-[0-9])")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#$%&'()*+,./:;=?@A-Za-z0-9_~-]{1,500}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:_-]{0,200}")
_LONGEST = 2000


def plain(text: str) -> str:
    """Return `text` on one line, without control and format characters, and no longer than a reader reads."""
    line = "".join(" " if each.isspace() else each for each in text[: _LONGEST + 1])
    shown = "".join("\ufffd" if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co") else each for each in line)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]} ..."


def escaped(text: str) -> str:
    """Return `text` as Markdown, and as HTML, that reads like it, wherever it stands inside a line."""
    shown = plain(text).strip()
    # Where the breaks go is looked for in the text as it is, since entities hold a # themselves.
    return _BREAK.join(
        part.translate(_ENTITIES) for part in _LIVE.sub(lambda found: f"{found[0]}\0", shown).split("\0")
    )


def code(text: str) -> str:
    """Return `text` as a code span: an IRI or an id as it is, so that it can be copied; any other text escaped."""
    return f"`{text}`" if _IRI.fullmatch(text) or _ID.fullmatch(text) else escaped(text)
