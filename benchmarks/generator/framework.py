"""What every generated graph opens with: the list of its graphs, and the framework of readiness."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.generator.writer import Writer

GRAPHS = {
    "bibliography": "Generated facts about sources.",
    "coding": "Generated comparisons and supersessions.",
    "eur": "Generated statements of surveys.",
    "gov": "Generated statements of country reports.",
    "manifest": "The list of the graphs.",
    "mappings": "Generated matches with other vocabularies.",
    "ontology": "Classes, properties and schemes; shipped, not generated.",
    "pages": "Generated statements of public pages.",
    "things": "Generated things.",
    "updates": "Generated statements of public pages on what came later, and questions still open.",
}
"""The named graphs, which bear the names of those of the release -> definition."""

DOMAINS = (
    ("governance", ("leadership and planning", "guidelines and best practice")),
    ("regulation", ("licensing and safety", "funding and reimbursement")),
    ("need", ("epidemiology", "awareness and demand")),
    ("provision", ("workforce and training", "infrastructure and supply")),
    ("information", ("data and registries", "research and evidence")),
)
FIRST_SUBDOMAIN, SECOND_SUBDOMAIN = 2, 3
"""How many indicators stand in the first and in the second subdomain of a domain."""
PER_DOMAIN = FIRST_SUBDOMAIN + SECOND_SUBDOMAIN


def write_graphs(writer: Writer) -> None:
    """Write the manifest: each graph with its label."""
    properties = writer.vocabulary.properties
    iri = writer.vocabulary.terms.iri
    for graph, definition in GRAPHS.items():
        claims = [f'{properties.label}"generated graph: {graph}"@en', f'{properties.definition}"{definition}"@en']
        if graph == "coding":
            claims.append(properties.codingAuthor + iri("thing", "benchmark-project"))
        writer.node("manifest", iri("graph", graph), "ReleaseGraph", claims)


def write_framework(writer: Writer) -> dict[str, str]:
    """Write the framework; return its indicators, five to a domain, each with its label."""
    properties = writer.vocabulary.properties
    terms = writer.vocabulary.terms
    top = terms.iri("thing", "framework-1")
    writer.node("things", top, "Framework", [f'{properties.label}"Generated readiness framework"@en'])
    writer.node(
        "things",
        terms.iri("thing", "contextual-factor-1"),
        "ContextualFactor",
        [f'{properties.label}"a change of government (contextual factor)"@en', properties.partOf + top],
    )
    indicators: dict[str, str] = {}
    order = 0

    def part(kind: str, local: str, label: str, whole: str, *more: str) -> str:
        nonlocal order
        order += 1
        thing = terms.iri("thing", local)
        claims = [f'{properties.label}"{label}"@en', properties.order + terms.integer(order), properties.partOf + whole]
        writer.node("things", thing, kind, [*claims, *more])
        return thing

    for first, (domain, subdomains) in enumerate(DOMAINS, start=1):
        node = part("Domain", f"domain-{first}", f"{domain} (domain)", top)
        for second, (subdomain, size) in enumerate(
            zip(subdomains, (FIRST_SUBDOMAIN, SECOND_SUBDOMAIN), strict=True), start=1
        ):
            below = part("Subdomain", f"subdomain-{first}-{second}", f"{subdomain} (subdomain)", node)
            for third in range(1, size + 1):
                label = f"{subdomain}, indicator {third}"
                question = f'{properties.question}"Is the health system ready in {subdomain}, by measure {third}?"@en'
                indicators[part("Indicator", f"indicator-{first}-{second}-{third}", label, below, question)] = label
    return indicators
