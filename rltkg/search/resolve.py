"""From what a person types (an id, a label, an IRI) to the one node of a graph that it names."""

from __future__ import annotations

from pyoxigraph import Literal

from rltkg.errors import InputError
from rltkg.results.labels import last_part
from rltkg.results.names import LONGEST, bearers, candidates, choices_of, long, matching, node_of, short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.search.facts import Facts

SHOWN = 8
_THING = "https://w3id.org/rltkg/thing/"
# Finds most names without reading them all, and a section as it is cited (GOV 2.2).
_CALLED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX rlt: <https://w3id.org/rltkg/ontology/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?node WHERE {{
  {{
    VALUES ?property {{ rdfs:label skos:notation skos:altLabel }}
    ?node ?property ?name .
  }}
  UNION
  {{
    ?node rlt:sectionNumber ?number ; rlt:sectionOf/skos:notation ?source .
    BIND(CONCAT(?source, " ", ?number) AS ?name)
  }}
  FILTER(isIRI(?node) && LCASE(STR(?name)) = {name})
}}
"""


def resolve(thing: str, facts: Facts) -> str:
    """Return the IRI of the one node that `thing` names, a thing before a code; InputError for none or several."""
    text = thing.strip()
    if not text or len(text) > LONGEST or any("\ud800" <= each <= "\udfff" for each in text):
        from rltkg.nearest import sayable

        raise InputError(f"{sayable(text)} can be no name; give an id, a label or an IRI, up to {LONGEST:,} characters")
    if facts.has(text):
        return text
    found = _looked_up(text, facts)
    if not found:  # these read the whole graph
        found = [each for each in facts.classes if short(each) == text]
        found = found or [each for each in facts.classes if last_part(each) == text]
    found = found or [node.value for (node,) in facts.rows(_CALLED.format(name=Literal(text.lower())))]
    choices = [] if found else choices_of(facts.store)
    found = found or [each.iri for each in matching(text, choices)]
    # Whoever says "radioligand therapy" means the therapy, not the topic of that name.
    things = [each for each in found if each.startswith(_THING)]
    if len(things or found) == 1:
        return (things or found)[0]
    from rltkg.nearest import nearest, sayable

    if found:
        several = [facts.named(each) for each in sorted(found)]
        facts.settle()
        ids = "; ".join(f"{each.id} ({each.label})" for each in several[:SHOWN])
        more = f" and {len(several) - SHOWN} more" if len(several) > SHOWN else ""
        raise InputError(f"{sayable(text)} is the name of {len(several)} things; say which by id: {ids}{more}")
    hint = nearest(text, [each.id for each in choices], [each.label for each in choices])
    told = f"; {hint}" if hint.startswith("did you mean") else "."
    raise InputError(f"Nothing is called {sayable(text)}{told} Search names and texts with `rltkg find`")


def _looked_up(text: str, facts: Facts) -> list[str]:
    """Return the nodes of this project with the short IRI `text`, else with this last part, else the thing so called.

    A name to the letter counts only where it is that of one thing, since what else is called alike is not read.
    """
    known = [each for each in ([long(text)] if ":" in text else candidates(text)) if node_of(each)]
    facts.learn(known)
    if found := [each for each in known if facts.classes_of(each)]:
        return found
    things = [each for each in bearers(text, facts.store) if each.startswith(_THING)]
    return things if len(things) == 1 else []
