"""Text files of a contributor: which are meant, and how one is replaced without harm."""

from __future__ import annotations

import contextlib
import os
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rltkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

TURTLE = ".ttl"
_OTHERS = {
    ".csv": "a sheet; `rltkg convert` makes Turtle of it",
    ".json": "JSON-LD",
    ".jsonld": "JSON-LD",
    ".n3": "Notation3",
    ".nq": "N-Quads",
    ".nt": "N-Triples",
    ".owl": "RDF/XML or another form of OWL",
    ".rdf": "RDF/XML",
    ".trig": "TriG",
    ".xlsx": "a book of sheets; `rltkg convert` makes Turtle of it",
}
_NUMBERS = count()
_WRITABLE = 0o222


def turtle_files(place: str) -> Iterator[Path]:
    """Give the Turtle file at `place`, or those below it where it is a folder (hidden ones apart).

    Raises InputError for a file with another suffix, and for a folder without any Turtle.
    """
    path = Path(place)
    if path.is_dir():
        below = [each.relative_to(path).parts for each in sorted(path.rglob("*")) if each.suffix.lower() == TURTLE]
        shown = [path.joinpath(*parts) for parts in below if not any(part.startswith(".") for part in parts)]
        found = [each for each in shown if each.is_file()]
        if not found:
            raise InputError(f"{path} holds no Turtle file ({TURTLE}); name a file or another folder")
        yield from found
        return
    suffix = path.suffix.lower()
    if suffix != TURTLE and (suffix in _OTHERS or path.exists()):
        what = f"is {_OTHERS[suffix]}" if suffix in _OTHERS else "has no suffix that tells Turtle"
        raise InputError(f"{path} {what}; only Turtle ({TURTLE}) has the layout")
    yield path


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in the place of `old` in one step; a link stays a link, permissions and owner stay.

    Raises InputError, and leaves the file as it is, where it may not be written or does not hold `old` any more.
    """
    try:
        target = path.resolve(strict=True)
        state = target.stat()
        if not state.st_mode & _WRITABLE or not os.access(target, os.W_OK):
            raise InputError(f"{path} is read-only; make it writable (chmod u+w) or work on a copy")
        scratch = target.with_name(f".rltkg-{os.getpid()}-{next(_NUMBERS)}")
        try:
            with scratch.open("xb") as file:
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(OSError):  # only root may give a file away
                os.chown(scratch, state.st_uid, state.st_gid)
            scratch.chmod(state.st_mode & 0o7777)
            if target.read_bytes() != old:
                raise InputError(f"{path} was changed by somebody else meanwhile; it is as they left it: try again")
            scratch.replace(target)
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror or error}); it is as it was. Check the rights of its folder"
        ) from error
