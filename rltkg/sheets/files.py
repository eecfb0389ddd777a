"""The files that hold sheets, and what all of them together say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rltkg.errors import InputError
from rltkg.sheets.reading import SUFFIXES, Book, UnreadableError, read_sheets, refused_suffix
from rltkg.sheets.reading.grid import LARGEST

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable


def is_sheet(path: Path) -> bool:
    """Say whether `path` ends as a file of sheets does, one that is read or one that is refused by name."""
    return path.suffix.lower() in SUFFIXES or refused_suffix(str(path)) is not None


def sheets_in(folder: Path) -> list[Path]:
    """Return the files of sheets in `folder` and below, sorted; what a program left there while it runs is none."""
    found = sorted(path for path in folder.rglob("*") if is_sheet(path) and path.is_file())
    return [path for path in found if not path.name.startswith(("~$", ".~", "."))]


def books_in(
    places: Iterable[str | os.PathLike[str]], *, encoding: str | None = None
) -> tuple[list[Book], dict[str, int]]:
    """Return the books at `places`, files or folders of them, and the size of each file in bytes, by its name.

    A file that is no sheet, or none that can be read safely, is a book without sheets and with a finding. `encoding` is
    that of CSV files without a byte order mark. Raises InputError where a place is missing, holds no sheet, or is of a
    format that is not read.
    """
    books: list[Book] = []
    sizes: dict[str, int] = {}
    for place in map(Path, places):
        if place.is_dir() and not (paths := sheets_in(place)):
            raise InputError(f"{place} holds no workbook (.xlsx) and no CSV file; name a file or another folder")
        for path in paths if place.is_dir() else [place]:
            if str(path) in sizes:
                continue
            content = content_of(path)
            sizes[str(path)] = len(content)
            books.append(book_of(content, str(path), encoding=encoding))
    return books, sizes


def book_of(content: bytes, name: str, *, encoding: str | None = None) -> Book:
    """Return the sheets of the file `content` called `name`; one without sheets, with a finding, if it is none."""
    try:
        return read_sheets(content, name, encoding=encoding)
    except UnreadableError as error:
        return Book(findings=[error.finding])


def content_of(path: Path) -> bytes:
    """Return the bytes of a file. Raises InputError where it is missing, no file, too large, or cannot be read."""
    if not path.exists():
        raise InputError(f"There is no file {path}; check the name")
    if not path.is_file():
        raise InputError(f"{path} is no regular file; save its content as one")
    if other := refused_suffix(str(path)):
        raise InputError(other)
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror or error}); check its name and rights") from error
