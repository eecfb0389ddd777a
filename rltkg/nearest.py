"""What to say of a name or value that is not known. Imported only when there is something to complain of."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches

_SHOWN = 60
_LISTED = 8


def sayable(value: str) -> str:
    """Return `value` quoted, safe to print (no control character passes) and no longer than a line."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}... ({len(value):,} characters)"


def closest(value: str, known: list[str], *, margin: float = 1.0) -> list[str]:
    """Return what of `known` is most like `value`, capitals aside: at most three, the most like first.

    One that is less like it than the first by more than `margin` (likeness goes from 0 to 1) is left out.
    """
    folded = value[:200].casefold()
    lower = {each.casefold(): each for each in known}
    close = get_close_matches(folded, lower, n=3, cutoff=0.6)
    likeness = [SequenceMatcher(None, each, folded).ratio() for each in close] if margin < 1 else [0.0] * len(close)
    return [lower[each] for each, ratio in zip(close, likeness, strict=True) if ratio >= likeness[0] - margin]


def nearest(value: str, known: list[str], others: list[str] | None = None) -> str:
    """Return a clause that names what of `known` and `others` is most like `value`, else lists some of `known`."""
    close = closest(value, [*known, *(others or [])])
    if close:
        return "did you mean " + " or ".join(sayable(each) for each in close) + "?"
    if not known:
        return "there is none to choose from"
    listed = ", ".join(sorted(known)[:_LISTED])
    return f"choose from: {listed}" + (f" and {len(known) - _LISTED} more" if len(known) > _LISTED else "")
