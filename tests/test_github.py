"""What runs on GitHub: parsed, its rights read, and its shell steps run here against a hostile contribution."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rltkg.review.form import check
from tests.review.copies import GUIDELINE, PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".github"
WORKFLOWS = sorted((HOME / "workflows").glob("*.yml"))
ACTION = HOME / "actions" / "review" / "action.yml"
FORMS = sorted(path for path in (HOME / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
# Events in which the code of a pull request would meet a token that may write, or secrets.
DANGEROUS = {"pull_request_target", "issue_comment", "issues"}
EXPRESSIONS = {
    "github.event.pull_request.number", "github.token", "inputs.contribution", "inputs.report", "inputs.fail-on",
    "runner.temp", "steps.judge.outputs.status",
}  # fmt: skip
EVIL_LABEL = "@octocat <img src=x onerror=alert(1)> #1 `rm` https://example.org ::set-output name=a::b"
EVIL_NAMES = [
    "$(touch pwned).ttl",
    "`touch pwned`.ttl",
    "a\n::error::forged\n##[error]forged.ttl",
    "-o pwned.ttl",
    "a b;touch pwned;.ttl",
]


def parsed(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def triggers(workflow: dict[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = workflow[True]  # YAML 1.1 reads `on` so
    return found


def steps(path: Path) -> Iterator[dict[str, Any]]:
    held = parsed(path)
    for job in held.get("jobs", {"action": held.get("runs")}).values():
        yield from job["steps"]


def everywhere(value: object) -> Iterator[str]:
    """Yield every text below `value`."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from everywhere(each)


def test_rights_are_as_small_as_they_can_be() -> None:
    judged, commented = (parsed(HOME / "workflows" / name) for name in ("contribution.yml", "contribution-comment.yml"))

    assert [path.name for path in WORKFLOWS] == ["contribution-comment.yml", "contribution.yml"]
    assert judged["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in judged["jobs"].values())
    assert commented["permissions"] == {}
    assert [job["permissions"] for job in commented["jobs"].values()] == [
        {"actions": "read", "contents": "read", "pull-requests": "write"}
    ]
    assert set(triggers(judged)) == {"pull_request"}
    assert triggers(commented) == {"workflow_run": {"workflows": [judged["name"]], "types": ["completed"]}}
    assert not any(DANGEROUS & set(triggers(parsed(path))) for path in WORKFLOWS)
    assert all(job["timeout-minutes"] <= 15 for path in WORKFLOWS for job in parsed(path)["jobs"].values())


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.name)
def test_no_shell_sees_an_expression(path: Path) -> None:
    runs = [step["run"] for step in steps(path) if "run" in step]

    assert runs
    assert [run for run in runs if "${{" in run] == []
    used = {each.strip() for text in everywhere(parsed(path)) for each in re.findall(r"\$\{\{(.*?)\}\}", text)}
    assert used <= EXPRESSIONS
    assert "secrets" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*WORKFLOWS, ACTION], ids=lambda path: path.name)
def test_only_actions_of_github_and_our_own_are_used(path: Path) -> None:
    """Of others no commit could be checked when this was written, so none is used."""
    used = [step["uses"] for step in steps(path) if "uses" in step]

    known = {"actions/checkout@v5", "actions/upload-artifact@v6", "./base/.github/actions/review"}
    assert set(used) <= known
    for step in steps(path):
        if str(step.get("uses", "")).startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
            assert "ref" not in step["with"]


def test_the_job_that_may_write_runs_one_module_and_nothing_of_the_contribution() -> None:
    found = list(steps(HOME / "workflows" / "contribution-comment.yml"))

    assert [step.get("uses", step.get("run")) for step in found] == [
        "actions/checkout@v5",
        "python3 -m rltkg.review.github",
    ]
    assert found[1]["env"] == {"GH_TOKEN": "${{ github.token }}"}


def test_the_installation_is_that_of_the_readme() -> None:
    install = next(step["run"] for step in steps(ACTION) if step["name"] == "Install rltkg")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    for words in ("--require-hashes -r locks/run.txt", "--no-deps --no-build-isolation ."):
        assert words in install
        assert words in readme
    assert (ROOT / "locks" / "run.txt").is_file()


def git(folder: Path, *arguments: str) -> str:
    settings = [
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.org",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "core.hooksPath=/dev/null",
    ]
    done = subprocess.run(["git", *settings, *arguments], cwd=folder, capture_output=True, text=True, check=True)  # noqa: S607
    return done.stdout.strip()


class Runner:
    """Runs the shell steps of workflow and action as GitHub does, with this checkout in the place of the base."""

    def __init__(self, folder: Path) -> None:
        self.workspace, self.temporary = folder / "work space", folder / "temp"
        for each in (self.workspace, self.temporary / "rltkg" / "bin"):
            each.mkdir(parents=True)
        command = self.temporary / "rltkg" / "bin" / "rltkg"
        command.write_text(
            f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m rltkg "$@"\n', encoding="utf-8"
        )
        command.chmod(0o755)
        self.report = self.temporary / "review"
        self.outputs: dict[str, str] = {}
        self.log: dict[str, str] = {}

    def run(self, step: dict[str, Any], **known: str) -> int:
        """Run one step; `known` are the values of expressions."""
        files = {name: self.temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            path.touch()
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.temporary), "RUNNER_TEMP": str(self.temporary),
            "GITHUB_ACTION_PATH": str(self.workspace / "base" / ".github" / "actions" / "review"),
            **{name: str(path) for name, path in files.items()},
        }  # fmt: skip
        for name, value in step.get("env", {}).items():
            environment[name] = re.sub(r"\$\{\{ *(.*?) *\}\}", lambda found: known[found[1]], str(value))
        done = subprocess.run(
            ["bash", "-e", "-c", step["run"]], cwd=self.workspace, env=environment, capture_output=True, text=True,  # noqa: S607
            check=False, timeout=600,
        )  # fmt: skip
        self.log[step["name"]] = done.stdout + done.stderr
        self.outputs |= dict(
            line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines()
        )
        return done.returncode

    def review(self) -> dict[str, int]:
        """Run the steps of the action, but for the installation, until one fails; return how each ended."""
        known = {
            "inputs.contribution": "contribution",
            "inputs.report": str(self.report),
            "inputs.fail-on": "violation",
        }
        ended: dict[str, int] = {}
        for step in list(steps(ACTION))[1:]:
            known["steps.judge.outputs.status"] = self.outputs.get("status", "")
            ended[step["name"]] = self.run(step, **known)
            if ended[step["name"]]:
                break
        return ended


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository that holds the release, with `main` checked out."""
    folder = tmp_path / "repository"
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part)
    shutil.copytree(HOME, folder / ".github")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "base")
    return folder


def contributed(repository: Path, runner: Runner, branch: str = "sample") -> None:
    """Commit what lies in the repository to `branch`, merge it, and check both sides out as the workflow does."""
    git(repository, "checkout", "-q", "-b", branch)
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "contribution")
    git(repository, "checkout", "-q", "main")
    (repository / "LATER").write_text("the base goes on meanwhile", encoding="utf-8")
    git(repository, "add", "LATER")
    git(repository, "commit", "-q", "-m", "later")
    git(repository, "merge", "-q", "--no-ff", "-m", "merge", branch)
    git(runner.workspace, "clone", "-q", str(repository), "contribution")
    base = next(step for step in steps(HOME / "workflows" / "contribution.yml") if "worktree" in step.get("run", ""))
    assert runner.run(base) == 0, runner.log
    assert (runner.workspace / "base" / "LATER").is_file()


def test_a_hostile_contribution(repository: Path, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "run")
    for number, name in enumerate(EVIL_NAMES):
        text = GUIDELINE.replace("sample", f"sample-{number}").replace("Sample guideline", EVIL_LABEL.replace("`", "'"))
        (repository / "data" / "updates" / name).write_text(text, encoding="utf-8")
    for code in ("rltkg/__init__.py", "rltkg/__main__.py", "sitecustomize.py", "yaml.py", "pyoxigraph.py"):
        (repository / code).parent.mkdir(exist_ok=True)
        (repository / code).write_text("open('pwned', 'w'); raise SystemExit(9)\n", encoding="utf-8")
    action = repository / ".github" / "actions" / "review" / "action.yml"
    action.write_text("runs: {using: composite, steps: [{run: touch pwned}]}", encoding="utf-8")
    contributed(repository, runner, "x$(touch${IFS}pwned)`touch${IFS}pwned`")
    ended = runner.review()
    log = "\n".join(runner.log.values())

    assert list(tmp_path.rglob("pwned*")) == []
    assert ended["Compare it"] == 0, log
    assert ended["Say how it was judged"] == int(runner.outputs["status"]) == 1, log
    assert (runner.workspace / "base" / ACTION.relative_to(ROOT)).read_bytes() == ACTION.read_bytes()
    commands = [line for line in log.splitlines() if line.lstrip().startswith("::") or "##[" in line]
    assert commands
    assert all(re.match(r"::(error|warning|notice) title=", line) for line in commands)
    assert not [line for line in log.splitlines() if line.startswith("::") and "forged" in line.split("file=")[0]]
    found = json.loads((runner.report / "findings.json").read_bytes())
    assert sorted(found["files"]) == sorted(f"data/updates/{name}" for name in EVIL_NAMES)
    review = check(json.loads((runner.report / "review.json").read_bytes()))
    assert (review["before"]["name"], review["after"]["name"]) == ("the shipped release", "contribution")
    assert next(each for each in review["groups"] if each["name"] == "documents")["items"][0]["change"] == "added"
    shown = (runner.temporary / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
    assert shown == (runner.report / "review.md").read_text(encoding="utf-8")
    for live in ("@octocat", "<img", "#1", "https://example.org ", "::set-output"):
        assert live not in shown


def test_a_contribution_as_it_should_be(repository: Path, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "run")
    path = repository / "data" / "things" / "conditions.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("not given priority", "without priority"), encoding="utf-8")
    contributed(repository, runner)
    ended = runner.review()
    number = next(
        step for step in steps(HOME / "workflows" / "contribution.yml") if step["name"] == "Name the pull request"
    )

    assert set(ended.values()) == {0}, runner.log
    assert runner.log["Judge it"].strip().endswith("checks")
    assert json.loads((runner.report / "findings.json").read_bytes())["files"] == ["data/things/conditions.ttl"]
    assert (
        (runner.report / "review.md")
        .read_text(encoding="utf-8")
        .startswith("**Therapies and other things: 1 renamed; answers: ")
    )
    assert runner.run(number, **{"github.event.pull_request.number": "7", "runner.temp": str(runner.temporary)}) == 0
    assert {each.name for each in runner.report.iterdir()} == {"number", "review.json", "review.md", "findings.json"}
    assert (runner.report / "number").read_text(encoding="utf-8") == "7\n"


def test_a_contribution_without_data(repository: Path, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "run")
    (repository / "queries" / "status" / "mine.rq").write_text("SELECT * {}", encoding="utf-8")
    contributed(repository, runner)

    assert set(runner.review().values()) == {0}, runner.log
    assert "No file of data changed." in runner.log["Judge it"]
    assert (runner.report / "review.md").read_text(encoding="utf-8").startswith("**No difference.**")


def test_links_are_refused(repository: Path, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "run")
    (repository / "data" / "updates" / "link.ttl").symlink_to("/etc/passwd")
    contributed(repository, runner)

    assert runner.review() == {"Find the changed data": 1}
    assert "::error::The contribution holds symbolic links." in runner.log["Find the changed data"]


def test_a_broken_file_fails_with_its_findings_kept(repository: Path, tmp_path: Path) -> None:
    runner = Runner(tmp_path / "run")
    (repository / "data" / "updates" / "broken.ttl").write_text("\n::error::forged a <<<", encoding="utf-8")
    contributed(repository, runner)
    ended = runner.review()

    assert list(ended)[-1] == "Compare it"
    assert ended["Compare it"] == 2
    findings = json.loads((runner.report / "findings.json").read_bytes())["findings"]
    assert [each["line"] for each in findings if each["rule"] == "syntax-error"] == [2]
    assert re.search(r"^\| rltkg: .*/contribution/data/updates/broken\.ttl:2:", runner.log["Compare it"], re.MULTILINE)
    assert not [line for line in runner.log["Compare it"].splitlines() if line.startswith("::error::forged")]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms(path: Path) -> None:
    """As https://docs.github.com/communities describes the syntax of issue forms."""
    form = parsed(path)
    fields = [each for each in form["body"] if each["type"] != "markdown"]
    ids = [each["id"] for each in fields]

    assert set(form) == {"name", "description", "title", "body"}
    assert len(set(ids)) == len(ids) >= 4
    for each in form["body"]:
        assert each["type"] in ("markdown", "input", "textarea", "dropdown")
        assert set(each) <= {"type", "id", "attributes", "validations"}
        assert ("value" if each["type"] == "markdown" else "label") in each["attributes"]
        assert each.get("validations", {"required": True}).keys() == {"required"}
        options = each["attributes"].get("options", [])
        assert bool(options) == (each["type"] == "dropdown")
        assert len(set(options)) == len(options)
    assert any(each["validations"]["required"] for each in fields)


def test_the_forms_and_the_template_name_verbs_that_exist() -> None:
    from rltkg.cli import VERBS

    assert [path.stem for path in FORMS] == ["mistake", "question", "source"]
    assert set(parsed(HOME / "ISSUE_TEMPLATE" / "config.yml")) == {"blank_issues_enabled"}
    texts = [path.read_text(encoding="utf-8") for path in (*FORMS, HOME / "PULL_REQUEST_TEMPLATE.md")]
    named = {verb for text in texts for verb in re.findall(r"`rltkg ([a-z]+)", text)}

    assert {"find", "describe", "queries", "validate", "diff"} <= named
    assert named - {"format"} <= set(VERBS)
