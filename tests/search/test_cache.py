"""The file in which an index is kept: whole, sound and the right one, or none."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from rltkg.search import cache

DIGEST = "0123456789abcdef" * 4


def test_what_is_written_is_read_under_its_own_digest_only(cache_folder: Path) -> None:
    assert cache.read(DIGEST) is None
    assert cache.write(DIGEST, b"payload\n\nwith an empty line")

    assert cache.read(DIGEST) == b"payload\n\nwith an empty line"
    assert cache.read("f" * 64) is None
    assert cache.read(DIGEST[:16] + "0" * 48) is None  # the same file name, another release
    assert [each.name for each in cache_folder.iterdir()] == ["find-0123456789abcdef.index"]


@pytest.mark.parametrize("kept", [0, 1, 40, 150, -1])
def test_a_truncated_file_is_no_index(cache_folder: Path, kept: int) -> None:
    cache.write(DIGEST, b"x" * 1000)
    (file,) = cache_folder.iterdir()
    file.write_bytes(file.read_bytes()[:kept])

    assert cache.read(DIGEST) is None


def test_a_changed_byte_or_a_foreign_file_is_no_index(cache_folder: Path) -> None:
    cache.write(DIGEST, b"x" * 1000)
    (file,) = cache_folder.iterdir()
    sound = file.read_bytes()
    for place in (0, 30, 100, len(sound) - 1):
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])

        assert cache.read(DIGEST) is None, place
    file.write_bytes(b"SQLite format 3\0" + b"\0" * 4096)

    assert cache.read(DIGEST) is None


def test_an_index_of_another_form_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write(DIGEST, b"x")
    monkeypatch.setattr(cache, "FORM", "another form")

    assert cache.read(DIGEST) is None


def test_a_failing_disk_leaves_nothing_behind(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.write(DIGEST, b"old")

    def half(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)

    assert not cache.write(DIGEST, b"new" * 1000)
    assert cache.read(DIGEST) == b"old"
    assert len(list(cache_folder.iterdir())) == 1


@pytest.mark.parametrize("place", ["a file", "/proc/self", "read-only"])
def test_a_folder_that_cannot_be_written_is_no_error(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "/proc/self" and sys.platform != "linux":
        pytest.skip("there is no /proc")
    if place == "read-only" and os.geteuid() == 0:
        pytest.skip("the superuser writes everywhere")
    folder = Path(place) if place == "/proc/self" else tmp_path / place
    if place == "a file":
        folder.write_bytes(b"")
    elif place == "read-only":
        folder.mkdir(mode=0o500)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))

    assert not cache.write(DIGEST, b"x")
    assert cache.read(DIGEST) is None


def test_without_a_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setattr(Path, "home", homeless)

    assert cache.folder() is None
    assert not cache.write(DIGEST, b"x")


def test_the_place_is_the_users_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")

    assert cache.folder() == Path("/somewhere/rltkg")

    monkeypatch.setenv("XDG_CACHE_HOME", "relative/to/nothing")
    monkeypatch.setenv("HOME", "/home/someone")

    assert cache.folder() == Path("/home/someone/.cache/rltkg")


def test_old_releases_and_abandoned_files_are_swept_out(cache_folder: Path) -> None:
    cache_folder.mkdir(parents=True)
    mine = cache_folder / "notes.txt"
    mine.write_text("not ours", encoding="utf-8")
    for age, name in enumerate(["find-old.1-1.tmp", *(f"find-{each:016}.index" for each in range(6))]):
        (cache_folder / name).write_bytes(b"")
        stamp = time.time() - 7200 - 60 * age
        os.utime(cache_folder / name, (stamp, stamp))
    (cache_folder / "find-new.2-2.tmp").write_bytes(b"")
    cache.write(DIGEST, b"x")
    left = sorted(each.name for each in cache_folder.iterdir())

    assert left == [
        "find-0000000000000000.index", "find-0000000000000001.index", "find-0000000000000002.index",
        "find-0123456789abcdef.index", "find-new.2-2.tmp", "notes.txt",
    ]  # fmt: skip
