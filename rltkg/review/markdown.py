"""A review as Markdown for a pull request: a line, a table of counts, and the details folded.

What contributors wrote is escaped by `escape`, all of it. Needs nothing but the standard library.
"""

from __future__ import annotations

from rltkg.review import wording
from rltkg.review.escape import code, escaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.review.form import AnswerChange, Group, Item, Rest, Review, Verdict

_OPEN = 3  # so many items of a group are seen at once; more are folded
_CHANGES = ("added", "removed", "renamed", "changed")


def markdown(review: Review, *, limit: int | None = wording.LIMIT) -> str:
    """Return `review` as GitHub's Markdown. Of each group, answer and list of triples `limit` are shown (None: all)."""
    if review["same"]:
        return f"**{wording.NOTHING}** {_between(review)}\n"
    blocks = [f"**{escaped(_capital(wording.summary(review)))}**", _between(review), _counts(review)]
    for group in review["groups"]:
        blocks += _group(group, limit)
    for each in review["rest"]:
        blocks += _rest(each, limit)
    if review["beside"]:
        blocks += ["#### Beside the graph", *(f"Note: {escaped(each)}" for each in review["beside"])]
    blocks += _answers(review, limit)
    blocks += _verdict(review["verdict"], limit)
    return "\n\n".join(filter(None, blocks)) + "\n"


def fold(head: str, blocks: Iterable[str], *, unfolded: bool = False) -> str:
    """Return `blocks` behind a line that opens them; `head` is escaped already."""
    return "\n\n".join([f"<details{' open' if unfolded else ''}><summary>{head}</summary>", *blocks, "</details>"])


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; its cells are escaped already."""
    heads = list(heads)
    return "\n".join(f"| {' | '.join(row)} |" for row in [heads, ["---"] * len(heads), *rows])


def _between(review: Review) -> str:
    return f"From {escaped(wording.side(review['before']))} to {escaped(wording.side(review['after']))}."


def _counts(review: Review) -> str:
    rows = []
    for group in review["groups"]:
        changes = [item["change"] for item in group["items"]]
        rows.append([escaped(group["name"]), *(str(changes.count(each) or "") for each in _CHANGES)])  # type: ignore[arg-type]
    return table(["", *_CHANGES], rows) if rows else ""


def _group(group: Group, limit: int | None) -> list[str]:
    shown, more = wording.split(group, limit)
    head = f"{_capital(group['name'])}: {wording.counted(group['items'])}"
    blocks = [block for item in shown for block in _item(item)]
    blocks += [f"*{escaped(more)}*"] if more else []
    if len(group["items"]) > _OPEN:
        return [fold(f"<b>{escaped(head)}</b>", blocks)]
    return [f"#### {escaped(head)}", *blocks]


def _item(item: Item) -> list[str]:
    ident = "" if item["id"] == item["label"] else f" {code(item['id'])}"
    graphs = f", in graph {' and '.join(item['graphs'])}" if item["graphs"] else ""
    lines = [f"{_capital(item['change'])}: **{escaped(item['label'])}**{ident} ({escaped(item['kind'] + graphs)})"]
    lines += [f"Before: {escaped(before)}"] if (before := wording.formerly(item)) else []
    lines += [f"Text: {escaped(item['text'])}"] if item["text"] else []
    source = "; ".join(filter(None, (item["whose"], item["where"])))
    lines += [f"Source: {escaped(source)}"] if source else []
    lines += [f"Note: {escaped(told)}"] if (told := wording.follows(item)) else []
    blocks = ["<br>\n".join(lines)]
    changes = wording.told_of(item)
    if item["change"] in ("added", "removed"):
        rows = [[escaped(each["property"]), _values(each["removed"] or each["added"])] for each in changes]
        if rows:
            word = "property" if len(rows) == 1 else "properties"
            blocks.append(fold(f"{len(rows)} more {word}", [table(["property", "value"], rows)]))
    elif changes:
        rows = [[escaped(each["property"]), _values(each["removed"]), _values(each["added"])] for each in changes]
        blocks.append(table(["property", "before", "after"], rows))
    for passage in item["passages"]:
        blocks += _item(passage)
    return blocks


def _rest(rest: Rest, limit: int | None) -> list[str]:
    lines = rest["lines"][:limit]
    more = [f"*{wording.left(len(rest['lines']) - len(lines), 'triples')}*"] if len(lines) < len(rest["lines"]) else []
    return [
        fold(
            f"<b>Besides: {escaped(rest['what'])}</b>",
            ["<br>\n".join(f"Triple: {escaped(wording.shortened(line))}" for line in lines), *more],
        )
    ]


def _verdict(verdict: Verdict, limit: int | None) -> list[str]:
    if not verdict["reasons"]:
        return []
    lines = [f"Reason: {escaped(wording.reason(each, limit))}" for each in verdict["reasons"]]
    head = f"<b>What it means for those who use the release: {escaped(verdict['level'])}</b>"
    return [fold(head, ["<br>\n".join(lines)]), f"Verdict: {escaped(wording.judged(verdict))}"]


def _answers(review: Review, limit: int | None) -> list[str]:
    told = review["answers"]
    blocks = [f"#### {escaped(_capital(wording.answered(review)))}"]
    blocks += [f"Note: {escaped(told['because'])}"] if told["because"] else []
    for each, options in wording.merged(told["changed"]):
        asked = escaped(f"{each['query']} ({options})" if options else each["query"])
        blocks.append(fold(f"{asked}: {escaped(wording.rows(each))}", _answer(each, limit)))
    names = wording.renamed(told["changed"])
    return [*blocks, f"Names: {escaped(names)}"] if names else blocks


def _answer(change: AnswerChange, limit: int | None) -> list[str]:
    blocks = [f"Query: {escaped(change['title'])}"]
    blocks += [f"Note: {escaped(change['failed'])}"] if change["failed"] else []
    rows = [("removed", row) for row in change["removed"]] + [("added", row) for row in change["added"]]
    shown = rows[:limit]
    # A column that is empty in every row tells nothing.
    filled = [
        place for place in range(len(change["columns"])) if any(row[place : place + 1] > [""] for _, row in shown)
    ]
    if shown:
        heads = ["", *(escaped(change["columns"][place].replace("_", " ")) for place in filled)]
        blocks.append(
            table(
                heads, ([word, *(escaped("".join(row[place : place + 1])) for place in filled)] for word, row in shown)
            )
        )
    cells = [(each["row"], cell) for each in change["changed"][:limit] for cell in each["cells"]]
    if cells:
        told = (
            [escaped(row), escaped(cell["column"]), _cell(cell["before"]), _cell(cell["after"])] for row, cell in cells
        )
        blocks.append(table(["changed row", "column", "before", "after"], told))
    hidden = len(rows) - len(shown) + len(change["changed"]) - len(change["changed"][:limit])
    return [*blocks, *([f"*{wording.left(hidden, 'rows')}*"] if hidden else [])]


def _values(values: Iterable[object]) -> str:
    return "<br>".join(_cell(each["shown"]) for each in values)  # type: ignore[index]


def _cell(text: str) -> str:
    return (code(text) if "://" in text else escaped(text)) or "*empty*"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
