"""Validation: from files that somebody contributes to a report of what must, should and could be mended."""
