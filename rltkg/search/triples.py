"""The triples behind a description: those of the node, of the statements that name it, and of their passages."""

from __future__ import annotations

from pyoxigraph import Triple

from rltkg.search.facts import OWL, RDF, SUBCLASS, TERMS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.search.facts import Facts

_STEPS = [OWL + "equivalentClass", SUBCLASS, RDF + "first", RDF + "rest"]
_STEPS += [OWL + each for each in ("intersectionOf", "unionOf", "complementOf", "someValuesFrom", "allValuesFrom")]
# A class may be defined by an expression, whose nodes have no IRIs; one query for all, so that they keep their ids.
_PATH = "|".join(f"<{step}>" for step in _STEPS)
_OWN = f"""SELECT DISTINCT ?s ?p ?o WHERE {{{{
  {{{{ BIND(<{{node}}> AS ?s) }}}} UNION {{{{ <{{node}}> ({_PATH})+ ?s FILTER(isBlank(?s)) }}}}
  ?s ?p ?o
}}}}"""
_STATED = """SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ VALUES ?s {{ {statements} }} }} UNION {{ VALUES ?statement {{ {statements} }} ?statement <{terms}passage> ?s }}
  ?s ?p ?o
}}"""


def triples_of(node: str, statements: Iterable[str], facts: Facts) -> list[Triple]:
    """Return the triples of `node`, and those of `statements` (IRIs) with their passages."""
    found = [Triple(*row) for row in facts.rows(_OWN.format(node=node))]  # type: ignore[arg-type]
    if values := " ".join(f"<{each}>" for each in statements):
        stated = facts.rows(_STATED.format(statements=values, terms=TERMS))
        found += [Triple(*row) for row in stated]  # type: ignore[arg-type]
    return found
