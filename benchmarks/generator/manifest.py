"""What is in a generated graph: written beside it as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from benchmarks.generator.terms import BENCH, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.generator.examples import Examples
    from benchmarks.generator.faults import Planter
    from benchmarks.generator.generate import Outcome

THINGS = {
    "Document": "document-000001",
    "Actor": "actor-000015",
    "Indication": "indication-0001",
    "Place": "country-0000",
    "Therapy": "radioligand-therapy",
    "Concept": "concept-000001",
    "Product": "product-0001",
}
"""A thing of each class to describe, in every generated graph."""


def manifest(outcome: Outcome, examples: Examples, planter: Planter | None, options: dict[str, Any]) -> dict[str, Any]:
    """Return what is in the graph.

    Keys: `size`, `seed` and `format` (as asked for), `triples` and `sha256` (as written), `graphs` (IRI -> triples),
    `classes` (name -> nodes), `things` (class -> a thing to describe), `parameters` (query -> parameter -> a value that
    finds something when it is given alone), `queries` (query -> values that find something together), `faults` (each
    with kind, focus, class, graph, path, value and severity).
    """
    writer = outcome.writer
    parameters = {query: dict(sorted(values.items())) for query, values in sorted(examples.found.items())}
    return {
        **options,
        "triples": writer.written,
        "sha256": outcome.digest,
        "graphs": {PREFIXES["graph"] + graph: writer.graphs[graph] for graph in sorted(writer.graphs)},
        "classes": dict(sorted(writer.classes.items())),
        "things": {kind: f"{BENCH}thing/{local}" for kind, local in THINGS.items()},
        "parameters": parameters,
        "queries": {query: parameters[query] for query in parameters} | _together(parameters),
        "faults": planter.planted if planter else [],
    }


def _together(parameters: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return, for queries that have several parameters, those that make the question of a person about one thing."""
    chosen = {
        "changes_since": ["since", "place"],
        "clinical_evidence": ["indication"],
        "contested_statements": ["source"],
        "delivery_guidance": ["document"],
        "document_contents": ["document"],
        "document_facts": ["document"],
        "document_relations": ["document"],
        "documents_by_actor": ["actor"],
        "figures": ["thing"],
        "guideline_positions": ["document"],
        "guidelines_omitting_rlt": ["indication", "place"],
        "mappings": ["foreign_id"],
        "non_existence": ["indication"],
        "omission_explanations": ["document"],
        "passages_of": ["statement"],
        "policy_actions": ["area"],
        "positions_over_time": ["indication"],
        "readiness_matrix": ["indication", "indicator"],
        "references_in_several_sections": ["source"],
        "standing_of_therapies": ["indication"],
        "statements": ["thing"],
        "statements_by_reference": ["number", "source"],
        "status_of": ["thing"],
        "strategies_and_rlt": ["strategy"],
        "technical_properties": ["thing"],
        "terms": ["thing"],
    }
    return {
        query: {name: parameters[query][name] for name in names if name in parameters[query]}
        for query, names in chosen.items()
    }


def write_manifest(path: Path, content: dict[str, Any]) -> None:
    """Write the manifest, first under another name."""
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(json.dumps(content, indent=1, sort_keys=False) + "\n", encoding="utf-8")
    draft.replace(path)
