"""Tests of what the benchmarks rest on; nothing here is timed."""
