"""The verdict on a difference: whether it breaks what others built on the release, and which version it asks for."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from rltkg.corpus.stored import Stored
from rltkg.errors import InputError
from rltkg.results.names import OWN
from rltkg.review.judging.data import Nodes
from rltkg.review.judging.queries import answer_cases, query_cases
from rltkg.review.judging.rules import LEVELS, reasons
from rltkg.review.judging.shapes import check_cases, shape_cases
from rltkg.review.judging.terms import term_cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from rltkg.review.form import Answers, Level, Verdict
    from rltkg.review.judging.rules import Case
    from rltkg.review.renaming import Renames
    from rltkg.review.sides import Side
    from rltkg.review.triples import Difference

_VERSION = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
_NUMBERS = re.compile(r"(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


def no_verdict() -> Verdict:
    """Return what stands for the verdict where nothing differs."""
    return {"level": "none", "reasons": [], "unjudged": [], "before": "", "after": "", "at_least": ""}


def verdict(before: Side, after: Side, difference: Difference | None, renames: Renames, answers: Answers) -> Verdict:
    """Return how grave the change from `before` to `after` is, with all its reasons.

    `difference` is None where both hold the same triples; `renames` are the nodes with another IRI, `answers` what
    became of the catalogue. What cannot be judged, such as a file of shapes that is broken, is named in `unjudged`.
    """
    cases: list[Case] = []
    unjudged: list[str] = []
    new_terms: list[str] = []
    if difference:
        nodes = Nodes(difference, renames, before.engine, after.engine)
        new_terms = nodes.new_terms
        cases += [*nodes.cases(), *term_cases(before.engine, after.engine)]
        cases += answer_cases(answers["changed"], nodes.reworded)
        # What has no name of its own, and is no expression of a term, is told by its triples alone.
        cases += [] if cases else [("fact-corrected", "nodes without a name")]
        if not answers["asked"] and not difference.same_triples:
            unjudged.append("the answers, which were not asked")
    if before.release.root != after.release.root:
        cases += _guarded(lambda: query_cases(_queries(before), _queries(after)), "the queries", unjudged)
        if not isinstance(before.release, Stored) and not isinstance(after.release, Stored):
            # A folder of data alone, without shapes or checks, has not taken them away.
            if before.release.shapes and after.release.shapes:
                cases += _guarded(
                    lambda: shape_cases(_files(before, "shapes"), _files(after, "shapes"), new_terms),
                    "the shapes",
                    unjudged,
                )
            if before.release.checks and after.release.checks:
                cases += _guarded(
                    lambda: check_cases(_files(before, "checks"), _files(after, "checks")), "the checks", unjudged
                )
    found = reasons(cases)
    if any(each["rule"] == "query-reworded" for each in found):
        unjudged.append("what the queries answer that are written otherwise: those of the later side are not run")
    level: Level = next((each for each in LEVELS if any(reason["level"] == each for reason in found)), "none")
    # Where both hold the same triples, they hold the same version too.
    versions = [] if level == "none" else [_version(side) for side in ((before, after) if difference else (before,))]
    return {
        "level": level, "reasons": found, "unjudged": unjudged,
        "before": versions[0] if versions else "", "after": versions[-1] if versions else "",
        "at_least": raised(versions[0], level) if versions else "",
    }  # fmt: skip


def raised(version: str, level: Level) -> str:
    """Return the least version that a change of `level` asks for after `version`.

    It is "" for a version that is not of the form 1.2.3. Before 1.0.0 the second number counts what breaks, and the
    third everything else.
    """
    if level == "none" or not (found := _NUMBERS.fullmatch(version)):
        return ""
    major, minor, patch = map(int, found.groups())
    if level == "major" and major:
        return f"{major + 1}.0.0"
    if level == "major" or (level == "minor" and major):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def _version(side: Side) -> str:
    quads = side.engine.quads_for_pattern(NamedNode(OWN + "ontology"), _VERSION, None, None)
    return min((quad.object.value for quad in quads), default=side.version)  # type: ignore[union-attr]


def _guarded(judge: Callable[[], Iterable[Case]], what: str, unjudged: list[str]) -> Iterator[Case]:
    """Yield the cases; where files cannot be read, which a contributor may have written, name them instead."""
    try:
        yield from list(judge())
    except (InputError, OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        unjudged.append(f"{what}, which cannot be read on both sides")


def _queries(side: Side) -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = json.loads(side.release.catalogue.read_bytes())["queries"]
    return held


def _files(side: Side, what: str) -> list[Path]:
    """Return files of a release; InputError for a link that leads out of it."""
    paths: list[Path] = getattr(side.release, what)
    root = side.release.root.resolve()
    for path in paths:
        if not path.resolve().is_relative_to(root):
            raise InputError(f"{path} is a link that leads out of {root}; put the file itself there")
    return paths
