"""The errors of this package: each says what is wrong, where, and how to mend it, and carries its exit status."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


class RltkgError(Exception):
    """Base of every error that this package raises on purpose; its text is one or more plain sentences."""

    exit_status = 3


class InputError(RltkgError):
    """What the caller handed in is wrong: a name, a value, a file."""

    exit_status = 2

    @classmethod
    def at(cls, path: Path | str, error: SyntaxError) -> InputError:
        """Return the error for a file that an RDF parser refused, with the line and column that it names."""
        where = f"{path}:{error.lineno}:{error.offset}" if error.lineno else str(path)
        return cls(f"{where}: {error.msg}. Mend the file there; nothing was read from it.")


class UnavailableError(RltkgError):
    """Something outside the caller's input is missing or does not answer: a file of the release, an extra, a store."""
