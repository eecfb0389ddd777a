"""From a difference of triples to what people speak of: nodes that were added, removed, renamed or changed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from rltkg.review.naming import Names
from rltkg.review.renaming import following, renames
from rltkg.review.sources import Sources, owners
from rltkg.search.description import MATCHES
from rltkg.search.entries import KINDS
from rltkg.search.facts import DEFINITION, LABEL, TERMS, TYPE, Facts
from rltkg.search.statement import kind_of

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rltkg.review.form import Change, Group, Item
    from rltkg.review.sides import Side
    from rltkg.review.triples import Difference

    Properties = dict[str, tuple[list[object], list[object]]]

_PASSAGES, _LINKS = "passages", "links to other vocabularies"
# How the kinds of `rltkg find` are headed here, in the order in which they are told; the first that fits a node counts.
GROUPS = {
    "statement": "statements",
    "passage": _PASSAGES,
    "note": "comparisons and supersessions",
    "document": "documents",
    "actor": "actors",
    "indication": "indications",
    "place": "places",
    "section": "sections and references",
    "graph": "graphs",
    "concept": "concepts",
    "term": "codes and terms of the ontology",
    "thing": "therapies and other things",
}
_TOPS = {
    **KINDS,
    "passage": [TERMS + "Passage"],
    "section": [TERMS + "Section", TERMS + "Reference"],
    "graph": [TERMS + "ReleaseGraph"],
}
_TEXTS = (TERMS + "text", TERMS + "note", DEFINITION)
_ORDER = ("added", "removed", "renamed", "changed")


class Items:
    """The nodes that differ, made from the `difference` of two sides."""

    def __init__(self, difference: Difference, before: Side, after: Side) -> None:
        self._before, self._after = Facts(before.store), Facts(after.store)
        self._engines = before.engine, after.engine
        self.renames = renames(difference.removed, difference.added, *self._engines)
        self._follow = following(difference.removed, difference.added, self.renames)
        self._old = {new.value: old.value for old, new in self.renames.items()}
        self._graphs: dict[str, set[str]] = defaultdict(set)
        self._kinds: dict[tuple[object, ...], str] = {}
        self._changes = self._by_node(difference)
        self._passages = owners((each for each in self._changes if self._group(each) == "passage"), *self._sides)
        statements = {each for several in self._passages.values() for each in several}
        nodes = {*self._changes, *statements}
        for facts in self._sides:
            facts.learn(nodes)
        self._held = {facts: facts.about(sorted(nodes)) for facts in self._sides}
        self.names = Names(self._terms({*nodes, *self._follow}), before.store, after.store)
        statements |= {each for each in self._changes if self._group(each) == "statement"}
        self._sources = {facts: Sources(sorted(statements), facts) for facts in self._sides}

    @property
    def relabelled(self) -> dict[str, tuple[str, str]]:
        """The IRIs whose label is another one, each with its old and its new label."""
        changed = [each for each, held in self._changes.items() if LABEL in held and all(held[LABEL])]
        return {each: (self.names.before(self._old.get(each, each)), self.names.after(each)) for each in changed}

    def groups(self) -> list[Group]:
        """Return the nodes as items, by group; groups in the order of GROUPS, items by kind, change and label."""
        found: dict[str, list[Item]] = {name: [] for name in (*GROUPS.values(), _LINKS)}
        known: dict[str, Item] = {}
        for node, held in self._changes.items():
            links = {name: pair for name, pair in held.items() if name in MATCHES}
            rest = {name: pair for name, pair in held.items() if name not in MATCHES}
            if links:
                found[_LINKS].append(self._item(node, links, linked=True))
            if rest or not links:
                known[node] = self._item(node, rest)
        for node, statements in self._passages.items():
            item = known[node]
            place = next(filter(None, (self._sources[facts].passage(node) for facts in reversed(self._sides))), None)
            # A passage has no name but the place where it is printed.
            item["label"] = str(place or item["label"])
            if len(statements) == 1:
                owner = known.setdefault(statements[0], self._item(statements[0], {}))
                owner["passages"].append(known.pop(node))
            else:
                item["whose"] = f"of {', '.join(map(self.names.linked, statements)) or 'no statement'}"
        for node, item in known.items():
            found[GROUPS[self._group(node)]].append(item)
        return [{"name": name, "items": sorted(items, key=_rank)} for name, items in found.items() if items]

    @property
    def _sides(self) -> tuple[Facts, Facts]:
        return self._before, self._after

    def _by_node(self, difference: Difference) -> dict[str, Properties]:
        """Return the properties that differ, by the node (with its later IRI): values lost and values got."""
        found: dict[str, Properties] = {new: {} for new in self._old}
        came = set(self._follow.values())
        for place, triples in enumerate((difference.removed, difference.added)):
            for triple, quads in triples.items():
                node = self.renames.get(triple.subject, triple.subject).value  # type: ignore[arg-type]
                self._graphs[node] |= {
                    quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)
                }
                if triple not in (came if place else self._follow):
                    pair = found.setdefault(node, {}).setdefault(triple.predicate.value, ([], []))
                    pair[place].append(triple.object)
        for facts in self._sides:
            facts.learn(found)
        return found

    def _terms(self, told: set[object]) -> set[object]:
        """Return all nodes that may be named in the telling of the nodes `told`."""
        terms: set[object] = {NamedNode(each) for each in told if isinstance(each, str)}
        for each in told:
            if isinstance(each, str):
                terms |= {NamedNode(kind) for facts in self._sides for kind in facts.classes_of(each)}
                terms |= {NamedNode(graph) for graph in self._graphs.get(each, ())}
            else:
                terms.add(each.subject)  # type: ignore[attr-defined]
        for held in self._changes.values():
            for name, pair in held.items():
                terms |= {NamedNode(name), *pair[0], *pair[1]}
        return terms | set(self.renames) | set(self.renames.values())

    def _group(self, node: str) -> str:
        facts = self._holding(node)
        alike = (facts, *facts.classes_of(node))
        if alike not in self._kinds:
            self._kinds[alike] = next((each for each in GROUPS if facts.is_a(node, *_TOPS[each])), "thing")
        return self._kinds[alike]

    def _holding(self, node: str) -> Facts:
        """Return the side that tells what `node` is: the later one where it has a class there."""
        return self._after if self._after.classes_of(node) else self._before

    def _item(self, node: str, held: Properties, *, linked: bool = False) -> Item:
        facts = self._holding(node)
        change = self._change(node, held, linked=linked)
        old = self._old.get(node, "")
        side = self._before if change == "removed" else self._after
        follow = [] if linked else self._following(node)
        label, was = self.names.label(node), self.names.before(old or node)
        return {
            "change": change,  # type: ignore[typeddict-item]
            "iri": node,
            "iri_before": old,
            "id": self.names.id(node),
            "kind": self.names.label(kind_of(node, facts)) if facts.classes_of(node) else "without a class",
            "label": self.names.id(node) if label == node else label,
            "was": was if was and change in ("changed", "renamed") and was != self.names.after(node) else "",
            "text": "" if linked else self._text(node, side),
            "whose": "" if linked else self._sources[side].whose(node),
            "where": "" if linked else self._sources[side].where(node),
            "graphs": sorted(self.names.label(each) for each in self._graphs.get(node, ())),
            "changes": self._told(held),
            "passages": [],
            "following": len(follow),
            "followers": self._followers(follow, (old, node)),
        }  # fmt: skip

    def _change(self, node: str, held: Properties, *, linked: bool) -> str:
        if linked or node not in self._changes:
            lost, got = (any(pair[place] for pair in held.values()) for place in (0, 1))
            return "changed" if lost == got else ("removed" if lost else "added")
        if node in self._old:
            return "renamed"
        was, now = (next(engine.quads_for_pattern(NamedNode(node), None, None, None), None) for engine in self._engines)
        if not was or not now:
            return "removed" if was else "added"
        return "renamed" if set(held) == {LABEL} and all(held[LABEL]) else "changed"

    def _following(self, node: str) -> list[Triple]:
        """Return the triples that only follow the renaming of `node`: its own, and those that lead to it."""
        old = self._old.get(node)
        if old is None:
            return []
        own = {each for each in self._follow if each.subject.value == old}  # type: ignore[union-attr]
        return [
            each
            for each in self._follow
            if each in own or (each.subject not in self.renames and each.object == NamedNode(old))
        ]

    def _followers(self, follow: list[Triple], itself: tuple[str, str]) -> list[str]:
        """Return the nodes that triples are about, other than the renamed one."""
        nodes = {each.subject.value for each in follow} - set(itself)  # type: ignore[union-attr]
        return sorted(map(self.names.linked, nodes))

    def _told(self, held: Properties) -> list[Change]:
        changes: list[Change] = []
        for name, pair in held.items():
            removed, added = self.names.values(*pair)
            label = self.names.label(name)
            changes.append({"property": label, "iri": name, "removed": removed, "added": added})
        first = {TYPE: 0, LABEL: 1}
        return sorted(changes, key=lambda each: (first.get(each["iri"], 2), each["property"], each["iri"]))

    def _text(self, node: str, facts: Facts) -> str:
        held = self._held[facts][node]
        return next((held[name][0].value for name in _TEXTS if name in held), "")


def _rank(item: Item) -> tuple[str, int, str, str]:
    return (item["kind"], _ORDER.index(item["change"]), item["label"], item["iri"])
