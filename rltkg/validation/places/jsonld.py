"""Where in a JSON-LD text each node is described, as JSON pointers (RFC 6901)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyoxigraph import RdfFormat, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = "https://w3id.org/rltkg/number"


def pointers(text: str) -> dict[str, str]:
    """Return the first pointer of each node that has an id, by the node as N-Triples writes it.

    Ids are expanded by the parser of the engine, with the context at the top of the text; nodes under a context of
    their own may be missing. An empty answer where the text is no JSON-LD.
    """
    try:
        tree = json.loads(text)
    except ValueError:
        return {}
    context = tree.get("@context", {}) if isinstance(tree, dict) else {}
    named = list(_nodes(tree, ""))
    probe = [{"@id": ident, _NUMBER: number} for number, (ident, _) in enumerate(named)]
    document = json.dumps({"@context": context, "@graph": probe})
    found: dict[int, str] = {}
    try:
        for quad in parse(document, format=RdfFormat.JSON_LD):
            if quad.predicate.value == _NUMBER:
                found[int(quad.object.value)] = str(quad.subject)
    except SyntaxError:
        return {}
    places: dict[str, str] = {}
    for number in sorted(found):
        places.setdefault(found[number], named[number][1])
    return places


def _nodes(tree: Any, pointer: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401  (JSON is what it is)
    """Give the ids of the nodes that `tree` describes, with their pointers; a mere reference is none."""
    if isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _nodes(value, f"{pointer}/{index}")
    elif isinstance(tree, dict):
        ident = tree.get("@id")
        if isinstance(ident, str) and len(tree) > 1:
            yield ident, pointer
        for key, value in tree.items():
            if key != "@context":
                yield from _nodes(value, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
