"""What a search found: an Answer, grouped by kind, that knows how many more there are."""

from __future__ import annotations

import json
import textwrap
from functools import cached_property

from rltkg.results.answer import Answer
from rltkg.results.text import plain
from rltkg.results.width import terminal_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.search.index import Hit
    from rltkg.store import Store

KINDS = {
    "document": "documents",
    "actor": "actors",
    "indication": "indications",
    "place": "places",
    "thing": "therapies and other things",
    "concept": "concepts",
    "term": "codes and terms of the ontology",
    "statement": "statements",
    "note": "notes of this project",
}
COLUMNS = ("kind", "thing", "label", "snippet", "where")


class Findings(Answer):
    """What was found, as an Answer: columns kind, thing, label, snippet and where; best first within each kind.

    `text` is the words that were looked for, `hits` what was found, `totals` how many hits there are of each kind,
    shown or not, and `remarks` what a reader must know: words that were replaced, or that nothing holds. `cut_because`
    and `empty_because` hold the remarks too, as sentences.
    """

    asked_in = "words"

    def __init__(self, words: str, hits: list[Hit], totals: dict[str, int], store: Store, release: str) -> None:
        order = list(dict.fromkeys(hit.kind for hit in hits))
        self.hits = sorted(hits, key=lambda hit: order.index(hit.kind))
        super().__init__(words, _payload(self.hits), store, release)
        self.totals = totals
        self.remarks: list[str] = []

    @property
    def title(self) -> str:
        """What was looked for."""
        from rltkg.nearest import sayable

        return f"Found for {sayable(self.text)}"

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each thing found."""
        return {hit.iri: hit.label for hit in self.hits}

    def to_text(self, width: int | None = None, *, bold: bool = False) -> str:
        """Return the hits as text for a terminal of `width` characters (default: this one), a block for each kind."""
        wide = width or terminal_width(120)
        lines = [_head(self.title, bold=bold)]
        for kind in dict.fromkeys(hit.kind for hit in self.hits):
            hits = [hit for hit in self.hits if hit.kind == kind]
            total = self.totals.get(kind, len(hits))
            count = f"{total:,}" if total == len(hits) else f"{len(hits):,} of {total:,}"
            lines += ["", _head(f"{KINDS[kind]} ({count})", bold=bold)]
            for hit in hits:
                lines += _wrapped(f"{hit.label}  ({hit.id})", wide, "  ")
                lines += [line for part in (hit.snippet, hit.where) for line in _wrapped(part, wide, "      ")]
        return "\n".join(lines if self.hits else [*lines, "", "(nothing)"])


def _payload(hits: list[Hit]) -> bytes:
    """Return `hits` in the W3C JSON format of results; a cell without text is unbound."""
    rows = []
    for hit in hits:
        cells = {"kind": hit.kind, "label": hit.label, "snippet": hit.snippet, "where": hit.where}
        row = {name: {"type": "literal", "value": text} for name, text in cells.items() if text}
        rows.append({"thing": {"type": "uri", "value": hit.iri}, **row})
    document = {"head": {"vars": list(COLUMNS)}, "results": {"bindings": rows}}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        plain(text), max(width, 24), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )


def _head(line: str, *, bold: bool) -> str:
    return f"\033[1m{plain(line)}\033[0m" if bold else plain(line)
