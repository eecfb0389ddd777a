"""`rltkg fix` as a user runs it: what it shows, what it mends, what it leaves to a person."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import ROOT, rltkg
from tests.validation.samples import SAMPLE, written

if TYPE_CHECKING:
    from pathlib import Path

FAST = ("--engine", "pyshifty")
SLIPS = (("rlt:authority", "rlt:autority"), ("code:topic-licensing ;", "code:topic-licencing ; # topic"))
YEAR = ("rlt:eventYear 2024", "rlt:eventYear 02024")
QUESTION = ("thing:lutathera ;", "thing:lutatheras ;")
MENDED = SAMPLE.replace("code:topic-licensing ;", "code:topic-licensing ; # topic")


def test_it_shows_what_it_would_mend(tmp_path: Path) -> None:
    """On stdout a diff that patch reads; on stderr how many repairs there are."""
    path = written(tmp_path, *SLIPS, YEAR)
    held = path.read_text(encoding="utf-8")
    ran = rltkg("fix", str(path), *FAST)
    changed = re.findall(r"^[-+] .*$", ran.stdout, re.MULTILINE)

    assert ran.returncode == 1
    assert ran.stderr == "3 safe repairs in 1 file: --apply makes them\n"
    assert changed == [
        "-    rlt:topic code:topic-licencing ; # topic",
        "+    rlt:topic code:topic-licensing ; # topic",
        "-    rlt:autority my:agency ;",
        "+    rlt:authority my:agency ;",
        "-    rlt:eventYear 02024 ;",
        "+    rlt:eventYear 2024 ;",
    ]
    assert path.read_text(encoding="utf-8") == held
    subprocess.run(["patch", "-p0", str(path)], input=ran.stdout, text=True, check=True, capture_output=True)  # noqa: S607
    assert path.read_text(encoding="utf-8") == MENDED


def test_apply_mends_and_then_there_is_nothing_to_mend(tmp_path: Path) -> None:
    path = written(tmp_path, *SLIPS, YEAR)
    path.chmod(0o600)
    ran = rltkg("fix", "--apply", str(path), *FAST)

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", f"{path}: 3 repairs made\n")
    assert path.read_text(encoding="utf-8") == MENDED
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]
    assert rltkg("validate", str(path), *FAST).stdout.startswith("Nothing to mend: 1 file, ")
    again = rltkg("fix", str(path), *FAST)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "Nothing to mend\n")


@pytest.mark.parametrize("option", [[], ["--apply"]], ids=["shown", "applied"])
def test_what_needs_a_person_is_asked(option: list[str], tmp_path: Path) -> None:
    """It is told with its line, and the exit status stays 1."""
    path = written(tmp_path, SLIPS[0], QUESTION)
    ran = rltkg("fix", *option, str(path), *FAST)
    after = path.read_text(encoding="utf-8")

    assert ran.returncode == 1
    assert "The graph has no thing 'lutatheras'; did you mean lutathera?\n" in ran.stderr
    assert f"\n{path}\n  20:18  violation  " in ran.stderr
    assert ("rlt:authority" in after) is bool(option)
    assert QUESTION[1] in after
    assert ran.stderr.startswith(
        f"{path}: 1 repair made\nLeft for a person:\n" if option else "Left for a person after "
    )
    assert rltkg("fix", str(path), *FAST).returncode == 1


def test_two_names_that_are_equally_near_are_a_question(tmp_path: Path) -> None:
    places = "".join(
        f'my:{name} a rlt:Place ;\n    rdfs:label "{name}"@en ;\n    rlt:placeKind code:place-kind-country .\n'
        for name in ("palace", "police")
    )
    path = written(tmp_path, ("thing:ireland", "my:polace"), text=SAMPLE + places)
    ran = rltkg("fix", "--apply", str(path), *FAST)

    assert ran.returncode == 1
    assert re.search(
        r"The graph has no thing 'polace'; did you mean (palace or police|police or palace)\?\n", ran.stderr
    )
    assert "rlt:jurisdiction my:polace ;" in path.read_text(encoding="utf-8")


def test_files_that_cannot_be_written_or_read(tmp_path: Path) -> None:
    """The others are mended all the same."""
    first, second = written(tmp_path, SLIPS[0], name="a.ttl"), written(tmp_path, SLIPS[0], name="b.ttl")
    first.chmod(0o444)
    ran = rltkg("fix", "--apply", str(tmp_path), *FAST)

    assert ran.returncode == 2
    assert ran.stderr.endswith(f"rltkg: {first} is read-only; make it writable (chmod u+w) or work on a copy\n")
    assert f"{second}: 1 repair made\n" in ran.stderr
    assert second.read_text(encoding="utf-8") == SAMPLE
    second.write_text("my:a", encoding="utf-8")
    broken = rltkg("fix", str(second), *FAST)
    assert broken.returncode == 2
    assert "[syntax-error]" in broken.stderr
    assert rltkg("fix", "-").returncode == rltkg("fix").returncode == rltkg("fix", "nowhere.ttl").returncode == 2


def test_the_release_has_nothing_to_mend() -> None:
    ran = rltkg("fix", "data/updates", *FAST)

    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_document_shows_what_is_printed(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    (data,) = re.findall(r"^```turtle\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (shown,) = re.findall(r"^```diff\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "my-guideline.ttl").write_text(data, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "rltkg", "fix", "my-guideline.ttl"],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert (ran.returncode, ran.stdout) == (1, shown)
    assert "Give exactly one step" in ran.stderr


def test_help_tells_what_matters() -> None:
    shown = rltkg("fix", "--help").stdout

    for words in ("--apply", "unified diff", "Exit status", "example: rltkg fix"):
        assert words in shown
    assert max(map(len, shown.splitlines())) <= 120
