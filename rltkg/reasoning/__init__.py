"""What follows from the graph by the axioms of its ontology, and whether it all can be true."""
