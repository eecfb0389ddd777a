"""Publication: what a release says of itself, and the files that it is given to others as."""
