"""`rltkg verify`: prove that a store holds the release."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rltkg.cli.parsing import Parser

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from rltkg.loading.verify.checks import GraphCheck
    from rltkg.loading.verify.rewriting import Difference
    from rltkg.loading.verify.run import Verification

_MORE = """\
TARGET is the address of an endpoint, the name of a target of the configuration file, or a folder with a store on disk.
Each graph of the release is read back and compared by its digest; where that differs, triple by triple. A literal that
the store writes in another form (1.50 as 1.5) is named, and is no loss. Graphs that are not ours are not looked at,
but for a few triples of the release that would tell of a copy. The table goes to stdout.

Exit status: 0 all is there, 1 something is missing, added or changed, or the last load did not end, 2 a mistake in the
input, 3 the store does not answer.

example: rltkg verify http://127.0.0.1:7878/query --receipt receipt.json
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg verify` with `arguments` and return the exit status."""
    found = parser().read(arguments)
    if not found.inferred:
        return _verify(found)
    from rltkg.loading.inferred import with_inferred

    with with_inferred(found.release, found.extra or ()) as found.extra:
        return _verify(found)


def _verify(found: Namespace) -> int:
    from rltkg.cli.progress import Progress
    from rltkg.loading.verify import receipt_place, verify, write_receipt

    if found.receipt:
        receipt_place(found.receipt)
    with Progress() as progress:
        made = verify(found.target, found.release, extra=found.extra or (), watch=progress)
    status = tell(made)
    if found.receipt:
        write_receipt(made, found.receipt)
    return status


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(
        prog="rltkg verify", description="Prove that a triple store holds the release, triple by triple.", epilog=_MORE
    )
    made.add_argument("target", metavar="TARGET", help="an address, the name of a target, or a folder with a store")
    made.add_argument(
        "--release", metavar="FOLDER", help="compare with this instead of the shipped release: what was loaded"
    )
    made.add_argument(
        "--with",
        dest="extra",
        metavar="FILE",
        action="append",
        help="compare your own RDF file too, which was loaded with it; may be repeated",
    )
    made.add_argument(
        "--inferred", action="store_true", help="compare what follows too, which was loaded with --inferred"
    )
    made.add_argument("--receipt", metavar="FILE", help="write what was found to this file, as JSON")
    return made


def tell(made: Verification, *, mends: bool = True) -> int:
    """Print what a verification found; return the exit status. `mends` tells whether a load would help."""
    if made.outcome == "incomplete":
        began = made.record.started if made.record else ""
        told = f" (it began at {began})" if began else ""
        print(
            f"The last load into {made.place} did not end{told}: what is there may be a part of the release; "
            "`rltkg load` repairs it",
            file=sys.stderr,
        )
        return 1
    if made.checks:
        print("\n".join(_table(made)))
    for each in made.checks:
        for line in _details(each):
            print(line)
    for graph, copies in made.doubled.items():
        for copy, count in copies.items():
            print(f"\n{graph}\n  lies in the store once more: <{copy}> has all of it ({count:,} triples); remove one")
    for line in _talk(made, mends=mends and not all(each.fine for each in made.checks)):
        print(line, file=sys.stderr)
    return 0 if made.fine else 1


def _table(made: Verification) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [("graph", "triples", "in the store", "missing", "added", "rewritten", "")]
    for each in made.checks:
        numbers = (each.due.triples, each.found.triples, each.lacking, each.surplus, each.rewritten.total())
        rows.append((each.graph, *(f"{number:,}" for number in numbers), each.outcome))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:], strict=False)),
        ]
        yield "  ".join([*cells, row[-1]]).rstrip()


def _details(check: GraphCheck) -> Iterator[str]:
    """Say what of a graph is not as it should be, and what was rewritten."""
    if check.outcome == "same":
        return
    yield f"\n{check.graph}"
    if check.remark:
        yield f"  {check.remark}"
    for kind, count in check.rewritten.most_common():
        yield f"  rewritten, the value is the same: {count:,} x {kind}, such as {_change(check.instances[kind])}"
    for each in check.examples:
        yield f"  {_one(each)}"
    more = check.lacking + check.surplus - len(check.examples)
    if more > 0:
        yield f"  and {more:,} more"
    for counted in check.counts:
        yield f"  queries count {counted}"


def _one(difference: Difference) -> str:
    line = difference.lacking or difference.surplus or b""
    return f"{'missing' if difference.lacking else 'added  '}  {_printable(line)}"


def _change(difference: Difference) -> str:
    from rltkg.loading.verify.rewriting import literals

    one, other = literals(difference)
    return f"{one} as {other}"


def _printable(line: bytes) -> str:
    text = line.decode().rstrip("\n")
    shown = "".join(each if each.isprintable() else "\ufffd" for each in text)
    return shown if len(shown) <= 300 else shown[:300] + "..."  # noqa: PLR2004 - a line or two of a screen


def _talk(made: Verification, *, mends: bool) -> Iterator[str]:
    said = made.record
    if said is None:
        yield f"{made.place} has no load record: what is there was put there by another program"
    elif said.digest and (said.version, said.digest) != (made.version, made.digest):
        yield (
            f"{made.place} says that it holds release {said.version} (digest {said.digest[:12]}); it was compared with "
            f"{made.version} (digest {made.digest[:12]})"
        )
    triples = sum(each.due.triples for each in made.checks)
    start = f"release {made.version}, digest {made.digest[:12]}, {triples:,} triples in {len(made.checks)} graphs"
    ends = {
        "same": "all there, every digest equal",
        "rewritten": "all there; the store writes some literals in another form, their values are the same",
    }
    end = ends.get(made.outcome, "NOT as it should be" + "; `rltkg load` mends it" * mends)
    yield f"{start}: {end} ({made.seconds:.1f} s)"
