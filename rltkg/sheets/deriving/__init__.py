"""Derives kinds and columns from ontology and shapes; nothing here names a property or a class but the roots."""

from rltkg.sheets.deriving.classes import derived

__all__ = ["derived"]
