"""``python -m rltkg.quality [FOLDER]``: holds the release in FOLDER (default: the shipped one) to every rule."""

from __future__ import annotations

import sys

from rltkg.corpus import shipped
from rltkg.corpus.own import at
from rltkg.errors import InputError, RltkgError
from rltkg.quality.gate import RULES, gate
from rltkg.validation.formats.text import listed


def main(arguments: list[str]) -> int:
    """Print what is wrong, by file and line; return 0 for nothing, 1 for findings, 2 or 3 where it cannot be told."""
    try:
        if len(arguments) > 1 or arguments[:1] == ["--help"]:
            raise InputError("Usage: python -m rltkg.quality [FOLDER], a folder that holds a release")
        release = at(arguments[0]) if arguments else shipped()
        found = gate(release)
    except RltkgError as error:
        print(f"rltkg: {error}", file=sys.stderr)
        return error.exit_status
    rules = f"{len(release.checks)} checks and {len(RULES)} rules of texts and files"
    told = f"{len(found):,} finding{'' if len(found) == 1 else 's'}" if found else "Nothing to mend"
    print("\n".join([*listed(found), f"{told}: {len(release.files)} files held to {rules}"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
