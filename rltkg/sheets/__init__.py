"""Sheets: contributions as spreadsheets. What can be said of each kind of node, templates, and both ways between.

`kinds` derives from ontology and shapes which kinds there are and which columns each has. `templates` writes an empty
form (Turtle, CSV, XLSX), `reading` reads a filled one, `rows` makes triples of it, `writing` makes a book of triples.
"""
