"""What results are held against."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.report.tables import shown


@dataclass(frozen=True)
class Goal:
    """One line of the first table: what, the figure that was found, what it must reach and what it aims at."""

    what: str
    found: str
    least: str
    aim: str
    met: str

    @classmethod
    def at_most(cls, what: str, found: float, least: float, aim: float, unit: str = "x") -> Goal:
        """Hold `found` against limits that it should stay below."""
        met = "?" if found != found else "aim" if found <= aim else "yes" if found <= least else "**no**"  # noqa: PLR0124
        return cls(what, shown(found, unit), f"≤ {least:g}{unit}", f"≤ {aim:g}{unit}", met)

    @classmethod
    def at_least(cls, what: str, found: float, least: float, aim: float, unit: str = "x") -> Goal:
        """Hold `found` against limits that it should pass."""
        met = "?" if found != found else "aim" if found >= aim else "yes" if found >= least else "**no**"  # noqa: PLR0124
        return cls(what, shown(found, unit), f"≥ {least:g}{unit}", f"≥ {aim:g}{unit}", met)
