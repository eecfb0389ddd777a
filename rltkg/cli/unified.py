"""Shows what would change in a file."""

from __future__ import annotations

import sys


def show_difference(name: str, old: bytes, new: bytes) -> None:
    """Write the unified diff of two contents of the file `name` to stdout, where `patch` could take it up.

    On a terminal, characters that would steer it are replaced: a file may come from anybody.
    """
    from rltkg.writing.difference import difference

    told = difference(name, old.decode(), new.decode())
    if sys.stdout.isatty():
        told = "".join(each if each in "\n\t" or each.isprintable() else "\ufffd" for each in told)
    sys.stdout.flush()
    sys.stdout.buffer.write(told.encode())
    sys.stdout.buffer.flush()
