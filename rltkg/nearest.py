"""What to say of a name or value that is not known. Imported only when there is something to complain of."""

from __future__ import annotations

from difflib import get_close_matches

_SHOWN = 60
_LISTED = 8


def sayable(value: str) -> str:
    """Return `value` quoted, safe to print (no control character passes) and no longer than a line."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... ({len(value):,} characters)"


def nearest(value: str, known: list[str], others: list[str] | None = None) -> str:
    """Return a clause that names what of `known` and `others` is most like `value`, else lists some of `known`."""
    lower = {each.casefold(): each for each in [*known, *(others or [])]}
    close = get_close_matches(value[:200].casefold(), lower, n=3, cutoff=0.6)
    if close:
        return "did you mean " + " or ".join(sayable(lower[each]) for each in close) + "?"
    if not known:
        return "there is none to choose from"
    listed = ", ".join(sorted(known)[:_LISTED])
    return f"choose from: {listed}" + (f" and {len(known) - _LISTED} more" if len(known) > _LISTED else "")
