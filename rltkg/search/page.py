"""A description as a page of text: what it is, what it says or what is said of it, where that is printed."""

from __future__ import annotations

from rltkg.results.width import terminal_width
from rltkg.search.citations import cited
from rltkg.search.sheet import Sheet
from rltkg.search.wording import graded, limited, linked, marked, meant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.search.description import Description
    from rltkg.search.records import Brief, Link, Named, Note
    from rltkg.search.statement import Statement

_OPEN = "not stated by the source"
# What a source leaves open is told where its value would stand.
_PLACED = ("indication", "jurisdiction")


def page(found: Description, width: int | None = None, *, bold: bool = False) -> str:
    """Return `found` as text, at most `width` characters wide where words allow (default: the terminal's, else 120).

    With `bold`, the heads are, by terminal codes.
    """
    sheet = Sheet(width or terminal_width(120), bold=bold)
    sheet.head(found.label)
    sheet.text(f"{', '.join(each.label for each in found.kind) or 'without a class'}; id {found.id}")
    sheet.text(found.iri)
    sheet.gap()
    if found.statement:
        sheet.text(found.statement.text or "")
        _statement(sheet, found.statement, found.not_stated)
    elif found.note:
        sheet.text(found.note.text or "")
        _note_rows(sheet, found.note)
    else:
        sheet.text(found.definition or "")
        _thing(sheet, found)
    _statements(sheet, found)
    _links(sheet, found.links)
    _record(sheet, found)
    if _is_cut(found):
        sheet.gap()
        sheet.text("Not all is shown; --all shows the rest.")
    return str(sheet)


def _thing(sheet: Sheet, found: Description) -> None:
    sheet.gap()
    sheet.row("also called", found.names)
    sheet.row("notation", [found.notation] if found.notation and found.notation != found.label else [])
    for each in (*found.properties, *found.mappings):
        sheet.row(each.property.label, map(linked, each.values))
    sheet.row("not stated", [each.label for each in found.not_stated])
    sheet.row("scope note", found.scope_notes)
    sheet.row("example", found.examples)


def _statement(sheet: Sheet, made: Statement, not_stated: list[Named]) -> None:
    left = {each.id for each in not_stated}
    sheet.head("What it says")
    year = f", {made.stated_on}" if made.stated_on else ""
    sheet.row("stated in", [f"{linked(each)}{year}" for each in made.stated_in])
    sheet.row("content of", map(linked, made.content_of))
    sheet.row("polarity", map(meant, made.polarity))
    sheet.row("source's modality", map(meant, made.modality))
    sheet.row("reported force", map(meant, made.force))
    for each in made.says:
        sheet.row(each.property.label, map(linked, each.values))
    sheet.row("sense of RLT", map(meant, made.sense))
    sheet.row("topic", [each.label for each in made.topics])
    sheet.row("not stated", [each.label for each in not_stated if each.id not in _PLACED])
    sheet.head("Scope")
    sheet.row("indication", list(map(linked, made.indications)) or [_OPEN] * ("indication" in left))
    sheet.row("to be read as", map(meant, made.indication_scope))
    nowhere = [_OPEN if "jurisdiction" in left else "not recorded"]
    sheet.row("jurisdiction", list(map(linked, made.jurisdictions)) or nowhere)
    sheet.row("eligibility", map(limited, made.eligibility))
    sheet.row("depends as a whole on", map(limited, made.contingency))
    sheet.row("holds from", [made.holds_from] if made.holds_from else [])
    sheet.row("holds until", [made.holds_until] if made.holds_until else [])
    sheet.row("time known", map(meant, made.time_precision))
    sheet.row("words of time", [made.time_words] if made.time_words else [])
    sheet.head("Printed in")
    for passage in made.passages:
        sheet.text(str(passage), 2)
        sheet.text(passage.address or "", 6)
        if passage.printed_strength:
            sheet.text(f"printed strength: {'; '.join(passage.printed_strength)}", 6)
        if passage.inherited_references:
            sheet.text(f"cited at the head of its list: {', '.join(map(str, passage.inherited_references))}", 6)
    _briefs(sheet, "Explained by", made.explained_by)
    _briefs(sheet, "Explains", made.explains)
    _briefs(sheet, "Part of", made.part_of)
    _briefs(sheet, "Parts", made.parts)
    _notes(sheet, made.notes, len(made.notes))


def _statements(sheet: Sheet, found: Description) -> None:
    if found.statement_total:
        sheet.head(f"Statements ({found.statement_total:,})")
    for group in found.statements:
        _briefs(sheet, f"{group.kind.label} ({_count(len(group.shown), group.total)})", group.shown)
    _notes(sheet, found.notes, found.note_total)


def _briefs(sheet: Sheet, head: str, several: list[Brief]) -> None:
    if several:
        sheet.head(head)
    for each in several:
        sheet.text(f"{each.text or each.statement.label}  ({each.statement.id})", 2)
        sheet.text(graded(each), 6)
        sheet.text(cited(each.passages) or "no passage", 6)
        for reason in each.explained_by:
            sheet.text(f"why: {reason.text}  ({reason.statement.id})", 6)
            sheet.text(f"{graded(reason)}; {cited(reason.passages)}", 11)
        for mark in each.notes:
            sheet.text(f"{marked(mark)}, see: {mark.note.label}  ({mark.note.id})", 6)


def _notes(sheet: Sheet, several: list[Note], total: int) -> None:
    if several:
        sheet.head(f"Compared and superseded ({_count(len(several), total)})")
    for each in several:
        how = ", ".join(code.label for code in each.how)
        sheet.text(f"{each.note.label}  ({each.note.id})", 2)
        since = f", since {each.since}" if each.since else ""
        sheet.text(f"{each.kind.label}{': ' if how else ''}{how}{since}", 6)
        sheet.text(each.text or "", 6)
        for side, named in each.sides():
            sheet.text(f"{side if side != 'compares' else 'between'}: {linked(named)}", 6)


def _note_rows(sheet: Sheet, each: Note) -> None:
    sheet.gap()
    sheet.row("how", [code.label for code in each.how])
    sheet.row("since", [each.since] if each.since else [])
    sheet.row("author", map(linked, each.author))
    sheet.row("earlier", map(linked, each.earlier))
    sheet.row("later", map(linked, each.later))


def _links(sheet: Sheet, links: list[Link]) -> None:
    if links:
        sheet.head("What links to it, by property")
    for link in links:
        more = f" and {link.total - len(link.shown):,} more" if len(link.shown) < link.total else ""
        sheet.row(f"{link.property.label} ({link.total:,})", ["; ".join(map(linked, link.shown)) + more])


def _record(sheet: Sheet, found: Description) -> None:
    if found.curator_notes or found.entered_on or found.checked_on:
        sheet.head("Record")
    sheet.row("curator's note", found.curator_notes)
    sheet.row("entered on", [found.entered_on] if found.entered_on else [])
    sheet.row("checked on", [found.checked_on] if found.checked_on else [])


def _count(shown: int, total: int) -> str:
    return f"{total:,}" if shown == total else f"{shown:,} of {total:,}"


def _is_cut(found: Description) -> bool:
    groups = any(len(group.shown) < group.total for group in found.statements)
    links = any(len(link.shown) < link.total for link in found.links)
    return groups or links or len(found.notes) < found.note_total
