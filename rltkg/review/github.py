"""``python -m rltkg.review.github`` comments a review on a pull request: the job that may write, and runs nothing else.

It gets the event of a finished run, fetches what that run left, and believes none of it: the number must be that of an
open pull request whose head is the commit, in the repository, that the run was of. Needs nothing but the standard
library and the command `gh` with a token that may comment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from rltkg.review.comment import LARGEST, MARK, Left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ARTEFACT = "review"
AUTHOR = "github-actions[bot]"


def main() -> int:
    """Comment what the run of the event left; 0 where that is done or there is nothing to comment, 1 where it fails."""
    repository = os.environ["GITHUB_REPOSITORY"]
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))["workflow_run"]
    listed = _json(f"repos/{repository}/actions/runs/{int(event['id'])}/artifacts?name={ARTEFACT}")["artifacts"]
    found = [
        each for each in listed if each["name"] == ARTEFACT and not each["expired"] and each["size_in_bytes"] <= LARGEST
    ]
    if not found:
        return _end("The run left no review.")
    try:
        left = Left(_gh("api", f"repos/{repository}/actions/artifacts/{int(found[0]['id'])}/zip"))
    except ValueError as error:
        return _end(f"{error}; nothing is commented.")
    request = _json(f"repos/{repository}/pulls/{left.number}")
    if not _is_of(request, event):
        return _end("The run is not of the newest commit of the pull request that it names; nothing is commented.")
    body = {"body": left.comment()}
    if comment := _own(repository, left.number):
        _gh("api", "--method", "PATCH", f"repos/{repository}/issues/comments/{comment}", "--input", "-", send=body)
    else:
        _gh("api", "--method", "POST", f"repos/{repository}/issues/{left.number}/comments", "--input", "-", send=body)
    return _end("Commented.")


def _is_of(request: dict[str, Any], event: dict[str, Any]) -> bool:
    """Say whether a pull request is open and has the head that the run was of; a deleted fork has no name."""
    head = request["head"]
    names = [(each or {}).get("full_name") for each in (head["repo"], event["head_repository"])]
    return bool(request["state"] == "open" and head["sha"] == event["head_sha"] and names[0] and names[0] == names[1])


def _own(repository: str, number: int) -> int | None:
    """Return the id of the comment that an earlier run made."""
    pages = _json(f"repos/{repository}/issues/{number}/comments?per_page=100", "--paginate", "--slurp")
    for each in (comment for page in pages for comment in page):
        if each["user"]["login"] == AUTHOR and each["body"].startswith(MARK):
            return int(each["id"])
    return None


def _json(address: str, *options: str) -> Any:  # noqa: ANN401 - what the address gives
    return json.loads(_gh("api", address, *options))


def _gh(*arguments: str, send: object = None) -> bytes:
    given = None if send is None else json.dumps(send).encode()
    return subprocess.run(["gh", *arguments], input=given, capture_output=True, check=True).stdout  # noqa: S603, S607 - our own words


def _end(sentence: str) -> int:
    print(sentence)
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except (subprocess.CalledProcessError, OSError, ValueError, LookupError, TypeError) as trouble:
        # What GitHub answers may quote others; its kind is enough to look for the cause in.
        print(f"rltkg.review.github: {type(trouble).__name__}; nothing is commented", file=sys.stderr)
        raise SystemExit(1) from None
