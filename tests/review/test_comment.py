"""The comment on a pull request: made of data that anybody may have written, by a job that needs no package."""

from __future__ import annotations

import html
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rltkg.review.comment import LONGEST, MARK, Left
from rltkg.review.form import FORM, check

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
EVIL = "**@octocat** <img src=x> #1 [x](https://example.org)\n::set-output name=a::b | c"
SHA, REPOSITORY, FORK = "a" * 40, "org/rltkg", "mallory/rltkg"
# Answers what GitHub would, from a file, and writes down what it is asked; deaf to all else.
GH = """#!{python}
import json, os, pathlib, sys
here = pathlib.Path({here!r})
arguments = sys.argv[1:]
sent = sys.stdin.read() if "--input" in arguments else ""
with (here / "asked").open("a") as asked:
    asked.write(json.dumps([arguments, sent]) + "\\n")
address = next(each for each in arguments if each.startswith("repos/"))
if address.endswith("/zip"):
    sys.stdout.buffer.write((here / "review.zip").read_bytes())
else:
    print(json.dumps(json.loads((here / "answers.json").read_text()).get(address.split("?")[0], {{}})))
"""


def review(**parts: object) -> dict[str, Any]:
    """Return a review of one changed statement, as it may come out of a ZIP file, every text of it hostile."""
    item = {
        "change": "changed", "iri": "urn:x", "iri_before": "", "id": "x", "kind": EVIL, "label": EVIL, "was": "",
        "text": EVIL, "whose": EVIL, "where": EVIL, "graphs": [EVIL],
        "changes": [{"property": EVIL, "iri": "urn:p", "removed": [{"shown": EVIL, "term": EVIL}], "added": []}],
        "passages": [], "following": 1, "followers": [EVIL],
    }  # fmt: skip
    change = {
        "query": EVIL, "title": EVIL, "options": EVIL, "before": 1, "after": 2, "columns": [EVIL, "b"],
        "added": [[EVIL, EVIL]], "removed": [[EVIL]], "renamed": 0, "failed": EVIL,
        "changed": [{"row": EVIL, "cells": [{"column": EVIL, "before": EVIL, "after": ""}]}],
    }  # fmt: skip
    found: dict[str, Any] = {
        "form": FORM, "before": {"name": EVIL, "version": EVIL, "digest": "x"},
        "after": {"name": EVIL, "version": EVIL, "digest": ""}, "same": False,
        "groups": [{"name": EVIL, "items": [item]}], "rest": [{"change": "moved", "what": EVIL, "lines": [EVIL]}],
        "answers": {"asked": 43, "because": EVIL, "changed": [change]}, "beside": [EVIL],
        "verdict": {
            "level": "major", "reasons": [{"level": "major", "rule": EVIL, "cases": [EVIL]}], "unjudged": [EVIL],
            "before": EVIL, "after": EVIL, "at_least": EVIL,
        },
        "triples": {"added": [], "removed": [EVIL]},
    }  # fmt: skip
    return found | parts


def findings(count: int = 1) -> dict[str, Any]:
    """Return the report of `validate` on a hostile file."""
    one = {"rule": EVIL, "severity": "violation", "message": EVIL, "file": EVIL, "line": 3, "label": EVIL}
    return {"counts": {"violation": count, "warning": 0, "info": 2}, "findings": [one] * count, "more": "ignored"}


def zipped(**files: object) -> bytes:
    held = {"number": "7\n", "review.json": json.dumps(review()), "findings.json": json.dumps(findings())} | files
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in held.items():
            if content is not None:
                target.writestr(name, content)  # type: ignore[arg-type]
    return made.getvalue()


def test_what_is_hostile_is_text() -> None:
    left = Left(zipped())
    told = left.comment()

    assert left.number == 7
    assert told.startswith(f"{MARK}\n\n### What this contribution changes\n")
    assert told.count("octocat") > 20
    read = html.unescape(re.sub(r"</?(details|summary|b|br|sub)( open)?>", "", told))
    for live in ("@octocat", "#1", "://", "::"):
        assert live not in read, live
    for live in ("<img", "](https", "**@"):
        assert live not in told, live
    for table in re.findall(r"(?:^\|.*\n)+", told, re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1, table
    assert "1 violation, 2 info" in told
    starts = (
        "|",
        "**",
        "#### ",
        "<details>",
        "Text: ",
        "Source: ",
        "Note: ",
        "From ",
        "Changed: ",
        "Triple: ",
        "Query: ",
        "Reason: ",
        "Verdict: ",
    )
    assert not [line for line in told.splitlines() if "octocat" in line and not line.startswith(starts)]


def test_a_review_that_finds_nothing() -> None:
    same = review(same=True, groups=[], rest=[], beside=[], answers=answers(asked=0))
    told = Left(zipped(**{"review.json": json.dumps(same), "findings.json": None})).comment()

    assert "**No difference.**" in told
    assert "No file of data changed, so none was judged." in told


def test_findings_without_a_review() -> None:
    told = Left(zipped(**{"review.json": None})).comment()

    assert "It could not be compared: the log of the run tells why." in told
    assert "1 violation" in told


@pytest.mark.parametrize(("items", "last"), [(30, "</sub>"), (400, "</sub>"), (4000, "</sub>")])
def test_the_length_of_a_comment(items: int, last: str) -> None:
    group = review()["groups"][0]["items"][0]
    many = [{**group, "text": "x" * 1500, "id": str(number)} for number in range(items)]
    groups = [{"name": f"sort {number}", "items": many[number::7]} for number in range(7)]
    told = Left(
        zipped(**{"review.json": json.dumps(review(groups=groups)), "findings.json": json.dumps(findings(200))})
    ).comment()

    assert len(told) <= LONGEST < 65_536
    assert told.rstrip().endswith(last)
    assert told.count("<details") == told.count("</details>")
    assert "... and 170 more findings" in told or "too long for a comment" in told


def test_a_comment_of_countless_groups_is_short_too() -> None:
    groups = [{"name": f"sort {number}", "items": review()["groups"][0]["items"]} for number in range(900)]
    told = Left(zipped(**{"review.json": json.dumps(review(groups=groups))})).comment()

    assert len(told) < 10_000
    assert "All of it is too long for a comment" in told


def answers(asked: object) -> dict[str, object]:
    return {"asked": asked, "because": "", "changed": []}


BAD = {
    "no zip": b"x",
    "empty": zipped(number=None, **{"review.json": None, "findings.json": None}),
    "nothing in it": zipped(**{"review.json": None, "findings.json": None}),
    "no number": zipped(number="7; rm -rf /"),
    "number zero": zipped(number="0"),
    "number twice": zipped(number="7\n8"),
    "no JSON": zipped(**{"review.json": "{"}),
    "deep JSON": zipped(**{"review.json": "[" * 200_000}),
    "a list": zipped(**{"review.json": "[]"}),
    "another form": zipped(**{"review.json": json.dumps(review(form="rltkg review 2"))}),
    "a field more": zipped(**{"review.json": json.dumps(review(more=1))}),
    "a number for a text": zipped(**{"review.json": json.dumps(review(beside=[1]))}),
    "a truth for a number": zipped(**{"review.json": json.dumps(review(answers=answers(asked=True)))}),
    "less than nothing": zipped(**{"review.json": json.dumps(review(answers=answers(asked=-1)))}),
    "another change": zipped(**{"review.json": json.dumps(review(rest=[{"change": "</b>", "what": "", "lines": []}]))}),
    "findings of another form": zipped(**{"findings.json": json.dumps({"counts": {}, "findings": [1]})}),
    "another gravity": zipped(**{"findings.json": json.dumps(findings() | {"findings": [{"severity": "x"}]})}),
    "not UTF-8": zipped(**{"review.json": b"\xff"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_artefact_of_ours(name: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Left(BAD[name])


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(ValueError, match=r"review\.json is over 50,000,000 bytes long"):
        Left(zipped(**{"review.json": b" " * 50_000_001}))


def test_passages_in_passages_end_somewhere() -> None:
    deep = review()
    item = deep["groups"][0]["items"][0]
    for _ in range(50):
        item = {**item, "passages": [item]}
    deep["groups"][0]["items"] = [item]

    with pytest.raises(ValueError, match="nested too deep"):
        check(deep)


@pytest.fixture
def ran(tmp_path: Path) -> Callable[..., tuple[subprocess.CompletedProcess[str], list[Any]]]:
    """Return what runs the job with a `gh` of our own, and returns the run and what `gh` was asked."""

    def run(
        artefact: bytes | None = None, comments: object = (), **request: object
    ) -> tuple[subprocess.CompletedProcess[str], list[Any]]:
        head = {"sha": SHA, "repo": {"full_name": FORK}}
        listed = {"id": 5, "name": "review", "expired": False, "size_in_bytes": 100}
        answers = {
            f"repos/{REPOSITORY}/actions/runs/9/artifacts": {"artifacts": [listed] * (artefact is not None)},
            f"repos/{REPOSITORY}/pulls/7": {"state": "open", "head": head} | request,
            f"repos/{REPOSITORY}/issues/7/comments": comments or [[]],
        }
        event = {"workflow_run": {"id": 9, "head_sha": SHA, "head_repository": {"full_name": FORK}}}
        (tmp_path / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
        (tmp_path / "event.json").write_text(json.dumps(event), encoding="utf-8")
        (tmp_path / "review.zip").write_bytes(artefact or b"")
        (tmp_path / "gh").write_text(GH.format(python=sys.executable, here=str(tmp_path)), encoding="utf-8")
        (tmp_path / "gh").chmod(0o755)
        done = subprocess.run(
            # Without site-packages: the job installs nothing.
            [sys.executable, "-S", "-m", "rltkg.review.github"],
            capture_output=True, text=True, check=False, cwd=ROOT, timeout=300,
            env={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "GITHUB_REPOSITORY": REPOSITORY,
                 "GITHUB_EVENT_PATH": str(tmp_path / "event.json")},
        )  # fmt: skip
        asked = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
        return done, [json.loads(line) for line in asked]

    return run


def test_a_new_comment(ran: Callable[..., Any]) -> None:
    done, asked = ran(zipped())
    arguments, sent = asked[-1]

    assert (done.returncode, done.stdout, done.stderr) == (0, "Commented.\n", "")
    assert arguments == ["api", "--method", "POST", f"repos/{REPOSITORY}/issues/7/comments", "--input", "-"]
    assert json.loads(sent)["body"] == Left(zipped()).comment()
    assert sum("--method" in each for each, _ in asked) == 1


def test_the_comment_of_an_earlier_run_is_replaced(ran: Callable[..., Any]) -> None:
    others = [
        {"id": 1, "user": {"login": "mallory"}, "body": f"{MARK} mine"},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "of another workflow"},
    ]
    own = {"id": 3, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\n\nolder"}
    done, asked = ran(zipped(), comments=[others, [own]])

    assert done.stdout == "Commented.\n"
    assert asked[-1][0][:4] == ["api", "--method", "PATCH", f"repos/{REPOSITORY}/issues/comments/3"]


@pytest.mark.parametrize(
    "request_",
    [
        {"state": "closed"},
        {"head": {"sha": "b" * 40, "repo": {"full_name": FORK}}},
        {"head": {"sha": SHA, "repo": {"full_name": "victim/rltkg"}}},
        {"head": {"sha": SHA, "repo": None}},
    ],
    ids=["closed", "another commit", "another repository", "no repository"],
)
def test_a_pull_request_that_the_run_is_not_of(request_: dict[str, object], ran: Callable[..., Any]) -> None:
    done, asked = ran(zipped(), **request_)

    assert done.returncode == 0
    assert done.stdout.startswith("The run is not of the newest commit of the pull request that it names")
    assert not [each for each, _ in asked if "--method" in each]


@pytest.mark.parametrize("artefact", [None, *(BAD[each] for each in ("no zip", "no number", "another form"))])
def test_nothing_to_comment(artefact: bytes | None, ran: Callable[..., Any]) -> None:
    done, asked = ran(artefact)

    assert done.returncode == 0
    assert "octocat" not in done.stdout + done.stderr
    assert not [each for each, _ in asked if "--method" in each]


def test_trouble_is_told_without_quoting_anybody(ran: Callable[..., Any]) -> None:
    done, _ = ran(zipped(), head=[])

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "rltkg.review.github: TypeError; nothing is commented\n"
