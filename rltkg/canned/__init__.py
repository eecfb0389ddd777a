"""Canned queries: from a query file to its contract, to typed parameters bound as RDF terms, to an answer."""

from rltkg.canned.contract import Catalogue, Column, Parameter, Query

__all__ = ["Catalogue", "Column", "Parameter", "Query"]
