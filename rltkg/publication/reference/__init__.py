"""The reference, `docs/reference/`: ontology, shapes, checks and queries, told by what they themselves say."""
