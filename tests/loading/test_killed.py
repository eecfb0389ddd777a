"""A load that is killed, and loads beside each other: what can be opened is always whole, and one of the loads."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import rltkg
from rltkg.errors import UnavailableError
from rltkg.loading import load, site
from rltkg.store.disk import DiskStore

ROOT = Path(__file__).resolve().parents[2]
MANY = 3000
KILLS = 10
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def source(root: Path, size: int) -> Path:
    """Return a folder that holds a graph of `size` triples in two files: one large enough to be loaded by itself."""
    root.mkdir()
    lines = [f'<http://e/{number}> <http://e/p> "{number:0500}" .\n' for number in range(size)]
    (root / "large.nt").write_text("".join(lines[:-1]), encoding="utf-8")
    (root / "small.nt").write_text(lines[-1], encoding="utf-8")
    return root


def loading(target: Path, release: Path) -> subprocess.Popen[bytes]:
    """Start a load in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "rltkg", "load", str(target), "--release", str(release)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def size(target: Path) -> int:
    """Return how many triples are found by a query; it must be what the marker says."""
    store = rltkg.open(target).store
    assert isinstance(store, DiskStore)
    assert f'"value":"{len(store)}"'.encode() in store.select(COUNT)
    return len(store)


def leftovers(folder: Path) -> list[str]:
    """Return what lies beside the store and the two sources."""
    return sorted(path.name for path in folder.iterdir() if path.name not in ("store", "old", "new"))


def test_a_killed_load_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    old, new = source(tmp_path / "old", MANY), source(tmp_path / "new", MANY + 1)
    started = time.monotonic()
    with loading(tmp_path / "store", old) as first:
        assert first.wait(60) == 0
    whole = time.monotonic() - started
    chance = random.Random(6)  # noqa: S311 - which moments, not which secrets
    ended = []
    for _ in range(KILLS):
        with loading(tmp_path / "store", new) as process:
            time.sleep(whole * chance.uniform(0.1, 1.0))
            process.send_signal(signal.SIGKILL)
            ended.append(process.wait(60))
        assert size(tmp_path / "store") in (MANY, MANY + 1)
    assert -signal.SIGKILL in ended

    load(tmp_path / "store", old)
    assert size(tmp_path / "store") == MANY
    assert leftovers(tmp_path) == []


def test_a_load_that_is_killed_when_all_is_built_is_not_visible(tmp_path: Path) -> None:
    """Also where there was nothing before."""
    old = source(tmp_path / "old", 10)
    code = """
import os, signal, sys
from rltkg.loading import load, site
site.Site.settle = lambda self: os.kill(os.getpid(), signal.SIGKILL)
load(sys.argv[1], sys.argv[2])
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "store"), str(old)], check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip

    assert done.returncode == -signal.SIGKILL
    assert not (tmp_path / "store").exists()
    (left,) = leftovers(tmp_path)
    assert left.startswith(".store.")
    assert left.endswith(".loading")
    load(tmp_path / "store", old)
    assert leftovers(tmp_path) == []


def test_what_another_load_is_building_stays(tmp_path: Path) -> None:
    old, new = source(tmp_path / "old", 10), source(tmp_path / "new", 11)
    with site.Site(tmp_path / "store") as one:
        code = "import sys; from rltkg.loading import load; load(sys.argv[1], sys.argv[2])"
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "store"), str(new)], check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60,
        )  # fmt: skip

        assert leftovers(tmp_path) == [one.folder.name]
        assert size(tmp_path / "store") == 11
    assert leftovers(tmp_path) == []
    assert load(tmp_path / "store", old).triples == 10


def test_an_interrupted_load_cleans_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = source(tmp_path / "old", MANY)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rltkg.loading.reading.Reading.advanced", interrupt)
    with pytest.raises(KeyboardInterrupt):
        load(tmp_path / "store", old)
    assert leftovers(tmp_path) == []
    assert not (tmp_path / "store").exists()


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="two folders cannot be exchanged in one step")
def test_there_is_always_a_store_while_others_load(tmp_path: Path) -> None:
    old, new = source(tmp_path / "old", 10), source(tmp_path / "new", 11)
    load(tmp_path / "store", old)
    found = set()
    loads = [loading(tmp_path / "store", release) for release in (old, new, old, new)]
    while any(process.poll() is None for process in loads):
        try:
            found.add(size(tmp_path / "store"))
        except UnavailableError as error:
            assert "was replaced or removed since it was opened" in str(error)  # noqa: PT017 - most often it is not
    assert [process.wait(60) for process in loads] == [0] * 4
    assert found <= {10, 11}
    assert found
    assert leftovers(tmp_path) == []
