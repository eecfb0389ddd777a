"""The words in which a page tells of nodes, codes and statements."""

from __future__ import annotations

from rltkg.results.names import OWN
from rltkg.search.records import Named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.search.records import Brief, Coded, Condition, Mark

# Properties that only say that a statement is about what is described.
_PLAIN = ("about", "concerns", "contentOf", "inSection", "inDocument", "passage")


def linked(node: Named | str) -> str:
    """Return a node by its label, with its id where one may want to ask on; a foreign one with its IRI."""
    if not isinstance(node, Named):
        return node
    if not node.iri.startswith(OWN):
        return node.iri if node.label == node.iri else f"{node.label} <{node.iri}>"
    return node.label if node.iri.startswith(OWN + "code/") or node.label == node.id else f"{node.label} ({node.id})"


def meant(value: Coded) -> str:
    """Return a code and what it means."""
    meaning = (value.meaning or "").removesuffix(".")
    return f"{value.code.label}: {meaning[:1].lower()}{meaning[1:]}" if meaning else value.code.label


def limited(value: Condition) -> str:
    """Return a condition, with its alternatives."""
    either = " or ".join(map(linked, value.any_of))
    return f"{linked(value.condition)}: any of {either}" if either else linked(value.condition)


def marked(mark: Mark) -> str:
    """Return how a statement stands in a comparison or supersession."""
    how = ", ".join(code.label for code in mark.how)
    if mark.side == "compares":
        return how or "compared"
    word = "superseded" if mark.side == "earlier" else "supersedes an earlier statement"
    return f"{word} ({how})" if how else word


def graded(each: Brief) -> str:
    """Return how a statement is graded, put and bounded, in one line."""
    codes = [f"{code.property.label}: {' and '.join(map(linked, code.values))}" for code in each.codes]
    put = [value.label for value in (*each.modality, *each.polarity)]
    scope = [f"for {_listed(each.indications)}"] if each.indications else []
    place = ["jurisdiction not stated"] if any(value.id == "jurisdiction" for value in each.not_stated) else []
    place = [f"in {_listed(each.jurisdictions)}"] if each.jurisdictions else place
    ties = [value for value in each.role if value.id not in _PLAIN]
    roles = [f"named as {_listed(ties)}"] if ties else []
    return "; ".join([*codes, *put, *scope, *place, *roles])


def _listed(several: list[Named]) -> str:
    return ", ".join(each.label for each in several)
