"""Whether the graph can be true at all, what its classes then hold, and if not, which few triples clash."""

from rltkg.reasoning.logic.run import Clash, Verdict, reason

__all__ = ["Clash", "Verdict", "reason"]
