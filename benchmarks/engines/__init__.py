"""Engines: ours and what users would pick instead, each behind the same few methods, each in a process of its own."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.engines.base import Engine

# Name -> (module, class, how a table calls it). One more engine is one more line and one more module.
ENGINES = {
    "ours": ("ours", "Memory", "rltkg, memory"),
    "pyoxigraph": ("oxigraph", "Memory", "pyoxigraph, memory"),
    "pyoxigraph-bulk": ("oxigraph", "Bulk", "pyoxigraph, memory, bulk_load"),
    "oxrdflib": ("reference", "Oxrdflib", "oxrdflib"),
    "rdflib": ("reference", "Rdflib", "rdflib"),
    "ours-disk": ("ours", "Disk", "rltkg, disk"),
    "pyoxigraph-disk": ("oxigraph", "Disk", "pyoxigraph, disk"),
}
RAW = {"ours": "pyoxigraph", "ours-disk": "pyoxigraph-disk"}  # the limit that each of ours could reach


def engine(name: str) -> Engine:
    """Return a new, empty engine; imports what it needs."""
    module, kind, _ = ENGINES[name]
    made: Engine = getattr(import_module(f"benchmarks.engines.{module}"), kind)()
    return made


def label(name: str) -> str:
    """Return how tables call the engine `name`, whatever is added behind a comma; the name itself where it is none."""
    first, comma, rest = name.partition(",")
    return ENGINES[first][2] + comma + rest if first in ENGINES else name
