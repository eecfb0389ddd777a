"""Quality: a release held, as a whole, to the rules that keep an ontology readable, citable and safe to build on.

What SPARQL can say of the graph is a check (`ontology/checks/`), as `rltkg validate` runs them; what needs the words of
a definition, or files beside the graph, is here. `python -m rltkg.quality` runs both.
"""
