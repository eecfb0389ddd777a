"""`rltkg find`: search names and texts by words."""

from __future__ import annotations

import time

from rltkg.cli.opening import add_store_options, open_from, wants_another
from rltkg.cli.output import add_options, show
from rltkg.cli.parsing import Parser
from rltkg.corpus import shipped
from rltkg.graph import KnowledgeGraph
from rltkg.search.find import LIMIT
from rltkg.search.findings import KINDS
from rltkg.store.unopened import UnopenedStore

_MORE = """\
Searches labels, other names, terms in use, definitions and the texts of statements. All words must be in a hit; where
nothing holds them all, what holds some is shown, and a misspelt word is replaced by the nearest one; both are told on
stderr. Nothing found is no error. `rltkg describe ID` shows all that is known of a hit.

example: rltkg find lymphoma guidelines --kind statement --limit 5
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg find` with `arguments` and return the exit status."""
    started = time.perf_counter()
    found = parser().read(arguments)
    release = shipped()
    # The index of the shipped release answers by itself: its graph is loaded only where the index is yet to be made.
    graph = open_from(found) if wants_another(found) else KnowledgeGraph(UnopenedStore(release), release)
    show(graph.find(" ".join(found.words), kind=found.kind, limit=found.limit), found, started)
    return 0


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(prog="rltkg find", description="Find things and statements by words.", epilog=_MORE)
    made.add_argument("words", nargs="+", metavar="WORD", help="what to look for")
    made.add_argument("--kind", choices=list(KINDS), help="only hits of this kind")
    made.add_argument("--limit", type=int, default=LIMIT, metavar="N", help=f"at most N hits (default: {LIMIT})")
    add_options(made)
    add_store_options(made)
    return made
