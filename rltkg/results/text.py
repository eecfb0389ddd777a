"""Rows as text: a wrapped table for a terminal, and a Markdown table."""

from __future__ import annotations

import textwrap
import unicodedata

from rltkg.results.width import terminal_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.results.answer import Answer

GAP = "  "
NARROWEST = 6
BREAKS = (16, 14, 12)  # where there is no room for the longest words, they break after so many letters
MOST = 2000  # rows that a person may still scroll through; laying out many more takes longer than finding them


def table(answer: Answer, width: int | None = None, *, bold: bool = False) -> str:
    """Return `answer` as a table that is at most `width` characters wide (default: the terminal's, else 120).

    Cells wrap at words; columns share the width by the length of their content. Where the terminal is too narrow for
    that, each row is written as a block of `column: value` lines. Rows past MOST are counted, not shown;
    columns that a canned query keeps out of tables are not shown, and those that are empty in every row are only named
    underneath. With `bold`, title and heads are, by terminal codes.
    """
    wide = width or terminal_width(120)
    vacant = empty_throughout(answer)
    hidden = {*left_out(answer), *vacant}
    places = [place for place, column in enumerate(answer.columns) if column not in hidden]
    cells = [[plain(answer.name(row[place])) for place in places] for row in answer.rows[:MOST]]
    title = _bold(plain(answer.title), bold=bold)
    left = len(answer) - len(cells)
    rest = [f"... and {left:,} more rows, which another format shows, such as csv"] if left else []
    if vacant:
        rest.append(textwrap.fill(f"empty in every row: {', '.join(vacant)}", max(wide, 20)))
    if not cells:
        return f"{title}\n\n(no rows)"
    heads = [answer.columns[place].replace("_", " ") for place in places]
    widths = _widths([heads, *cells], wide)
    if widths is None:
        return "\n\n".join([title, *(_block(heads, row, wide) for row in cells), *rest])
    lines = [title, "", *_lines(heads, widths, bold=bold), GAP.join("-" * each for each in widths)]
    wraps = any(len(cell) > each for row in cells for cell, each in zip(row, widths, strict=True))
    for row in cells:
        lines += _lines(row, widths)
        lines += [""] if wraps else []
    lines += [""] if vacant and not wraps else []
    return "\n".join([*lines, *rest]).rstrip("\n")


def left_out(answer: Answer) -> list[str]:
    """Return the columns that a table leaves out, as the contract of a canned query says."""
    return [column.name for column in answer.query.columns if not column.in_table] if answer.query else []


def empty_throughout(answer: Answer) -> list[str]:
    """Return the columns that may be empty, as the contract of a canned query says, and are so in every row."""
    columns = answer.query.columns if answer.query and answer.rows else []
    return [
        column.name
        for place, column in enumerate(columns)
        if column.may_be_empty and column.in_table and not any(answer.name(row[place]) for row in answer.rows)
    ]


def markdown(answer: Answer, *, labels: bool = False) -> str:
    """Return `answer` as a titled Markdown table: names, or with `labels` each IRI with its label beside it."""
    if labels:
        from rltkg.results.labelled import labelled_rows, spread

        columns, rows = spread(answer), labelled_rows(answer)
    else:
        columns, rows = answer.columns, [list(row.values()) for row in answer.named_rows()]
    heads = [column.replace("_", " ") for column in columns]
    cells = [[_escape(plain(value)) for value in row] for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in [heads, ["---"] * len(heads), *cells]]
    return "\n".join([f"**{_escape(answer.title)}**", "", *lines])


def plain(value: str) -> str:
    """Return `value` on one line and without control or format characters, which could steer a terminal."""
    shown = "".join(" " if character.isspace() else character for character in value)
    return "".join(
        "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Cs") else character for character in shown
    )


def _widths(rows: list[list[str]], wide: int) -> list[int] | None:
    """Return a width for each column, or None where the columns do not fit side by side."""
    columns = list(zip(*rows, strict=True))
    wanted = [max(map(len, column)) for column in columns]
    room = wide - len(GAP) * (len(columns) - 1)
    floors = [
        min(want, max(NARROWEST, *(_longest_word(cell) for cell in column)))
        for want, column in zip(wanted, columns, strict=True)
    ]
    for most in BREAKS:
        if sum(floors) > room:
            floors = [min(floor, most) for floor in floors]
    if sum(floors) > room:
        return None
    widths = floors
    while sum(widths) < room and widths != wanted:
        # One more character goes to the column whose content is the tightest for its width.
        needs = [
            sum(map(len, column)) / each if each < want else 0
            for column, each, want in zip(columns, widths, wanted, strict=True)
        ]
        widths[needs.index(max(needs))] += 1
    return widths


def _longest_word(cell: str) -> int:
    return max(map(len, cell.split()), default=0)


def _lines(row: list[str], widths: list[int], *, bold: bool = False) -> list[str]:
    wrapped = [
        textwrap.wrap(cell, each, break_on_hyphens=_longest_word(cell) > each) or [""]
        for cell, each in zip(row, widths, strict=True)
    ]
    height = max(map(len, wrapped))
    lines = []
    for place in range(height):
        parts = [cell[place] if place < len(cell) else "" for cell in wrapped]
        line = GAP.join(part.ljust(each) for part, each in zip(parts, widths, strict=True)).rstrip()
        lines.append(_bold(line, bold=bold))
    return lines


def _block(heads: list[str], row: list[str], wide: int) -> str:
    lines = []
    for head, cell in zip(heads, row, strict=True):
        lines += textwrap.wrap(f"{head}: {cell}", max(wide, 20), subsequent_indent="    ")
    return "\n".join(lines)


def _bold(line: str, *, bold: bool) -> str:
    return f"\033[1m{line}\033[0m" if bold else line


def _escape(cell: str) -> str:
    escaped = cell.replace("\\", "\\\\").replace("|", "\\|").replace("[", "\\[").replace("`", "\\`")
    return escaped.replace("<", "&lt;").replace(">", "&gt;")
