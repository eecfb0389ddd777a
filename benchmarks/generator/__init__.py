"""Graphs shaped like ours, of any size: seeded, byte-identical, written as they come, with faults planted by choice.

`python -m benchmarks.generator SIZE [-o FILE]` writes one, and beside it `FILE.json`, which tells what is in it.
Nothing in it is true. The ontology is not generated: whoever loads the graph adds the shipped `ontology/rltkg.ttl` in
the named graph `https://w3id.org/rltkg/graph/ontology`.

Things, sources and their statements have IRIs below `https://w3id.org/rltkg/bench/`; terms, codes and named graphs are
those of the release. Classes, properties and values come in the shares that the release of November 2026 has, with
more assessments (country x indication x indicator x year), status events and open questions.
"""

from __future__ import annotations

from benchmarks.generator.generate import Outcome, generate

__all__ = ["Outcome", "generate"]
