"""The triples behind a description: those of the node, of the statements that name it, and of their passages."""

from __future__ import annotations

from rltkg.results.triples import Triples
from rltkg.search.facts import OWL, RDF, SUBCLASS, TERMS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.store import Store

_STEPS = [OWL + "equivalentClass", SUBCLASS, RDF + "first", RDF + "rest"]
_STEPS += [OWL + each for each in ("intersectionOf", "unionOf", "complementOf", "someValuesFrom", "allValuesFrom")]
_PATH = "|".join(f"<{step}>" for step in _STEPS)
# A class may be defined by an expression, whose nodes have no IRIs; one query for all, so that they keep their ids.
_BEHIND = """CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ VALUES ?s {{ <{node}> {statements} }} }}
  UNION {{ <{node}> ({path})+ ?s FILTER(isBlank(?s)) }}
  UNION {{ VALUES ?statement {{ {statements} }} ?statement <{terms}passage> ?s }}
  ?s ?p ?o
}}"""


def triples_of(node: str, statements: Iterable[str], store: Store) -> Triples:
    """Return the triples of `node`, and those of `statements` (IRIs) with their passages."""
    values = " ".join(f"<{each}>" for each in statements)
    text = _BEHIND.format(node=node, statements=values, path=_PATH, terms=TERMS)
    return Triples(text, store.construct(text), store.release.version if store.release else "")
