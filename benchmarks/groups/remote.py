"""Into an endpoint: what a load through rltkg takes beside a bare POST of the same files to the same server."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.groups.startup import rltkg
from benchmarks.measure.process import Failed
from benchmarks.measure.rounds import in_turn
from benchmarks.report.goals import Goal
from benchmarks.report.tables import mebibytes, milliseconds, shown, table
from benchmarks.results import Row, by_size, seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.graphs import Graph
    from benchmarks.groups.base import Bench

TITLE = "Into an endpoint"
SIZED = True
GROUP = "remote"
BARE = "bare POST"
SENT = "rltkg load --no-verify"
PROVEN = "rltkg load, read back"
AGAIN = "rltkg load, nothing to do"
VERIFIED = "rltkg verify"
ROUNDS = 3
HOST = "127.0.0.1"
SCRIPT = """
import http.client, os, sys
host, *files = sys.argv[1:]
for path, graph in zip(files[::2], files[1::2]):
    whole = path.endswith(".nq")
    place = "/store" if whole else "/store?graph=" + graph
    kind = "application/n-quads" if whole else "text/turtle"
    connection = http.client.HTTPConnection(host, timeout=3600)
    with open(path, "rb") as file:
        headers = {"Content-Type": kind, "Content-Length": str(os.path.getsize(path))}
        connection.request("POST", place, file, headers)
        answer = connection.getresponse()
        if answer.status >= 300:
            sys.exit(f"{answer.status} {answer.read(200)}")
"""


def measure(graph: Graph, bench: Bench) -> list[Row]:
    """Run each command in turn against a server of its own, which is empty but for what the command is about."""
    script = bench.scratch / "post.py"
    script.write_text(SCRIPT, encoding="utf-8")
    names = (BARE, SENT, PROVEN, AGAIN, VERIFIED)
    rows = {name: Row(GROUP, graph.size, name, name) for name in names}

    def once(name: str) -> float:
        bench.say(f"remote {graph.size}: {name}")
        with _server(bench.scratch / "server") as host:
            if name in (AGAIN, VERIFIED):
                bench.launcher.run(
                    _command(SENT if name == VERIFIED else PROVEN, graph, host, script), bench.load_limit
                )
            ended = bench.launcher.run(_command(name, graph, host, script), bench.load_limit)
            rows[name].peak = max(rows[name].peak or 0, ended.peak)
            rows[name].triples = rows[name].triples or _count(host)
        return ended.seconds

    runs: dict[str, Callable[[], float]] = {name: partial(once, name) for name in names}
    for name, outcome in in_turn(runs, min(bench.rounds, ROUNDS), bench.load_limit / 15).items():
        rows[name].took(outcome)
    _judge(rows)
    return list(rows.values())


def goals(rows: list[Row]) -> list[Goal]:
    """Hold the largest size against what was set out."""
    found = []
    for size, held in by_size(rows)[-1:]:
        bare = seconds_of(held, BARE)
        found.append(
            Goal.at_least(f"load {size} into an endpoint, rate over a bare POST", bare / seconds_of(held, SENT), 0.6, 1)
        )
        found.append(Goal.at_least("the same, read back and compared", bare / seconds_of(held, PROVEN), 0.3, 0.6))
        peak = max((row.peak or 0) / 2**20 for row in held if row.case in (SENT, PROVEN, VERIFIED))
        found.append(Goal.at_most(f"memory of the client at {size}", peak, 300, 200, " MiB"))
    return found


def section(rows: list[Row]) -> str:
    """Return the table."""
    lines = []
    for size, held in by_size(rows):
        base = seconds_of(held, BARE)
        for row in held:
            rate = f"{row.triples / row.seconds / 1000:,.0f}" if row.seconds > 0 else "-"
            lines.append((size, row.case, shown(base / row.seconds), rate, milliseconds(row), mebibytes(row.peak)))
    heads = [
        "graph",
        "command",
        "rate over a bare POST",
        "1,000 triples/s",
        "ms, median (spread)",
        "peak of the client, MiB",
    ]
    return (
        "Each against an Oxigraph server that was empty before (`nothing to do` and `verify`: loaded before). The bare "
        "POST sends the files as they are; a load sends each graph, sorted, by itself.\n\n" + table(heads, lines, 2)
    )


def _judge(rows: dict[str, Row]) -> None:
    """Mark what left another number of triples than the bare POST; the load record is a graph of its own."""
    right = rows[BARE].triples
    for row in rows.values():
        if row.triples and row.triples != right:
            row.wrong = f"{row.triples:,} triples instead of {right:,}"


def _command(name: str, graph: Graph, host: str, script: Path) -> list[str]:
    if name == BARE:
        return [sys.executable, str(script), host, *(each for file in graph.source.files for each in file)]
    release = ["--release", graph.source.folder] if graph.source.folder else []
    verb = "verify" if name == VERIFIED else "load"
    more = ["--no-verify"] if name == SENT else []
    return [*rltkg(), verb, f"http://{host}/query", *release, *more]


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """Start a server on the empty `folder`; give host and port; end it and remove the folder."""
    beside = Path(sys.executable).with_name("oxigraph")
    binary = str(beside) if beside.exists() else shutil.which("oxigraph")
    if binary is None:
        raise Failed("the server is not installed (package oxigraph)")
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        host = f"{HOST}:{asked.getsockname()[1]}"
    command = [binary, "serve", "--location", str(folder), "--bind", host]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://{host}/query?query=ASK%7B%7D", timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
        yield host
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _count(host: str) -> int:
    """Return how many triples the server has, but for those of the load record."""
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(?g != <https://w3id.org/rltkg/graph/load>) }"
    request = urllib.request.Request(
        f"http://{host}/query", query.encode(),
        {"Content-Type": "application/sparql-query", "Accept": "text/csv"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=600) as answer:  # noqa: S310 - our own server
        return int(answer.read().split()[-1])
