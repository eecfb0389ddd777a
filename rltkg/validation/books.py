"""Sheets of a contribution: what their rows say, and at which cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Quad

from rltkg.validation.report import Finding, Location, Severity

if TYPE_CHECKING:
    from rltkg.validation.reading import Contribution


def add_books(files: list[tuple[str, bytes]], contribution: Contribution) -> None:
    """Add what the sheets in `files` (names and bytes) say to `contribution`, read together as one book.

    Their cells may name what the release describes, or another file of the contribution.
    """
    from rltkg.corpus import shipped
    from rltkg.sheets.files import book_of
    from rltkg.sheets.kinds import kinds
    from rltkg.sheets.known import Known
    from rltkg.sheets.rows import rows_of
    from rltkg.validation.reading import Source

    known = Known.of(shipped())
    for source in contribution.sources:
        known.add_all(source.quads)
    rows = rows_of([book_of(content, name) for name, content in files], kinds(), known)
    sources = {name: Source(name, None, "") for name, _ in files}
    for triple, place in zip(rows.triples, rows.places, strict=True):
        source = sources[place.file]
        source.quads.append(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))
        source.cells.append(place)
    contribution.sources += sources.values()
    contribution.findings += rows.findings
    contribution.empty |= {(f"<{node}>", path): place for (node, path), place in rows.empty.items()}
    contribution.open |= {f"<{node}>": paths for node, paths in rows.open.items()}
    if not rows.rows and not rows.findings:
        message = "There is no row of data; fill the sheets (a row that begins with # is for people)."
        contribution.findings.append(Finding("no-rows", Severity.VIOLATION, message, location=Location(files[0][0])))
