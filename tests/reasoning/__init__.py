"""What the axioms of the ontology make of the graph."""
