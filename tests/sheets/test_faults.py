"""Seeded faults: each is found by its rule at its cell, alone and among all others, and none as a traceback."""

from __future__ import annotations

import pytest

from tests.sheets.planting import IN_ROWS, OF_SHEETS, Fault, Flaw
from tests.sheets.samples import FAULTS, few, good, saved, understood, workbook


def _found(content: bytes) -> set[tuple[str, str]]:
    rows = understood(("book.xlsx", content))
    assert all(finding.location and finding.location.file == "book.xlsx" for finding in rows.findings)
    assert len(rows.findings) == len(set(rows.findings))
    return {(finding.rule, finding.location.in_book) for finding in rows.findings if finding.location}


def test_there_are_as_many_faults_as_this_table_tells() -> None:
    names = [fault.name for fault in IN_ROWS] + [flaw.name for flaw in OF_SHEETS]

    assert len(IN_ROWS) == 72
    assert len(OF_SHEETS) == 14
    assert len(set(names)) == len(names)
    assert len({fault.rule for fault in IN_ROWS}) == 44


def test_in_the_good_book_nothing_is_found() -> None:
    assert _found(saved(workbook(good()))) == set()


@pytest.mark.parametrize("fault", IN_ROWS, ids=lambda fault: fault.name)
def test_a_fault_in_a_row_is_found_at_its_cell(fault: Fault) -> None:
    book = workbook(few(good()))
    expected = fault.plant(book, 3)

    assert _found(saved(book)) == {expected}


@pytest.mark.parametrize("flaw", OF_SHEETS, ids=lambda flaw: flaw.name)
def test_a_flaw_of_a_sheet_is_found_at_its_place(flaw: Flaw) -> None:
    book = workbook(few(good()))
    flaw.do(book)

    assert _found(saved(book)) == flaw.found


def test_of_all_faults_together_none_is_lost() -> None:
    book = workbook(good())
    expected = {fault.plant(book, 3 + number) for number, fault in enumerate(IN_ROWS)}
    for flaw in OF_SHEETS:
        flaw.do(book)
        expected |= flaw.found

    assert len(IN_ROWS) <= FAULTS - 2
    assert len(expected) == len(IN_ROWS) + len(OF_SHEETS)
    assert _found(saved(book)) == expected
