"""Where an index is kept between runs: one file for each release, in the user's cache folder."""

from __future__ import annotations

import os
import time
from pathlib import Path

from rltkg import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# Raised whenever the tables or the folding of words change, so that no index of another version is read.
FORM = "rltkg find index 1"
KEPT = 4
_ABANDONED = 3600  # seconds after which a temporary file has no writer any more


def folder() -> Path | None:
    """Return the cache folder: `rltkg` in $XDG_CACHE_HOME, else in ~/.cache; None where there is no home."""
    home = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not home.is_absolute():  # the specification has a relative one ignored
        try:
            home = Path.home() / ".cache"
        except RuntimeError:
            return None
    return home / "rltkg" if home.is_absolute() else None


def read(digest: str) -> bytes | None:
    """Return what `write` kept under `digest`, or None where there is nothing, or something else, or it is damaged."""
    place = folder()
    if place is None:
        return None
    try:
        content = _file(place, digest).read_bytes()
    except OSError:
        return None
    head, _, payload = content.partition(b"\n\n")
    return payload if head == _head(digest, payload) else None


def write(digest: str, payload: bytes) -> bool:
    """Keep `payload` under `digest`, whole or not at all; return whether that was possible.

    Only the newest files are kept, so that the folder does not grow with each release.
    """
    place = folder()
    if place is None:
        return False
    scratch = place / f"find-{digest[:16]}.{os.getpid()}-{time.monotonic_ns()}.tmp"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            scratch.write_bytes(_head(digest, payload) + b"\n\n" + payload)
            scratch.replace(_file(place, digest))
        finally:
            scratch.unlink(missing_ok=True)
        _prune(place)
    except OSError:
        return False
    return True


def _file(place: Path, digest: str) -> Path:
    return place / f"find-{digest[:16]}.index"


def _head(digest: str, payload: bytes) -> bytes:
    from hashlib import sha256

    return f"{FORM}, rltkg {__version__}\n{digest}\n{sha256(payload).hexdigest()}".encode()


def _prune(place: Path) -> None:
    newest_first = sorted(place.glob("find-*.index"), key=_changed, reverse=True)
    abandoned = [each for each in place.glob("find-*.tmp") if _changed(each) < time.time() - _ABANDONED]
    _remove([*newest_first[KEPT:], *abandoned])


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _changed(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:  # another process has just removed it
        return time.time()
