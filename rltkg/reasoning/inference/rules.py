"""Rules in SPARQL, made from the axioms of an ontology: what holds in the body, then also the head.

Each is the rule of OWL 2 RL of the same name (https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules),
with the axioms of the ontology filled in, so that no rule looks at the ontology while it runs.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from rltkg.corpus.prefixes import OWL, RDF, RDFS, TERMS
from rltkg.errors import InputError
from rltkg.reasoning.inference.axioms import Axioms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Triple

    from rltkg.reasoning.inference.axioms import Term

TYPE = f"<{RDF}type>"
Atom = tuple[str, str, str]


class Rule:
    """A rule: `atoms` are the triple patterns of its body, `head` is the pattern that then holds.

    `table` is a clause VALUES for the variables that stand for terms of the ontology, or nothing.
    """

    __slots__ = ("atoms", "head", "name", "table")

    def __init__(self, name: str, atoms: list[Atom], head: Atom, table: str = "") -> None:
        self.name = name
        self.atoms = atoms
        self.head = head
        self.table = table


def rules_of(ontology: list[Triple]) -> list[Rule]:
    """Return the rules that follow from `ontology`; InputError where a defined class uses what no rule is made from."""
    axioms = Axioms(ontology)
    found: list[Rule] = []

    def by_table(name: str, pairs: list[tuple[str, str]], atom: Atom, head: Atom) -> None:
        if pairs:
            rows = " ".join(f"({one} {other})" for one, other in pairs)
            found.append(Rule(name, [atom], head, f"VALUES (?one ?other) {{ {rows} }}"))

    members = [
        (value, name) for name, expression in axioms.defined() if (value := str(expression)).startswith(f"<{TERMS}")
    ]
    classes = axioms.above(RDFS + "subClassOf", also=members)
    properties = axioms.above(RDFS + "subPropertyOf")
    by_table("cax-sco", _flat(classes), ("?x", TYPE, "?one"), ("?x", TYPE, "?other"))
    by_table("prp-spo1", _flat(properties), ("?x", "?one", "?y"), ("?x", "?other", "?y"))
    by_table("prp-dom", axioms.pairs(RDFS + "domain"), ("?x", "?one", "?y"), ("?x", TYPE, "?other"))
    kept = [pair for pair in axioms.pairs(RDFS + "range") if pair[0] in set(axioms.of_type(OWL + "ObjectProperty"))]
    by_table("prp-rng", kept, ("?x", "?one", "?y"), ("?y", TYPE, "?other"))
    inverse = axioms.pairs(OWL + "inverseOf")
    both = sorted({*inverse, *((other, one) for one, other in inverse)})
    by_table("prp-inv", both, ("?x", "?one", "?y"), ("?y", "?other", "?x"))
    symmetric = [(each, each) for each in axioms.of_type(OWL + "SymmetricProperty")]
    by_table("prp-symp", symmetric, ("?x", "?one", "?y"), ("?y", "?other", "?x"))
    found += [
        Rule("prp-trp", [("?x", name, "?y"), ("?y", name, "?z")], ("?x", name, "?z"))
        for name in axioms.of_type(OWL + "TransitiveProperty")
    ]
    for name, chain in axioms.chains():
        atoms = [(f"?x{number}", each, f"?x{number + 1}") for number, each in enumerate(chain)]
        found.append(Rule("prp-spo2", atoms, ("?x0", name, f"?x{len(chain)}")))
    for name, expression in axioms.defined():
        found += _defined(name, expression, axioms)
    return found


def _flat(above: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(term, broader) for term, several in above.items() for broader in several]


def _defined(name: str, expression: Term, axioms: Axioms) -> Iterator[Rule]:
    """Yield the rules of a defined class: what makes a member of it, and what a member of it is."""
    numbers = count()
    yield Rule("cls-int1", _atoms("?x", expression, axioms, numbers), ("?x", TYPE, name))
    for part in axioms.list_of(_only(axioms.values(str(expression), OWL + "intersectionOf"))):
        if str(part).startswith("<"):
            yield Rule("cls-int2", [("?x", TYPE, name)], ("?x", TYPE, str(part)))
        for value in axioms.values(str(part), OWL + "hasValue"):
            on = str(_only(axioms.values(str(part), OWL + "onProperty")))
            yield Rule("cls-hv1", [("?x", TYPE, name)], ("?x", on, str(value)))


def _atoms(variable: str, expression: Term, axioms: Axioms, numbers: count[int]) -> list[Atom]:
    """Return the triple patterns that hold for `variable` where it is a member of the class `expression`."""
    node = str(expression)
    if node.startswith("<"):
        return [(variable, TYPE, node)]
    found: list[Atom] = []
    for parts in axioms.values(node, OWL + "intersectionOf"):
        found += [atom for part in axioms.list_of(parts) for atom in _atoms(variable, part, axioms, numbers)]
    if on := axioms.values(node, OWL + "onProperty"):
        name = str(_only(on))
        found += [(variable, name, str(value)) for value in axioms.values(node, OWL + "hasValue")]
        for filler in axioms.values(node, OWL + "someValuesFrom"):
            inner = f"?n{next(numbers)}"
            found += [(variable, name, inner), *_atoms(inner, filler, axioms, numbers)]
    if not found:
        raise InputError(
            f"A defined class uses a construct that no rule is made from (at {node}); "
            "use intersectionOf, hasValue and someValuesFrom"
        )
    return found


def _only(terms: list[Term]) -> Term:
    [term] = terms
    return term
