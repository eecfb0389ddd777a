"""What follows from a release, as a file to load or to compare beside it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rltkg.corpus import GraphFile
from rltkg.loading.places import chosen_release, own_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rltkg.store.opening import Place


@contextmanager
def with_inferred(release: Place | None, extra: Iterable[Place]) -> Iterator[list[Place | GraphFile]]:
    """Give `extra` and a file with the inferred graph of the release and of `extra`, which is gone at the end.

    Raises InputError, with file and line, where a file is missing or broken, and where a class is defined by what no
    rule is made from.
    """
    from rltkg.reasoning.inference.graph import GRAPH, inferred_from, serialized

    chosen, given = chosen_release(release), list(extra)
    inferred = inferred_from([*chosen.files, *own_files(given)])
    with tempfile.TemporaryDirectory(prefix="rltkg-") as folder:
        path = Path(folder) / "inferred.nt"
        path.write_bytes(serialized(inferred, "nt", chosen.version))
        yield [*given, GraphFile(GRAPH.value, path)]
