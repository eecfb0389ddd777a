"""The comment on a pull request, made of what a run without rights left: data that anybody may have written.

Needs nothing but the standard library.
"""

from __future__ import annotations

import io
import json
import re
import zipfile

from rltkg.review import wording
from rltkg.review.escape import escaped
from rltkg.review.form import check
from rltkg.review.markdown import fold, markdown, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from rltkg.review.form import Review

MARK = "<!-- rltkg review -->"
LONGEST = 60_000  # GitHub takes 65,536
LARGEST = 50_000_000  # bytes of a file in the artefact
_NUMBER = re.compile(rb"[1-9][0-9]{0,8}\n?")
_LIMITS = (wording.LIMIT, 5, 1)
_SHOWN = 30
_SEVERITIES = ("violation", "warning", "info")
_END = (
    "<sub>Names and texts are the contributor's, shown as text. `rltkg validate` and `rltkg diff` of the base branch "
    "found this; the annotations stand on the lines.</sub>"
)


class Left:
    """What a run left: the `number` of a pull request that it claims to be of, its `review`, and its `findings`.

    `findings` is the JSON report of `rltkg validate`, None where no file was judged; `review` is None where the
    contribution could not be compared, such as for a file that cannot be read.
    """

    def __init__(self, artefact: bytes) -> None:
        """Read a ZIP file; ValueError for one that is not what a run of ours leaves."""
        try:
            with zipfile.ZipFile(io.BytesIO(artefact)) as held:
                number = _content(held, "number")
                names = held.namelist()
                review, findings = (
                    json.loads(_content(held, name)) if name in names else None
                    for name in ("review.json", "findings.json")
                )
        except (
            zipfile.BadZipFile,
            KeyError,
            NotImplementedError,
            RuntimeError,
            OSError,
            RecursionError,
            EOFError,
        ) as error:
            raise ValueError(f"The artefact is not one of ours: {type(error).__name__}") from error
        if not _NUMBER.fullmatch(number):
            raise ValueError("The artefact names no pull request")
        if review is None and findings is None:
            raise ValueError("The artefact holds neither a review nor findings")
        self.number = int(number)
        self.review: Review | None = None if review is None else check(review)
        self.findings = None if findings is None else _report(findings)

    def comment(self) -> str:
        """Return the comment as GitHub's Markdown, at most LONGEST characters: cut between lines, and that is told."""
        head = [MARK, "### What this contribution changes"]
        findings = _findings(self.findings)
        if self.review is None:
            return (
                "\n\n".join([*head, findings, "It could not be compared: the log of the run tells why.", _END]) + "\n"
            )
        for limit in _LIMITS:
            parts = [*head, findings, markdown(self.review, limit=limit).rstrip("\n"), _END]
            told = "\n\n".join(filter(None, parts)) + "\n"
            if len(told) <= LONGEST:
                return told
        parts = [*head, _verdict(self.findings), f"**{escaped(wording.summary(self.review))}**"]
        return "\n\n".join([*parts, "All of it is too long for a comment: see the summary of the run.", _END]) + "\n"


def _content(held: zipfile.ZipFile, name: str) -> bytes:
    with held.open(name) as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError(f"{name} is over {LARGEST:,} bytes long")
    return content


def _report(report: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON holds
    """Return the parts of a report of `validate` that are shown; ValueError for anything else."""
    try:
        counts = {each: int(report["counts"][each]) for each in _SEVERITIES}
        findings = [
            {
                "severity": _SEVERITIES[_SEVERITIES.index(each["severity"])],
                "line": int(each.get("line", 0)),
                **{name: str(each.get(name, "")) for name in ("rule", "message", "file", "label")},
            }
            for each in report["findings"]
        ]
    except (LookupError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError("The findings are no report of validate") from error
    return {"counts": counts, "findings": findings}


def _verdict(report: dict[str, Any] | None) -> str:
    if report is None:
        return "No file of data changed, so none was judged."
    told = [
        f"{count:,} {each}{'' if count == 1 or each == 'info' else 's'}"
        for each, count in report["counts"].items()
        if count
    ]
    return (
        f"Judged by shapes and checks: {', '.join(told)}." if told else "Judged by shapes and checks: nothing to mend."
    )


def _findings(report: dict[str, Any] | None) -> str:
    if report is None or not report["findings"]:
        return _verdict(report)
    rows = []
    for each in report["findings"][:_SHOWN]:
        place = f"{each['file']}:{each['line']}" if each["line"] else each["file"]
        rows.append(
            [each["severity"], escaped(place), escaped(each["label"]), escaped(each["message"]), escaped(each["rule"])]
        )
    hidden = len(report["findings"]) - len(rows)
    blocks = [
        table(["gravity", "where", "about", "what", "rule"], rows),
        *([f"*{wording.left(hidden, 'findings')}*"] if hidden else []),
    ]
    return fold(f"<b>{_verdict(report)}</b>", blocks, unfolded=len(rows) <= 10)  # noqa: PLR2004 - what fits on a screen
