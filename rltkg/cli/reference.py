"""``python -m rltkg.cli.reference [--check]`` writes docs/cli.md from the parsers of the verbs, or only compares."""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

from rltkg.cli import USAGE, VERBS
from rltkg.cli.output import replace
from rltkg.cli.parsing import Parser, parser_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

TARGET = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
EXAMPLE = "example: "
SHARED = ("output", "graph")
WIDTH = 120
_HEAD = """\
# The command line

<!-- Written by `python -m rltkg.cli.reference` from the parsers themselves; change those, not this file. -->

Answers go to stdout, talk (counts, times, remarks) to stderr. `rltkg VERB --help` says in the terminal what this page
says. `rltkg queries ID` and `rltkg ask ID --help` tell the parameters of one query.
"""
_MANNERS = """\
## For every verb

**Which graph.** Without an option it is the shipped release, in memory. `--store PLACE` (before or after the verb, or
the variable `RLTKG_STORE`) takes the address of an endpoint, or the name of a target in the configuration file, which
is asked over the network ([how](endpoints.md)); or a folder: a store on disk that `rltkg load` made, which is only
read; a release with its `data/manifest.ttl`; or RDF files that together are a whole graph, with the ontology among
them, since nothing of the shipped release is added. A Turtle or N-Triples file that describes one `rlt:ReleaseGraph`
belongs to that graph, any other to a graph named after the file. `--with FILE` adds your own file to a graph in memory,
in a named graph of its own; it may be repeated, is never fetched from a network, and may be 64 MB long.

**Formats.** `table` is for reading, also in a pipe. `csv`, `tsv` and `json` are the W3C SPARQL results formats to the
byte. `jsonl` has one object a line, column to W3C term object; an empty cell is left out. `md` is a Markdown table.
`xlsx` is a workbook with typed cells and a second sheet that holds the query, its parameters, the release and the
citation.

**Labels.** `table` and `md` show labels. With `--labels`, a column `<column>_label` stands beside each column of IRIs
in csv, tsv, jsonl, md and xlsx: the label of an IRI, the text of anything else.

**Spreadsheets.** In xlsx no cell is ever a formula or a link. In csv and tsv with `--labels` a cell that starts like a
formula (`=`, `+`, `-`, `@`, tab, line break) has an apostrophe before it, numbers apart. Plain csv and tsv are left as
the W3C has them: do not open those from a source that you do not trust in a spreadsheet.

**Files.** `-o FILE` writes beside the file and renames, so that it holds the old content or the new one, never half.
Its suffix tells the format unless `--format` does.

**Exit status.** 0 fine, 1 a check found something, 2 a mistake in the input, 3 something is missing or not supported,
130 after Ctrl-C. An error is one sentence or a few on stderr: what, where, and how to mend it.

**Surroundings.** `NO_COLOR` (with any value) turns bold type off; it is only used in a terminal. `COLUMNS` sets the
width of tables. `| head` ends a command without a word.
"""


def reference() -> str:
    """Return the reference of the command line, in Markdown."""
    shared = parser_of("ask", [])
    tables = [line for title in SHARED for line in (*_table(shared, title), "")]
    parts = [_HEAD, f"```text\n{USAGE.rstrip()}\n```\n", _MANNERS, *tables[:-1], ""]
    return "\n".join([*parts, *(_section(verb) for verb in VERBS)])


def examples(parser: Parser) -> list[str]:
    """Return the commands that the help of a verb shows as examples."""
    lines = (line.strip() for line in (parser.epilog or "").splitlines())
    return [line.removeprefix(EXAMPLE) for line in lines if line.startswith(EXAMPLE)]


def _section(verb: str) -> str:
    parser = parser_of(verb, [])
    more = [line for line in (parser.epilog or "").splitlines() if not line.strip().startswith(EXAMPLE)]
    lines = [f"## `rltkg {verb}`", "", *textwrap.wrap(parser.description or "", WIDTH), "", *more, ""]
    shared = []
    for group in _groups(parser):
        if group in SHARED:
            shared += [
                ", ".join(_names(action)) + (f" ({', '.join(map(str, action.choices))})" if action.choices else "")
                for action in _actions(parser, group)
            ]
        else:
            lines += [*_table(parser, group), ""]
    if shared:
        lines += [*textwrap.wrap(f"Also, as above: {'; '.join(shared)}.", WIDTH, break_on_hyphens=False), ""]
    shown = examples(parser)
    text = "\n".join([*lines, "```sh", *shown, "```", ""] if shown else lines)
    return re.sub(r"\n{3,}", "\n\n", text)


def _groups(parser: Parser) -> list[str]:
    # The parser keeps its groups to itself, and there is no other way to the order in which its help shows them.
    return [str(group.title) for group in parser._action_groups]  # noqa: SLF001


def _actions(parser: Parser, title: str) -> list[argparse.Action]:
    groups = [group for group in parser._action_groups if group.title == title]  # noqa: SLF001
    return [action for group in groups for action in group._group_actions if action.dest != "help"]  # noqa: SLF001


def _table(parser: Parser, title: str) -> list[str]:
    rows = [_row(action) for action in _actions(parser, title)]
    return ["| argument | meaning |", "|---|---|", *rows] if rows else []


def _names(action: argparse.Action) -> list[str]:
    return [f"`{name}`" for name in action.option_strings]


def _row(action: argparse.Action) -> str:
    value = str(action.metavar or "") or "\\|".join(map(str, action.choices or ())) or action.dest.upper()
    if action.nargs in ("*", "+"):
        value += "..."
    names = ", ".join(_names(action))
    shown = names if action.nargs == 0 else f"{names} `{value}`".strip()
    told = " ".join((action.help or "").replace("%%", "%").replace("|", "\\|").split())
    return f"| {shown} | {told} |"


def main(arguments: list[str]) -> int:
    """Write `docs/cli.md`; with `--check` only compare. 0 fine, 1 stale."""
    text = reference()
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in arguments:
        print(f"{TARGET} is not what the parsers say; run `python -m rltkg.cli.reference`", file=sys.stderr)
        return 1
    replace(TARGET, text.encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
