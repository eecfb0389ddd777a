"""`rltkg load`: put the release into a store that stays: a folder on this machine, or any triple store."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rltkg.cli.parsing import Parser
from rltkg.errors import InputError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from rltkg.endpoint.transport import Endpoint
    from rltkg.loading import Loaded
    from rltkg.loading.remote import RemoteLoaded
    from rltkg.loading.remote.plan import Plan

_MORE = """\
TARGET is a folder, the address of an endpoint, or the name of a target of the configuration file.

A folder becomes a store on disk: `rltkg --store FOLDER ask ...` opens it in milliseconds, whatever its size, and any
number of processes may read it at once. It is built beside its place and put there in one step, so what was there
before answers until then, also where the load is stopped or fails. Only a store of rltkg is replaced, an empty folder
or nothing. Own files are loaded with it: what is on disk is only read.

An endpoint (SPARQL 1.1 with updates) gets what it lacks, and loses what an earlier load put there and the release has
no more; no other graph is touched. It is compared first, so a second load changes nothing. While a load is under way,
and where it was stopped, a record in the store says so; the next load completes it. What was sent is read back at the
end and compared.

The number of triples of each graph goes to stdout.

example: rltkg load readiness-store
example: rltkg load http://127.0.0.1:7878/query --dry-run
"""
_REMOTE = ("dry_run", "no_verify", "receipt")


def main(arguments: list[str]) -> int:
    """Run `rltkg load` with `arguments` and return the exit status."""
    found = parser().read(arguments)
    if not found.inferred:
        return _load(found)
    from rltkg.loading.inferred import with_inferred

    with with_inferred(found.release, found.extra or ()) as found.extra:
        return _load(found)


def _load(found: Namespace) -> int:
    from rltkg.loading.places import endpoint_of

    endpoint = endpoint_of(found.target)
    if endpoint is not None:
        return _into(endpoint, found)
    for name in _REMOTE:
        if getattr(found, name):
            raise InputError(
                f"--{name.replace('_', '-')} is for endpoints; a folder is replaced in one step, and "
                "`rltkg verify FOLDER` proves what is in it"
            )
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
        prog="rltkg load",
        description="Load the release, or a graph of yours, into a store on disk or any triple store.",
        epilog=_MORE,
    )
    made.add_argument("target", metavar="TARGET", help="a folder, which becomes the store; an address; a target's name")
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
    made.add_argument(
        "--inferred", action="store_true", help="load what follows from all of it too, into the graph graph:inferred"
    )
    made.add_argument(
        "--dry-run", action="store_true", help="only tell what would be added and removed; of an endpoint"
    )
    made.add_argument("--no-verify", action="store_true", help="do not read back what was sent; of an endpoint")
    made.add_argument(
        "--receipt", metavar="FILE", help="verify every graph at the end and write what was found there, as JSON"
    )
    return made


def _into(endpoint: Endpoint, found: Namespace) -> int:
    """Load into an endpoint; 1 where what is there in the end is not what should be."""
    from rltkg.cli.progress import Progress
    from rltkg.loading.places import chosen_release, own_files
    from rltkg.loading.remote import load_into
    from rltkg.loading.verify import receipt_place, verify, write_receipt

    if found.receipt:
        receipt_place(found.receipt)
    release, own = chosen_release(found.release), own_files(found.extra or ())
    try:
        with Progress() as progress:
            loaded = load_into(
                endpoint, release, own, dry_run=found.dry_run, verified=not found.no_verify, watch=progress
            )
    except KeyboardInterrupt:
        _tell(f"\nIf the load had begun, the record in {found.target} says so; load again to complete it")
        raise
    print("\n".join(_planned(loaded.plan)))
    status = _said(loaded, dry_run=found.dry_run)
    if found.receipt and not found.dry_run:
        with Progress() as progress:
            made = verify(found.target, found.release, extra=found.extra or (), watch=progress)
        write_receipt(made, found.receipt)
        status = max(status, 0 if made.fine else 1)
    return status


def _planned(plan: Plan) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("graph", "add", "remove", "")]
    for each in plan.steps:
        rewritten = each.rewritten.total()
        more = f" ({rewritten:,} literals of it in another form)" if rewritten else ""
        rows.append((each.graph, f"{each.add:,}", f"{each.remove:,}", _WORDS[each.action] + more))
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for name, add, remove, action in rows:
        yield f"{name:<{widths[0]}}  {add:>{widths[1]}}  {remove:>{widths[2]}}  {action}".rstrip()


def _said(loaded: RemoteLoaded, *, dry_run: bool) -> int:
    before = loaded.plan.record
    if before is not None and not before.complete:
        _tell(f"An earlier load into {loaded.target} did not end{'; this one would complete it' * dry_run}")
    add = sum(each.add for each in loaded.plan.steps)
    remove = sum(each.remove for each in loaded.plan.steps)
    release = f"release {loaded.version}, digest {loaded.digest[:12]}"
    if dry_run:
        _tell(f"Nothing was changed: {add:,} triples would be added to {loaded.target}, {remove:,} removed ({release})")
        return 0
    if not loaded.changed:
        _tell(f"Nothing to do: {loaded.target} holds {release} already, {loaded.triples:,} triples")
        return 0
    seconds = loaded.seconds
    _tell(
        f"{add:,} triples added, {remove:,} removed, {loaded.triples:,} now in {loaded.target}, in {seconds:.1f} s "
        f"({(add + remove) / seconds:,.0f} a second): {release}"
    )
    if loaded.verification is None:
        _tell("Not read back; `rltkg verify` does that")
        return 0
    if loaded.verification.outcome != "same":
        from rltkg.cli.verify import tell

        status = tell(loaded.verification, mends=False)
        if status:
            _tell(f"{loaded.target} does not give back what it was sent; its record says that it is incomplete")
        return status
    _tell("Read back: every digest equal")
    return 0


def _shown(loaded: Loaded) -> str:
    width = max((len(f"{count:,}") for count in loaded.graphs.values()), default=0)
    return "\n".join(f"{count:>{width},}  {graph}" for graph, count in loaded.graphs.items())


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


_WORDS = {
    "keep": "as it is",
    "new": "new",
    "change": "changes",
    "replace": "sent whole",
    "remove": "not in the release any more",
}
