"""What the servers of the tests have in common: a process in a folder of its own, ended by its number."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, NoReturn

import pytest

from rltkg.endpoint.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rltkg.endpoint.credentials import Credentials

VARIABLE = "RLTKG_SERVERS"
HOST = "127.0.0.1"
PATIENCE = 60.0
_TRIES = 3


def missing(what: str) -> NoReturn:
    """End the test: it fails where servers are required, and is skipped, loudly, where they are not."""
    if os.environ.get(VARIABLE) == "required":
        pytest.fail(f"{what}; {VARIABLE}=required asks for it", pytrace=False)
    pytest.skip(f"NOT TESTED AGAINST A SERVER: {what}")


def free_port() -> int:
    """Return the number of a port that nobody listens at."""
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return int(asked.getsockname()[1])


class Server(ABC):
    """A server of one kind, on `folder`; `start` and `kill` may be called again and again, the data stay.

    `target` is how it is asked, `environment` what a child process needs to ask it as `--store server`: its
    configuration file, and the variables of its credentials.
    """

    kind: str
    ends: tuple[str, str, str]
    secrets: dict[str, str] = {}  # noqa: RUF012 - never changed

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    @abstractmethod
    def command(self) -> list[str]:
        """Return what starts it, and write what it reads."""

    def credentials(self) -> Credentials | None:
        """Return who may write."""
        return None

    @property
    def base(self) -> str:
        """The address that all others begin with."""
        return f"http://{HOST}:{self.port}"

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self.process is not None
        return self.process.pid

    @property
    def target(self) -> Target:
        """How it is asked, and written to; made anew each time."""
        query, update, graph_store = (self.base + end for end in self.ends)
        return Target(
            query,
            name="server",
            update=update,
            graph_store=graph_store,
            dialect=self.kind,
            credentials=self.credentials(),
        )

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which a child process knows it as the target `server`."""
        made = self.folder / "config.toml"
        query, update, graph_store = (self.base + end for end in self.ends)
        lines = [f'query = "{query}"', f'update = "{update}"', f'graph_store = "{graph_store}"']
        lines = ["[targets.server]", *lines, f'dialect = "{self.kind}"']
        if self.secrets:
            user, password = self.secrets
            lines += ["[targets.server.credentials]", 'scheme = "digest"']
            lines += [f'user_variable = "{user}"', f'password_variable = "{password}"']
        made.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return {**self.secrets, "RLTKG_CONFIG": str(made)}

    def start(self) -> None:
        """Start it, and wait until it answers."""
        for _ in range(_TRIES):
            command = self.command()
            with (self.folder / "output.txt").open("ab") as output:
                self.process = subprocess.Popen(
                    command,
                    cwd=self.folder,
                    stdout=output,
                    stderr=output,
                    stdin=subprocess.DEVNULL,
                    env={**os.environ, **self.extra()},
                    start_new_session=True,
                )
            if self._answers():
                return
            self.kill()
            self.port = free_port()  # another program may have taken it in between
        told = (self.folder / "output.txt").read_text(errors="replace")[-2000:]
        pytest.fail(f"{self.kind} does not start in {self.folder}: {told}", pytrace=False)

    def extra(self) -> dict[str, str]:
        """Return the environment variables that it needs beside those of this process."""
        return {}

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End it by a signal, by default without warning; nothing where it has ended."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, number)
        self.process.wait(PATIENCE)
        self.process = None

    def _answers(self) -> bool:
        """Wait until it answers; return false where it ends, or takes too long."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process is not None and self.process.poll() is None:
            try:
                with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                    f"{self.base}{self.ends[0]}?query=ASK%7B%7D", timeout=5
                ) as answer:
                    return bool(answer.status)
            except urllib.error.HTTPError:
                return True
            except OSError:
                time.sleep(0.05)
        return False


@contextlib.contextmanager
def running(server: Server) -> Iterator[Server]:
    """Start `server` and end it, whatever happens in between."""
    try:
        server.start()
        yield server
    finally:
        server.kill()
