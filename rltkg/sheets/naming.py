"""Which node a row is about: the id that it gives, or the one that is made of its label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from rltkg.nearest import sayable
from rltkg.results.labels import last_part
from rltkg.results.names import OWN, long, short
from rltkg.sheets.known import id_from

if TYPE_CHECKING:
    from rltkg.sheets.kinds import Kind
    from rltkg.sheets.known import Known
    from rltkg.validation.report import Location

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*")
_RESERVED = tuple(OWN + room for room in ("ontology/", "code/", "graph/", "shape/", "rule/"))

Faulty = tuple[str, str]  # a rule and a message


class Naming:
    """Gives the rows of a book their IRIs, one after the other, and finds those that clash."""

    def __init__(self, known: Known, namespace: str | None = None) -> None:
        """Mint in `namespace` (an IRI), else in that of each kind; `known` are the nodes that there are."""
        self._known = known
        self._namespace = namespace
        self._taken: dict[str, Location] = {}

    def given(self, text: str, kind: Kind, place: Location) -> str | Faulty:
        """Return the IRI that the id cell `text` of a row of `kind` names: in full, with a prefix, or its last part."""
        if _BARE.fullmatch(text):
            iri = self._space(kind) + text
        elif ":" in text and (text.startswith(("http://", "https://")) or long(text) != text):
            iri = long(text)
            if not _is_iri(iri) or not last_part(iri):
                return "bad-id", f"{sayable(text)} is no IRI; mend it, or leave it empty to have the label make one."
        else:
            made = id_from(text)
            told = f", such as {made}" if made else ""
            return "bad-id", f"{sayable(text)} is no id; write words in lower case with hyphens between them{told}."
        if iri.startswith(_RESERVED):
            return (
                "reserved-id",
                f"{sayable(text)} belongs to the vocabulary, which no row describes; choose another id.",
            )
        return self._claim(iri, kind, place)

    def made(self, label: str, kind: Kind, place: Location) -> str | Faulty:
        """Return the IRI that is made of the `label` of a row of `kind` without an id."""
        part = id_from(label)
        if not part:
            return "missing-id", f"The label {sayable(label)} gives no id, since it has no letters of ours; write one."
        iri = self._space(kind) + part
        if iri in self._taken:
            other = self._taken[iri].in_book
            message = f"The label gives the id {part!r}, as that in {other} does; write another id, or delete the row."
            return "minted-twice", message
        if iri in self._known:
            what = self._known.labels.get(iri, short(iri))
            message = (
                f"The label gives the id {part!r}, which the graph has ({sayable(what)}); write it into id if that is "
                "meant, else another one."
            )
            return "minted-id-exists", message
        return self._claim(iri, kind, place)

    def missing(self, kind: Kind, told: str) -> Faulty:
        """Say that a row has neither an id nor a label to make one of; `told` is what its first cell says."""
        label = kind.by_iri.get(LABEL)
        if label is not None and label.required:
            return "missing-id", "The row has neither an id nor a label to make one of; write a label."
        such = f"{kind.name}-{id_from(told) or 1}"
        return "missing-id", f"The row has no label to make an id of; write an id, such as {such}."

    def _claim(self, iri: str, kind: Kind, place: Location) -> str | Faulty:
        if iri in self._taken:
            message = f"The id {short(iri)} stands in {self._taken[iri].in_book} too; give one of them another id."
            return "duplicate-id", message
        classes = self._known.classes.get(iri, set()) - {kind.iri}
        if iri in self._known and kind.iri not in self._known.classes[iri]:
            others = ", ".join(sorted(short(each) for each in classes))
            message = f"The graph has {short(iri)} already, as {others} and not as {short(kind.iri)}; write another id."
            return "id-of-another-kind", message
        self._taken[iri] = place
        return iri

    def _space(self, kind: Kind) -> str:
        return self._namespace or kind.namespace


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return not re.search(r"\s", text)
