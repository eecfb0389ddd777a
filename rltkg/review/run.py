"""Compares two releases: the room's door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.review.answers import answers, not_asked
from rltkg.review.beside import beside
from rltkg.review.form import FORM
from rltkg.review.items import Items
from rltkg.review.rest import rest
from rltkg.review.sides import sides
from rltkg.review.triples import Difference
from rltkg.review.verdict import no_verdict, verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from rltkg.review.form import Named, Review
    from rltkg.review.renaming import Renames
    from rltkg.review.sides import Place, Side

    Judged = tuple[Difference | None, Renames]

_SAME = "Not asked: both sides hold the same triples."


def compare(
    before: Place | None,
    after: Place | None,
    *,
    ask: bool = True,
    tell: Callable[[str, float], None] = lambda _what, _share: None,
) -> Review:
    """Return all that differs between two releases, as plain data of the form that `rltkg.review.form` describes.

    `sides` tells what `before` and `after` may be and what is raised. With `ask`, each query of the catalogue of
    `before` is asked on both sides, unless they hold the same triples. `tell` hears what comes next, and which share of
    the work is done by then, from 0 to 1.
    """
    first, second = sides(before, after)
    review: Review = {
        "form": FORM, "before": _named(first), "after": _named(second), "same": False, "groups": [], "rest": [],
        "answers": not_asked(_SAME), "beside": beside(first, second), "verdict": no_verdict(),
        "triples": {"added": [], "removed": []},
    }  # fmt: skip
    judged: Judged = (None, {})
    if first.digest is None or first.digest != second.digest:
        tell("reading both sides", 0)
        difference = Difference(first.engine, second.engine)
        if difference:
            tell("putting the difference into words", 0.1)
            judged = difference, _fill(review, difference, first, second, ask=ask, tell=tell)
    review["same"] = not (review["groups"] or review["rest"] or review["answers"]["changed"] or review["beside"])
    if not review["same"]:
        review["verdict"] = verdict(first, second, *judged, review["answers"])
    return review


def _fill(  # noqa: PLR0913 - two sides and what to do with them
    review: Review, difference: Difference, first: Side, second: Side, *, ask: bool, tell: Callable[[str, float], None]
) -> Renames:
    """Put into `review` what differs, and return the nodes with another IRI."""
    items = Items(difference, first, second)
    review["groups"] = items.groups()
    review["rest"] = rest(difference, first, second)
    review["triples"] = {"added": difference.added_lines, "removed": difference.removed_lines}
    if difference.same_triples:
        return items.renames
    if ask:
        review["answers"] = answers(first, second, items.relabelled, lambda what, share: tell(what, 0.2 + 0.8 * share))
    else:
        review["answers"] = not_asked("Not asked, as you wished (--no-answers).")
    return items.renames


def _named(side: Side) -> Named:
    return {"name": side.name, "version": side.version, "digest": side.shown_digest}
