"""``python -m rltkg.canned [--check]`` compiles the query files of this checkout, or says whether that is due."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rltkg.canned.compile import compile_folder
from rltkg.canned.vocabulary import Vocabulary
from rltkg.corpus import shipped
from rltkg.errors import RltkgError
from rltkg.store import EmbeddedStore


def main(arguments: list[str]) -> int:
    """Compile the catalogue into `queries/catalogue.json`; with `--check` only compare. 0 fine, 1 stale, 2 broken."""
    release = shipped()
    target = release.catalogue
    try:
        text = compile_folder(target.parent, Vocabulary(EmbeddedStore.holding(release.files)))
    except RltkgError as error:
        print(f"rltkg.canned: {error}", file=sys.stderr)
        return error.exit_status
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in arguments:
        print(f"{target} is not what the query files compile to; run `python -m rltkg.canned`", file=sys.stderr)
        return 1
    scratch = Path(f"{target}.{os.getpid()}")
    scratch.write_text(text, encoding="utf-8")
    scratch.replace(target)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
