"""Benchmarks: a generator of graphs shaped like ours, and one command that measures and writes `RESULTS.md`."""
