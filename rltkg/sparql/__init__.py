"""Free SPARQL: read before any engine sees it, run within limits, and explained when it gives nothing."""
