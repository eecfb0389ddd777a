"""What is measured, group by group. One more group is one more module and one more line here.

A group is a module with TITLE, `SIZED` (whether it is measured at each size, or on the shipped release only),
`measure(graph, bench) -> list[Row]`, `goals(rows) -> list[Goal]` and `section(rows) -> str` (Markdown).
"""

from __future__ import annotations

from benchmarks.groups import catalogue, contribution, loading, opening, remote, startup, validation

GROUPS = {
    "startup": startup,
    "load": loading,
    "catalogue": catalogue,
    "open": opening,
    "remote": remote,
    "contribution": contribution,
    "validate": validation,
}
