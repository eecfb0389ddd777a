"""Corpus: finds and reads the files of a release (`ontology/`, `data/`, `queries/`), and knows nothing of queries."""

from rltkg.corpus.release import GraphFile, Release, shipped

__all__ = ["GraphFile", "Release", "shipped"]
