"""Finds what can be mended in a contribution without asking anybody, and mends it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as changed
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import parse

from rltkg.errors import InputError
from rltkg.validation.reading import read
from rltkg.validation.run import examined
from rltkg.writing.files import replace
from rltkg.writing.repairs import mend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rltkg.validation.reading import Contribution, Source
    from rltkg.validation.report import Finding, ValidationReport

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Repair:
    """One file that can be mended: its name, its text before and after, and the findings that are gone then."""

    name: str
    old: str
    new: str
    findings: tuple[Finding, ...]

    def apply(self) -> None:
        """Write the mended text, in one step.

        Raises InputError, and leaves the file as it is, where it is not the one any more that was read, or may not be
        written.
        """
        path = Path(self.name)
        try:
            held = path.read_bytes()
        except OSError as error:
            raise InputError(
                f"{path} cannot be read any more ({error.strerror or error}); nothing was mended"
            ) from error
        mark = _BOM if held.startswith(_BOM) else b""
        replace(path, mark + self.old.encode(), mark + self.new.encode())


@dataclass(frozen=True, slots=True)
class Proposal:
    """What can be mended, file by file, and the report on what is left after that for a person to decide."""

    repairs: tuple[Repair, ...]
    left: ValidationReport

    @property
    def count(self) -> int:
        """How many findings can be mended."""
        return sum(len(repair.findings) for repair in self.repairs)


def proposed(
    paths: Iterable[str],
    *,
    engine: str | None = None,
    tell: Callable[[str, float], None] = lambda _what, _share: None,
) -> Proposal:
    """Check the files in `paths` and mend, in memory, what is safe to mend; nothing is written.

    The mended texts are checked again, so that what is left is what a person will find. Raises what `validate` raises,
    and InputError for standard input, which nothing can be written to.
    """
    paths = list(paths)
    if "-" in paths:
        raise InputError("standard input cannot be mended in place; save it as a file and name that")
    tell("reading the files", 0)
    contribution = read(paths)
    report = examined(contribution, engine=engine, tell=lambda what, share: tell(what, share / 2))
    repairs = _repairs(contribution, report)
    if not repairs:
        return Proposal((), report)
    mended = changed(contribution, sources=[_mended(each, repairs.get(each.name)) for each in contribution.sources])
    left = examined(mended, engine=engine, tell=lambda what, share: tell(what, (1 + share) / 2))
    return Proposal(tuple(repairs.values()), left)


def _mended(source: Source, repair: Repair | None) -> Source:
    if repair is None:
        return source
    return changed(source, text=repair.new, quads=list(parse(repair.new, format=source.form)))


def _repairs(contribution: Contribution, report: ValidationReport) -> dict[str, Repair]:
    found: dict[str, Repair] = {}
    for source in contribution.sources:
        text, findings = mend(source, report.findings)
        if findings:
            found[source.name] = Repair(source.name, source.text, text, tuple(findings))
    return found
