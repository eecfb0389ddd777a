"""Oxigraph's own server: the binary that its package on PyPI brings."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.base import HOST, Server, missing, running

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class Oxigraph(Server):
    """An Oxigraph server on its folder; with `read_only`, one that writes nothing."""

    kind = "oxigraph"
    ends = ("/query", "/update", "/store")

    def __init__(self, folder: Path, *, read_only: bool = False, options: tuple[str, ...] = ()) -> None:
        super().__init__(folder)
        self.read_only = read_only
        self.options = options

    def command(self) -> list[str]:
        """Return the command that serves the folder."""
        verb = "serve-read-only" if self.read_only else "serve"
        place = ["--location", str(self.folder / "store"), "--bind", f"{HOST}:{self.port}"]
        return [binary(), verb, *place, *self.options]


def binary() -> str:
    """Return the path of the binary: beside the interpreter, else where the system looks."""
    beside = Path(sys.executable).parent / "oxigraph"
    found = str(beside) if beside.exists() else shutil.which("oxigraph")
    return found or missing("the package oxigraph is not installed beside this Python")


def oxigraph_server(
    folder: Path, *, read_only: bool = False, options: tuple[str, ...] = ()
) -> AbstractContextManager[Server]:
    """Return a running server on `folder`, which keeps what is in it; for `with`."""
    return running(Oxigraph(folder, read_only=read_only, options=options))
