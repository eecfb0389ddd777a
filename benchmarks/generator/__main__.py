"""Write a generated graph: python -m benchmarks.generator SIZE [-o FILE] [--seed N] [--format FORMAT] [--faults N].

SIZE is a number of triples, such as 10k, 100k or 1m. FILE.json, beside FILE, tells what the graph holds, what to ask it
and which faults were planted. The ontology is not generated; load ontology/rltkg.ttl beside it, as the named graph
https://w3id.org/rltkg/graph/ontology.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.generator.examples import Examples
from benchmarks.generator.fault_kinds import KINDS
from benchmarks.generator.faults import PLACES, Planter
from benchmarks.generator.generate import generate
from benchmarks.generator.manifest import manifest, write_manifest
from benchmarks.generator.writer import FORMATS
from rltkg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNITS = {"": 1, "k": 1_000, "m": 1_000_000}


def size(text: str) -> int:
    """Return the number of triples that `text` means: 10000, 10k, 1m. Raises InputError for anything else."""
    match = re.fullmatch(r"(\d{1,12})([km]?)", text.strip().lower(), re.ASCII)
    if not match:
        raise InputError(f"The size {text!r} is no number of triples; write 10k, 100k, 1m or 2500000")
    return int(match[1]) * _UNITS[match[2]]


def write(  # noqa: PLR0913 - the options of the command
    path: Path,
    triples: int,
    *,
    seed: int = 0,
    form: str = "nq",
    faults: int = 0,
    kinds: Sequence[str] = (),
    place: str = "spread",
) -> dict[str, Any]:
    """Write a graph to `path` and its manifest to `path` + .json; return the manifest.

    Both files appear when they are complete. Raises InputError for a size that is too small, for a folder that is not
    there, and for faults that find no place.
    """
    examples = Examples()
    planter = Planter(faults, triples, kinds, place) if faults else None
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("wb") as stream:
            outcome = generate(stream, triples, seed, form, (examples, *([planter] if planter else [])))
        if planter:
            planter.finish()
        content = manifest(outcome, examples, planter, {"size": triples, "seed": seed, "format": form})
        draft.replace(path)
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror}); name a file in a folder that is there"
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    write_manifest(path.with_name(f"{path.name}.json"), content)
    return content


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.generator", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("size", metavar="SIZE", help="number of triples, such as 10k, 100k, 1m, 10m")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write (default: bench-SIZE.FORMAT)")
    parser.add_argument("--seed", type=int, default=0, help="another number makes another graph (default: 0)")
    parser.add_argument("--format", choices=FORMATS, help="default: by the suffix of FILE, else nq")
    parser.add_argument("--faults", type=int, default=0, metavar="N", help="plant so many faults (default: none)")
    parser.add_argument(
        "--fault-kind", action="append", choices=list(KINDS), metavar="KIND", help="only these; may be repeated"
    )
    parser.add_argument(
        "--fault-place", choices=list(PLACES), default="spread", help="where in the graph (default: spread)"
    )
    options = parser.parse_args(arguments)
    suffix = Path(options.output or "").suffix[1:]
    form = options.format or (suffix if suffix in FORMATS else "nq")
    try:
        triples = size(options.size)
        path = Path(options.output or f"bench-{options.size.lower()}.{form}")
        content = write(
            path, triples, seed=options.seed, form=form, faults=options.faults,
            kinds=options.fault_kind or (), place=options.fault_place,
        )  # fmt: skip
    except InputError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_status
    planted = f", {len(content['faults'])} faults" if content["faults"] else ""
    print(f"{path}: {content['triples']:,} triples{planted}, SHA-256 {content['sha256']}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
