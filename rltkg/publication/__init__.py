"""Publication: what a release says of itself."""
