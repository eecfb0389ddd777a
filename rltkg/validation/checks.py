"""Checks beside the shapes: queries that find what no shape can say. No rows is good."""

from __future__ import annotations

from functools import cached_property
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from rltkg.errors import InputError
from rltkg.validation.report import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from pyoxigraph import Store

    Told = list[Finding] | Exception

COLUMNS = ("node", "path", "value")
KEYS = ("Problem", "Solution", "Severity", "Scope")


class Check:
    """One file: a header of `# Problem:`, `# Solution:` and perhaps more, and a query for node, path and value.

    `# Severity:` is violation unless it says otherwise. `# Scope: release` keeps the check to the whole graph: where a
    shape or a guard says the same of a contribution, or where looking takes its time.
    """

    def __init__(self, path: Path) -> None:
        """Read the file at `path`; InputError where its header has other keys, or one is missing."""
        self.name = path.stem
        self.text = path.read_text(encoding="utf-8")
        header: dict[str, str] = {}
        key = ""
        for line in self.text.splitlines():
            if not line.startswith("#"):
                break
            name, colon, rest = line.lstrip("# ").partition(":")
            if colon and name in KEYS:
                key, header[name] = name, rest.strip()
            elif key:
                header[key] += " " + line.lstrip("# ").strip()
            else:
                raise InputError(f"{path}: the header begins with {line!r}; begin with `# Problem:`")
        if missing := [each for each in KEYS[:2] if not header.get(each)]:
            raise InputError(f"{path}: the header lacks {' and '.join(missing)}; say what is wrong and how to mend it")
        self.problem = header["Problem"]
        self.solution = header["Solution"]
        self.severity = Severity.of(header.get("Severity", "violation"))
        self.of_release = header.get("Scope") == "release"

    @cached_property
    def message(self) -> str:
        """What is wrong and how to mend it."""
        return f"{self.problem} {self.solution}"

    def run(self, store: Store, nodes: Collection[str] | None = None) -> list[Finding]:
        """Return what the check finds in the union of the graphs of `store`; with `nodes` only what is about these."""
        result = store.query(self.text, use_default_graph_as_union=True)
        found = []
        for row in result:  # type: ignore[union-attr]
            node, path, value = (str(row[name]) if row[name] is not None else "" for name in COLUMNS)
            if nodes is None or node in nodes or value in nodes:
                found.append(Finding(self.name, self.severity, self.message, node, path.strip("<>"), value))
        return found


def read_checks(paths: Iterable[Path]) -> list[Check]:
    """Return the checks of `paths`, by name."""
    return sorted((Check(path) for path in paths), key=lambda check: check.name)


def started(checks: Iterable[Check], store: Store, nodes: Collection[str] | None = None) -> SimpleQueue[Told]:
    """Run `checks` beside whatever else is done; return where what each finds, or what ended it, comes in turn.

    The engine of the store needs none of the lock of Python, so that a second core does the work.
    """
    found: SimpleQueue[Told] = SimpleQueue()

    def run() -> None:
        for check in checks:
            try:
                found.put(check.run(store, nodes))
            except Exception as error:  # noqa: BLE001  (of any class: it is raised where the result is asked for)
                found.put(error)

    Thread(target=run, daemon=True).start()
    return found
