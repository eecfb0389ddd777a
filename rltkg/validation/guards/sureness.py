"""Whether a name that is not known can mean one known name only, so that it may be mended without asking anybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rltkg.search.spelling import distance, letters

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+|[^\W\d_]+")
_SHORTEST = 5  # letters: a shorter word has neighbours of another sense (NEN and NET, Iran and Iraq)
_FAR = 2  # edits: as far away as that a name is another one, but too near for the nearest to be sure


def the_only(name: str, known: Iterable[str], *, closed: bool) -> str | None:
    """Return the one of `known` that `name` must be a slip of; None where it may be another, or something new.

    A slip changes capitals and hyphens only, or one letter of one word that has five or more, not the first; no number.
    Another known name that is one edit further away makes it unsure, and so does a plural, unless nobody may add to
    what is known (`closed`).
    """
    close = near(name, known)
    fewest = min(close.values(), default=_FAR)
    if fewest == _FAR:
        return None
    nearest = [other for other, edits in close.items() if edits <= fewest + bool(fewest)]
    if len(nearest) == 1 and (not fewest or _is_slip(name, nearest[0], closed=closed)):
        return nearest[0]
    return None


def near(name: str, known: Iterable[str]) -> dict[str, int]:
    """Return those of `known` that are so near to `name` that they may be meant, with the edits that part them."""
    bare = _bare(name)
    bits = letters(bare)
    found: dict[str, int] = {}
    for other in set(known):
        against = _bare(other)
        # One edit can take one letter out of the set and bring another in.
        if (bits ^ letters(against)).bit_count() <= 2 * _FAR:
            edits = distance(bare, against, _FAR)
            if edits <= _FAR:
                found[other] = edits
    return found


def _bare(name: str) -> str:
    return name.casefold().replace("-", "").replace("_", "")


def _is_slip(name: str, right: str, *, closed: bool) -> bool:
    one, other = _WORD.findall(name), _WORD.findall(right)
    if len(one) != len(other):
        return False
    pairs = [(a.casefold(), b.casefold()) for a, b in zip(one, other, strict=True) if a.casefold() != b.casefold()]
    if len(pairs) != 1:
        return False
    wrong, word = pairs[0]
    if not (wrong + word).isalpha() or wrong[0] != word[0] or min(len(wrong), len(word)) < _SHORTEST:
        return False
    return closed or wrong.removesuffix("s") != word.removesuffix("s")
