"""Results: what a query gave, as terms, as names that people read, and in the formats that other tools read."""

from rltkg.results.answer import Answer

__all__ = ["Answer"]
