"""The sieve: finds, set by set, the nodes of a large graph that surely conform; an engine judges only the others.

An engine puts each shape to each node, pair by pair. In a graph that is nearly in order nearly all of that work says
the same: nothing to report. Here a constraint is put to all nodes of a shape at once, as an operation on sets. What
fails, and what is not understood for certain, is suspect, and goes to an engine with all that the shapes may ask of it,
so that each finding is the engine's own. A shape of which nothing is understood makes all its nodes suspects.
"""

from rltkg.validation.sieve.judging import Sifted, sift

__all__ = ["Sifted", "sift"]
