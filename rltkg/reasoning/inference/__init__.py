"""The inferred graph: what the axioms of the ontology add to what is stated, by rules that any SPARQL engine runs."""

from rltkg.reasoning.inference.closure import Inferred, infer

__all__ = ["Inferred", "infer"]
