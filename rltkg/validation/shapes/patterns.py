"""Tells regular expressions that may take exponential time in engines that backtrack."""

from __future__ import annotations

import re
import warnings
from typing import Any

_MOST = 1_000  # characters of a pattern
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT"}
_REFERENCES = {"GROUPREF", "GROUPREF_EXISTS"}
_MANY = 32  # a repetition at most this often is not worth worrying about


def catastrophic(pattern: str) -> str | None:
    """Say why `pattern` may take for ever, or return None: a repetition of repetitions, or of alternatives.

    Python's own parser reads it; it is what pySHACL matches with. A pattern that it cannot read is refused too.
    """
    if len(pattern) > _MOST:
        return f"it is {len(pattern):,} characters long"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            from re import _parser  # type: ignore[attr-defined]

            tree = _parser.parse(pattern)
        except re.error as error:
            return f"it is no regular expression ({error})"
    return _fault(tree, inside=False)


def _fault(tree: Any, *, inside: bool) -> str | None:  # noqa: ANN401  (Python's own tree, which has no types)
    """Walk the parsed tree; `inside` tells that it stands below an unbounded repetition."""
    for name, argument in tree:
        kind = str(name)
        repeats = kind in _REPEATS and argument[1] > _MANY
        if kind in _REFERENCES:
            return "it refers back to a group"
        if repeats and inside:
            return "a repetition stands within another"
        if inside and kind == "BRANCH":
            return "alternatives stand within a repetition"
        for body in _below(kind, argument):
            if found := _fault(body, inside=inside or repeats):
                return found
    return None


def _below(kind: str, argument: Any) -> list[Any]:  # noqa: ANN401
    """Return the parts of a node of the tree."""
    if kind == "BRANCH":
        return list(argument[1])
    if kind in _REPEATS or kind == "SUBPATTERN":
        return [argument[-1]]
    return [argument[1]] if kind in {"ASSERT", "ASSERT_NOT"} else []
