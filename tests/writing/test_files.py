"""Which files are meant, and how one is replaced: whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest

from rltkg.errors import InputError
from rltkg.writing.difference import difference
from rltkg.writing.files import replace, turtle_files
from rltkg.writing.sameness import same
from tests.writing.test_layout import HEAD, triples

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of seven bytes, alone in its folder."""
    path = tmp_path / "some.ttl"
    path.write_bytes(b"before\n")
    return path


def test_a_file_is_replaced_with_its_rights(file: Path) -> None:
    file.chmod(0o640)
    replace(file, b"before\n", b"after\n")

    assert file.read_bytes() == b"after\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(file.parent.iterdir()) == [file]


def test_a_link_stays_a_link(file: Path) -> None:
    link = file.with_name("link.ttl")
    link.symlink_to(file.name)
    replace(link, b"before\n", b"after\n")

    assert link.is_symlink()
    assert file.read_bytes() == b"after\n"


@pytest.mark.parametrize("case", ["read-only", "changed", "gone", "no room"])
def test_a_file_that_may_not_be_replaced_is_as_it_was(case: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"read-only": "is read-only", "changed": "was changed", "gone": "cannot be written", "no room": "No space"}
    if case == "read-only":
        file.chmod(0o444)
    elif case == "changed":
        file.write_bytes(b"theirs\n")
    elif case == "gone":
        file.unlink()
    else:
        monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    held = file.read_bytes() if file.exists() else None

    with pytest.raises(InputError, match=told[case]) as caught:
        replace(file, b"before\n", b"after\n")
    assert str(caught.value).startswith(str(file))
    assert (file.read_bytes() if file.exists() else None) == held
    assert list(file.parent.iterdir()) == [file] * (held is not None)


def test_a_folder_stands_for_its_turtle_but_for_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.ttl", "a/c.TTL", "a/notes.txt", "a/d.nt", ".git/e.ttl", "a/.hidden.ttl", "f.ttl/g.ttl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()

    found = [path.relative_to(tmp_path).as_posix() for path in turtle_files(str(tmp_path))]

    assert found == ["a/c.TTL", "b.ttl", "f.ttl/g.ttl"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"empty holds no Turtle file \(\.ttl\); name a file or another folder"):
        list(turtle_files(str(tmp_path / "empty")))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("x.nt", "is N-Triples"),
        ("x.TriG", "is TriG"),
        ("x.xlsx", "`rltkg convert`"),
        ("x.owl", "is RDF/XML"),
        ("x", ""),
    ],
)
def test_other_formats_are_told_apart(name: str, told: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()

    with pytest.raises(InputError, match=r"only Turtle \(\.ttl\) has the layout$") as caught:
        list(turtle_files(str(tmp_path / name)))
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [("a\nb\n", "a\nc\n"), ("a\nb", "a\nb\n"), ("", "x\n"), ("x\r\ny\u2028z\n", "x\ny\u2028z\n"), ("a\n", "")],
)
def test_a_difference_is_what_patch_reads(old: str, new: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(old.encode())
    told = difference("file", old, new)
    subprocess.run(["patch", "-p0", "--binary"], cwd=tmp_path, input=told.encode(), check=True, capture_output=True)  # noqa: S607

    assert told.startswith("--- file\n+++ file\n@@ ")
    assert (path.read_bytes() if path.exists() else b"") == new.encode()
    assert difference("file", old, old) == ""


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("thing:x rlt:about [ rlt:value 1, 2 ] .", "thing:x rlt:about _:b . _:b rlt:value 2, 1 .", True),
        ("thing:x rlt:about [ rlt:value 1 ] .", "thing:x rlt:about [ rlt:value 2 ] .", False),
        ("thing:x rlt:about [], [] .", "thing:x rlt:about [] .", False),
        ("thing:x rlt:about [ rlt:about [] ] , [] .", "thing:x rlt:about [] , [ rlt:about [] ] .", True),
        ("thing:x rlt:about [ rlt:about [] ] .", "thing:x rlt:about [ rlt:about thing:x ] .", False),
        ("thing:x rlt:about ( 1 2 ) .", "thing:x rlt:about ( 2 1 ) .", False),
        ("thing:x rlt:about ( 1 ( 2 ) ) .", "thing:x rlt:about ( 1 ( 2 ) ) .", True),
        ("thing:x rlt:value 1 .", "thing:x rlt:value 01 .", False),
        ("thing:x rlt:value 1 .", "thing:x rlt:value 1 ; rlt:about [] .", False),
    ],
)
def test_the_same_graph(one: str, other: str, equal: bool) -> None:  # noqa: FBT001 - what is expected
    assert same(triples(HEAD + one), triples(HEAD + other)) is equal
    assert same(triples(HEAD + other), triples(HEAD + one)) is equal
