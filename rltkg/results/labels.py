"""What a person calls a term: its label, the last part of its IRI, or its text."""

from __future__ import annotations

from pyoxigraph import NamedNode, QueryResultsFormat, parse_query_results

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.store import Store

_LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?label WHERE {{ VALUES ?term {{ {terms} }} ?term rdfs:label ?label }} ORDER BY ?term ?label
"""


def labels_of(terms: Iterable[object], store: Store) -> dict[str, str]:
    """Return the label of each IRI among `terms` that has one in `store`, by IRI."""
    wanted = sorted({str(term) for term in terms if isinstance(term, NamedNode)})
    if not wanted:
        return {}
    found: dict[str, str] = {}
    payload = store.select(_LABELS.format(terms=" ".join(wanted)))
    for term, label in parse_query_results(payload, format=QueryResultsFormat.JSON):  # type: ignore[union-attr]
        found.setdefault(term.value, label.value)
    return found


def last_part(iri: str) -> str:
    """Return the part of `iri` after its last slash or hash: the id of a thing of this project."""
    return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
