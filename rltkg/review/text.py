"""A review as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rltkg.results.width import terminal_width
from rltkg.review import wording
from rltkg.search.sheet import Sheet

if TYPE_CHECKING:
    from rltkg.review.form import AnswerChange, Item, Review

_WIDTH = 120
_MORE = "Not all is shown; --all shows the rest, --format json has it as data."


def text(review: Review, width: int | None = None, *, bold: bool = False, limit: int | None = wording.LIMIT) -> str:
    """Return `review` as text, at most `width` characters wide where words allow (default: the terminal's, else 120).

    Of each group, each answer and each list of triples `limit` are shown (None: all), and how many more there are.
    With `bold`, the heads are, by terminal codes.
    """
    return str(_Page(review, width or terminal_width(_WIDTH), bold=bold, limit=limit).sheet)


class _Page:
    def __init__(self, review: Review, width: int, *, bold: bool, limit: int | None) -> None:
        self.sheet = Sheet(width, bold=bold)
        self.limit = limit
        self.cut = False
        self._head(review)
        for group in review["groups"]:
            self.sheet.head(f"{_capital(group['name'])}: {wording.counted(group['items'])}")
            shown, more = wording.split(group, limit)
            for item in shown:
                self._item(item, 2)
            self._rest(more)
        for each in review["rest"]:
            self.sheet.head(f"Besides: {each['what']}")
            self._lines([wording.shortened(line) for line in each["lines"]])
        if review["beside"]:
            self.sheet.head("Beside the graph")
            for sentence in review["beside"]:
                self.sheet.text(sentence, 2)
        self._answers(review)
        self._reasons(review)
        if self.cut:
            self.sheet.gap()
            self.sheet.text(_MORE)
        if verdict := wording.judged(review["verdict"]):
            self.sheet.gap()
            self.sheet.text(verdict)

    def _head(self, review: Review) -> None:
        if review["same"]:
            self.sheet.text(wording.NOTHING)
        else:
            self.sheet.head(f"From {wording.side(review['before'])} to {wording.side(review['after'])}")
            self.sheet.text(wording.summary(review))

    def _item(self, item: Item, indent: int) -> None:
        sign, before = wording.SIGNS[item["change"]], wording.formerly(item)
        ident = "" if item["id"] == item["label"] else f" ({item['id']})"
        graphs = f", in graph {' and '.join(item['graphs'])}" if item["graphs"] else ""
        self.sheet.text(
            f"{sign} {item['label']}{ident}, {item['kind']}{graphs}{'; ' if before else ''}{before}", indent
        )
        for line in (item["text"], "; ".join(filter(None, (item["whose"], item["where"])))):
            self.sheet.text(line, indent + 4)
        whole = item["change"] in ("added", "removed")
        for each in wording.told_of(item):
            was, now = wording.values(each["removed"]), wording.values(each["added"])
            if whole:
                self.sheet.text(f"{each['property']}: {was or now}", indent + 4)
            elif was and now:
                self.sheet.text(f"{each['property']}: {was} -> {now}", indent + 4)
            else:
                self.sheet.text(f"{each['property']}: {'- ' + was if was else '+ ' + now}", indent + 4)
        self.sheet.text(wording.follows(item), indent + 4)
        for passage in item["passages"]:
            self._item(passage, indent + 4)

    def _answers(self, review: Review) -> None:
        told = review["answers"]
        if review["same"] and not told["asked"]:
            return
        self.sheet.head(_capital(wording.answered(review)))
        self.sheet.text(told["because"], 2)
        for each, options in wording.merged(told["changed"]):
            asked = f"{each['query']} ({options})" if options else each["query"]
            self.sheet.text(f"{asked}: {wording.rows(each)}", 2)
            self._rows(each)
        self.sheet.text(wording.renamed(told["changed"]), 2)

    def _reasons(self, review: Review) -> None:
        told = review["verdict"]["reasons"]
        if told:
            self.sheet.head("What it means for those who use the release")
        for each in told:
            self.sheet.text(wording.reason(each, self.limit), 2)
            self.cut = self.cut or (self.limit is not None and len(each["cases"]) > self.limit)

    def _rows(self, change: AnswerChange) -> None:
        self.sheet.text(change["failed"], 6)
        lines = []
        for sign, several in (("-", change["removed"]), ("+", change["added"])):
            for row in several:
                cells = zip(change["columns"], row, strict=False)
                lines.append(f"{sign} " + "; ".join(f"{column}: {cell}" for column, cell in cells if cell))
        for changed in change["changed"]:
            told = [
                f"{cell['column']}: {cell['before'] or '(empty)'} -> {cell['after'] or '(empty)'}"
                for cell in changed["cells"]
            ]
            lines.append(f"~ {changed['row']}: {'; '.join(told)}")
        self._lines(lines, "rows")

    def _lines(self, lines: list[str], what: str = "triples") -> None:
        for line in lines[: self.limit]:
            self.sheet.text(line, 6)
        hidden = 0 if self.limit is None else len(lines) - self.limit
        self._rest(wording.left(hidden, what) if hidden > 0 else "", 6)

    def _rest(self, more: str, indent: int = 2) -> None:
        self.cut = self.cut or bool(more)
        self.sheet.text(more, indent)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
