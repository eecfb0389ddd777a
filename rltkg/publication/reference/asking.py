"""The page on the catalogue: each question with its parameters and columns, and which terms it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rltkg.corpus.prefixes import TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.canned.contract import Query

PAGE = "queries.md"
_NAME = re.compile(r"\brlt:([A-Za-z][A-Za-z0-9]*)")


class Asking:
    """The queries of a catalogue, by the terms that they name."""

    def __init__(self, queries: Iterable[Query]) -> None:
        self._queries = sorted(queries, key=lambda query: (query.topic, query.id))
        self._named = {
            query.id: {TERMS + name for name in _NAME.findall("".join(query.pieces))} for query in self._queries
        }

    def links(self, term: str) -> list[str]:
        """Return a link to each query that names `term`."""
        return [f"[{name}]({PAGE}#{name})" for name, named in self._named.items() if term in named]

    def page(self) -> str:
        """Return the page."""
        told = "`rltkg ask ID` runs one, `rltkg queries ID --sparql` prints its SPARQL."
        lines = ["# Queries", "", f"{len(self._queries)} questions. {told} [Back to the reference](README.md)"]
        topic = ""
        for query in self._queries:
            if query.topic != topic:
                topic = query.topic
                lines += ["", f"# {topic.replace('_', ' ').capitalize()}"]
            lines += ["", f"<a id='{query.id}'></a>", f"## {query.id}", "", f"**{query.question}** {query.description}"]
            if query.parameters:
                lines += ["", "| parameter | takes | default | |", "| --- | --- | --- | --- |"]
            lines += [
                f"| `{each.option}` | {', '.join(each.types)} | {_default(each.default)} | {_cell(each.help)} |"
                for each in query.parameters
            ]
            lines += ["", "| column | holds | |", "| --- | --- | --- |"]
            for column in query.columns:
                empty = ", or nothing" if column.may_be_empty else ""
                lines.append(f"| `{column.name}` | {', '.join(column.types)}{empty} | {_cell(column.help)} |")
        return "\n".join([*lines, ""])


def _default(value: str | None) -> str:
    return "" if value is None else f"`{value.rsplit('/', 1)[-1]}`"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
