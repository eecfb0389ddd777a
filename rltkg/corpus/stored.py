"""What a store on disk says of the release in it: its marker file, and the release that this makes."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path

from rltkg.corpus.release import GraphFile, Release
from rltkg.errors import UnavailableError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MARKER = "rltkg-store.json"
# Raised whenever what stands in the marker, or where the data lie, changes.
FORM = "rltkg store 1"
_LARGEST = 64 * 1024 * 1024


def is_store(root: Path) -> bool:
    """Say whether the folder `root` is a store that `rltkg load` made: the marker is written last."""
    return (root / MARKER).is_file()


class Stored(Release):
    """The release that a store on disk holds; `root` is the store's folder.

    Version, digest and graphs come from the marker; the catalogue and CITATION.cff lie in the folder; the files of the
    release stayed where they were, so there are none.
    """

    @cached_property
    def marker(self) -> dict[str, Any]:
        """What the marker says: form, id, made, engine, version, citable, digest, triples, graphs, own, current.

        `id` is another one for each load; `current` is the name of the engine's list of files. Raises UnavailableError
        where the marker is missing, damaged, or of another version of rltkg.
        """
        return read(self.root)

    @property
    def files(self) -> list[GraphFile]:
        """Raise UnavailableError: only the triples are in the store."""
        raise UnavailableError(f"{self.root} is a store on disk, which keeps no files; name the release it was made of")

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted; those of own files too."""
        return sorted(self.marker["graphs"])

    @property
    def digest(self) -> str:
        """The SHA-256 of the release that was loaded, as `Release.digest` has it; own files do not count."""
        return str(self.marker["digest"])

    @property
    def version(self) -> str:
        """The version of the release that was loaded."""
        return str(self.marker["version"])

    @property
    def citable(self) -> bool:
        """Whether what was loaded was a published release."""
        return bool(self.marker["citable"])

    @property
    def own(self) -> tuple[GraphFile, ...]:
        """The user's files that were loaded beside the release; of their paths only the names are known."""
        return tuple(GraphFile(each["graph"], Path(each["name"])) for each in self.marker["own"])

    @cached_property
    def content_digest(self) -> str:
        """The SHA-256 of all that was loaded: that of the release where there is nothing else, else over all parts."""
        own = self.marker["own"]
        if not own:
            return self.digest
        from hashlib import sha256

        parts = [self.digest, *(f"{each['graph']} {each['digest']}" for each in own)]
        return sha256("\n".join(parts).encode()).hexdigest()


def read(root: Path) -> dict[str, Any]:
    """Return the marker of the store in `root`; `Stored.marker` tells what it holds and what is raised."""
    path = root / MARKER
    mend = f"load it again with `rltkg load {root}`"
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_LARGEST))
    except FileNotFoundError as error:
        raise UnavailableError(f"{root} is no store on disk any more: it has no {MARKER}; {mend}") from error
    except OSError as error:
        raise UnavailableError(f"{path} cannot be read ({error.strerror or error}); check its rights") from error
    except (ValueError, RecursionError) as error:
        raise UnavailableError(f"{path} is damaged; {mend}") from error
    form = found.get("form") if isinstance(found, dict) else None
    if form != FORM:
        shown = repr(form)[:40]
        raise UnavailableError(f"{root} was made by another version of rltkg (form {shown}, not {FORM!r}); {mend}")
    if any(not isinstance(found.get(key), kind) for key, kind in _KINDS.items()):
        raise UnavailableError(f"{path} is damaged; {mend}")
    return dict(found)


_KINDS = {
    "id": str,
    "made": str,
    "engine": str,
    "version": str,
    "citable": bool,
    "digest": str,
    "triples": int,
    "graphs": dict,
    "own": list,
    "current": str,
}
