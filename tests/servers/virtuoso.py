"""Virtuoso, Debian's package, unprivileged: installed, or unpacked below build/servers without being installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rltkg.endpoint.credentials import Credentials
from tests.servers.base import HOST, Server, free_port, missing, running

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

UNPACKED = Path(__file__).resolve().parents[2] / "build" / "servers"
# The package, and those libraries that it needs and a plain system may lack.
PACKAGES = (
    "virtuoso-opensource-7-bin", "libldap-2.5-0", "libminizip1", "libpcre3", "libreadline8", "libsasl2-2",
)  # fmt: skip
_SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0

[Parameters]
ServerPort = {host}:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
CheckpointInterval = 60
SchedulerInterval = 10

[HTTPServer]
ServerPort = {host}:{http}
ServerThreads = 8
KeepAliveTimeout = 10

[SPARQL]
{sparql}
"""


class Virtuoso(Server):
    """A Virtuoso server on its folder; `sparql` are lines of the section SPARQL of its settings."""

    kind = "virtuoso"
    ends = ("/sparql", "/sparql-auth", "/sparql-graph-crud-auth")
    secrets = {"RLTKG_TEST_USER": "dba", "RLTKG_TEST_PASSWORD": "dba"}  # noqa: RUF012 - never changed

    def __init__(self, folder: Path, *, sparql: str = "", buffers: int = 20_000) -> None:
        super().__init__(folder)
        self.sparql = sparql
        self.buffers = buffers
        self._sql = free_port()

    def command(self) -> list[str]:
        """Write the settings, and return the command that serves the folder."""
        settings = _SETTINGS.format(
            host=HOST,
            sql=self._sql,
            http=self.port,
            buffers=self.buffers,
            dirty=self.buffers * 3 // 4,
            sparql=self.sparql,
        )
        (self.folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
        return [str(binary()), "+foreground", "+configfile", "virtuoso.ini"]

    def extra(self) -> dict[str, str]:
        """Return where its libraries lie."""
        return libraries(binary())

    def credentials(self) -> Credentials:
        """Return those of the user that a new database has; the variables are set by the fixture."""
        user, password = self.secrets
        os.environ.update(self.secrets)
        return Credentials("digest", user=user, password=password)


def binary() -> Path:
    """Return the path of the binary: the one that is installed, else the unpacked one, unpacked now if need be."""
    installed = shutil.which("virtuoso-t")
    if installed:
        return Path(installed)
    found = UNPACKED / "virtuoso" / "usr" / "bin" / "virtuoso-t"
    if not found.exists():
        told = _unpack()
        if told:
            missing(f"Virtuoso is not installed and could not be unpacked ({told})")
    return found


def libraries(program: Path) -> dict[str, str]:
    """Return the environment variables with which `program` finds what was unpacked with it."""
    root = program.parents[2]
    if root == Path("/"):
        return {}
    places = sorted({str(path.parent) for path in root.rglob("lib*.so.*")})
    return {"LD_LIBRARY_PATH": os.pathsep.join(places)}


def _unpack() -> str:
    """Fetch and unpack the packages; return why that could not be, "" where it could."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return "this is no Debian"
    UNPACKED.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=UNPACKED) as name:
        scratch = Path(name)
        told = _fetch(scratch, [])
        if told:  # no lists of packages, or old ones: with lists of our own, which needs no rights
            own = scratch / "apt"
            for each in ("lists/partial", "cache/archives/partial"):
                (own / each).mkdir(parents=True)
            options = ["-o", f"Dir::State::Lists={own}/lists", "-o", f"Dir::Cache={own}/cache"]
            told = _run(["apt-get", *options, "-qq", "update"], scratch) or _fetch(scratch, options)
        if told:
            return told
        for package in sorted(scratch.glob("*.deb")):
            told = _run(["dpkg-deb", "-x", str(package), str(scratch / "virtuoso")], scratch)
            if told:
                return told
        try:
            (scratch / "virtuoso").rename(UNPACKED / "virtuoso")
        except OSError as error:
            # Another process was faster, and its files are as good.
            return "" if (UNPACKED / "virtuoso").exists() else str(error)
    return ""


def _fetch(scratch: Path, options: list[str]) -> str:
    return _run(["apt-get", *options, "-qq", "download", *PACKAGES], scratch)


def _run(command: list[str], place: Path) -> str:
    """Run `command` in `place`; return what it complains of where it fails, else ""."""
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=300)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or [f"{command[0]} failed"])[-1]


def virtuoso_server(folder: Path, *, sparql: str = "", buffers: int = 20_000) -> AbstractContextManager[Server]:
    """Return a running server on `folder`, which keeps what is in it; for `with`."""
    return running(Virtuoso(folder, sparql=sparql, buffers=buffers))
