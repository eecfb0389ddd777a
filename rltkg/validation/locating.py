"""Gives each finding its place, the name of its node, and a suggestion where one is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from rltkg.results.labels import last_part
from rltkg.validation.shapes.terms import SH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyoxigraph import Store

    from rltkg.validation.reading import Contribution
    from rltkg.validation.report import Finding

# Rules of this package that say more than a component of SHACL about the same value.
_EXPLAINED = {
    "undefined-iri": SH + "ClassConstraintComponent",
    "ill-typed-literal": SH + "DatatypeConstraintComponent",
}
_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def located(findings: Sequence[Finding], contribution: Contribution, store: Store) -> Iterator[Finding]:
    """Give each of `findings` its place in the files of `contribution`, and the label of its focus node.

    The place is that of the triple in question, or of the node where something is missing. A finding about a node that
    no file describes, which the contribution only touches, stands where a file first names it. Of two findings about
    one value the one that explains it is kept: that nothing describes it, rather than that it has no class; that it is
    no date, rather than that it has another datatype (rdflib would repair it, and pySHACL not see it). Of what a
    template leaves to be filled in, nothing else is said.
    """
    explained = {
        (component, *each.key[:3])
        for each in findings
        for component in [_EXPLAINED.get(each.rule)]
        if component is not None
    }
    unfilled = {finding.key[:3] for finding in findings if finding.rule == "placeholder"}
    contribution.places.about({finding.focus for finding in findings})
    for finding in findings:
        if (finding.component, *finding.key[:3]) in explained:
            continue
        if finding.key[:3] in unfilled and finding.rule != "placeholder":
            continue
        place = finding.location
        if finding.focus and (place is None or not place.line):
            place = contribution.places.of(finding.focus, finding.path, finding.value) or place
        if place is None and finding.focus:
            place = contribution.places.naming(finding.focus)
        yield finding.at(place, label=_label(finding.focus, store))


def _label(node: str, store: Store) -> str:
    if not node.startswith("<"):
        return ""
    for quad in store.quads_for_pattern(NamedNode(node[1:-1]), _LABEL, None):
        if isinstance(quad.object, Literal):
            return quad.object.value
    return last_part(node[1:-1])
