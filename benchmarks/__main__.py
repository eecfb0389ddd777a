"""``python -m benchmarks``: measures, and writes RESULTS.md, results.json and plots. `make bench` sets it up."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.engines import ENGINES
from benchmarks.graphs import SHIPPED, SIZES, Graph, generated, shipped_graph
from benchmarks.groups import GROUPS
from benchmarks.groups.base import Bench
from benchmarks.measure.machine import ROOT, machine, occasion
from benchmarks.measure.process import Launcher
from benchmarks.report.document import write
from benchmarks.results import Results, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

REFERENCE = "rdflib"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the groups that `arguments` ask for and return the exit status: 1 where an answer of ours is wrong."""
    options = _options(arguments)
    results = Results(options.out / "results.json")
    if not options.report:
        results.measured_on(machine())
        _run(results, options)
    print(write(results, options.out))
    wrong = [row for row in results if row.wrong and row.engine.startswith("ours")]
    for row in wrong:
        print(f"wrong: {row.case} at {row.size} by {row.engine}: {row.wrong}", file=sys.stderr)
    return 1 if wrong else 0


def _run(results: Results, options: argparse.Namespace) -> None:
    """Measure group by group and size by size; what is finished is saved, and with --resume left alone."""
    now = occasion()
    graphs: dict[str, Graph] = {}
    for name in options.only:
        group = GROUPS[name]
        for size in options.sizes if group.SIZED else [SHIPPED]:
            if options.resume and results.occasions.get(f"{name} {size}", {}).get("commit") == now["commit"]:
                continue
            graph = graphs.get(size) or (shipped_graph() if size == SHIPPED else generated(size, options.cache))
            graphs[size] = graph
            scratch = Path(tempfile.mkdtemp(prefix="rltkg-bench-", dir=options.scratch))
            try:
                with Launcher() as launcher:
                    bench = Bench(
                        launcher,
                        scratch,
                        options.limit,
                        options.load_limit,
                        options.rounds,
                        _engines(size, options),
                        _hopeless(results.of(name), size, options.limit),
                    )
                    bench.say(f"{name} {size}")
                    results.replace(name, size, group.measure(graph, bench), now)
            finally:
                shutil.rmtree(scratch, ignore_errors=True)
            write(results, options.out)


def _engines(size: str, options: argparse.Namespace) -> tuple[str, ...]:
    """Return the engines to compare at `size`: rdflib only up to the size that --rdflib names."""
    if size in SIZES and SIZES.index(size) > SIZES.index(options.rdflib):
        return tuple(name for name in options.engines if name != REFERENCE)
    return tuple(options.engines)


def _hopeless(rows: list[Row], size: str, limit: float) -> dict[tuple[str, str], str]:
    """Return what is not tried at `size`: what did not end at a smaller one, or was slow in rdflib.

    Sizes are ten times apart, and cost grows at least with them, as a rule.
    """
    found = {}
    smaller = SIZES[: SIZES.index(size)] if size in SIZES else ()
    for row in rows:
        slow = row.engine == REFERENCE and row.seconds > limit / 10
        if row.size in smaller and (slow or str(row.failure).startswith(("not finished", "not tried"))):
            found[row.case, row.engine] = f"not tried: too slow at {row.size}"
    return found


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--sizes", nargs="+", choices=[SHIPPED, *SIZES], default=["10k", "100k", "1m"], help="triples of the graphs"
    )
    parser.add_argument("--only", type=_list(GROUPS), default=list(GROUPS), help=f"groups: {','.join(GROUPS)}")
    parser.add_argument("--engines", type=_list(ENGINES), default=list(ENGINES), help=f"engines: {','.join(ENGINES)}")
    parser.add_argument("--rdflib", choices=SIZES, default="1m", help="the largest size that rdflib is measured at")
    parser.add_argument("--rounds", type=int, default=7, help="counted rounds of what is fast (default: 7)")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds that one query may take (default: 10)")
    parser.add_argument("--load-limit", type=float, default=180.0, help="seconds that one load may take (default: 180)")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks", help="where the report goes")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "bench", help="where generated graphs are kept")
    parser.add_argument("--scratch", type=Path, help="where stores on disk are made (default: the system's place)")
    parser.add_argument("--resume", action="store_true", help="leave out what this commit was measured for")
    parser.add_argument("--report", action="store_true", help="measure nothing; write the report anew")
    return parser.parse_args(arguments)


def _list(known: Iterable[str]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        names = text.split(",")
        if unknown := set(names) - set(known):
            raise argparse.ArgumentTypeError(f"{min(unknown)!r} is none of {', '.join(known)}")
        return [name for name in known if name in names]

    return read


if __name__ == "__main__":
    raise SystemExit(main())
