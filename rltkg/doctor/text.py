"""An examination as text (a table, what becomes of each verb, what to do), and as JSON."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from rltkg.doctor.advice import advice
from rltkg.doctor.findings import BEWARE, LATER, LOAD, OPEN, VERBS, WORKS, Examination, Finding
from rltkg.endpoint.addresses import told

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = ("area", "what", "", "what was seen")
_LEAST = 30
_BULLET = "  - "


def as_text(made: Examination, width: int = 100) -> str:
    """Return what was found as plain text, `width` characters wide at the utmost where words allow it."""
    wrote = "" if made.wrote else "; nothing was written"
    called = (
        f"{made.target.name}: {made.product or 'a server that does not tell what it is'}, dialect {made.dialect}{wrote}"
    )
    return "\n".join([called, "", *_table(made, width), "", *_verbs(made, width), "", *_advice(made, width)])


def as_json(made: Examination) -> str:
    """Return what was found as JSON; no credentials are in it, only the names of variables that hold them."""
    target, todo = made.target, advice(made)
    found: dict[str, Any] = {
        "endpoint": made.place,
        "product": made.product,
        "dialect": made.dialect,
        "addresses": {
            key: told(address) if address else None
            for key, address in (
                ("query", target.query), ("update", target.update), ("graph_store", target.graph_store)
            )
        },
        "written": made.wrote,
        "release": made.holds or None,
        "findings": [each._asdict() | {"verbs": list(each.verbs)} for each in made.findings],
        "verbs": {
            verb: {"state": verdict.state, "because": [each.name for each in verdict.because]}
            for verb in VERBS
            for verdict in [made.verdict(verb)]
        },
        "missing": [each.name for each in made.missing],
        "mend": list(todo.mend),
        "configuration": todo.toml or None,
        "commands": list(todo.commands),
    }  # fmt: skip
    return json.dumps(found, ensure_ascii=False, indent=2)


def _table(made: Examination, width: int) -> Iterator[str]:
    rows = [_HEAD, *((each.area, each.name, each.state, each.told) for each in made.findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    room = max(width - sum(widths) - 6, _LEAST)
    last = ""
    order = {area: place for place, area in enumerate(dict.fromkeys(row[0] for row in rows))}
    for row in sorted(rows, key=lambda each: order[each[0]]):
        shown = ("" if row[0] == last else row[0], *row[1:3])
        last = row[0]
        start = "  ".join(cell.ljust(wide) for cell, wide in zip(shown, widths, strict=True))
        lines = textwrap.wrap(row[3], room, break_long_words=False, break_on_hyphens=False) or [""]
        yield f"{start}  {lines[0]}".rstrip()
        yield from (f"{' ' * (sum(widths) + 6)}{each}" for each in lines[1:])
        if row is _HEAD:
            yield "  ".join("-" * wide for wide in (*widths, room))


def _verbs(made: Examination, width: int) -> Iterator[str]:
    wide = max(map(len, VERBS))
    for verb in VERBS:
        verdict = made.verdict(verb)
        yield f"rltkg {verb.ljust(wide)}  {verdict.state}{':' * (verdict.state not in (WORKS, LATER))}"
        for names, said in _grouped(verdict.because if verdict.state != LATER else ()):
            yield from _item(f"{names}: {said}", width)


def _grouped(findings: tuple[Finding, ...]) -> Iterator[tuple[str, str]]:
    """Give names and what was seen, once where several findings say the same."""
    found: dict[str, list[str]] = {}
    for each in findings:
        more = f"; {each.remedy}" if each.remedy and each.state == BEWARE else ""
        found.setdefault(each.told + more, []).append(each.name)
    yield from ((", ".join(names), said) for said, names in found.items())


def _advice(made: Examination, width: int) -> Iterator[str]:
    todo = advice(made)
    if todo.mend:
        yield "To be mended first:"
        for each in todo.mend:
            yield from _item(each, width)
        yield ""
    if todo.toml:
        yield f"For {todo.file}:"
        yield ""
        yield from (f"    {each}".rstrip() for each in todo.toml.splitlines())
        yield ""
    state = made.verdict(LOAD).state
    yield "Then:" if todo.mend or todo.toml else "Nothing speaks against:" if state == OPEN else "This will work:"
    yield ""
    yield from (f"    {each}" for each in todo.commands)


def _item(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, max(width, _LEAST), initial_indent=_BULLET, subsequent_indent=" " * len(_BULLET),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
