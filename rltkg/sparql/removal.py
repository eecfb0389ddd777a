"""A query without some of its patterns, and what of it can be left out."""

from __future__ import annotations

from rltkg.sparql.cursor import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from rltkg.sparql.reading import Reading

LONGEST = 150
# Only in these can leaving out a part give rows; in the others (MINUS, OPTIONAL) the whole is at fault.
_OPEN = ("exists", "graph", "group", "lateral", "query", "select", "union")
_WITH_GROUP = ("exists", "graph", "lateral", "minus", "not exists", "optional")
_FIXED = ("column", "group by", "order by")


class Removal:
    """Writes the query of `reading`, read as `node`, without some of its parts."""

    def __init__(self, reading: Reading, node: Node) -> None:
        self.reading = reading
        self.node = node
        self._heads: dict[Node, tuple[Node, Node]] = {}

    def without(self, left_out: Collection[Node]) -> str:
        """Return the query without the nodes `left_out` and without its order."""
        node = self.node
        group = _group_of(node)
        if group is None:
            return self._complete(self._cut(node.first, node.last))
        head = self._cut(node.first, group.first)
        return self._complete(f"{head} {self._text(group, left_out)} {self._modifiers(node, left_out)}")

    def selecting(self, what: str, left_out: Collection[Node], around: Node | None = None) -> str:
        """Return a SELECT query for `what` in the innermost group around a node (default: in all of the query)."""
        main = _group_of(self.node) or self.node
        group = (_around(main, around) if around else None) or main
        graphs = self._graphs(self.node.first, main.first)
        return self._complete(f"SELECT {what} {graphs} WHERE {self._text(group, left_out)}")

    def shown(self, node: Node) -> str:
        """Return the text of a part as the user wrote it, on one line; a triple pattern with subject and property."""
        spans = [each.head for each in self._heads.get(node, ())]
        text = " ".join(self._cut(*span) for span in [*spans, (node.first, node.last)])
        text = " ".join(text.split())
        return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."

    def places(self, node: Node) -> list[int]:
        """Return the places of the tokens of a part; of a triple pattern with subject and property."""
        spans = [*(each.head for each in self._heads.get(node, ())), (node.first, node.last)]
        return [place for first, last in spans for place in range(first, last)]

    def triple(self, node: Node) -> tuple[str, str, str] | None:
        """Return subject, property and object of a triple pattern as the user wrote them; None for another part."""
        if node not in self._heads:
            return None
        subject, prop = self._heads[node]
        text = "[]" if subject.kind == "bracket" else self._cut(*subject.head)
        return text, self._cut(*prop.head), self._cut(node.first, node.last)

    def parts(self, node: Node | None = None) -> list[Node]:
        """Return what can be left out of `node` (default: of the whole query), in the order of the text."""
        node = node or self.node
        if node.kind == "filter":
            node.parts = node.parts or self._conditions(node)
            return node.parts
        found: list[Node] = []
        for each in node.parts if node.kind in (*_OPEN, "object") else ():
            if each.kind in ("statements", "bracket"):
                found += self._objects(each)
            elif each.kind in ("group", "select") and node.kind != "group":
                found += self.parts(each)
            elif each.kind not in _FIXED:
                found.append(each)
        return found

    def _objects(self, subject: Node) -> list[Node]:
        found = []
        for each in subject.parts:
            if each.kind == "bracket":  # a blank node as subject, with properties of its own
                found += self._objects(each)
            for item in each.parts if each.kind == "property" else ():
                self._heads[item] = (subject, each)
                found.append(item)
        return found

    def _conditions(self, node: Node) -> list[Node]:
        """Return the conditions that && joins in a FILTER, or none where it does not hold two."""
        tokens = self.reading.tokens
        if tokens[node.first + 1].text != "(":
            return []
        ends = [node.first + 1]
        depth = 0
        for place in range(node.first + 1, node.last):
            text = tokens[place].text
            if depth == 1 and text == "||":
                return []
            if depth == 1 and text == "&&":
                ends.append(place)
            depth += (text in ("(", "{")) - (text in (")", "}"))
        if len(ends) == 1:
            return []
        spans = zip(ends, [*ends[1:], node.last - 1], strict=True)
        return [Node("condition", first + 1, last) for first, last in spans]

    def _text(self, node: Node, out: Collection[Node]) -> str:
        """Return the text of a pattern without the nodes `out`."""
        if node in out:
            return ""
        if node.kind in _WITH_GROUP:
            return self._cut(node.first, node.parts[0].first) + self._text(node.parts[0], out)
        if node.kind == "union":
            return " UNION ".join(self._text(each, out) for each in node.parts)
        if node.kind == "object" and node.parts:
            return self._text(node.parts[0], out)
        write = _WRITERS.get(node.kind)
        return write(self, node, out) if write else self._cut(node.first, node.last)

    def _group(self, node: Node, out: Collection[Node]) -> str:
        inner = (self._text(each, out) + (" ." if each.kind == "statements" else "") for each in node.parts)
        return f"{{ {' '.join(text for text in inner if text.strip(' .'))} }}"

    def _select(self, node: Node, out: Collection[Node]) -> str:
        group = _group_of(node) or node
        head = self._cut(node.first + 1, group.first)
        return f"{{ {head} {self._text(group, out)} {self._modifiers(node, out, ordered=True)} }}"

    def _filter(self, node: Node, out: Collection[Node]) -> str:
        kept = [self._cut(each.first, each.last) for each in node.parts if each not in out]
        if len(kept) == len(node.parts):
            return self._cut(node.first, node.last)
        return f"FILTER({' && '.join(kept)})" if kept else ""

    def _statements(self, node: Node, out: Collection[Node]) -> str:
        subject = next((each for each in node.parts if each.kind == "bracket"), None)
        head = self._text(subject, out) if subject else self._cut(*node.head)
        properties = self._properties(node, out)
        return f"{head} {properties}" if properties or (subject and head != "[]") else ""

    def _bracket(self, node: Node, out: Collection[Node]) -> str:
        if self.reading.tokens[node.first].text == "(":
            return self._cut(node.first, node.last)
        properties = self._properties(node, out)
        return f"[ {properties} ]" if properties else "[]"

    def _properties(self, node: Node, out: Collection[Node]) -> str:
        found = []
        for each in node.parts:
            objects = [self._text(item, out) for item in each.parts if item not in out]
            if each.kind == "property" and objects:
                found.append(f"{self._cut(*each.head)} {', '.join(objects)}")
        return " ; ".join(found)

    def _modifiers(self, node: Node, out: Collection[Node], *, ordered: bool = False) -> str:
        kept = ("column", "group", "select", *(() if ordered else ("order by",)))
        return " ".join(
            self._cut(each.first, each.last) for each in node.parts if each.kind not in kept and each not in out
        )

    def _complete(self, text: str) -> str:
        prologue = self._cut(0, self.reading.start) + "\n" if self.reading.start else ""
        return self.reading.with_prefixes(prologue + text)

    def _graphs(self, first: int, last: int) -> str:
        """Return the FROM clauses between two tokens."""
        tokens = self.reading.tokens
        start = next((place for place in range(first, last) if tokens[place].upper == "FROM"), last)
        end = last - 1 if tokens[last - 1].upper == "WHERE" else last
        return self._cut(start, end)

    def _cut(self, first: int, last: int) -> str:
        tokens = self.reading.tokens
        return self.reading.text[tokens[first].start : tokens[last - 1].end] if last > first else ""


def _group_of(node: Node) -> Node | None:
    """Return the group of a query or a sub-query."""
    return next((each for each in node.parts if each.kind in ("group", "select")), None)


def _around(group: Node, node: Node) -> Node | None:
    """Return the innermost group in `group` that holds `node`; None where it is not inside."""
    if not group.first <= node.first < group.last:
        return None
    for each in group.parts:
        found = _around(each, node)
        if found:
            return found
    return group if group.kind == "group" else None


_WRITERS = {
    "bracket": Removal._bracket,  # noqa: SLF001
    "filter": Removal._filter,  # noqa: SLF001
    "group": Removal._group,  # noqa: SLF001
    "select": Removal._select,  # noqa: SLF001
    "statements": Removal._statements,  # noqa: SLF001
}
