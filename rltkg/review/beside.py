"""What differs between two releases and is no graph: their queries, shapes and checks, compared and never run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rltkg.corpus.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rltkg.review.sides import Side


def beside(before: Side, after: Side) -> list[str]:
    """Return a sentence for each sort of what is no graph and differs; none for a sort that one side does not have."""
    if before.release.root == after.release.root:
        return []
    told = [_told("query of the catalogue", "queries of the catalogue", *map(_queries, (before, after)))]
    if not isinstance(before.release, Stored) and not isinstance(after.release, Stored):
        sides = (before.release, after.release)
        told.append(_told("file of shapes", "files of shapes", *(_contents(side.shapes) for side in sides)))
        told.append(_told("check", "checks", *(_contents(side.checks) for side in sides)))
    return [each for each in told if each]


def _told(one: str, several: str, before: dict[str, str], after: dict[str, str]) -> str:
    if not before or not after:
        return ""
    changes = {
        "added": sorted(set(after) - set(before)),
        "removed": sorted(set(before) - set(after)),
        "changed": sorted(each for each in set(before) & set(after) if before[each] != after[each]),
    }
    parts = [
        f"{len(names)} {one if len(names) == 1 else several} {change} ({', '.join(names)})"
        for change, names in changes.items()
        if names
    ]
    return f"{'; '.join(parts)}: named here, not run." if parts else ""


def _queries(side: Side) -> dict[str, str]:
    """Return the compiled queries of a release by id; an unreadable catalogue is told as one query of that name."""
    try:
        held = json.loads(side.release.catalogue.read_bytes())["queries"]
        # Not sorted: the order of columns is part of what a query promises.
        return {str(ident): json.dumps(fields) for ident, fields in held.items()}
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return {"the catalogue cannot be read": ""}


def _contents(paths: Iterable[Path]) -> dict[str, str]:
    return {path.name: path.read_bytes().hex() for path in paths if path.is_file()}
