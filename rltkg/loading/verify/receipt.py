"""The receipt of a verification: what was compared, when, where, and what came of it, as JSON in a file."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rltkg import __version__
from rltkg.errors import InputError, UnavailableError

if TYPE_CHECKING:
    import os

    from rltkg.loading.verify.checks import GraphCheck
    from rltkg.loading.verify.rewriting import Difference
    from rltkg.loading.verify.run import Verification

FORM = "rltkg receipt 1"


def receipt(found: Verification) -> dict[str, Any]:
    """Return what a receipt says, ready for JSON; no credentials are in it."""
    return {
        "receipt": FORM,
        "rltkg": __version__,
        "release": {"version": found.version, "digest": found.digest},
        "target": {"name": found.place, "address": found.address, "dialect": found.dialect or "rltkg store on disk"},
        "record": None if found.record is None else _record(found),
        "started": found.started,
        "seconds": round(found.seconds, 3),
        "outcome": found.outcome,
        "graphs": {each.graph: _graph(each) for each in found.checks},
        "copies": found.doubled,
    }


def receipt_place(place: str | os.PathLike[str]) -> Path:
    """Return the path of the file `place`, where a receipt can go there; InputError where it cannot."""
    path = Path(place)
    if not path.name or "\0" in str(path) or path.is_dir():
        raise InputError(f"{str(place)!r} is no name of a file; give one for the receipt")
    if not path.parent.is_dir():
        raise InputError(f"There is no folder {path.parent} for the receipt; make it first, or name another place")
    return path


def write_receipt(found: Verification, place: str | os.PathLike[str]) -> None:
    """Write the receipt to the file `place`, in one step.

    Raises InputError where it is no name of a file, UnavailableError where it cannot be written.
    """
    path = receipt_place(place)
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        scratch.write_text(json.dumps(receipt(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise UnavailableError(
            f"The receipt {path} cannot be written ({error.strerror or error}); name another place"
        ) from error


def _record(found: Verification) -> dict[str, Any]:
    assert found.record is not None  # noqa: S101 - the only caller has looked
    said = found.record
    return {"state": said.state, "version": said.version, "digest": said.digest, "finished": said.finished}


def _graph(check: GraphCheck) -> dict[str, Any]:
    made: dict[str, Any] = {
        "part": check.part,
        "outcome": check.outcome,
        "release": {"triples": check.due.triples, "sha256": check.due.sha256},
        "store": {"triples": check.found.triples, "sha256": check.found.sha256},
        "missing": check.lacking,
        "added": check.surplus,
    }
    if check.rewritten:
        made["rewritten"] = {
            kind: {"count": count, "example": _pair(check.instances[kind])}
            for kind, count in sorted(check.rewritten.items())
        }
    if check.examples:
        made["examples"] = [_pair(each) for each in check.examples]
    if check.counts:
        made["counts"] = check.counts
    if check.remark:
        made["remark"] = check.remark
    return made


def _pair(difference: Difference) -> dict[str, str]:
    found = {"release": difference.lacking, "store": difference.surplus}
    return {where: line.decode().rstrip("\n") for where, line in found.items() if line is not None}
