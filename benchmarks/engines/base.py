"""What every engine can do. The methods hold what is timed and nothing else."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Source:
    """RDF files to be loaded: (path, IRI of its named graph) each, and the folder that holds them for rltkg.

    `folder` is None for the shipped release.
    """

    files: tuple[tuple[str, str], ...]
    folder: str | None = None


@dataclass(frozen=True)
class Case:
    """One thing to ask: a query of the catalogue with parameters, and the same as SPARQL text ("" = not known yet)."""

    name: str
    query: str
    parameters: dict[str, object] = field(default_factory=dict)
    text: str = ""


class Engine(ABC):
    """An engine that can load files and answer queries over the union of their graphs."""

    on_disk = False
    interruptible = False  # whether a signal ends a query; else only the end of the process does

    @abstractmethod
    def load(self, source: Source, where: Path) -> None:
        """Load `source`: into memory, or into the new folder `where` for an engine on disk, ready to be asked."""

    def open(self, where: Path) -> None:
        """Open what was loaded into `where`; only engines on disk can."""
        raise NotImplementedError

    @abstractmethod
    def ask(self, case: Case) -> bytes:
        """Return the answer to `case` in the W3C JSON results format."""

    @abstractmethod
    def rows(self, case: Case) -> int:
        """Return how many rows the answer to `case` has, after each was made a tuple of terms."""

    def text(self, case: Case) -> str:
        """Return the SPARQL text of `case`."""
        return case.text

    @abstractmethod
    def __len__(self) -> int:
        """Return how many triples are loaded, over all graphs."""
