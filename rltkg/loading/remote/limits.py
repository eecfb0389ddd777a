"""What a load must know of each dialect: how much goes into one request, and what one request is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_MB = 1 << 20
LARGE = 4 * _MB


class Limits(NamedTuple):
    """How a load goes about one kind of server.

    A difference of up to `lines` triples and `size` bytes goes into one update. `whole` tells that an update request
    takes effect as a whole or not at all, also where the server is killed. A graph is sent in parts of `part` bytes.
    `quick` is what is added to the address of the graph store for a new graph of LARGE bytes and more: what makes its
    load faster, and may leave half a graph behind, which the load record then tells.
    """

    lines: int = 5_000
    size: int = 2 * _MB
    whole: bool = False
    part: int = 64 * _MB
    quick: Mapping[str, str] = {}


_LIMITS = {
    # Its time for INSERT DATA grows faster than the number of triples: 5,000 take 0.2 s, 50,000 4 s.
    "oxigraph": Limits(lines=20_000, size=16 * _MB, whole=True, part=1 << 40, quick={"no_transaction": ""}),
    # Its compiler runs out of memory between 2,000 and 5,000 triples in one update.
    "virtuoso": Limits(lines=1_000, size=_MB, part=32 * _MB),
}


def limits(dialect: str) -> Limits:
    """Return the limits of `dialect`; those of any SPARQL 1.1 server where nothing else is known."""
    return _LIMITS.get(dialect, Limits())
