"""Files and folders of an export hold what they held or all that is new, and their sums tell."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from rltkg.errors import InputError, UnavailableError
from rltkg.publication.content import content
from rltkg.publication.places import SUMS, Folder, new_file
from rltkg.publication.run import export_file, export_folder


def filled(path: Path, *names: str, text: bytes = b"x") -> Folder:
    folder = Folder(path)
    with folder.settled():
        for name in names:
            with folder.file(name) as tally:
                tally.write(text)
    return folder


def names(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir())


def test_a_file_is_written_beside_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.nq"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with pytest.raises(ZeroDivisionError), new_file(path) as file:
        file.write(b"half" * (1 // 0))
    assert (path.read_bytes(), names(tmp_path)) == (b"old", ["a.nq"])

    with new_file(path) as file:
        file.write(b"new")
    assert (path.read_bytes(), names(tmp_path)) == (b"new", ["a.nq"])
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_folder_has_the_sums_of_its_files(tmp_path: Path) -> None:
    folder = filled(tmp_path / "out", "b.nt", "a.nt")
    done = subprocess.run(
        ["sha256sum", "-c", SUMS],  # noqa: S607 - as a user has it
        cwd=tmp_path / "out", capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout == "a.nt: OK\nb.nt: OK\n"
    assert [(each.name, each.size) for each in folder.written] == [("a.nt", 1), ("b.nt", 1)]
    assert names(tmp_path) == ["out"]


def test_a_second_export_takes_away_what_is_stale_and_ours(tmp_path: Path) -> None:
    out = tmp_path / "out"
    filled(out, "a.nt", "b.nt", "c.nt")
    (out / "c.nt").write_text("changed by somebody", encoding="utf-8")
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    filled(out, "a.nt", text=b"y")

    assert names(out) == [SUMS, "a.nt", "c.nt", "mine.txt"]
    assert (out / "a.nt").read_bytes() == b"y"
    assert (out / SUMS).read_text(encoding="utf-8").count("\n") == 1


def test_sums_that_name_files_elsewhere_take_nothing_away(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "precious").write_bytes(b"x")
    (out / SUMS).write_text(f"{sha256(b'x').hexdigest()}  ../precious\n", encoding="utf-8")
    filled(out, "a.nt")

    assert (tmp_path / "precious").exists()


def test_an_export_that_fails_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    filled(out, "a.nt")
    folder = Folder(out)
    with pytest.raises(ZeroDivisionError), folder.settled(), folder.file("a.nt") as tally:
        tally.write(b"half" * (1 // 0))

    assert names(tmp_path) == ["out"]
    assert (out / "a.nt").read_bytes() == b"x"


def test_places_that_will_not_do_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="is a file; name a folder"):
        Folder(tmp_path / "file")
    with pytest.raises(InputError, match="There is no folder"):
        Folder(tmp_path / "no" / "where")
    with content(graphs=["manifest"]) as found:
        with pytest.raises(InputError, match=r"cannot be written.*No such file"):
            export_file(found, "nq", tmp_path / "no" / "a.nq")
        with pytest.raises(UnavailableError, match=r"No space left on device.*make room"):
            export_file(found, "nq", Path("/dev/full"))


def test_a_folder_takes_several_formats(tmp_path: Path) -> None:
    with content(graphs=["gov", "manifest"]) as found:
        written = export_folder(found, ["nt", "nq", "nt"], tmp_path / "out", zipped=True)

    assert names(tmp_path / "out") == [
        SUMS, "dataset.jsonld", "dataset.ttl", "gov.nt.gz", "manifest.nt.gz", "rltkg.nq.gz",
    ]  # fmt: skip
    assert [each.gzip for each in written] == [False, False, True, True, True]


def test_two_graphs_of_one_name_have_two_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "own.ttl").write_text("<http://e/a> <http://e/p> 1 .", encoding="utf-8")
    with content(tmp_path / "a", extra=[tmp_path / "b" / "own.ttl"]) as found:
        export_folder(found, ["nt"], tmp_path / "out")

    assert names(tmp_path / "out") == [SUMS, "dataset.jsonld", "dataset.ttl", "own-2.nt", "own.nt"]
