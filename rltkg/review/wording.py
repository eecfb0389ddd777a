"""The words in which a review is told, whether as text or as Markdown."""

from __future__ import annotations

import re

from rltkg.review.judging.rules import told as reason_told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.review.form import AnswerChange, Change, Group, Item, Named, Reason, Review, Value, Verdict

LIMIT = 20
SIGNS = {"added": "+", "removed": "-", "renamed": "~", "changed": "~", "moved": "~"}
_W3 = "http://www.w3.org/"
_PREFIXES = {
    f"{_W3}1999/02/22-rdf-syntax-ns#": "rdf",
    f"{_W3}2000/01/rdf-schema#": "rdfs",
    f"{_W3}2001/XMLSchema#": "xsd",
    f"{_W3}2002/07/owl#": "owl",
    f"{_W3}2004/02/skos/core#": "skos",
    "https://w3id.org/rltkg/ontology/": "rlt",
    **{f"https://w3id.org/rltkg/{room}/": room for room in ("code", "coding", "eur", "gov", "graph", "page", "thing")},
}
# An IRI of which the last part may stand behind a prefix.
_IRI = re.compile(r"<([^<>\s]*[/#])([A-Za-z][A-Za-z0-9-]*)>")
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_FEW = 8
NOTHING = "No difference."


def summary(review: Review) -> str:
    """Return the difference in one line: how many of what, and how many answers change."""
    if review["same"]:
        return NOTHING
    parts = [f"{group['name']}: {counted(group['items'])}" for group in review["groups"]]
    if review["rest"]:
        parts.append(f"besides: {_triples(review)}")
    parts.append(answered(review))
    if review["beside"]:
        parts.append("queries, shapes or checks differ too")
    return "; ".join(parts)


def _triples(review: Review) -> str:
    count = sum(len(each["lines"]) for each in review["rest"])
    return f"{count:,} triple{'' if count == 1 else 's'}"


def answered(review: Review) -> str:
    """Return how many answers were asked for and how many change, or why none was."""
    told = review["answers"]
    if not told["asked"]:
        return "answers: not asked"
    changed = sum(not _only_renamed(each) for each in told["changed"])
    more = len(told["changed"]) - changed
    words = f"{changed:,} of {told['asked']:,} change" if changed else f"none of {told['asked']:,} changes"
    return f"answers: {words}" + (f", {more:,} more show{'s' if more == 1 else ''} new names only" if more else "")


def counted(items: Iterable[Item]) -> str:
    """Return how many items were added, removed, renamed and changed: `1 added, 2 changed`."""
    several = [item["change"] for item in items]
    found = {change: several.count(change) for change in ("added", "removed", "renamed", "changed")}
    return ", ".join(f"{count:,} {change}" for change, count in found.items() if count)


def rows(change: AnswerChange) -> str:
    """Return what becomes of an answer: `1 row added, 2 changed; 15 rows before, 16 after`."""
    if change["failed"]:
        return "cannot be asked on both sides"
    parts = {
        "added": len(change["added"]),
        "removed": len(change["removed"]),
        "changed": len(change["changed"]),
        "with a new name only": change["renamed"],
    }
    first, *others = [(count, word) for word, count in parts.items() if count]
    told = [
        f"{first[0]:,} row{'' if first[0] == 1 else 's'} {first[1]}",
        *(f"{count:,} {word}" for count, word in others),
    ]
    same = change["before"] == change["after"]
    size = (
        f"{change['before']:,} before and after" if same else f"{change['before']:,} before, {change['after']:,} after"
    )
    return f"{', '.join(told)}; {size}"


def merged(changes: list[AnswerChange]) -> list[tuple[AnswerChange, str]]:
    """Return the answers that change, each with how it was asked; those of one query that change alike only once.

    Those that only show a new name are left out: `renamed` tells them.
    """
    found: list[tuple[AnswerChange, list[str]]] = []
    for each in changes:
        if _only_renamed(each):
            continue
        if found and _alike(found[-1][0], each):
            found[-1][1].append(each["options"])
        else:
            found.append((each, [each["options"]]))
    return [
        (each, "" if options == [""] else " and ".join(one or "by default" for one in options))
        for each, options in found
    ]


def renamed(changes: list[AnswerChange]) -> str:
    """Return which answers only show a thing by its new name, and in how many rows; "" for none."""
    told = [
        f"{each['query']}{' ' + each['options'] if each['options'] else ''} ({each['renamed']:,})"
        for each in changes
        if _only_renamed(each)
    ]
    return f"Only a new name, in so many rows: {', '.join(told)}" if told else ""


def side(named: Named) -> str:
    """Return a side by name, with version and digest where it has them."""
    # A folder has no version but its name.
    version = [] if named["version"].startswith("folder ") else [named["version"]]
    about = [*version, f"digest {named['digest']}"] if named["digest"] else []
    return named["name"] + (f" ({', '.join(about)})" if about else "")


def formerly(item: Item) -> str:
    """Return the name or the id that a renamed node had before; "" for any other."""
    if item["change"] != "renamed":
        return ""
    ident = f"its id was {item['iri_before'].rsplit('/', 1)[-1]}" if item["iri_before"] else ""
    return ", ".join(filter(None, (f"called {item['was']} before" if item["was"] else "", ident)))


def told_of(item: Item) -> list[Change]:
    """Return the properties of an item that nothing else of it tells.

    The head of a new or lost node tells its kind, label and text, that of a renamed one its labels; passages that stand
    below a statement need no line more.
    """
    below = {f"<{passage['iri']}>" for passage in item["passages"]}
    return [each for each in item["changes"] if not _in_head(each, item) and not _terms(each) <= below]


def follows(item: Item) -> str:
    """Return which triples only follow a renamed node; "" for none."""
    if not item["following"]:
        return ""
    count = item["following"]
    told = f"{count:,} triple{' is' if count == 1 else 's are'} as before but for the new id"
    about, more = item["followers"][:_FEW], len(item["followers"]) - _FEW
    more_told = [f"{more:,} more"] if more > 0 else []
    return told + (f", also of: {'; '.join([*about, *more_told])}" if about else "")


def values(several: list[Value]) -> str:
    """Return values as one text."""
    return "; ".join(each["shown"] for each in several)


def left(count: int, what: str, change: str = "") -> str:
    """Say that `count` more are not shown."""
    return f"... and {count:,} more {what}{f' ({change})' if change else ''}"


def judged(verdict: Verdict) -> str:
    """Return the verdict in one line: `This is a major change: 1 term is gone. ...`; "" where nothing differs."""
    if verdict["level"] == "none":
        return ""
    why = [each for each in verdict["reasons"] if each["level"] == verdict["level"]]
    parts = [f"This is a {verdict['level']} change: {'; '.join(map(reason_told, why))}."]
    if verdict["at_least"]:
        enough = "is enough" if is_enough(verdict) else f"is to become {verdict['at_least']} or higher"
        parts.append(f"Version {verdict['after']} {enough} (it was {verdict['before']}).")
    if verdict["unjudged"]:
        parts.append(f"Not judged: {'; '.join(verdict['unjudged'])}.")
    return " ".join(parts)


def is_enough(verdict: Verdict) -> bool:
    """Say whether the version of the later side is as high as the verdict asks, or higher."""
    after, least = ([int(each) for each in re.findall(r"[0-9]{1,6}", verdict[name])] for name in ("after", "at_least"))
    return after >= least


def reason(reason: Reason, limit: int | None) -> str:
    """Return one reason with its cases, at most `limit`: `2 terms are gone: rlt:bound, rlt:emits`."""
    cases = reason["cases"][:limit]
    hidden = len(reason["cases"]) - len(cases)
    more = f", {left(hidden, 'cases')}" if hidden else ""
    return f"{reason['level']}: {reason_told(reason)}: {', '.join(cases)}{more}"


def split(group: Group, limit: int | None) -> tuple[list[Item], str]:
    """Return the items of a group that are shown, at most `limit`, and what is said of the others; "" for none."""
    shown, hidden = group["items"][:limit], group["items"][limit:] if limit is not None else []
    return shown, left(len(hidden), group["name"], counted(hidden)) if hidden else ""


def shortened(line: str) -> str:
    """Return an N-Quad or a triple with the known ones of its IRIs in short."""
    return _IRI.sub(lambda found: f"{_PREFIXES[found[1]]}:{found[2]}" if found[1] in _PREFIXES else found[0], line)


def _in_head(change: Change, item: Item) -> bool:
    held = [each["shown"] for each in (*change["removed"], *change["added"])]
    if item["change"] == "renamed":
        return change["iri"] == _LABEL and held == [item["was"], item["label"]]
    if item["change"] == "changed":
        return False
    heads = {_RDF_TYPE: item["kind"], _LABEL: item["label"]}
    if change["iri"] in heads:
        return held == [heads[change["iri"]]]
    return bool(item["text"]) and held == [item["text"]]


def _terms(change: Change) -> set[str]:
    return {each["term"] for each in (*change["removed"], *change["added"])}


def _alike(one: AnswerChange, other: AnswerChange) -> bool:
    parts = ("query", "added", "removed", "changed", "renamed", "failed")
    return all(one[part] == other[part] for part in parts)  # type: ignore[literal-required]


def _only_renamed(change: AnswerChange) -> bool:
    return not (change["added"] or change["removed"] or change["changed"] or change["failed"])
