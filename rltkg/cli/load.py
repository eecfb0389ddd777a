"""`rltkg load`: put the release into a store that stays."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rltkg.cli.parsing import Parser

if TYPE_CHECKING:
    from rltkg.loading import Loaded

_MORE = """\
FOLDER becomes a store on disk: `rltkg --store FOLDER ask ...` opens it in milliseconds, whatever its size, and any
number of processes may read it at once. It is built beside its place and put there in one step, so what was there
before answers until then, also where the load is stopped or fails. Only a store of rltkg is replaced, an empty folder
or nothing. Own files are loaded with it: what is on disk is only read. The number of triples of each graph goes to
stdout.

example: rltkg load readiness-store
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg load` with `arguments` and return the exit status."""
    found = parser().read(arguments)
    from rltkg.loading import load

    loaded = load(found.target, found.release, extra=found.extra or (), tell=_tell)
    print(_shown(loaded))
    rate = loaded.triples / loaded.seconds
    _tell(
        f"{loaded.triples:,} triples in {len(loaded.graphs)} graphs loaded into {found.target} in "
        f"{loaded.seconds:.1f} s ({rate:,.0f} a second): release {loaded.version}, digest {loaded.digest[:12]}"
    )
    return 0


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(
        prog="rltkg load", description="Load the release, or a graph of yours, into a store on disk.", epilog=_MORE
    )
    made.add_argument("target", metavar="FOLDER", help="the folder that becomes the store, or is one")
    made.add_argument(
        "--release",
        metavar="FOLDER",
        help="load this instead of the shipped release: another release, or RDF files (.ttl, .trig, .nt, .nq) that are "
        "a whole graph, ontology included",
    )
    made.add_argument(
        "--with",
        dest="extra",
        metavar="FILE",
        action="append",
        help="load your own RDF file too (.ttl, .trig, .nt, .nq), into a named graph of its own; may be repeated",
    )
    return made


def _shown(loaded: Loaded) -> str:
    width = max((len(f"{count:,}") for count in loaded.graphs.values()), default=0)
    return "\n".join(f"{count:>{width},}  {graph}" for graph, count in loaded.graphs.items())


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
