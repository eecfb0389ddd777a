"""What the commands that documents and help show need around them: files of the names they use, and a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.validation.samples import written

if TYPE_CHECKING:
    import pytest

    from tests.servers.base import Server

ROOT = Path(__file__).parents[1]
ADDRESS = "http://127.0.0.1:7878"  # of the server that is spoken of


def surrounded(command: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """Write the files that `command` names into `folder`; return it with the address of a server that has the release.

    The server is started once a session, and only where a command speaks of one.
    """
    written(folder, name="my-guideline.ttl")
    if "book.xlsx" in command and " new " not in command:
        from rltkg.cli import main

        shipped = ROOT / "data" / "updates" / "medicines.ttl"
        assert main(["convert", str(shipped), "-o", str(folder / "book.xlsx")]) == 0
    if ADDRESS not in command:
        return command
    server: Server = request.getfixturevalue("loaded_oxigraph")
    return command.replace(ADDRESS, server.base)
