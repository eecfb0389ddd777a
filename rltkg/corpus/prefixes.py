"""The prefixes that this project's files, queries and answers use, each with its namespace."""

from __future__ import annotations

OWN = "https://w3id.org/rltkg/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = OWN + "ontology/"
PREFIXES = {
    "code": OWN + "code/",
    "coding": OWN + "coding/",
    "dcterms": "http://purl.org/dc/terms/",
    "eur": OWN + "eur/",
    "gov": OWN + "gov/",
    "graph": OWN + "graph/",
    "owl": OWL,
    "page": OWN + "page/",
    "rdf": RDF,
    "rdfs": RDFS,
    "rlt": TERMS,
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": OWN + "shape/",
    "skos": SKOS,
    "thing": OWN + "thing/",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": XSD,
}
