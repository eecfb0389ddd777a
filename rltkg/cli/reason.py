"""`rltkg reason`: can the graph be true, what do its classes then hold, and what follows from it."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING

from rltkg.cli.output import add_options, give
from rltkg.cli.parsing import Parser
from rltkg.errors import InputError

if TYPE_CHECKING:
    import argparse

    from rltkg.reasoning.logic import Verdict

INFERRED = ("nq", "nt", "ttl")
_MORE = """\
FILE is RDF on top of the shipped graph, as `rltkg validate` takes it. HermiT decides whether all of it can be true, and
which class has which members. Where it cannot be true, the fewest triples that clash are told, each with its file and
line: without any one of them the others could be true. It needs the extra `reason` (pip install 'rltkg[reason]'), which
brings Java along.

With --infer, what the axioms add to what is stated is written out instead, as a named graph of its own, for stores
without a reasoner; rules do that, in a second, without Java. `rltkg load TARGET --inferred` takes it along.

Exit status: 0 consistent, 1 inconsistent, or a class can have no member, 3 the extra is not installed.

example: rltkg reason --only-consistency
example: rltkg reason --infer --format nq
"""


def main(arguments: list[str]) -> int:
    """Run `rltkg reason` with `arguments` and return the exit status."""
    found = parser().read(arguments)
    if found.infer:
        return _infer(found)
    if found.format in INFERRED:
        raise InputError(f"--format {found.format} is for --infer; what is found out is told as text or json")
    from rltkg.reasoning.logic import reason

    verdict = reason(found.files, only_consistency=found.only_consistency, tell=_tell)
    text = json.dumps(_as_json(verdict), ensure_ascii=False, indent=1) if found.format == "json" else _as_text(verdict)
    where = give(f"{text}\n".encode(), found)
    _tell(f"{verdict.triples:,} triples in {verdict.seconds:.1f} s{where}")
    return 0 if verdict.fine else 1


def parser() -> Parser:
    """Return the parser of the verb."""
    made = Parser(
        prog="rltkg reason",
        description="Find out whether the graph can be true, and what its classes hold.",
        epilog=_MORE,
    )
    made.add_argument("files", metavar="FILE", nargs="*", help="RDF on top of the shipped graph")
    made.add_argument(
        "--only-consistency",
        action="store_true",
        help="do not look for members of classes, which takes most of the time",
    )
    made.add_argument("--infer", action="store_true", help="write the inferred graph: nq (the default), nt or ttl")
    add_options(made, ("text", "json", *INFERRED))
    return made


def _infer(found: argparse.Namespace) -> int:
    from rltkg.corpus import shipped
    from rltkg.corpus.own import own_file
    from rltkg.reasoning.inference.graph import inferred_from, serialized

    started = time.perf_counter()
    release = shipped()
    inferred = inferred_from([*release.files, *map(own_file, found.files)])
    form = found.format if found.format in INFERRED else "nq"
    where = give(serialized(inferred, form, release.version), found)
    _tell(f"{sum(inferred.counts().values()):,} triples follow, in {time.perf_counter() - started:.1f} s{where}")
    return 0


def _as_text(verdict: Verdict) -> str:
    if not verdict.consistent:
        lines = ["Inconsistent: these cannot all be true.", ""]
        for each in verdict.clash:
            where = f"{each.place.file}:{each.place.line}" if each.place and each.place.line else "nowhere in the files"
            lines += [f"  {'axiom' if each.axiom else 'fact '}  {each.text}", f"         {where}"]
        lines += ["", "Without any one of them the others can. Mend the fact that the source does not support."]
        return "\n".join(lines)
    lines = ["Consistent."]
    lines += [f"No member is possible: {each}" for each in verdict.unsatisfiable]
    if verdict.classified and not verdict.unsatisfiable:
        lines.append("Every class can have members.")
    if verdict.gained:
        lines += ["Members that are stated nowhere:"]
        width = max(len(f"{number:,}") for number in verdict.gained.values())
        lines += [f"  {number:>{width},}  {name.rsplit('/', 1)[-1]}" for name, number in verdict.gained.items()]
    if verdict.declared:
        lines.append(f"Taken for annotations, since nothing declares them: {', '.join(verdict.declared)}")
    if verdict.converted:
        told = ", ".join(f"{number} of xsd:{name}" for name, number in verdict.converted.items())
        lines.append(f"Read as another datatype, which the reasoner knows: {told}")
    return "\n".join(lines)


def _as_json(verdict: Verdict) -> dict[str, object]:
    return {
        "consistent": verdict.consistent,
        "clash": [
            {
                "text": each.text,
                "axiom": each.axiom,
                "subject": str(each.triple.subject),
                "predicate": str(each.triple.predicate),
                "object": str(each.triple.object),
                "file": each.place.file if each.place else None,
                "line": each.place.line or None if each.place else None,
            }
            for each in verdict.clash
        ],
        "unsatisfiable": verdict.unsatisfiable,
        "gained": verdict.gained,
        "declared": verdict.declared,
        "converted": verdict.converted,
        "triples": verdict.triples,
    }


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
